// Every text of the repository is read by typos, where it is installed:
// `make tools` does that.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const missing = spawnSync('typos', ['--version']).error !== undefined
const skip = missing && 'typos is not installed: make tools'

/** The words below the path that are misspelt, each with its file and line. */
function misspelt(path) {
  const { status, stdout, stderr } = spawnSync('typos', ['--format', 'brief', path], { cwd: root, encoding: 'utf8' })
  // 2: there are some.
  assert.ok([0, 2].includes(status), stderr)
  return stdout.split('\n').filter(Boolean)
}

test('typos finds no misspelt word', { skip }, () => {
  assert.deepEqual(misspelt('.'), [])
})

test('a misspelt word is found', { skip }, () => {
  const found = misspelt('tests/node/fixtures/misspelt.md')
  assert.equal(found.length, 1)
  assert.match(found[0], /misspelt\.md:3:32: .*`received`/)
})
