// SPDX-License-Identifier: GPL-3.0-or-later
// The same measurements with Yjs; prints one JSON object. Usage: node --expose-gc yjs.cjs TRACE.json.gz
'use strict'
const fs = require('fs')
const zlib = require('zlib')
const Y = require('yjs')

const trace = JSON.parse(zlib.gunzipSync(fs.readFileSync(process.argv[2])).toString())
const now = () => Number(process.hrtime.bigint()) / 1e6

const edit = (text, patches) => {
  for (const [position, removed, inserted] of patches) {
    if (removed > 0) text.delete(position, removed)
    if (inserted.length > 0) text.insert(position, inserted)
  }
}

const updates = []
const writer = new Y.Doc()
writer.clientID = 1
writer.on('update', update => updates.push(update))
const text = writer.getText('t')
let start = now()
for (const txn of trace.txns) writer.transact(() => edit(text, txn.patches))
const local = now() - start
if (text.toString() !== trace.endContent) throw new Error('wrong text')

const reader = new Y.Doc()
reader.getText('t')
start = now()
for (const update of updates) Y.applyUpdate(reader, update)
const remote = now() - start

const state = Y.encodeStateAsUpdate(writer)
const collect = () => { for (let i = 0; i < 3; ++i) global.gc() }
collect()
const before = process.memoryUsage().heapUsed
let loaded = new Y.Doc()
Y.applyUpdate(loaded, state)
collect()
const memory = process.memoryUsage().heapUsed - before
loaded.getText('t')

const loads = []
for (let i = 0; i < 9; ++i) {
  loaded = null
  collect()
  start = now()
  loaded = new Y.Doc()
  Y.applyUpdate(loaded, state)
  loaded.getText('t').toString()
  loads.push(now() - start)
}
loads.sort((a, b) => a - b)
console.log(JSON.stringify({ local, remote, load: loads[4], memory, encoded: state.length, version: require('yjs/package.json').version }))
