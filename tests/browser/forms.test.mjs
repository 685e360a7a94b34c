// Opens every other form of the talk: PDF, PowerPoint and the handouts have all
// slides and their notes, and the handouts can be read on white paper.

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import extractZip from 'extract-zip'
import { extractText, getDocumentProxy } from 'unpdf'
import { Marp } from '@marp-team/marp-core'
import config from '../../marp.config.mjs'
import { handout } from '../../stage/handout.mjs'
import { askAxe } from './ask-axe.mjs'
import { built, fixtures, launch, root } from './browser.mjs'

const markdown = readFileSync(join(root, 'slides.md'), 'utf8')
const slides = markdown
  .replace(/^---\n.*?\n---\n/s, '').split(/^---$/m)
/** The notes as the presenter view has them, which tests/node/notes.test.mjs looks at. */
const { comments } = config.engine({ marp: new Marp(config.options) }).render(markdown)
const notes = comments.map((paragraphs) => paragraphs.join('\n\n'))
const headings = slides.map((slide) =>
  [...slide.replace(/^(```+).*?\n\1$/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, text]) => text))

/** Text as it is found again: without marks, white space, and its quotes bent. */
const plain = (text) => text.replace(/[`*\s]/g, '').replace(/[“”]/g, '"').replace(/[’ʼ]/g, "'")

/** What the PDF of the deck lacks. */
async function problemsOfPdf(file, { withNotes }) {
  const problems = []
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
  if (pdf.numPages !== slides.length) problems.push(`${pdf.numPages} pages`)
  const { info } = await pdf.getMetadata()
  if (info.Title !== 'Rust Plugins in a Nutshell') problems.push(`title ${info.Title}`)

  const titles = []
  const collect = (items) => items?.forEach(({ title, items }) => { titles.push(title); collect(items) })
  collect(await pdf.getOutline())
  if (plain(titles.join()) !== plain(headings.flat().join())) problems.push(`outline ${titles.join()}`)

  for (let number = 1; number <= pdf.numPages; number++) {
    const annotations = await (await pdf.getPage(number)).getAnnotations()
    const note = annotations.find(({ subtype }) => subtype === 'Text')?.contentsObj.str ?? ''
    if (plain(note) !== plain(withNotes ? notes[number - 1] : '')) problems.push(`page ${number}: note ${note}`)
    for (const { unsafeUrl } of annotations) {
      if (unsafeUrl?.startsWith('file:')) problems.push(`page ${number}: link to ${unsafeUrl}`)
    }
  }
  return problems
}

/** The lines that the PDF does not print, each with the number of its slide. */
async function missing(file, linesOfSlides) {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
  const { text } = await extractText(pdf, { mergePages: true })
  const printed = plain(text)
  return linesOfSlides.flatMap((lines, index) =>
    lines.filter((line) => !printed.includes(plain(line))).map((line) => `${index + 1}: ${line}`))
}

/** What the speaker's handout prints of each slide, and what the audience's does. */
const ofSpeaker = comments.map(([time, ...prompts], index) =>
  [`${index + 1} · ${time}`, ...prompts.flatMap((prompt) => prompt.split('\n'))])
const ofAudience = slides.map((slide) =>
  [...slide.matchAll(/^Handout: (.*)$/gm)].map(([, line]) => line.replace(/\]\([^)]*\)|\[/g, '')))

test('the PDF has all slides and an outline', async () => {
  assert.deepEqual(await problemsOfPdf(built('slides.pdf'), { withNotes: false }), [])
})

test('the PDF with notes has them as comments', async () => {
  assert.deepEqual(await problemsOfPdf(built('slides-notes.pdf'), { withNotes: true }), [])
})

test('a PDF without notes, with other slides or without an outline is rejected', async () => {
  const wordless = await problemsOfPdf(built('slides.pdf'), { withNotes: true })
  assert.equal(wordless.length, slides.length)
  assert.match(wordless[0], /^page 1: note $/)
  const other = await problemsOfPdf(built('handout.pdf'), { withNotes: false })
  assert.match(other.join('\n'), /^\d+ pages\n.*^outline $/ms)
})

test('the handouts print every note, or every sentence for the audience', async () => {
  assert.deepEqual(await missing(built('handout.pdf'), ofSpeaker), [])
  assert.deepEqual(await missing(built('handout-audience.pdf'), ofAudience), [])

  const notes = await missing(built('handout-audience.pdf'), ofSpeaker)
  assert.equal(notes[0], '1: 1 · 0:00 to 0:30 (30 seconds)')
  const sentences = await missing(built('handout.pdf'), ofAudience)
  assert.equal(sentences.length, ofAudience.flat().length)
})

/** What is wrong with the links of a handout to the book, which lies beside it. */
async function problemsOfLinks(file) {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
  const links = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const annotations = await (await pdf.getPage(number)).getAnnotations()
    links.push(...annotations.map(({ unsafeUrl }) => unsafeUrl).filter(Boolean))
  }
  const problems = links.flatMap((link) => {
    if (link.startsWith('https://')) return [] // the repository's
    return existsSync(join(root, 'target/talk', link)) ? [] : [`dead link: ${link}`]
  })
  for (const [, page] of markdown.matchAll(/^Handout: .*?\]\((.*?)\)/gm)) {
    if (!links.includes(page)) problems.push(`no link to ${page}`)
  }
  return problems
}

