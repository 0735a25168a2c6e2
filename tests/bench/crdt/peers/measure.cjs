// SPDX-License-Identifier: GPL-3.0-or-later
// The measurements of bench_crdt with another library; prints one JSON object.
//   node --expose-gc measure.cjs trace LIBRARY TRACE.json.gz STATE     times; writes the saved document to STATE
//   node --expose-gc measure.cjs loading LIBRARY STATE                 time and memory of loading it
'use strict'
const fs = require('fs')
const zlib = require('zlib')
const { open, wasmBytes } = require('./libraries.cjs')

const [mode, name, file, stateFile] = process.argv.slice(2)
const library = open(name)
// Milliseconds of processor time of this thread: collecting and compiling in other threads is not counted. Steps of some
// milliseconds, so short things are done often.
const spent = () => Number(fs.readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6
const time = work => {
  const begin = spent()
  work()
  return spent() - begin
}
const best = (rounds, work) => Math.min(...Array.from({ length: rounds }, () => time(work)))
const isRight = (text, trace) => { if (text !== trace.endContent) throw new Error(`${name}: wrong text`) }

// The updates of a trace in which each transaction was typed into the merge of its parents.
const concurrentUpdates = trace => {
  const agents = new Map()
  return trace.txns.reduce((updates, txn, index) => {
    if (!agents.has(txn.agent)) agents.set(txn.agent, { replica: library.make(agents.size + 1), known: new Set() })
    const { replica, known } = agents.get(txn.agent)
    const missing = []
    for (const waiting = [...txn.parents]; waiting.length > 0;) {
      const parent = waiting.pop()
      if (known.has(parent)) continue
      known.add(parent)
      missing.push(parent)
      waiting.push(...trace.txns[parent].parents)
    }
    for (const parent of missing.sort((a, b) => a - b)) replica.apply(updates[parent])
    updates.push(replica.edit(txn.patches))
    known.add(index)
    return updates
  }, [])
}

const measureTrace = () => {
  const trace = JSON.parse(zlib.gunzipSync(fs.readFileSync(file)).toString())
  const rounds = name === 'yjs' ? 3 : 1
  const result = { version: library.version }
  let updates
  let writer
  if (trace.kind === 'concurrent') {
    updates = concurrentUpdates(trace)
  } else {
    result.local = best(rounds, () => {
      writer = library.make(1)
      updates = trace.txns.map(txn => writer.edit(txn.patches))
    })
    isRight(writer.text(), trace)
  }
  let reader
  let applied
  const patience = 60_000
  result.remote = best(rounds, () => {
    reader = library.make(99)
    const begin = Date.now()
    for (applied = 0; applied < updates.length && Date.now() - begin < patience; ++applied) reader.apply(updates[applied])
  })
  if (applied === updates.length) isRight(reader.text(), trace)
  else result.appliedOnly = applied
  const state = (writer ?? reader).save()
  fs.writeFileSync(stateFile, state)
  result.encoded = state.length
  return result
}

// A process of its own: what opening a document costs in one that has done nothing else yet, and in a warm one.
const measureLoading = () => {
  const copies = 10
  const state = fs.readFileSync(file)
  const result = {}
  const held = []
  result.first = time(() => held.push(library.load(new Uint8Array(state))))
  const bytes = () => {
    for (let i = 0; i < 4; ++i) global.gc()
    return process.memoryUsage().heapUsed + wasmBytes()
  }
  const before = bytes()
  for (let i = 0; i < copies; ++i) held.push(library.load(new Uint8Array(state)))
  for (const one of held) one.text = null
  result.memory = (bytes() - before) / copies
  const loads = 40
  result.load = time(() => { for (let i = 0; i < loads; ++i) library.load(state) }) / loads
  return { ...result, held: held.length }
}

console.log(JSON.stringify(mode === 'trace' ? measureTrace() : measureLoading()))
