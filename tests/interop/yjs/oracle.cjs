// SPDX-License-Identifier: GPL-3.0-or-later
// Performs plans with Yjs. stdin: {"plans":[{"clients":[...],"steps":[...]}]}; stdout: per plan the update of each edit, and
// the states, texts and values of all documents. Steps: {p, op, ...} edits of document p; {p, op:"deliver", edit:k}.
'use strict'
const Y = require('yjs')
const base64 = bytes => Buffer.from(bytes).toString('base64')

const perform = plan => {
  const made = []
  let last = null
  const docs = plan.clients.map(client => {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.getText('t')
    doc.getMap('m')
    doc.getArray('a')
    doc.on('update', (update, origin, _doc, transaction) => { if (transaction.local) last = update })
    return doc
  })
  for (const step of plan.steps) {
    const doc = docs[step.p]
    if (step.op === 'deliver') {
      const update = made[step.edit]
      if (update) Y.applyUpdate(doc, update)
      continue
    }
    last = null
    doc.transact(() => {
      if (step.op === 'text') {
        // In this order, as Text::replace() does.
        if (step.inserted) doc.getText('t').insert(step.at, step.inserted)
        if (step.removed > 0) doc.getText('t').delete(step.at + step.inserted.length, step.removed)
      } else if (step.op === 'set') doc.getMap('m').set(step.key, step.value)
      else if (step.op === 'unset') doc.getMap('m').delete(step.key)
      else if (step.op === 'ainsert') doc.getArray('a').insert(step.at, step.values)
      else if (step.op === 'adelete') doc.getArray('a').delete(step.at, step.removed)
    })
    made.push(last)
  }
  const merged = Y.mergeUpdates(made.filter(update => update !== null))
  return {
    made: made.map(update => update === null ? null : base64(update)),
    states: docs.map(doc => base64(Y.encodeStateAsUpdate(doc))),
    vectors: docs.map(doc => base64(Y.encodeStateVector(doc))),
    texts: docs.map(doc => doc.getText('t').toString()),
    maps: docs.map(doc => doc.getMap('m').toJSON()),
    arrays: docs.map(doc => doc.getArray('a').toJSON()),
    merged: base64(merged),
    diff: base64(Y.diffUpdate(merged, Y.encodeStateVector(docs[0])))
  }
}

const chunks = []
process.stdin.on('data', chunk => chunks.push(chunk))
process.stdin.on('end', () => {
  const input = JSON.parse(Buffer.concat(chunks).toString())
  process.stdout.write(JSON.stringify({ results: input.plans.map(perform) }))
})
