// Asks axe-core about the page: contrast, language and the rest of WCAG 2.1 A
// and AA.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// What axe-core cannot look through, and what it need not: rules before
// headings, the page number, and the layer that Marp puts it into. A theme that
// is chosen has its colours at once.
const decoration = `
  * { transition: none !important }
  .axe .veil,
  .axe ::before, .axe ::after { display: none !important }
  .axe [data-marpit-advanced-background=pseudo] { display: none !important }`

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** Runs in the browser. */
async function run(rules, untellable, exclude) {
  document.documentElement.classList.add('axe')
  const { violations, incomplete } = await axe.run(
    // Of the texts in drawings axe-core sees the wrong colour.
    { exclude: ['.bespoke-marp-osc', 'svg[role=img] *', ...exclude] },
    // Not preloaded: from a disk it may not read the style sheets of a page.
    { runOnly: rules, resultTypes: ['violations', 'incomplete'], preload: false },
  )
  document.documentElement.classList.remove('axe')
  // It must be able to tell every contrast, but that of notes and other symbols.
  const untold = incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map(({ id, nodes }) => ({
      id, nodes: nodes.filter(({ any, target }) =>
        any[0]?.data?.messageKey !== 'nonBmp' && !document.querySelector(target).closest(untellable)),
    }))
  return [...violations, ...untold].flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) =>
      `${id}: ${html.slice(0, 60)}: ${[...any, ...all, ...none][0].message}`))
}

/**
 * What axe-core finds wrong with the page as it is shown now, by these rules or
 * sets of rules. It need not be able to tell the contrast of texts in
 * `untellable`, a selector. What is in the parts that the selectors of `exclude`
 * find is gone afterwards: axe-core is not asked about it, and would still walk
 * through it.
 */
export async function askAxe(page, { rules = wcag, untellable = ':not(*)', exclude = [] } = {}) {
  if (!await page.evaluate(() => 'axe' in window)) {
    await page.evaluate(script)
    await page.addStyleTag({ content: decoration })
  }
  await page.evaluate((selectors) => {
    for (const selector of selectors) document.querySelector(selector).replaceChildren()
  }, exclude)
  return page.evaluate(run, rules, untellable, exclude)
}
