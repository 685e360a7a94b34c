// What is fetched is what was fetched when it was chosen: the lists of Python,
// npm and Cargo have a hash for each file. What the workflow fetches is in
// workflow.test.mjs, and the images' bases are in tests/it/dockerfiles.rs.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const read = (path) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8')

/** What pip might install that was not chosen. Building would fetch more. */
function loosePython(text) {
  const lines = text.replaceAll('\\\n', ' ').split('\n').filter((line) => /^[^#\s]/.test(line))
  const isPinned = (line) =>
    /^[a-z-]+==[\d.]+( ; \w+ != "\w+")?( +--hash=sha256:[0-9a-f]{64})+$/.test(line)
  const options = ['--only-binary :all:', '--require-hashes']
  return [
    ...options.filter((option) => !lines.includes(option)),
    ...lines.filter((line) => !options.includes(line) && !isPinned(line)),
  ]
}

/** What npm might install that was not chosen, and whether it may run it. No setting overrules a flag. */
function looseNode(lock, makefile) {
  const packages = Object.entries(JSON.parse(lock).packages)
  const loose = packages.filter(([path, { integrity }]) => path !== '' && !integrity)
  const installs = makefile.replaceAll('\\\n', ' ').split('\n').filter((line) => /\bnpm (ci|install) /.test(line))
  const runs = installs.every((line) => /\s--ignore-scripts\s/.test(line)) ? [] : ['ignore-scripts']
  return [...loose.map(([path]) => path), ...runs]
}

/** The crates of a lock that come from elsewhere, and without a hash. */
function looseRust(lock) {
  const crates = lock.split('[[package]]').slice(1).filter((text) => text.includes('\nsource = '))
  const isPinned = (text) =>
    text.includes('\nsource = "registry+') && /\nchecksum = "[0-9a-f]{64}"\n/.test(text)
  return crates.filter((text) => !isPinned(text)).map((text) => /name = "(.*)"/.exec(text)[1])
}

test('each tool of Python has a version and the hashes of its files', () => {
  const text = read('tests/requirements.txt')
  assert.deepEqual(loosePython(text), [])
  for (const [from, to] of [
    ['--only-binary :all:', ''],
    ['--require-hashes', ''],
    ['==', '>='],
    [/--hash=sha256:\w+ \\\n/, '--hash=sha256:0 \\\n'],
    [/ \\\n[^]*?\n(?=lychee)/, '\n'],
  ]) {
    assert.equal(loosePython(text.replace(from, to)).length, 1, `${from}`)
  }
})

test('each package of npm has a hash, and none runs a program when it is installed', () => {
  const [lock, makefile] = [read('package-lock.json'), read('Makefile')]
  assert.match(makefile, /\bnpm ci /)
  assert.deepEqual(looseNode(lock, makefile), [])
  assert.deepEqual(looseNode(lock, makefile.replace('--ignore-scripts', '')), ['ignore-scripts'])
  assert.equal(looseNode(lock.replace('"integrity"', '"other"'), makefile).length, 1)
})

test('each crate that comes from elsewhere has a hash', () => {
  for (const folder of [
    '',
    'bench/alternatives/',
    'book/builder/',
    'crates/host/fuzz/',
    'examples/02-registration/images/reverse/',
    'examples/03-darkroom/author/',
    'examples/gotchas/shared-runtime/',
    'tests/plugins/in_c/',
  ]) {
    const lock = read(`${folder}Cargo.lock`)
    assert.deepEqual(looseRust(lock), [], folder)
    const [, first] = /name = "(.*)"\nversion = .*\nsource = /.exec(lock)
    const git = lock.replace('source = "registry+', 'source = "git+')
    assert.deepEqual(looseRust(git), [first])
    assert.deepEqual(looseRust(lock.replace(/checksum = .*\n/, '')), [first])
  }
})
