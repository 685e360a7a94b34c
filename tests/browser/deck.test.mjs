// Looks at every slide of the deck as a projector shows it, 1280 by 720: what
// is too small, cut off or missing fails here and not on stage.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { built, fixtures, launch, renderFixtures, root } from './browser.mjs'

/** The first heading of each slide, '' if it has none, read without Marp. */
function intendedHeadings(markdown) {
  return markdown
    .replace(/^---\n.*?\n---\n/s, '')
    .replace(/^(```+).*?\n\1$/gms, '')
    .replace(/<!--.*?-->/gs, '')
    .split(/^---$/m)
    .map((slide) => slide.match(/^#+ +(.*)$/m)?.[1].replace(/[`*_]/g, '').trim() ?? '')
}

/** What is wrong with the slide that the page shows; runs in the browser. */
async function inspectSlide() {
  const smallest = 20 // pixels of 720, which the last row still reads
  const faintest = 4.5 // the contrast that WCAG asks for at level AA
  const problems = new Set()

  const slide = document.querySelector('.bespoke-marp-active')
  // A slide with a `bg` image has a section for that, too.
  const section = slide.querySelector(
    'section:not([data-marpit-advanced-background]), [data-marpit-advanced-background=content]')
  const edge = section.getBoundingClientRect()
  const isOutside = (box) =>
    box.left < edge.left - 1 || box.top < edge.top - 1 ||
    box.right > edge.right + 1 || box.bottom > edge.bottom + 1

  function* texts(parent) {
    const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode
      if (text.data.trim() && !text.parentElement.closest('header, footer, title, desc, style')) yield text
    }
  }
  const quote = (node) => JSON.stringify(node.textContent.trim().slice(0, 30))
  const reportSize = (text, size) => {
    if (size < smallest - 0.05) problems.add(`text of ${size.toFixed(1)} px: ${quote(text)}`)
  }

  const channels = (color) => color.match(/[\d.]+/g).map(Number)
  const luminance = (color) => {
    const [r, g, b] = channels(color)
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const background = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor
      if (channels(color)[3] !== 0) return color
    }
    return getComputedStyle(slide.querySelector('section')).backgroundColor
  }

  for (const text of texts(section)) {
    const style = getComputedStyle(text.parentElement)
    // Marp shrinks code by scaling a block, which its font-size does not tell.
    let block = text.parentElement
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    const scale = block.getBoundingClientRect().width / block.offsetWidth
    reportSize(text, parseFloat(style.fontSize) * scale)

    const range = document.createRange()
    range.selectNodeContents(text)
    if ([...range.getClientRects()].some(isOutside)) problems.add(`cut off: ${quote(block)}`)

    const [dark, light] = [style.color, background(text.parentElement)].map(luminance).sort((a, b) => a - b)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < faintest) problems.add(`contrast of ${contrast.toFixed(1)}: ${quote(text)}`)
  }

  for (const image of section.querySelectorAll('img')) {
    await image.decode().catch(() => problems.add(`broken image: ${image.alt}`))
    if (!image.alt) problems.add('image without a text for those who cannot see it')
    const box = image.getBoundingClientRect()
    if (isOutside(box)) problems.add(`cut off: image ${image.alt}`)
    if (!image.src.startsWith('data:image/svg+xml')) continue
    // The words in a drawing are measured where the drawing is shown.
    const drawing = document.createElement('div')
    drawing.innerHTML = await (await fetch(image.src)).text()
    Object.assign(drawing.firstElementChild.style, { width: `${box.width}px`, height: `${box.height}px` })
    document.body.append(drawing)
    for (const text of texts(drawing)) {
      const { a, b } = text.parentElement.getScreenCTM()
      reportSize(text, parseFloat(getComputedStyle(text.parentElement).fontSize) * Math.hypot(a, b))
    }
    drawing.remove()
  }

  return { heading: section.querySelector('h1, h2, h3')?.textContent.trim() ?? '', problems: [...problems] }
}

/** Every problem of a deck, each with the number of its slide. */
async function problemsOf(html, markdown) {
  const page = await browser.newPage()
  await page.setViewport({ width: 1280, height: 720 })
  const url = pathToFileURL(html).href
  await page.goto(url)
  const count = (await page.$$('svg[data-marpit-svg]')).length
  const notes = await page.$$eval('.bespoke-marp-note', (all) =>
    all.filter((note) => note.textContent.trim()).map((note) => Number(note.dataset.index)))

  const headings = []
  const problems = []
  for (let index = 0; index < count; index++) {
    await page.evaluate((hash) => { location.hash = hash }, `#${index + 1}`)
    await page.waitForFunction(
      (i) => document.querySelectorAll('svg[data-marpit-svg]')[i].matches('.bespoke-marp-active'), {}, index)
    const found = await page.evaluate(inspectSlide)
    headings.push(found.heading)
    if (!notes.includes(index)) found.problems.push('no speaker note')
    problems.push(...found.problems.map((problem) => `slide ${index + 1}: ${problem}`))
  }
  await page.close()

  const intended = intendedHeadings(markdown)
  if (JSON.stringify(headings) !== JSON.stringify(intended)) {
    problems.push(
      `slides are headed ${JSON.stringify(headings)}, but slides.md says ${JSON.stringify(intended)}`)
  }
  return problems
}

let browser
before(async () => {
  browser = await launch()
})
after(() => browser.close())

test('every slide of the deck can be read from the last row', async () => {
  const markdown = readFileSync(join(root, 'slides.md'), 'utf8')
  assert.deepEqual(await problemsOf(built('slides.html'), markdown), [])
})

test('fixture decks', async (t) => {
  const folder = renderFixtures(t)
  const expected = {
    good: [],
    overflow: [/slide 1: cut off: "line 14"/, /slide 1: cut off: image A host/],
    'wide-code': [/slide 1: text of 1\d\.\d px: /],
    'small-drawing': [/slide 1: text of 1\d\.\d px: "tiny"/],
    faint: [/slide 1: contrast of 2\.\d: "faint"/],
    'broken-image': [/slide 1: broken image: not a picture/],
    'no-alt': [/slide 1: image without a text/],
    'no-note': [/slide 2: no speaker note/],
    'lost-break': [/^slides are headed \["One"\], but slides.md says \["One","Two"\]$/],
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
