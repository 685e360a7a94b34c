// Opens every other form of the talk: PDF, PowerPoint and the handout have all
// slides and their notes, and the handout can be read on white paper.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
const plain = (text) => text.replace(/[`*\s]/g, '').replace(/[“”]/g, '"').replaceAll('’', "'")

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

/** The notes that the PDF does not print, each by its number. */
async function missingNotes(file) {
  const pdf = await getDocumentProxy(new Uint8Array(readFileSync(file)))
  const { text } = await extractText(pdf, { mergePages: true })
  const printed = plain(text)
  return notes.flatMap((note, index) => {
    const [time, ...prompts] = note.split('\n').filter(Boolean)
    const isThere = [`${index + 1} · ${time}`, ...prompts].every((line) => printed.includes(plain(line)))
    return isThere ? [] : [index + 1]
  })
}

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
  assert.match(other.join('\n'), /^\d pages\n.*^outline $/ms)
})

test('the handout prints every note', async () => {
  assert.deepEqual(await missingNotes(built('handout.pdf')), [])
  assert.equal((await missingNotes(built('slides.pdf'))).length, slides.length)
})

test('the handout can be read on white paper', async (t) => {
  const browser = await launch()
  t.after(() => browser.close())
  const page = await browser.newPage()
  const ask = async (text) => {
    await page.setContent(handout(text))
    await page.setViewport({ width: 1280, height: 6000 })
    const colors = await page.$$eval('section', (all) => all.map((one) => getComputedStyle(one).color))
    return { colors: [...new Set(colors)], problems: await askAxe(page) }
  }
  assert.deepEqual(await ask(markdown), { colors: ['rgb(32, 34, 40)'], problems: [] })

  const faint = readFileSync(join(fixtures, 'faint.md'), 'utf8').replace('#555', '#aaa')
  assert.match((await ask(faint)).problems.join('\n'), /color-contrast: <p>faint<\/p>: .* 2\.\d/)
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
