// Looks at the page with the output of the demos as a stage shows it: every
// demo of the talk is there, can be read from the last row, and is one key away.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import { askAxe } from './ask-axe.mjs'
import { built, launch, root, test, testOfCheck, visits } from './browser.mjs'

/** What the notes have a speaker type, in order of the slides. */
function intended(markdown) {
  return markdown.replace(/^---\n.*?\n---\n/s, '').split(/^---$/m).flatMap((slide, index) =>
    [...slide.matchAll(/^(Demo|Optional)(?: \(exit 1\))?: `([^`]*)`/gm)].map(([, cue, command]) =>
      ({ slide: index + 1, isOptional: cue === 'Optional', command })))
}

/** What is wrong with how the page looks. Runs in the browser. */
function inspect() {
  const smallest = 24 // pixels of 720, as on the slides
  const problems = new Set()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    if (!text.data.trim() || text.parentElement.closest('script')) continue
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize)
    if (size < smallest) problems.add(`text of ${size} px: ${text.data.trim().slice(0, 30)}`)
    const range = document.createRange()
    range.selectNodeContents(text)
    for (const { left, right } of range.getClientRects()) {
      if (left < 0 || right > innerWidth) problems.add(`cut off: ${text.data.trim().slice(0, 30)}`)
    }
  }
  for (const { localName, scrollWidth, clientWidth } of document.querySelectorAll('html, body, pre')) {
    if (scrollWidth > clientWidth) problems.add(`${localName} scrolls sideways`)
  }
  if (document.querySelector('header').scrollHeight > innerHeight) problems.add('the list needs more than one screen')
  for (const failed of document.querySelectorAll('.failed')) problems.add(`a demo has failed: ${failed.textContent}`)
  return [...problems]
}

/** The demos of a page. Runs in the browser. */
const demosOf = () => [...document.querySelectorAll('section')].map((section) => ({
  key: section.dataset.key,
  slide: Number(section.querySelector('p').textContent.match(/\d+/)[0]),
  isOptional: section.querySelector('p').textContent.endsWith('optional'),
  command: section.querySelector('b').textContent.replace(/^\$ /, '').replace(/\\\n\s*/g, ''),
  output: section.querySelector('pre').textContent.slice(section.querySelector('b').textContent.length).trim(),
}))

/** Every problem of a page with the demos of this deck; a key has so many ms. */
async function problemsOf(html, markdown, timeout) {
  const problems = []
  await visit(problems, async (page) => {
    await page.setViewport({ width: 1280, height: 720 })
    await page.goto(pathToFileURL(html).href)
    problems.push(...await page.evaluate(inspect), ...await askAxe(page))

    const found = await page.evaluate(demosOf)
    const inOrder = (demos) => demos.map(({ slide, isOptional, command }) =>
      `${slide}${isOptional ? ', optional' : ''}: ${command}`)
    const [there, wanted] = [inOrder(found), inOrder(intended(markdown))]
    for (const demo of wanted) if (!there.includes(demo)) problems.push(`missing: slide ${demo}`)
    for (const demo of there) if (!wanted.includes(demo)) problems.push(`not in the notes: slide ${demo}`)
    const numbers = found.map(({ slide }) => slide)
    if (`${numbers}` !== `${numbers.toSorted((a, b) => a - b)}`) problems.push(`in another order: ${numbers}`)
    for (const { command, output } of found) if (!output) problems.push(`without output: ${command}`)

    /** Presses a key; then this part of the page, counted from its top, is where one looks. */
    const presses = async (key, index) => {
      await page.keyboard.press(key)
      await page.waitForFunction((i) => {
        const place = document.querySelectorAll('header, section')[i]
        return place && Math.abs(place.getBoundingClientRect().top) < 2
      }, { timeout }, index).catch(() => problems.push(`${key} does not show its demo`))
    }
    // The last first, so that each is far from where the page is.
    for (const [index, { key }] of [...found.entries()].reverse()) if (key) await presses(key, index + 1)
    await presses('ArrowRight', 2)
    await presses('ArrowLeft', 1)
    await presses('Escape', 0)
  })
  return problems
}

let browser
const visit = visits(() => browser)
before(async () => {
  browser = await launch()
})
after(() => browser?.close())

const markdown = readFileSync(join(root, 'slides.md'), 'utf8')

test('every demo of the talk is there, can be read, and is one key away', async () => {
  assert.ok(intended(markdown).length > 10)
  assert.deepEqual(await problemsOf(built('demos.html'), markdown, 10_000), [])
})

testOfCheck('pages that are no fallback', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'demos-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const good = readFileSync(built('demos.html'), 'utf8')
  const style = (css) => good.replace('</style>', `${css}</style>`)
  const expected = {
    'one demo is missing': [
      good.replace(/<section id="demo-1".*?<\/section>/s, ''), [/^missing: slide 6: make example1$/m]],
    'the output of one is missing': [
      good.replace(/(<b>\$ make example1<\/b>).*?<\/pre>/s, '$1</pre>'), [/^without output: make example1$/m]],
    'one is of no slide': [
      good.replace('<b>$ make example1', '<b>$ make example7'),
      [/^missing: slide 6: make example1$/m, /^not in the notes: slide 6: make example7$/m]],
    'one is not optional': [
      good.replace(/, optional<\/p>/, '</p>'), [/^missing: slide \d+, optional: /m, /^not in the notes: slide \d+: /m]],
    'one is elsewhere': [
      good.replace(/(<section id="demo-1".*?<\/section>)(.*)<\/main>/s, '$2$1</main>'), [/^in another order: .*,6$/m]],
    'one has failed': [
      good.replace('<pre>', '<p class="failed">exit code 7</p><pre>'), [/^a demo has failed: exit code 7$/m]],
    'the text is small': [style(':root { font-size: 20px }'), [/^text of 20 px: slide 6$/m]],
    'the text is faint': [style('h2 { color: #444 }'), [/^color-contrast: <h2 /m]],
    'lines do not break': [style('pre { white-space: pre }'), [/^pre scrolls sideways$/m, /^cut off: /m]],
    'the list is long': [style('li { padding: 9px }'), [/^the list needs more than one screen$/m]],
    'keys do nothing': [good.replace('keydown', 'nothing'), [/^1 does not show its demo$/m, /^ArrowRight does not/m]],
    'it needs a network': [style('body { background: url(http://example.org/a.png) }'), [/^asks a network: /m]],
  }
  for (const [name, [html, patterns]] of Object.entries(expected)) {
    await t.test(`${name}: is rejected`, async () => {
      assert.notEqual(html, good)
      const file = join(folder, 'patched.html')
      writeFileSync(file, html)
      const problems = (await problemsOf(file, markdown, 200)).join('\n')
      for (const pattern of patterns) assert.match(problems, pattern)
    })
  }
})
