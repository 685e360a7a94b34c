// Opens every built page from the disk, as somebody without a network does:
// nothing may be asked of a network, be missing, or fail.

import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { built, fixtures, launch } from './browser.mjs'

/** What goes wrong when the page is opened. */
async function problemsOf(file) {
  const problems = []
  const page = await browser.newPage()
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`asks a network: ${request.url()}`)
  })
  page.on('requestfailed', (request) => {
    problems.push(`cannot load ${request.url()}: ${request.failure().errorText}`)
  })
  page.on('console', (message) => {
    // What cannot be loaded is in `requestfailed`, with its address.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`))

  await page.goto(pathToFileURL(file).href)
  await page.waitForNetworkIdle({ idleTime: 100 })
  for (const href of await page.$$eval('a[href]', (all) => all.map((a) => a.href))) {
    if (!href.startsWith('file:')) continue
    const target = fileURLToPath(href.replace(/[?#].*/s, ''))
    if (!existsSync(target)) problems.push(`dead link: ${target}`)
  }
  await page.close()
  return problems
}

let browser
before(async () => {
  browser = await launch()
})
after(() => browser.close())

test('no page of the talk needs a network', async () => {
  const book = readdirSync(built('book'), { recursive: true })
    .filter((path) => path.endsWith('.html'))
    .map((path) => join('book', path))
  assert.ok(book.includes(join('book', 'index.html')), 'target/talk/book/index.html: not built')
  const problems = []
  for (const path of ['index.html', 'slides.html', ...book]) {
    problems.push(...(await problemsOf(built(path))).map((problem) => `${path}: ${problem}`))
  }
  assert.deepEqual(problems, [])
})

/** How many results the book's search shows for the word. */
async function countResults(word) {
  const page = await browser.newPage()
  await page.goto(pathToFileURL(built('book/index.html')).href)
  await page.click('#search-toggle')
  await page.type('#searchbar', word)
  await page.waitForFunction(
    (w) => document.querySelector('#searchresults-header')?.textContent.includes(`'${w}'`), {}, word)
  const results = await page.$$('#searchresults li a')
  await page.close()
  return results.length
}

test('the book can be searched without a server', async () => {
  assert.ok(await countResults('plugin') > 0)
  assert.equal(await countResults('qqqzzz'), 0)
})

test('fixture pages', async (t) => {
  const expected = {
    good: null,
    network: /asks a network: http:\/\/example\.org\/a\.js/,
    'missing-file': /cannot load file:.*gone\.css: net::ERR_FILE_NOT_FOUND/,
    'dead-link': /dead link: .*gone\.html/,
    'script-error': /script: oh no/,
    'console-error': /console: oh dear/,
    'live-reload': /console: WebSocket connection to 'ws:.* failed/,
  }
  for (const [name, pattern] of Object.entries(expected)) {
    await t.test(`${name} is ${pattern ? 'rejected' : 'accepted'}`, async () => {
      const problems = await problemsOf(join(fixtures, `${name}.html`))
      if (pattern) assert.match(problems.join('\n'), pattern)
      else assert.deepEqual(problems, [])
    })
  }
})
