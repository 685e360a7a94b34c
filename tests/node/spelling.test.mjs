// Every text of the repository is read by typos, where it is installed:
// `make tools` does that.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { files } from '../../stage/files.mjs'

const root = join(import.meta.dirname, '../..')
const missing = spawnSync('typos', ['--version']).error !== undefined
const skip = missing && 'typos is not installed: make tools'

/** The words that are misspelt, each with its file and line. */
function misspelt(words, input) {
  const { status, stdout, stderr } =
    spawnSync('typos', ['--format', 'brief', ...words], { cwd: root, encoding: 'utf8', input })
  // 2: there are some.
  assert.ok([0, 2].includes(status), stderr)
  return stdout.split('\n').filter(Boolean)
}

test('typos finds no misspelt word', { skip }, () => {
  const list = files()
  assert.ok(list.includes('README.md'), 'README.md: not listed')
  assert.deepEqual(misspelt(['--force-exclude', '--file-list', '-'], list.join('\n')), [])
})

test('a misspelt word is found', { skip }, () => {
  const found = misspelt(['--file-list', '-'], 'tests/node/fixtures/misspelt.md\n')
  assert.equal(found.length, 1)
  assert.match(found[0], /misspelt\.md:3:32: .*`received`/)
})
