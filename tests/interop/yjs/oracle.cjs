// SPDX-License-Identifier: GPL-3.0-or-later
// Performs plans with Yjs. With --version prints only its version. stdin: {"plans":[{clients, steps, final}]}; stdout: per plan
// every update the documents made, what they are in the end, and what documents are that got the engine's states.
// Steps: {p, ops:[…]}, one transaction of document p; {p, undo} and {p, redo}; {p, edit:k}, delivery of the k-th update made, as
// Yjs made it or, with {v1} or {v2}, as the engine did.
'use strict'
const Y = require('yjs')
const base64 = bytes => Buffer.from(bytes).toString('base64')
const binary = text => new Uint8Array(Buffer.from(text, 'base64'))
const kinds = [Y.Array, Y.Map, Y.Text]

if (process.argv[2] === '--version') {
  process.stdout.write(require('yjs/package.json').version)
  process.exit(0)
}

const open = doc => {
  doc.getText('t')
  doc.getMap('m')
  doc.getArray('a')
  return doc
}

const target = (doc, { root, path }) =>
  path.reduce((type, step) => type.get(step), root === 't' ? doc.getText(root) : root === 'm' ? doc.getMap(root) : doc.getArray(root))

const operations = {
  text: (type, op) => {
    // In this order, as Text::replace() does.
    if (op.inserted) type.insert(op.at, op.inserted)
    if (op.removed > 0) type.delete(op.at + op.inserted.length, op.removed)
  },
  formatted: (type, op) => type.insert(op.at, op.inserted, op.attributes),
  format: (type, op) => type.format(op.at, op.length, op.attributes),
  embed: (type, op) => type.insertEmbed(op.at, op.value, op.attributes),
  set: (type, op) => type.set(op.key, op.value),
  settype: (type, op) => type.set(op.key, new kinds[op.kind]()),
  unset: (type, op) => type.delete(op.key),
  ainsert: (type, op) => type.insert(op.at, op.values),
  ainserttype: (type, op) => type.insert(op.at, [new kinds[op.kind]()]),
  adelete: (type, op) => type.delete(op.at, op.removed)
}

const viewOf = doc => ({
  t: { text: doc.getText('t').toString(), length: doc.getText('t').length, delta: doc.getText('t').toDelta() },
  m: { json: doc.getMap('m').toJSON() },
  a: { json: doc.getArray('a').toJSON(), length: doc.getArray('a').length }
})

const perform = plan => {
  const made = []
  const madeV2 = []
  const docs = plan.clients.map(client => {
    const doc = open(new Y.Doc())
    doc.clientID = client
    doc.on('update', (update, origin, _doc, transaction) => { if (transaction.local) made.push(update) })
    doc.on('updateV2', (update, origin, _doc, transaction) => { if (transaction.local) madeV2.push(update) })
    return doc
  })
  const managers = docs.map(doc => plan.undo ? new Y.UndoManager(doc.getText('t'), { captureTimeout: 0 }) : null)
  for (const step of plan.steps) {
    const doc = docs[step.p]
    if (step.undo) managers[step.p].undo()
    else if (step.redo) managers[step.p].redo()
    else if (step.v1) Y.applyUpdate(doc, binary(step.v1))
    else if (step.v2) Y.applyUpdateV2(doc, binary(step.v2))
    else if (step.ops) doc.transact(() => step.ops.forEach(op => operations[op.op](target(doc, op), op)))
    else if (made[step.edit]) Y.applyUpdate(doc, made[step.edit])
  }
  const joiners = plan.final.map(state => {
    const doc = open(new Y.Doc())
    if (state.v1) Y.applyUpdate(doc, binary(state.v1))
    else Y.applyUpdateV2(doc, binary(state.v2))
    return doc
  })
  const replayed = open(new Y.Doc())
  madeV2.forEach(update => Y.applyUpdateV2(replayed, update))
  const merged = Y.mergeUpdates(made)
  const mergedV2 = Y.mergeUpdatesV2(madeV2)
  const known = Y.encodeStateVector(docs[0])
  const half = Y.encodeStateVectorFromUpdate(made[made.length >> 1])
  return {
    made: made.map(base64),
    madeV2: madeV2.map(base64),
    converted: made.map(update => base64(Y.convertUpdateFormatV1ToV2(update))),
    states: docs.map(doc => base64(Y.encodeStateAsUpdate(doc))),
    statesV2: docs.map(doc => base64(Y.encodeStateAsUpdateV2(doc))),
    joined: joiners.map(doc => base64(Y.encodeStateAsUpdate(doc))),
    replayed: base64(Y.encodeStateAsUpdate(replayed)),
    vectors: docs.map(doc => base64(Y.encodeStateVector(doc))),
    views: docs.map(viewOf),
    merged: base64(merged),
    mergedV2: base64(mergedV2),
    diffs: [known, half].map(vector => base64(Y.diffUpdate(merged, vector))),
    diffsV2: [known, half].map(vector => base64(Y.diffUpdateV2(mergedV2, vector)))
  }
}

const chunks = []
process.stdin.on('data', chunk => chunks.push(chunk))
process.stdin.on('end', () => {
  const input = JSON.parse(Buffer.concat(chunks).toString())
  process.stdout.write(JSON.stringify({ results: input.plans.map(perform) }))
})
