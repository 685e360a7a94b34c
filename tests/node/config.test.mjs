// What marp.config.mjs promises: one file, nothing fetched, nothing missing.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mock, test } from 'node:test'
import { CLIError, marpCli } from '@marp-team/marp-cli'

const root = join(import.meta.dirname, '../..')
const marp = join(root, 'node_modules/@marp-team/marp-cli/marp-cli.js')

// First: whatever renders a deck has this in force.
test('what marp serves, this machine alone can see', async () => {
  const everywhere = createServer().listen(0)
  await once(everywhere, 'listening')
  assert.notEqual(everywhere.address().address, '127.0.0.1')
  everywhere.close()

  await import('../../marp.config.mjs')
  for (const argument of [0, { port: 0 }, { port: 0, host: '::' }]) {
    const server = createServer().listen(argument)
    await once(server, 'listening')
    assert.equal(server.address().address, '127.0.0.1')
    server.close()
  }
})

/** Renders this Markdown as `make` has marp do it, but in this process. */
async function render(markdown, environment = {}, head = 'marp: true\ntheme: nutshell') {
  const folder = mkdtempSync(join(tmpdir(), 'deck-'))
  const [deck, page] = ['deck.md', 'deck.html'].map((name) => join(folder, name))
  writeFileSync(deck, `---\n${head}\n---\n\n${markdown}\n`)
  const { env } = process
  // A shell may have it for the lightning talk.
  process.env = { ...env, LIGHTNING: '', TALK_THEME: '', TALK_REPOSITORY: '', TALK_SPEAKER: '', ...environment }
  const said = mock.method(console, 'warn', () => {})
  try {
    const status = await marpCli(['-c', join(root, 'marp.config.mjs'), '-o', page, deck])
    return { html: readFileSync(page, 'utf8'), status }
  } catch (error) {
    if (!(error instanceof CLIError)) throw error
    return { status: error.errorCode, message: error.message }
  } finally {
    said.mock.restore()
    process.env = env
    rmSync(folder, { recursive: true })
  }
}

async function accept(...words) {
  const { html, status, message } = await render(...words)
  assert.equal(status, 0, message)
  return html
}

test('images are part of the HTML in every form', async () => {
  const drawing = 'tests/browser/fixtures/drawing.svg'
  const html = await accept(`
![A drawing](${drawing}) ![w:100 By its "name"][name]

<img alt="As HTML" src="${drawing}">

![bg left:40% 100% Beside the text](${drawing})

[name]: ${drawing}`)
  const uri = `data:image/svg+xml;base64,${readFileSync(join(root, drawing), 'base64')}`
  assert.equal(html.split(uri).length - 1, 2)
  assert.doesNotMatch(html, /drawing\.svg/)
  // In Markdown, a drawing is part of the slide, to use its fonts.
  assert.match(html, /<svg role="img" aria-label="A drawing" style=""[^>]*>\s*<!--/)
  assert.match(html, /<svg role="img" aria-label="By its &quot;name&quot;" style="width:100px;"/)
  assert.equal(html.split('>tiny</text>').length - 1, 2)
})

test('the title of a drawing does not pop up under the mouse', async () => {
  const html = await accept('![Host and plugin](assets/two-stds.svg)')
  assert.match(html, /<svg role="img" aria-label="Host and plugin" style="" [^>]*id="two-stds">/)
  assert.doesNotMatch(html, /<title id=|<desc|aria-labelledby/)
})

test('the fonts are part of the HTML', async () => {
  const html = await accept('# One')
  assert.equal(html.split('@font-face').length - 1, 4)
  assert.equal(html.split('src:url("data:font/woff2;base64,').length - 1, 4)
  assert.doesNotMatch(html, /node_modules/)
})

test('the lightning talk is the slides that have a time for it', async () => {
  const note = (line) => `<!--\n1 minute\n${line}\n-->`
  const markdown = `# One\n\n${note('Lightning: 30 seconds')}\n\n---\n\n# Two\n\n${note('Note: x')}`
  assert.match(await accept(markdown), /<h1 id="two">/)
  const short = await accept(markdown, { LIGHTNING: '1' })
  assert.match(short, /<h1 id="one">/)
  assert.doesNotMatch(short, /<h1 id="two">/)
})

test('quotes are curly, but dashes stay as they are typed', async () => {
  assert.match(await accept(`It's "so" --here (c) \`"x"\``), /It’s “so” --here \(c\) <code>&quot;x&quot;<\/code>/)
})

test('an image that cannot be part of the HTML fails', async () => {
  for (const [src, message] of [
    ['assets/gone.svg', 'assets/gone.svg: no such image; add it or correct its path'],
    ['slides.md', 'slides.md: not an image; use .gif, .jpg, .png, .svg, .webp'],
    ['https://example.org/a.png', 'https://example.org/a.png: image from a network; put a copy into assets/ and name that'],
  ]) {
    for (const markdown of [`![](${src})`, `![bg left:40%](${src})`, `<img src="${src}">`]) {
      const run = await render(markdown)
      assert.equal(run.status, 1, markdown)
      assert.ok(run.message.includes(`(${message})`), run.message)
    }
  }
})

