// Looks at every page of the book as its readers do: in the light and in the
// dark theme, on a phone, on paper, and through its search; without a network.

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import { askAxe } from './ask-axe.mjs'
import { built, deadLinks, describe, describeOfCheck, launch, test, visits } from './browser.mjs'
import { inspectPage } from './inspect-page.mjs'

/** What axe-core finds in mdBook's own markup, which is not ours to mend. */
const exceptions = [
  // The button for the sidebar is a label, and says whether it is open.
  /aria-allowed-attr: <label id="sidebar-toggle" .*aria-expanded/,
  /aria-prohibited-attr: <label id="sidebar-toggle" .*aria-label attribute/,
]
const isException = (problem) => exceptions.some((pattern) => pattern.test(problem))

/** Pixels of a page at the width of a desk; a tutorial needs some. */
const longest = 6000

/** What is wrong with the page: on a phone, in the dark theme, and in the light one. */
async function problemsOf(file, { sidebar = false, printed = false } = {}) {
  const problems = []
  await visit(problems, (page) => look(page, file, problems, { sidebar, printed }))
  return problems
}

async function look(page, file, problems, { sidebar, printed }) {
  const check = async (reader, found) => problems.push(...(await found).map((problem) => `${reader}: ${problem}`))
  // The sidebar is the same for all pages, and large; the page for printing has
  // what the others have. Of some pages axe-core cannot tell the sidebar's contrast.
  const exclude = [...(sidebar ? [] : ['#sidebar']), ...(printed ? ['main'] : [])]
  const where = { exclude, untellable: '#sidebar' }
  const [wide, narrow] = [{ width: 1280, height: 844 }, { width: 390, height: 844 }]

  const checkTheme = async (scheme, theme) => {
    const themes = await page.evaluate(() => document.documentElement.className)
    if (!themes.split(' ').includes(theme)) problems.push(`${scheme}: the theme is not ${theme}: ${themes}`)
  }

  const prefer = (scheme) => page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.setOfflineMode(true)
  await prefer('dark')
  await page.setViewport(narrow)
  await page.goto(pathToFileURL(file).href)
  await check('phone', page.evaluate(inspectPage))

  await page.setViewport(wide)
  // A page that was opened on a phone does not show it.
  if (sidebar) await page.reload()
  await check('desk', page.evaluate(inspectPage))
  await check('links', deadLinks(page))
  const height = await page.$eval('main', (main) => main.scrollHeight)
  if (!printed && height > longest) problems.push(`long: ${height} px; split the page`)
  await checkTheme('dark', 'navy')
  await check('dark', askAxe(page, { rules: ['color-contrast', 'link-in-text-block'], ...where }))

  if (sidebar) {
    await prefer('light')
    await page.reload()
  } else {
    // Choosing a theme in the menu is quicker than loading the page again. The
    // choice is not kept, since pages that are open beside would take it over.
    await page.evaluate(() => {
      Storage.prototype.setItem = () => {}
      document.querySelector('.theme#light').click()
    })
  }
  await checkTheme('light', 'light')
  await check('light', askAxe(page, where))
}

let browser
const visit = visits(() => browser)
let folder
before(async () => {
  browser = await launch()
  folder = mkdtempSync(join(tmpdir(), 'book-'))
})
after(async () => {
  await browser?.close()
  if (folder) rmSync(folder, { recursive: true })
})

// toc.html is no page, but a part of each in browsers without scripts.
const pages = readdirSync(built('book')).filter((path) => path.endsWith('.html') && path !== 'toc.html')

// Several at once, since a page is waited for more than it is looked at.
describe('every page of the book can be read in light and dark and on a phone', { concurrency: 3 }, () => {
  const used = new Set()
  for (const path of pages) {
    test(path, async () => {
      const problems = []
      const which = { sidebar: path === 'index.html', printed: path === 'print.html' }
      for (const problem of await problemsOf(built(`book/${path}`), which)) {
        const exception = exceptions.find((pattern) => pattern.test(problem))
        if (exception) used.add(exception)
        else problems.push(problem)
      }
      assert.deepEqual(problems, [])
    })
  }
  after(() => assert.equal(used.size, exceptions.length, 'there is an exception that nothing needs'))
})

