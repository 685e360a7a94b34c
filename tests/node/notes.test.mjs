// What stage/notes.mjs makes of the notes: times that add up, and prompts that
// are apart from one another.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Marp } from '@marp-team/marp-core'
import { withNotes } from '../../stage/notes.mjs'

const marp = () => new Marp({ script: false })
const comments = (deck, isLightning) => withNotes(marp(), isLightning).render(deck).comments

const first = `1 minute 30 seconds
Lightning: 15 seconds

Note: say \`it\`: now.
Demo: \`make\`
Shows: \`2\`
Shows: \`3\`
Optional (exit 1): \`make x\`
Ask: why?
Handout: It was said.
Handout: It was **shown**, see [the book](book/how.html).`
const second = '2 minutes\nLightning: 45 seconds\nNote: go on.'
const deck = `<!-- _class: lead -->\n# One\n<!--\n${first}\n-->\n\n---\n\n# Two\n<!--\n${second}\n-->\n`

test('a note begins with the time from the start of the talk', () => {
  assert.deepEqual(comments(deck), [
    [
      '0:00 to 1:30 (1 minute 30 seconds)', 'NOTE: say `it`: now.', 'DEMO: `make`\nSHOWS: `2`\nSHOWS: `3`',
      'OPTIONAL (EXIT 1): `make x`', 'ASK: why?',
    ],
    ['1:30 to 3:30 (2 minutes)', 'NOTE: go on.'],
  ])
})

test('in the lightning talk the times are its own', () => {
  assert.deepEqual(comments(deck, '1').map(([time]) => time), [
    '0:00 to 0:15 (15 seconds)', '0:15 to 1:00 (45 seconds)',
  ])
})

test('what is for the handout is not in the notes, but on its own', () => {
  const rendered = withNotes(marp()).render(deck)
  assert.deepEqual(rendered.handout, [
    ['It was said.', 'It was **shown**, see [the book](book/how.html).'], [],
  ])
})

test('the note of another deck stays as it is', () => {
  for (const note of ['Just a note', '10 words\nNote: x', '1 minute and more', '3 minutes 20']) {
    assert.deepEqual(comments(`# One\n<!-- ${note} -->`), [[note]])
  }
  assert.deepEqual(comments('# One\n\n---\n\n# Two'), [[], []])
  assert.deepEqual(
    comments(`# One\n<!-- Just a note -->\n\n---\n\n# Two\n<!--\n${second}\n-->`)[1],
    ['0:00 to 2:00 (2 minutes)', 'NOTE: go on.'])
})

/** The prompts of a deck that its notes have not, in any talk. */
function lost(markdown) {
  const shown = [false, true].map((isLightning) => comments(markdown, isLightning).flat().join('\n'))
  return markdown.match(/^(Note|Ask|Demo|Optional|Shows)\b.*: .*/gm)
    .map((line) => line.replace(/^[^:]*/, (cue) => cue.toUpperCase()))
    .filter((line) => !shown.every((text) => text.includes(line)))
}

test('no prompt of the talk is lost', () => {
  const slides = readFileSync(join(import.meta.dirname, '../../slides.md'), 'utf8')
  assert.deepEqual(lost(slides), [])
  const outside = `# One\n<!--\n1 minute\n\nNote: inside\n-->\n\nNote: outside`
  assert.deepEqual(lost(outside), ['NOTE: outside'])
})