test('the links of the handout for the audience lead to the book beside it', async (t) => {
  assert.deepEqual(await problemsOfLinks(built('handout-audience.pdf')), [])
  assert.match((await problemsOfLinks(built('handout.pdf')))[0], /^no link to book.index\.html$/)

  const wrong = join(mkdtempSync(join(tmpdir(), 'pdf-')), 'wrong.pdf')
  t.after(() => rmSync(dirname(wrong), { recursive: true }))
  const pdf = readFileSync(built('handout-audience.pdf'), 'latin1')
  writeFileSync(wrong, pdf.replaceAll('(book/what-for.html)', '(book/what-foo.html)'), 'latin1')
  // A link that takes two lines is there twice.
  const problems = [...new Set(await problemsOfLinks(wrong))]
  assert.deepEqual(problems, ['dead link: book/what-foo.html', 'no link to book/what-for.html'])
})

/** Whatever on the page is not as paper is: white behind all of it, and large. Runs in the browser. */
function inspectPaper() {
  const smallest = 6.5 * 96 / 72 // pixels in 6.5 points, which are those of a footnote
  const problems = new Set()
  for (const element of document.querySelectorAll('body, body *')) {
    const name = element.localName + (element.className.length ? `.${element.className}` : '')
    const { backgroundColor, opacity } = getComputedStyle(element)
    if (!element.checkVisibility() || element.closest('svg[role=img]')) continue
    if (!/^rgba\(0, 0, 0, 0\)$|^rgb\(255, 255, 255\)$/.test(backgroundColor)) problems.add(`${name} on ${backgroundColor}`)
    if (opacity !== '1') problems.add(`${name} is dimmed`)
  }
  for (const code of document.querySelectorAll('pre > code')) {
    const scale = code.closest('svg').getBoundingClientRect().width / 1280
    const size = parseFloat(getComputedStyle(code).fontSize) * scale
    if (size < smallest) problems.add(`code of ${(size * 72 / 96).toFixed(1)} points`)
  }
  return [...problems]
}

test('the handouts can be read on white paper', async (t) => {
  const browser = await launch()
  t.after(() => browser.close())
  const problemsOf = async (text, kind) => {
    const page = await browser.newPage()
    await page.setContent(handout(text, kind))
    await page.setViewport({ width: 1280, height: 6000 })
    const colors = await page.$$eval('section', (all) => all.map((one) => getComputedStyle(one).color))
    const unlikePaper = await page.evaluate(inspectPaper)
    const found = [...new Set(colors), ...unlikePaper, ...await askAxe(page)]
    await page.close()
    return found
  }
  assert.deepEqual(await problemsOf(markdown, 'speaker'), ['rgb(0, 0, 0)'])
  assert.deepEqual(await problemsOf(markdown, 'audience'), ['rgb(0, 0, 0)'])

  const faint = readFileSync(join(fixtures, 'faint.md'), 'utf8').replace('#555', '#aaa')
  assert.match((await problemsOf(faint, 'speaker')).join('\n'), /color-contrast: <p>faint<\/p>: .* 2\.\d/)
  const style = (css) => markdown.replace(/^# .*$/m, `$&\n\n<style>${css}</style>`)
  for (const [css, pattern] of [
    ['section pre { background: #f3f0ea !important }', /^pre on rgb\(243, 240, 234\)$/m],
    ['section pre .veil { display: block !important; opacity: 0.5 !important }', /^span\.veil is dimmed$/m],
    ['section pre > code { font-size: 10px }', /^code of \d\.\d points$/m],
  ]) {
    assert.match((await problemsOf(style(css), 'speaker')).join('\n'), pattern)
  }
})

/** What an unpacked PowerPoint file lacks. */
function problemsOfPptx(folder) {
  const read = (path) => readFileSync(join(folder, path), 'utf8')
  const pages = readdirSync(join(folder, 'ppt/slides')).filter((file) => file.endsWith('.xml'))
  const problems = pages.length === slides.length ? [] : [`${pages.length} slides`]
  for (const [index, note] of notes.entries()) {
    const xml = read(`ppt/notesSlides/notesSlide${index + 1}.xml`)
    const text = [...xml.matchAll(/<a:t>(.*?)<\/a:t>/gs)].map(([, t]) => t).join('')
      .replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
    if (!plain(text).startsWith(plain(note))) problems.push(`slide ${index + 1}: note ${text}`)
  }
  return problems
}

test('the PowerPoint file has all slides, each with its note', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pptx-'))
  t.after(() => rmSync(folder, { recursive: true }))
  await extractZip(built('slides.pptx'), { dir: folder })
  assert.deepEqual(problemsOfPptx(folder), [])

  rmSync(join(folder, 'ppt/slides/slide1.xml'))
  writeFileSync(join(folder, 'ppt/notesSlides/notesSlide2.xml'), '<a:t>other</a:t>')
  assert.deepEqual(problemsOfPptx(folder), [`${slides.length - 1} slides`, 'slide 2: note other'])
})
