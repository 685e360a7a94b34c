// Looks at every slide of the deck as a projector shows it, 1280 by 720: what
// is too small, too faint, covered, cut off or missing fails here and not on
// stage.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import decodeQR from 'qr/decode.js'
import { addressHtml } from '../../stage/address.mjs'
import { askAxe } from './ask-axe.mjs'
import { built, fixtures, launch, marp, renderFixtures, root, show, test, testOfCheck } from './browser.mjs'
import { inspectSlide } from './inspect-slide.mjs'

/** The headings of each slide, read without Marp. */
function intendedHeadings(markdown) {
  return markdown
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/^(```+).*?\n\1$/gms, '')
    .replace(/<!--.*?-->/gs, '')
    .split(/^---$/m)
    .map((slide) => [...slide.matchAll(/^#+ +(.*)$/gm)]
      .map(([, text]) => text.replace(/[`*_]/g, '').replaceAll("'", '’').trim()))
}

/** The texts of the slide that no font of the deck has. */
async function foreignFonts(session) {
  const { root: { nodeId } } = await session.send('DOM.getDocument', { depth: 0 })
  const { nodeIds } = await session.send(
    'DOM.querySelectorAll', { nodeId, selector: '.bespoke-marp-active section :not(figure, figcaption)' })
  const found = new Set()
  for (const nodeId of nodeIds) {
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
    for (const { familyName, isCustomFont } of fonts) {
      if (!isCustomFont) found.add(`text in ${familyName}, which the deck does not carry`)
    }
  }
  return [...found]
}

/** Every problem of a deck, each with the number of its slide. */
async function problemsOf(html, markdown) {
  const problems = []
  const page = await browser.newPage()
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`asks a network: ${request.url()}`)
  })
  await page.setViewport({ width: 1280, height: 720 })
  await page.goto(pathToFileURL(html).href)
  const session = await page.createCDPSession()
  await session.send('DOM.enable')
  await session.send('CSS.enable')

  const count = (await page.$$('svg[data-marpit-svg]')).length
  const notes = await page.$$eval('.bespoke-marp-note', (all) =>
    all.filter((note) => note.textContent.trim()).map((note) => Number(note.dataset.index)))
  const headings = []
  for (let index = 0; index < count; index++) {
    await show(page, index)
    const steps = await page.$$eval(
      '.bespoke-marp-active [data-marpit-fragment]', (all) => all.length)
    for (let step = 0; step <= steps; step++) {
      if (step) await page.keyboard.press('ArrowRight')
      const seen = await page.$$eval(
        '.bespoke-marp-active [data-bespoke-marp-fragment=active]', (all) => all.length)
      if (seen !== step) problems.push(`slide ${index + 1}: step ${step} shows ${seen} parts`)
      const found = await page.evaluate(inspectSlide)
      // Of a slide that appears in steps, each must be readable.
      if (step === steps) {
        headings.push(found.headings)
        if (!notes.includes(index)) found.problems.push('no speaker note')
        found.problems.push(...await foreignFonts(session), ...await askAxe(page))
      }
      const where = steps > 0 && step < steps ? `, step ${step}` : ''
      problems.push(...found.problems.map((problem) => `slide ${index + 1}${where}: ${problem}`))
    }
  }
  await page.close()

  const intended = intendedHeadings(markdown)
  if (JSON.stringify(headings) !== JSON.stringify(intended)) {
    problems.push(
      `slides are headed ${JSON.stringify(headings)}, but the Markdown says ${JSON.stringify(intended)}`)
  }
  return problems
}

let browser
before(async () => {
  browser = await launch()
})
after(() => browser?.close())

test('every slide of the deck can be read from the last row', async () => {
  const markdown = readFileSync(join(root, 'slides.md'), 'utf8')
  assert.deepEqual(await problemsOf(built('slides.html'), markdown), [])
})

test('so can every slide of the light deck', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'light-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const deck = join(folder, 'slides.html')
  execFileSync(process.execPath, [marp, '--no-stdin', 'slides.md', '-o', deck], {
    cwd: root,
    env: { ...process.env, TALK_THEME: 'light', TALK_REPOSITORY: 'https://example.org/a', TALK_SPEAKER: 'Ada' },
    stdio: 'ignore',
  })
  const markdown = readFileSync(join(root, 'slides.md'), 'utf8')
  assert.deepEqual(await problemsOf(deck, markdown), [])
})

test('a camera reads the address on the last slide', async () => {
  const page = await browser.newPage()
  const address = 'https://example.org/rust-plugins-in-a-nutshell'
  await page.setContent(addressHtml(address))
  const { width, data } = await page.evaluate(async () => {
    const image = new Image()
    const source = new XMLSerializer().serializeToString(document.querySelector('svg'))
    image.src = `data:image/svg+xml;utf8,${encodeURIComponent(source)}`
    await image.decode()
    const [width, canvas] = [300, document.createElement('canvas')]
    canvas.width = canvas.height = width
    const context = canvas.getContext('2d')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, width, width)
    context.drawImage(image, 0, 0, width, width)
    return { width, data: [...context.getImageData(0, 0, width, width).data] }
  })
  await page.close()
  assert.equal(decodeQR({ width, height: width, data: Uint8Array.from(data) }), address)
})

testOfCheck('fixture decks', async (t) => {
  const folder = renderFixtures(t)
  const expected = {
    good: [],
    overflow: [/slide 1: cut off: "line 14"/, /slide 1: cut off: image A host/],
    'clipped-code': [/slide 1: cut off: "\/\/ 1 /],
    'wide-code': [/slide 1: text of 1\d\.\d px: /],
    'small-text': [/slide 1: text of 23\.0 px: "small"/],
    'small-drawing': [/slide 1: text of 1\d\.\d px: "tiny"/],
    'text-over-text': [/slide 1: "below" and p "above" overlap/],
    'text-over-image': [/slide 1: "above" and p .* overlap/],
    'text-over-number': [/slide 1: "in the corner" is over the page number/],
    'text-over-edge': [/slide 1: "too long for its box" is over an edge of its drawing/],
    'faint-drawing': [/slide 1: contrast of 1\.\d: "faint"/],
    faint: [/slide 1: color-contrast: <p>faint<\/p>: .* 2\.\d/],
    'faint-number': [/slide 1: contrast of 1\.\d: the page number/],
    language: [/slide 1: html-lang-valid: <html lang="klingon-ish"/],
    font: [/slide 1: text in .*, which the deck does not carry/],
    network: [/asks a network: http:\/\/example\.org\/a\.png/],
    'broken-image': [/slide 1: broken image: not a picture/, /slide 2: broken image: not a picture/],
    'opaque-drawing': [/slide 1: drawing that cannot be looked into: A host/],
    'no-alt': [/slide 1: image without a text/, /slide 2: image without a text/],
    'no-note': [/slide 2: no speaker note/],
    'lost-break': [/^slides are headed \[\["One","this line becomes a heading","Two"\]\], but the Markdown says \[\["One"\],\["Two"\]\]$/m],
  }
  for (const [name, patterns] of Object.entries(expected)) {
    const markdown = readFileSync(join(fixtures, `${name}.md`), 'utf8')
    await t.test(`${name} is ${patterns.length ? 'rejected' : 'accepted'}`, async () => {
      const problems = await problemsOf(join(folder, `${name}.html`), markdown)
      if (!patterns.length) assert.deepEqual(problems, [])
      for (const pattern of patterns) assert.match(problems.join('\n'), pattern)
    })
  }
})
