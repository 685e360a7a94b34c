// `make handout`: two PDFs for paper, in dark on white. That of the speaker has
// each slide with its notes; that of the audience has each slide with the
// sentences and the links of its `Handout:` lines. Both go to target/talk/.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Marp } from '@marp-team/marp-core'
import config, { withoutInvert } from '../marp.config.mjs'
import { launch } from '../tests/browser/browser.mjs'

const root = join(import.meta.dirname, '..')

// Links to the book, which lies beside the PDF, but Chromium prints only links
// that have a host.
const base = 'https://here.invalid/'

// What is a panel on a projector is a frame here, and nothing is dimmed.
const style = `
  @page { margin: 12mm 14mm 14mm; size: A4; }
  body { color: #000; font: 9.5pt/1.4 Inter, sans-serif; font-variant-ligatures: none; margin: 0; }
  header { align-items: baseline; border-bottom: 0.6mm solid #000; display: flex; justify-content: space-between; margin-bottom: 5mm; padding-bottom: 2mm; }
  header h1 { font-size: 15pt; letter-spacing: -0.02em; }
  header :is(h1, p) { margin: 0; }
  aside p { margin: 0 0 1.2mm; overflow-wrap: anywhere; }
  aside code { font-family: "JetBrains Mono", monospace; font-size: 0.92em; }
  article { break-inside: avoid; margin-bottom: 6mm; }
  article svg[data-marpit-svg] { border: 0.3mm solid #5a5e69; border-radius: 2mm; display: block; }
  article h2 { font-size: 9.5pt; margin: 0 0 1.5mm; }
  article a { color: #0b5c92; }
  .marpit section {
    --text: #000 !important; --panel: #fff !important; --terminal: #fff !important; --box: #fff !important;
  }
  .marpit section pre .veil { display: none !important; }
  .marpit section pre { border: 2px solid #9a9da6 !important; border-left: 6px solid var(--rust) !important; }
  .marpit section pre:has(> code.language-console) { border-left-color: var(--plugin) !important; }
  .marpit section.cards li { border: 2px solid #9a9da6 !important; }
`

/** What is beside the slides, in either handout; `inline` makes HTML of a line. */
export const kinds = {
  speaker: {
    file: 'handout.pdf',
    subtitle: 'slides and notes',
    // As large as two slides with their notes can be on a page.
    style: `
      article svg[data-marpit-svg] { margin: 0 auto 2mm; width: 162mm; }
      aside { columns: 2; column-gap: 6mm; font-size: 8.5pt; }
      aside h2 { break-after: avoid; }
      aside p { break-inside: avoid; }`,
    text: ({ comments: [time = '', ...prompts], number }, inline) => [
      `<h2>${number} · ${inline(time)}</h2>`,
      ...prompts.map((prompt) => {
        const lines = prompt.split('\n').map(inline)
        return `<p>${lines.map((line) => line.replace(/^[A-Z][^:]*:/, '<strong>$&</strong>')).join('<br>')}</p>`
      }),
    ],
  },
  audience: {
    file: 'handout-audience.pdf',
    subtitle: 'what the slides say, and where the book says more',
    style: `
      article { align-items: start; display: grid; gap: 5mm; grid-template-columns: 128mm 1fr; }
      article svg[data-marpit-svg] { width: 128mm; }`,
    text: ({ handout, number }, inline) => [
      `<h2>${number}</h2>`, ...handout.map((sentence) => `<p>${inline(sentence)}</p>`),
    ],
  },
}

/** The handout of a deck, as a page to be printed. */
export function handout(markdown, kind) {
  const { style: own, subtitle, text } = kinds[kind]
  const marp = config.engine({ marp: new Marp({ ...config.options, printable: false, script: false }) })
  const { html, css, comments, handout } = marp.render(withoutInvert(markdown), { htmlAsArray: true })
  const inline = (line) => marp.markdown.renderInline(line)
  const articles = html.map((slide, index) => {
    const parts = { comments: comments[index], handout: handout[index], number: index + 1 }
    return `<article><div class="marpit">${slide}</div><aside>${text(parts, inline).join('\n')}</aside></article>`
  })
  const title = inline(markdown.match(/^title: (.*)$/m)?.[1] ?? 'Slides')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}, ${subtitle}</title><base href="${base}">
<style>${css}</style><style>${style}${own}</style></head>
<body><header><h1>${title}</h1><p>${subtitle}</p></header>
${articles.join('\n')}</body></html>`
}

/** The PDF with links to what lies beside it; nothing in the file moves. */
function withLinksBeside(pdf) {
  const text = Buffer.from(pdf).toString('latin1')
    .replace(/\/URI \(https:\/\/here\.invalid\/([^)]*)\)/g, (_, path) => `/URI (${path})${' '.repeat(base.length)}`)
  return Buffer.from(text, 'latin1')
}

async function main() {
  const browser = await launch()
  try {
    const markdown = readFileSync(join(root, 'slides.md'), 'utf8')
    for (const [kind, { file }] of Object.entries(kinds)) {
      const page = await browser.newPage()
      await page.setContent(handout(markdown, kind))
      await page.evaluate(() => document.fonts.ready)
      const footer = 'font: 8px sans-serif; padding: 0 14mm; text-align: right; width: 100%'
      const pdf = await page.pdf({
        displayHeaderFooter: true,
        footerTemplate: `<div style="${footer}"><span class="pageNumber"></span>/<span class="totalPages"></span></div>`,
        headerTemplate: '<span></span>',
        preferCSSPageSize: true,
        printBackground: true,
      })
      writeFileSync(join(root, 'target/talk', file), withLinksBeside(pdf))
      await page.close()
    }
  } finally {
    await browser.close()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
