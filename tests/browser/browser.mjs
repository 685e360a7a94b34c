// The browser that the checks in this folder look through, and the fixtures
// and the built talk that they look at.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as node from 'node:test'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

export const root = join(import.meta.dirname, '../..')
export const fixtures = join(import.meta.dirname, 'fixtures')
export const marp = join(root, 'node_modules/@marp-team/marp-cli/marp-cli.js')

const ofTools = process.env.TEST_TOOLS === '1'
const none = () => {}

/** `make test` looks at the talk and the book. */
export const test = ofTools ? none : node.test
export const describe = ofTools ? none : node.describe

/** `make test-tools` shows each check what it has to reject. */
export const testOfCheck = ofTools ? node.test : none

/** The same for several: `body` gets the `test` to declare them with. */
export const describeOfCheck = ofTools
  ? (name, options, body) => node.describe(name, options, () => body(node.test))
  : none

/** Starts a browser with a profile of its own that reaches no network. */
export function launch() {
  const script = join(import.meta.dirname, 'find-browser.sh')
  const executablePath = execFileSync('sh', [script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim()
  const args = ['--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND']
  // Chromium's sandbox refuses to start as root, which is common in containers.
  if (process.getuid?.() === 0) args.push('--no-sandbox')
  return puppeteer.launch({ executablePath, args })
}

/** The path of something that `make` builds under target/talk/. */
export function built(path) {
  const file = join(root, 'target/talk', path)
  if (!existsSync(file)) throw new Error(`target/talk/${path}: not built; run \`make\` first`)
  return file
}

/** Renders the Markdown files of the fixtures; gives the folder of the HTML. */
export function renderFixtures(test) {
  const folder = mkdtempSync(join(tmpdir(), 'decks-'))
  test.after(() => rmSync(folder, { recursive: true }))
  execFileSync(
    process.execPath,
    [marp, '--no-stdin', '-c', join(root, 'marp.config.mjs'), '-I', fixtures, '-o', folder],
    { stdio: 'ignore' },
  )
  return folder
}

/** Shows a slide of a deck, counted from 0. */
export async function show(page, index) {
  await page.evaluate((hash) => { location.hash = hash }, `#${index + 1}`)
  await page.waitForFunction(
    (i) => document.querySelectorAll('svg[data-marpit-svg]')[i].matches('.bespoke-marp-active'), {}, index)
}

/** Notes in `problems` what goes wrong while the page loads and runs, until the function that it gives is called. */
function note(page, problems) {
  const handlers = {
    request: (request) => {
      if (!/^(file|data|blob):/.test(request.url())) problems.push(`asks a network: ${request.url()}`)
    },
    requestfailed: (request) => problems.push(`cannot load ${request.url()}: ${request.failure().errorText}`),
    console: (message) => {
      // What cannot be loaded is in `requestfailed`, with its address.
      if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
      problems.push(`console: ${message.text()}`)
    },
    pageerror: (error) => problems.push(`script: ${error.message}`),
  }
  for (const [event, handler] of Object.entries(handlers)) page.on(event, handler)
  return () => {
    for (const [event, handler] of Object.entries(handlers)) page.off(event, handler)
  }
}

/**
 * Pages of a browser that are used again: `visit(problems, use)` calls `use`
 * with a page that nobody else has meanwhile, and notes in `problems` what goes
 * wrong with it. To open a new page takes as long as to load one of the book.
 */
export function visits(browser) {
  const free = []
  return async function visit(problems, use) {
    const page = free.pop() ?? await browser().newPage()
    const stop = note(page, problems)
    try {
      await use(page)
      stop()
      // What it still does is not the next one's.
      await page.goto('about:blank')
      free.push(page)
    } catch (error) {
      await page.close()
      throw error
    }
  }
}

const known = new Map()
/** The places of a page that a link can lead to. */
function placesOf(file) {
  if (!known.has(file)) {
    const html = readFileSync(file, 'utf8')
    known.set(file, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)))
  }
  return known.get(file)
}

/** The links of a page to files, or to places in them, that are not there. */
export async function deadLinks(page) {
  const problems = new Set()
  for (const href of await page.$$eval('a[href]', (all) => all.map((a) => a.href))) {
    if (!href.startsWith('file:')) continue
    const target = fileURLToPath(href.replace(/[?#].*/s, ''))
    const [, place] = href.match(/#(.+)$/) ?? []
    if (!existsSync(target)) problems.add(`dead link: ${target}`)
    else if (place && !placesOf(target).has(decodeURIComponent(place))) problems.add(`dead link: ${target}#${place}`)
  }
  return [...problems]
}
