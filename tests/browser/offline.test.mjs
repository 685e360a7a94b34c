// Opens every built page from the disk, as somebody without a network does:
// nothing may be asked of a network, be missing, or fail. That holds for the
// pages of the zip as well, and there the examples run without Rust.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { pathToFileURL } from 'node:url'
import extractZip from 'extract-zip'
import { built, deadLinks, fixtures, launch, root, test, testOfCheck, visits } from './browser.mjs'

/** What goes wrong when the page is opened. */
async function problemsOf(file) {
  const problems = []
  await visit(problems, async (page) => {
    await page.setOfflineMode(true)
    await page.goto(pathToFileURL(file).href)
    await page.waitForNetworkIdle({ idleTime: 100 })
    problems.push(...await deadLinks(page))
  })
  return problems
}

let browser
const visit = visits(() => browser)
before(async () => {
  browser = await launch()
})
after(() => browser?.close())

test('no page of the talk needs a network', async () => {
  const problems = []
  // The other pages of the book are opened by `book.test.mjs`, which finds the same.
  for (const path of ['index.html', 'slides.html', 'lightning.html', 'demos.html', 'book/index.html', 'book/toc.html']) {
    problems.push(...(await problemsOf(built(path))).map((problem) => `${path}: ${problem}`))
  }
  assert.deepEqual(problems, [])
})

testOfCheck('fixture pages', async (t) => {
  const expected = {
    good: null,
    network: /asks a network: http:\/\/example\.org\/a\.js/,
    'missing-file': /cannot load file:.*gone\.css: net::ERR_FILE_NOT_FOUND/,
    'dead-link': /dead link: .*gone\.html/,
    'dead-place': /dead link: .*good\.html#gone/,
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

/** What does not work in the unpacked zip. */
async function problemsOfZip(folder) {
  const problems = []
  for (const page of ['index.html', 'slides.html', 'lightning.html', 'demos.html', 'book/index.html']) {
    problems.push(...(await problemsOf(join(folder, page)).catch((error) => [error.message]))
      .map((problem) => `${page}: ${problem}`))
  }
  const readMe = readFileSync(join(folder, 'README.md'), 'utf8')
  const rows = readMe.split('\n').filter((line) => line.startsWith('| `'))
  for (const [, path] of rows.join('\n').matchAll(/`([\w.-]+[./][\w./-]*)`/g)) {
    if (!existsSync(join(folder, path))) problems.push(`README.md: names ${path}, which is not there`)
  }
  const [, terminal] = readMe.match(/^```console\n(.*?)^```$/ms)
  for (const [, command, output] of terminal.matchAll(/^\$ (.*)\n((?:[^$].*\n)*)/gm)) {
    const { stdout, error } = spawnSync('bash', ['-c', `exec 2>&1; ${command}`], {
      cwd: join(folder, 'repository'), encoding: 'utf8', env: { PATH: '/usr/bin:/bin' },
    })
    if (stdout !== output) problems.push(`${command}: prints ${error ?? stdout}`)
  }
  return problems
}

test('the zip works without a network and without Rust', async (t) => {
  const zip = join(root, 'target/rust-plugins-in-a-nutshell.zip')
  const pack = (TZ) => {
    execFileSync(process.execPath, [join(root, 'stage/dist.mjs')], { env: { ...process.env, TZ } })
    return readFileSync(zip)
  }
  // As the darkroom and make name what they have not finished.
  const unfinished = ['target/pictures/.darkroom-offline', 'target/plugins/offline.so.1']
  for (const path of unfinished) writeFileSync(join(root, path), '')
  t.after(() => { for (const path of unfinished) rmSync(join(root, path), { force: true }) })
  assert.ok(pack('UTC').equals(pack('Asia/Kathmandu')), 'two runs on the same files differ')

  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  t.after(() => rmSync(folder, { recursive: true }))
  await extractZip(zip, { dir: folder })
  assert.deepEqual(readdirSync(folder), ['rust-plugins-in-a-nutshell'])
  const top = join(folder, 'rust-plugins-in-a-nutshell')
  assert.deepEqual(unfinished.filter((path) => existsSync(join(top, 'repository', path))), [])
  assert.deepEqual(await problemsOfZip(top), [])

  rmSync(join(top, 'book/index.html'))
  rmSync(join(top, 'handout.pdf'))
  rmSync(join(top, 'demos.html'))
  rmSync(join(top, 'repository/target/plugins'), { recursive: true })
  writeFileSync(join(top, 'slides.html'), '<script src="https://example.org/a.js"></script>')
  const problems = (await problemsOfZip(top)).join('\n')
  for (const pattern of [
    /^index\.html: dead link: .*book.index\.html$/m,
    /^index\.html: dead link: .*handout\.pdf$/m,
    /^index\.html: dead link: .*demos\.html$/m,
    /^slides\.html: asks a network: https:\/\/example\.org\/a\.js$/m,
    /^book\/index\.html: net::ERR_FILE_NOT_FOUND/m,
    /^README\.md: names handout\.pdf, which is not there$/m,
    /^target\/debug\/app .*: prints target\/plugins: No such file/m,
  ]) {
    assert.match(problems, pattern)
  }
})
