// The Dockerfiles of the repository are checked by hadolint, where it is
// installed; `make tools` does that.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const images = join(import.meta.dirname, '../../examples/02-registration/images')
const missing = spawnSync('hadolint', ['--version']).error !== undefined
const skip = missing && 'hadolint is not installed: make tools'

/** What is wrong with a Dockerfile, each problem with its line. */
function problemsOf(path) {
  const { stdout } = spawnSync('hadolint', ['--format', 'json', path])
  return JSON.parse(stdout).map(({ line, code, message }) => `${line}: ${code} ${message}`)
}

test('hadolint finds nothing in the Dockerfiles', { skip }, () => {
  const files = readdirSync(images).filter((name) => name.endsWith('Dockerfile'))
  assert.deepEqual(files, ['app.Dockerfile', 'plugin-builder.Dockerfile', 'plugin.Dockerfile'])
  for (const file of files) {
    assert.deepEqual(problemsOf(join(images, file)), [], file)
  }
})

test('a Dockerfile with mistakes is rejected', { skip }, () => {
  const found = problemsOf(join(import.meta.dirname, 'fixtures/bad.Dockerfile'))
  // Newer versions find more.
  for (const expected of ['1: DL3006', '2: DL3000', '3: DL3003', '4: DL3002', '5: DL3025']) {
    assert.ok(found.some((problem) => problem.startsWith(expected)), `${expected}: ${found}`)
  }
})