/** A copy, of that name, of a built page with something added to it, or changed in it. */
function patched(name, page, change) {
  const html = readFileSync(built(`book/${page}`), 'utf8')
  const text = typeof change === 'string' ? html.replace('</main>', () => `${change}</main>`) : change(html)
  assert.notEqual(text, html)
  const file = join(folder, `${name}.html`)
  const base = pathToFileURL(built(`book/${page}`))
  writeFileSync(file, text.replace('<head>', `<head><base href="${base}">`))
  return file
}

describeOfCheck('pages that cannot be read', { concurrency: 3 }, (test) => {
  const line = 'x'.repeat(200)
  const expected = {
    'with nothing in its way': ['<p>fine</p>', null],
    'with a link to nowhere': ['<a href="gone.html">gone</a>', /^links: dead link: .*gone\.html$/m],
    'with a link to a place that is not there': ['<a href="how.html#gone">gone</a>', /^links: dead link: .*how\.html#gone$/m],
    'that asks a network': ['<script src="http://example.org/a.js"></script>', /asks a network: http:\/\/example/],
    'that lacks a file': ['<script src="gone.js"></script>', /cannot load .*gone\.js: net::ERR_FILE_NOT_FOUND/],
    'whose script fails': ['<script>throw Error("oh no")</script>', /script: oh no/],
    'that complains': ['<script>console.error("oh dear")</script>', /console: oh dear/],
    'whose theme is another one': [
      (html) => html.replace('default_dark_theme = "navy"', 'default_dark_theme = "ayu"'), /theme is not navy/],
    'with a sidebar and another light theme': [
      (html) => html.replace('default_light_theme = "light"', 'default_light_theme = "rust"'), /theme is not light/],
    'with faint text': ['<p style="background: #666; color: #777">faint</p>', /light: color-contrast: .* 1\.2\d/],
    'with text that is faint in the dark': ['<style>.navy p { color: #555 }</style>', /^dark: color-contrast/],
    'with a sidebar that is faint in the dark': [
      '<style>.navy #sidebar a { color: #444 !important }</style>', /^dark: color-contrast: <a href/],
    'with links of the same colour as text': [
      '<style>main p a { color: #222 !important; text-decoration: none !important }</style>',
      /light: link-in-text-block: <a href/],
    'that never ends': ['<div style="height: 6000px"></div>', /^long: \d{4,} px; split the page$/m],
    'with a picture for which there are no words': ['<img src="favicon.svg">', /light: image-alt: <img src="favicon/],
    'with code that is small': ['<pre style="font-size: 8px"><code>tiny</code></pre>', /text of 7\.0 px: "tiny"/],
    'with a drawing that is small': [
      '<svg width="99" viewBox="0 0 999 99"><text y="50">tiny</text></svg>', /text of 1\.\d px: "tiny"/],
    'with code that is cut off': [
      `<pre style="overflow: hidden"><code style="overflow: hidden">${line}</code></pre>`, /desk: cut off: "x+"/],
    'with a line that only a mouse can scroll': [
      `<div style="overflow: auto; white-space: pre">${line}</div>`, /phone: only a mouse can scroll "x+/],
    'with text that a phone cuts off': [
      `<p style="overflow: hidden; white-space: pre">${'wide '.repeat(12)}</p>`, /^phone: cut off: "wide/],
    'that a phone has to scroll sideways': [
      '<div style="height: 9px; width: 500px"></div>', /^phone: \w+ scrolls sideways: 500 px in 3\d\d$/m],
  }
  for (const [name, [change, pattern]] of Object.entries(expected)) {
    test(name, async () => {
      const found = await problemsOf(patched(name, 'index.html', change), { sidebar: name.includes('sidebar') })
      const problems = found.filter((problem) => !isException(problem))
      if (pattern) assert.match(problems.join('\n'), pattern)
      else assert.deepEqual(problems, [])
    })
  }
})

/** The headings of a page, as they are read. */
function headingsIn(file) {
  const headings = readFileSync(file, 'utf8').matchAll(/<(h[1-6]) id="[^"]*"><a class="header" [^>]*>(.*?)<\/a><\/\1>/g)
  return [...headings].map(([, , text]) => text)
}

/** The headings of the chapters that the page for printing lacks. */
function missingIn(print) {
  const toc = readFileSync(built('book/toc.html'), 'utf8')
  const chapters = [...toc.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)
  const printed = headingsIn(print)
  const expected = chapters.flatMap((chapter) =>
    headingsIn(built(`book/${chapter}`)).map((heading) => `${chapter}: ${heading}`))
  assert.ok(expected.length > chapters.length, 'most chapters have more than one heading')
  return expected.filter((heading) => {
    const isThere = heading.endsWith(`: ${printed[0]}`)
    if (isThere) printed.shift()
    return !isThere
  })
}

test('the whole book can be printed', () => {
  assert.deepEqual(missingIn(built('book/print.html')), [])
  const short = patched('print', 'print.html', (html) => html.replace(/<h1 id="why-though-three-reasons-for-plugins">.*?<\/h1>/, ''))
  assert.deepEqual(missingIn(short), ['why.html: Why though: three reasons for plugins'])
})

/** The pages that a search brings up, best first, and what is wrong with the list. */
async function search(words, scheme) {
  const page = await browser.newPage()
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
  await page.setViewport({ width: 1280, height: 844 })
  await page.goto(pathToFileURL(built('book/index.html')).href)
  await page.keyboard.press('s')
  const found = {}
  for (const word of words) {
    await page.$eval('#searchbar', (bar) => { bar.value = '' })
    await page.type('#searchbar', word)
    await page.waitForFunction(
      (w) => document.querySelector('#searchresults-header')?.textContent.includes(`'${w}'`), {}, word)
    found[word] = await page.$$eval('#searchresults li a', (all) => all.map((a) => a.getAttribute('href').replace(/[?#].*/, '')))
  }
  const problems = await askAxe(page, { untellable: '*' })
  await page.close()
  return { found, problems }
}

/** Where a reader who looks for a word finds it, among the first results. */
const topics = {
  unload: 'gotchas-unloading.html',
  descriptor: 'example2-descriptor.html',
  panic: 'gotchas-crossing.html',
  allocator: 'gotchas-crossing.html',
  libloading: 'when-where.html',
  register: 'registration.html',
  constructor: 'gotchas-loading.html',
  cdylib: 'when-where.html',
  ABI: 'gotchas-compiler.html',
  image: 'images.html',
  Go: 'go-and-rust.html',
  WebAssembly: 'alternatives-apart.html',
  // Of several words, each counts.
  'pass a String to a plugin': 'your-own-boundary.html',
  'mutable state': 'your-own-boundary.html',
  'test the host': 'your-own-test.html',
  'git clone': 'index.html',
  segfault: 'gotchas.html',
  'crates.io': 'your-own.html',
}

/** The topics whose page is not among the first results. */
const lost = (topics, found) => Object.keys(topics).filter((word) => !found[word].slice(0, 5).includes(topics[word]))

test('of a session, the button copies what was typed', async () => {
  const problems = []
  let copied
  await visit(problems, async (page) => {
    await page.goto(pathToFileURL(built('book/your-own-copy.html')).href)
    copied = await page.$$eval('pre', (blocks) => blocks.map((block) => playground_text(block, false)))
  })
  assert.equal(copied.filter((text) => text.startsWith('$')).length, 0, copied.join('\n'))
  // Two commands, the second on two lines; then one and its output.
  assert.ok(copied.includes(
    'mkdir -p nutshell/crates\ncp -r ../rust-plugins-in-a-nutshell/crates/{plugin,build,flags,host} \\\n    nutshell/crates\n'))
  assert.ok(copied.includes('cargo build -q -p jukebox\ntarget/debug/jukebox target/debug\n'))
  // Any other block whole.
  assert.ok(copied.some((text) => text.startsWith('[workspace]\n')))
  assert.deepEqual(problems.filter((problem) => !isException(problem)), [])
})

test('the search finds what the book is about', async () => {
  const { found, problems } = await search([...Object.keys(topics), 'qqqzzz'], 'dark')
  assert.deepEqual(lost(topics, found), [])
  assert.deepEqual(found.qqqzzz, [])
  assert.deepEqual(lost({ unload: 'images.html', qqqzzz: 'index.html' }, found), ['unload', 'qqqzzz'])
  assert.deepEqual(problems.filter((problem) => !isException(problem)), [])
})
