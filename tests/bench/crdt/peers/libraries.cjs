// SPDX-License-Identifier: GPL-3.0-or-later
// One way to use each library. A replica edits, applies the updates of others, and is saved as a whole.
'use strict'

// Memory of WebAssembly modules is not on the heap of the engine that runs them.
const instances = []
const { Instance, instantiate } = WebAssembly
WebAssembly.Instance = function (module, imports) {
  const made = new Instance(module, imports)
  instances.push(made)
  return made
}
WebAssembly.instantiate = async (source, imports) => {
  const made = await instantiate(source, imports)
  instances.push(made.instance ?? made)
  return made
}
exports.wasmBytes = () => instances.reduce((sum, one) => sum + (one.exports.memory?.buffer.byteLength ?? 0), 0)

const version = name => {
  const folder = module.paths.concat((process.env.NODE_PATH ?? '').split(':'))
    .find(folder => require('fs').existsSync(`${folder}/${name}/package.json`))
  return JSON.parse(require('fs').readFileSync(`${folder}/${name}/package.json`)).version
}

exports.open = name => ({ version: version(name), ...libraries[name]() })

const libraries = {
  'yjs': () => {
    const Y = require('yjs')
    return {
      make (id) {
        const doc = new Y.Doc()
        doc.clientID = id
        const text = doc.getText('t')
        let made = null
        doc.on('update', update => { made = update })
        return {
          edit (patches) {
            doc.transact(() => {
              for (const [at, removed, inserted] of patches) {
                if (removed > 0) text.delete(at, removed)
                if (inserted.length > 0) text.insert(at, inserted)
              }
            })
            return made
          },
          apply: update => Y.applyUpdate(doc, update),
          text: () => text.toString(),
          save: () => Y.encodeStateAsUpdate(doc)
        }
      },
      load (bytes) {
        const doc = new Y.Doc()
        Y.applyUpdate(doc, bytes, undefined)
        return { doc, text: doc.getText('t').toString() }
      }
    }
  },
  'ywasm': () => {
    const Y = require('ywasm')
    return {
      make (id) {
        const doc = new Y.YDoc({ clientID: id })
        const text = doc.getText('t')
        return {
          edit (patches) {
            const transaction = doc.beginTransaction()
            for (const [at, removed, inserted] of patches) {
              if (removed > 0) text.delete(at, removed, transaction)
              if (inserted.length > 0) text.insert(at, inserted, undefined, transaction)
            }
            transaction.commit()
            const update = transaction.encodeUpdate()
            transaction.free()
            return update
          },
          apply: update => Y.applyUpdate(doc, update, undefined),
          text: () => text.toString(undefined),
          save: () => Y.encodeStateAsUpdate(doc)
        }
      },
      load (bytes) {
        const doc = new Y.YDoc({})
        Y.applyUpdate(doc, bytes, undefined)
        return { doc, text: doc.getText('t').toString() }
      }
    }
  },
  'loro-crdt': () => {
    const { LoroDoc } = require('loro-crdt')
    return {
      make (id) {
        const doc = new LoroDoc()
        doc.setPeerId(id)
        const text = doc.getText('t')
        let known = doc.version()
        return {
          edit (patches) {
            for (const [at, removed, inserted] of patches) {
              if (removed > 0) text.delete(at, removed)
              if (inserted.length > 0) text.insert(at, inserted)
            }
            doc.commit()
            const update = doc.export({ mode: 'update', from: known })
            known.free()
            known = doc.version()
            return update
          },
          apply (update) {
            doc.import(update)
            known.free()
            known = doc.version()
          },
          text: () => text.toString(),
          save: () => doc.export({ mode: 'snapshot' })
        }
      },
      load (bytes) {
        const doc = new LoroDoc()
        doc.import(bytes)
        return { doc, text: doc.getText('t').toString() }
      }
    }
  },
  '@automerge/automerge': () => {
    const A = require('@automerge/automerge')
    const actor = id => id.toString(16).padStart(32, '0')
    const empty = A.save(A.from({ t: '' }, { actor: actor(0) }))
    return {
      make (id) {
        let doc = A.load(empty, { actor: actor(id) })
        return {
          edit (patches) {
            doc = A.change(doc, draft => {
              for (const [at, removed, inserted] of patches) A.splice(draft, ['t'], at, removed, inserted)
            })
            return A.getLastLocalChange(doc)
          },
          apply (update) { doc = A.applyChanges(doc, [update])[0] },
          text: () => doc.t,
          save: () => A.save(doc)
        }
      },
      load (bytes) {
        const doc = A.load(bytes)
        return { doc, text: doc.t }
      }
    }
  }
}
