// The address of the repository, on a slide and as a code for cameras, and who
// speaks where.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { addressHtml, eventHtml, pageOf, repository } from '../../stage/address.mjs'

const root = join(import.meta.dirname, '../..')

test('a remote has a page on the web, without credentials', () => {
  // The book's builder is held to the same cases.
  const cases = readFileSync(join(root, 'tests/remotes.txt'), 'utf8').trimEnd().split('\n')
  for (const [remote, page] of cases.map((line) => line.split(' -> '))) {
    assert.equal(pageOf(remote) || 'none', page, remote)
  }
  assert.equal(pageOf(''), '')
})

test('the address is what was typed, or that of the clone', (t) => {
  const clone = mkdtempSync(join(tmpdir(), 'clone-'))
  t.after(() => rmSync(clone, { recursive: true }))
  assert.equal(repository('https://example.org/a', clone), 'https://example.org/a')
  assert.throws(() => repository('plugins', clone), {
    message: 'REPOSITORY=plugins: no address; take one as in REPOSITORY=https://example.org/plugins',
  })
  // It is no clone.
  assert.equal(repository('', clone), '')
  const has = spawnSync('git', ['--version']).status === 0
  if (!has) return t.diagnostic('skipped: there is no git')
  const git = (...words) => execFileSync('git', words, { cwd: clone })
  git('init', '-q')
  assert.equal(repository('', clone), '')
  git('remote', 'add', 'origin', 'https://ada:secret@example.org/a.git')
  assert.equal(repository('', clone), 'https://example.org/a')
})

test('without an address the slide says how to set one', () => {
  assert.match(addressHtml(''), /make slides REPOSITORY=https:/)
  assert.doesNotMatch(addressHtml(''), /<svg/)
  const html = addressHtml('https://example.org/a&b')
  assert.match(html, /<svg role="img" aria-label="[^"]*https:\/\/example\.org\/a&#38;b"/)
  assert.match(html, /<a href="https:\/\/example\.org\/a&#38;b">example\.org\/a&#38;b<\/a>/)
})

test('who speaks where is on the cover, as far as it is known', () => {
  assert.equal(eventHtml(['', undefined, '']), '')
  assert.equal(eventHtml(['A <b>', '', 'May']), '<address>A &#60;b&#62; · May</address>\n')
})

test('make hands over what was typed behind it, and nothing of a shell', (t) => {
  // A name that make would take for a variable of its own.
  const words = ['-s', '--no-print-directory', '-f', '-', 'show', 'SPEAKER=Ada $x', 'THEME=light']
  const run = spawnSync('make', words, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, EVENT: 'of the shell', REPOSITORY: 'of the shell', MAKEFLAGS: '' },
    input: 'include Makefile\nshow:\n\t@env | grep ^TALK_ | sort\n',
  })
  if (run.error) return t.skip('there is no make')
  const shown = 'TALK_DATE=\nTALK_EVENT=\nTALK_REPOSITORY=\nTALK_SPEAKER=Ada $x\nTALK_THEME=light\n'
  assert.equal(run.stdout, shown, run.stderr)
})
