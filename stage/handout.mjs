// `make handout`: the slides with their notes, for paper: three to a page of
// A4, in dark on white, into target/talk/handout.pdf.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Marp } from '@marp-team/marp-core'
import config, { withoutInvert } from '../marp.config.mjs'
import { launch } from '../tests/browser/browser.mjs'

const root = join(import.meta.dirname, '..')

const style = `
  @page { margin: 14mm 14mm 16mm; size: A4; }
  body { color: #202228; font: 8pt/1.42 Inter, sans-serif; font-variant-ligatures: none; margin: 0; }
  header { align-items: baseline; display: flex; justify-content: space-between; margin-bottom: 5mm; }
  header h1 { font-size: 15pt; letter-spacing: -0.02em; margin: 0; }
  header p { color: #5a5e69; margin: 0; }
  article { break-inside: avoid; display: grid; gap: 5mm; grid-template-columns: 123mm 1fr; margin-bottom: 5mm; }
  article svg[data-marpit-svg] { border: 0.3mm solid #d9d3c8; border-radius: 2mm; display: block; width: 123mm; }
  aside h2 { border-bottom: 0.4mm solid #b34a0e; font-size: 8pt; margin: 0 0 2mm; padding-bottom: 1mm; }
  aside p { margin: 0 0 1.2mm; overflow-wrap: anywhere; }
  aside strong { color: #b34a0e; }
  aside code { font-family: "JetBrains Mono", monospace; font-size: 7.5pt; }
`

/** Text as HTML, with what is between backticks as code. */
function inline(text) {
  const escaped = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
  return escaped.replace(/`([^`]*)`/g, '<code>$1</code>')
}

/** A note as HTML: its time, then its prompts, each with its cue in bold. */
function noteHtml(note, number) {
  const [time = '', ...prompts] = note.split('\n').filter((line) => line.trim())
  const paragraphs = prompts.map((line) =>
    `<p>${inline(line).replace(/^[^:]+:/, '<strong>$&</strong>')}</p>`)
  return `<h2>${number} · ${inline(time)}</h2>${paragraphs.join('')}`
}

/** The handout of a deck, as a page to be printed. */
export function handout(markdown) {
  const marp = config.engine({ marp: new Marp({ ...config.options, printable: false, script: false }) })
  const light = withoutInvert(markdown)
  const { html, css, comments } = marp.render(light, { htmlAsArray: true })
  const articles = html.map((slide, index) =>
    `<article><div class="marpit">${slide}</div><aside>${noteHtml(comments[index].join('\n'), index + 1)}</aside></article>`)
  const title = inline(markdown.match(/^title: (.*)$/m)?.[1] ?? 'Slides')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}, with notes</title>
<style>${css}</style><style>${style}</style></head>
<body><header><h1>${title}</h1><p>slides and notes</p></header>
${articles.join('\n')}</body></html>`
}

async function main() {
  const browser = await launch()
  try {
    const page = await browser.newPage()
    await page.setContent(handout(readFileSync(join(root, 'slides.md'), 'utf8')))
    await page.evaluate(() => document.fonts.ready)
    const footer = 'color: #5a5e69; font: 8px sans-serif; padding: 0 14mm; text-align: right; width: 100%'
    const pdf = await page.pdf({
      displayHeaderFooter: true,
      footerTemplate: `<div style="${footer}"><span class="pageNumber"></span>/<span class="totalPages"></span></div>`,
      headerTemplate: '<span></span>',
      preferCSSPageSize: true,
      printBackground: true,
    })
    writeFileSync(join(root, 'target/talk/handout.pdf'), pdf)
  } finally {
    await browser.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