test('emoji and dollar signs stay text', async () => {
  const html = await accept('# 🦀 `$HOME` costs $1, $2 :crab:')
  assert.match(html, /🦀 <code>\$HOME<\/code> costs \$1, \$2 :crab:<\/h1>/)
  assert.doesNotMatch(html, /twemoji|<mjx-|katex/i)
})

test('a fence may name its source after its language', async () => {
  const html = await accept('```rust examples/01-basic/host/src/main.rs#load\nfn main() {}\n```')
  assert.match(html, /<code class="language-rust"><span class="hljs-keyword">fn<\/span>/)
  assert.doesNotMatch(html, /examples\/01-basic/)
})

test('the lines that a fence does not name lie under a veil', async () => {
  const fence = (list) => `\`\`\`rust a.rs#b ${list}\n// one\n// two\n\n// four\n\`\`\``
  const veils = (html) => [...html.matchAll(/class="veil" style="--from:(\d+);--lines:1"/g)]
    .map(([, line]) => Number(line))
  assert.deepEqual(veils(await accept(fence('{2}'))), [0, 2, 3])
  assert.deepEqual(veils(await accept(fence('{1,3-4}'))), [1])
  assert.deepEqual(veils(await accept(fence(''))), [])
  for (const list of ['{0}', '{5}', '{3-2}', '{}', '{1,,2}']) {
    const run = await render(fence(list))
    assert.equal(run.status, 1, list)
    assert.match(run.message, /: the fence has the lines 1 to 4/)
  }
})

test('other Markdown than a deck keeps its images', async () => {
  const html = await accept('![](https://example.org/a.png) ![](gone.svg)', {}, 'theme: nutshell')
  assert.match(html, /src="https:\/\/example\.org\/a\.png".*src="gone\.svg"/s)
})

test('for a bright room, the slides are dark on white', async () => {
  const markdown = '<!-- _class: invert lead -->\n\n# One'
  const classes = (html) => html.match(/<section [^>]*?class="([^"]*)"/)[1]
  assert.equal(classes(await accept(markdown)), 'invert lead')
  assert.equal(classes(await accept(markdown, { TALK_THEME: 'light' })), 'lead')
  const run = await render(markdown, { TALK_THEME: 'pink' })
  assert.equal(run.status, 1)
  assert.match(run.message, /THEME=pink: no such theme; take dark or light/)
})

test('who speaks is the author of the deck', async () => {
  const html = await accept('# One', { TALK_SPEAKER: 'Ada "L"', TALK_REPOSITORY: 'https://example.org/a' })
  assert.match(html, /<meta name="author" content="Ada &quot;L&quot;"/)
  assert.match(html, /<meta property="og:url" content="https:\/\/example\.org\/a"/)
  const run = await render('# One', { TALK_REPOSITORY: 'nowhere' })
  assert.equal(run.status, 1)
  assert.match(run.message, /REPOSITORY=nowhere: no address/)
})

test('a drawing or a style that changes makes the deck anew', async (t) => {
  const copy = mkdtempSync(join(tmpdir(), 'deck-'))
  const link = (path) => symlinkSync(join(root, path), join(copy, path), 'junction')
  for (const path of ['node_modules', 'stage']) link(path)
  mkdirSync(join(copy, 'assets'))
  for (const path of ['marp.config.mjs', 'assets/nutshell.css', 'assets/load.svg']) {
    copyFileSync(join(root, path), join(copy, path))
  }
  writeFileSync(join(copy, 'slides.md'), '---\nmarp: true\ntheme: nutshell\n---\n\n![x](assets/load.svg)\n')
  const watching = spawn(process.execPath, [marp, '--no-stdin', '-w', 'slides.md', '-o', 'deck.html'], { cwd: copy })
  t.after(() => {
    watching.kill()
    rmSync(copy, { recursive: true, force: true })
  })
  let said = ''
  watching.stderr.on('data', (data) => { said += data })
  // Nothing is timed: a minute is for a test that would hang.
  const until = async (what, is) => {
    for (let tries = 0; !is(); tries++) {
      assert.ok(tries < 600, `${what}: ${said}`)
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  const deck = () => readFileSync(join(copy, 'deck.html'), 'utf8')
  await until('watching', () => /Watch mode/.test(said) && existsSync(join(copy, 'deck.html')))
  appendFileSync(join(copy, 'assets/nutshell.css'), '\n/* new */ section { outline-offset: 77px; }\n')
  await until('the style', () => deck().includes('outline-offset:77px'))
  writeFileSync(join(copy, 'assets/load.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><text>fresh</text></svg>')
  await until('the drawing', () => deck().includes('<text>fresh</text>'))
})

test('our CSS comes on top of the theme', async () => {
  assert.match(await accept('# One'), /--rust:\s?#ff8a4c/)
})
