// What a presenter does with the built decks: moves with the keyboard, opens
// the presenter view, reads the notes, moves in either window.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import { built, launch, renderFixtures, show, test, testOfCheck } from './browser.mjs'

/** What does not work when somebody presents the deck, within so many ms. */
async function problemsOf(html, timeout) {
  const problems = []
  const page = await browser.newPage()
  await page.goto(pathToFileURL(html).href)
  const count = (await page.$$('svg[data-marpit-svg]')).length
  const notes = await page.$$eval('.bespoke-marp-note', (all) => all.map((note) => note.textContent))

  /** Waits until the window shows the slide, counted from 0. */
  const shows = (window, index) => window.waitForFunction(
    (i) => document.querySelectorAll('svg[data-marpit-svg]')[i].matches('.bespoke-marp-active'),
    { timeout }, index)
  const expect = (promise, problem) => promise.catch(() => problems.push(problem))

  for (const [key, from, to] of [
    ['ArrowRight', 0, 1], ['ArrowLeft', 1, 0], ['Space', 0, 1], ['PageUp', 1, 0], ['PageDown', 0, 1],
    ['End', 0, count - 1], ['Home', count - 1, 0],
  ]) {
    await show(page, from)
    await page.keyboard.press(key)
    await expect(shows(page, to), `${key} does not move`)
  }

  await show(page, 0)
  const opened = new Promise((resolve, reject) => {
    page.once('popup', resolve)
    setTimeout(reject, timeout)
  })
  await page.keyboard.press('p')
  const presenter = await opened.catch(() => problems.push('p opens no presenter view') && null)
  if (presenter) {
    await presenter.waitForSelector('body[data-bespoke-view=presenter]')
    const reads = (index) => presenter.waitForFunction(
      (note) => [...document.querySelectorAll('.bespoke-marp-note')]
        .some((shown) => shown.checkVisibility() && shown.textContent === note),
      { timeout }, notes[index])
    await expect(reads(0), 'the presenter view does not show the note')
    await page.keyboard.press('ArrowRight')
    await expect(shows(presenter, 1), 'the presenter view does not follow')
    await expect(reads(1), 'the presenter view does not show the next note')
    await presenter.keyboard.press('ArrowLeft')
    await expect(shows(page, 0), 'the deck does not follow the presenter view')
    await presenter.close()
  }
  await page.close()
  return problems
}

/** The seconds of 1:30. */
const secondsOf = (clock) => clock.split(':').reduce((minutes, seconds) => minutes * 60 + Number(seconds), 0)

/** What is wrong with the notes of a talk that takes so many seconds. */
async function problemsOfNotes(html, end) {
  const problems = []
  const page = await browser.newPage()
  await page.goto(pathToFileURL(html).href)
  const notes = await page.$$eval('.bespoke-marp-note', (all) =>
    all.map((note) => [...note.children].map((paragraph) => paragraph.textContent)))
  await page.close()
  let begin = 0
  for (const [index, [time, ...prompts]] of notes.entries()) {
    const [, from, to] = time.match(/^(\d+:\d\d) to (\d+:\d\d) \(\d+ (?:minute|second)s?(?: \d+ seconds)?\)$/) ?? []
    if (!to || secondsOf(from) !== begin) problems.push(`slide ${index + 1}: begins with ${time}`)
    begin = secondsOf(to ?? '0')
    for (const line of prompts.flatMap((prompt) => prompt.split('\n'))) {
      if (!/^(NOTE|ASK|DEMO|OPTIONAL|SHOWS)( \(EXIT 1\))?: ./.test(line)) problems.push(`slide ${index + 1}: ${line}`)
    }
  }
  if (begin !== end) problems.push(`the last slide ends after ${begin} seconds`)
  return problems
}

let browser
before(async () => {
  browser = await launch()
})
after(() => browser?.close())

for (const deck of ['slides.html', 'lightning.html']) {
  test(`${deck} can be presented`, async () => {
    assert.deepEqual(await problemsOf(built(deck), 10_000), [])
  })
}

test('the notes tell when each slide begins and ends, in either talk', async (t) => {
  assert.deepEqual(await problemsOfNotes(built('slides.html'), 20 * 60), [])
  assert.deepEqual(await problemsOfNotes(built('lightning.html'), 5 * 60), [])

  const wrong = join(renderFixtures(t), 'wrong.html')
  const lightning = readFileSync(built('lightning.html'), 'utf8')
  writeFileSync(wrong, lightning
    .replace('<p>0:00 to 0:15 ', '<p>0:00 to 0:20 ')
    .replace('<p>4:45 to 5:00 ', '<p>Lightning: ')
    .replace('<p>NOTE: ', '<p>Note: '))
  const problems = await problemsOfNotes(wrong, 5 * 60)
  for (const [index, pattern] of [
    /^slide 1: Note: /, /^slide 2: begins with 0:15 to /, /^slide 9: begins with Lightning: /, /^the last slide ends after 0 /,
  ].entries()) {
    assert.match(problems[index], pattern)
  }
})

testOfCheck('decks that cannot be presented', async (t) => {
  const folder = renderFixtures(t)
  const good = readFileSync(join(folder, 'good.html'), 'utf8')
  const expected = {
    'with nothing in its way': ['', []],
    'without keys': [
      '<script>addEventListener("keydown", (event) => event.stopImmediatePropagation(), true)</script>',
      [/ArrowRight does not move/, /Home does not move/, /p opens no presenter view/]],
    'without a second window': [
      '<script>window.open = () => null</script>', [/p opens no presenter view/]],
    'with notes that cannot be seen': [
      '<style>.bespoke-marp-note { display: none !important }</style>',
      [/presenter view does not show the note/, /presenter view does not show the next note/]],
    'whose windows are not tied': [
      '<script>Storage.prototype.setItem = () => {}</script>',
      [/presenter view does not follow/, /the deck does not follow/]],
  }
  for (const [name, [patch, patterns]] of Object.entries(expected)) {
    await t.test(name, async () => {
      const html = join(folder, 'patched.html')
      writeFileSync(html, good.replace('</head>', () => `${patch}</head>`))
      const problems = await problemsOf(html, patterns.length ? 800 : 10_000)
      if (!patterns.length) assert.deepEqual(problems, [])
      for (const pattern of patterns) assert.match(problems.join('\n'), pattern)
    })
  }
})
