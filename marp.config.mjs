// What `marp slides.md` does beyond Marp's defaults: our theme, and every image
// and font inside the output, so that HTML is one file, looks the same on every
// machine, and PDF and PPTX need no --allow-local-files. Paths start at this
// folder, where slides.md is. What marp serves, this machine alone can see.

import { existsSync, readFileSync, utimesSync, watch } from 'node:fs'
import { Server } from 'node:net'
import { extname, join } from 'node:path'
import { CLIError } from '@marp-team/marp-cli'
import { addressHtml, eventHtml, repository } from './stage/address.mjs'
import { withFonts } from './stage/fonts.mjs'
import { withNotes } from './stage/notes.mjs'

const root = import.meta.dirname
if (!root) throw new CLIError('Node.js: too old; install 20.11 or newer')
const mediaTypes = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}
const svgUri = 'data:image/svg+xml;base64,'

function toDataUri(src) {
  if (src.startsWith('data:')) return src
  // Marp prints the stack of any other error, not its message.
  const fail = (why) => { throw new CLIError(`${src}: ${why}`) }
  if (/^([a-z]+:)?\/\//i.test(src)) {
    fail('image from a network; put a copy into assets/ and name that')
  }
  const type = mediaTypes[extname(src).toLowerCase()]
  if (!type) fail(`not an image; use ${Object.keys(mediaTypes).join(', ')}`)
  const file = join(root, decodeURI(src))
  if (!existsSync(file)) fail('no such image; add it or correct its path')
  return `data:${type};base64,${readFileSync(file, 'base64')}`
}

function inlineImages(md) {
  // Runs before Marpit moves `bg` images from their text into the slide's CSS.
  md.core.ruler.after('inline', 'inline_images', ({ src, tokens }) => {
    // `marp --server` shows other Markdown as well, with images of its own.
    if (!/^---\n(.*\n)*?marp: true\n/.test(src)) return
    for (const token of tokens.flatMap((t) => [t, ...(t.children ?? [])])) {
      if (token.type === 'image') {
        const uri = toDataUri(token.attrGet('src'))
        token.attrSet('src', uri)
        token.meta.marpitImage.url = uri
      } else if (token.type.startsWith('html_')) {
        token.content = token.content.replace(
          /(<img\b[^>]*?\ssrc=)(["'])(.*?)\2/gi,
          (_, head, quote, src) => head + quote + toDataUri(src) + quote,
        )
      }
    }
  })

  // A drawing becomes part of the slide: an image could not use its fonts.
  // Its words for those who cannot see it are those of the Markdown; a title
  // would pop up under the mouse.
  const { image } = md.renderer.rules
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const html = image(tokens, index, options, env, self)
    if (!token.attrGet('src').startsWith(svgUri)) return html
    const alt = md.utils.escapeHtml(self.renderInlineAsText(token.children, options, env).trim())
    const style = md.utils.escapeHtml(token.attrGet('style') ?? '')
    return Buffer.from(token.attrGet('src').slice(svgUri.length), 'base64').toString()
      .replace(/<(title|desc)\b.*?<\/\1>\s*/gs, '')
      .replace(/ (role|aria-labelledby)="[^"]*"/g, '')
      .replace('<svg', `<svg role="img" aria-label="${alt}" style="${style}"`)
  }
}

/** Dims the lines of a fence that `{2,4-6}` in its info string does not name. */
function emphasis(md) {
  const { fence } = md.renderer.rules
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const html = fence(tokens, index, ...rest)
    const { content, info } = tokens[index]
    const [, list] = info.match(/\{([\d,-]*)\}$/) ?? []
    if (list === undefined) return html
    const count = content.trimEnd().split('\n').length
    const named = list.split(',').flatMap((part) => {
      const [from, to = from] = part.split('-').map(Number)
      if (!(from >= 1 && from <= to && to <= count)) {
        throw new CLIError(`{${list}}: the fence has the lines 1 to ${count}`)
      }
      return Array.from({ length: to - from + 1 }, (_, at) => from + at - 1)
    })
    const veils = [...Array(count).keys()].filter((line) => !named.includes(line))
      .map((line) => `<span class="veil" style="--from:${line};--lines:1"></span>`)
    return html.replace('</code>', `${veils.join('')}</code>`)
  }
}

/** Puts in who speaks, and where the repository is. */
function address(md) {
  const { TALK_DATE, TALK_EVENT, TALK_REPOSITORY, TALK_SPEAKER } = process.env
  let page
  try {
    page = repository(TALK_REPOSITORY, root)
  } catch ({ message }) {
    throw new CLIError(message)
  }
  md.core.ruler.before('normalize', 'front_matter_address', (state) => {
    const author = TALK_SPEAKER ? `author: ${JSON.stringify(TALK_SPEAKER)}\n` : ''
    const url = page ? `url: ${JSON.stringify(page)}\n` : ''
    if (author) state.src = state.src.replace(/^author: .*\n/m, '')
    state.src = state.src.replace(/^---\n/, `---\n${url}${author}`)
  })
  const { html_block: html } = md.renderer.rules
  md.renderer.rules.html_block = (tokens, index, ...rest) => {
    const { content } = tokens[index]
    if (content.startsWith('<address id="repository">')) return addressHtml(page)
    if (content.startsWith('<address id="speaker">')) {
      return eventHtml([TALK_SPEAKER, TALK_EVENT, TALK_DATE])
    }
    return html(tokens, index, ...rest)
  }
}

/** The slides for a bright room: dark on white. */
function light(md) {
  md.core.ruler.before('normalize', 'light', (state) => {
    state.src = withoutInvert(state.src)
  })
}

export const withoutInvert = (markdown) =>
  markdown.replace(/^((?:<!-- _)?class:.*?)\binvert\b ?/gm, '$1')

/** The lightning talk is the slides whose notes have a time for it. */
function onlyLightning(md) {
  md.core.ruler.before('normalize', 'only_lightning', (state) => {
    const [before, frontMatter, ...slides] = state.src.split(/^---$/m)
    const short = slides.filter((slide) => /^Lightning: /m.test(slide))
    state.src = [before, frontMatter, ...short].join('---')
  })
}

// `marp --server` and its live reload would listen on all interfaces.
const { listen } = Server.prototype
Server.prototype.listen = function (first, ...rest) {
  const options = typeof first === 'object' ? first : { port: first }
  const callback = rest.find((argument) => typeof argument === 'function')
  return listen.call(this, { ...options, host: '127.0.0.1' }, callback)
}

// Marp watches the slides and the theme; a drawing makes the slides new, too.
if (process.argv.some((word) => /^(-[wsp]|--watch|--server|--preview)$/.test(word))) {
  watch(join(root, 'assets'), (_, file) => {
    if (!file?.endsWith('.svg') && !file?.endsWith('.css')) return
    const now = new Date()
    utimesSync(join(root, 'slides.md'), now, now)
  }).unref()
}

export default {
  // Emoji would become pictures from a CDN; `$` is a prompt here, not a formula.
  options: {
    emoji: { shortcode: false, unicode: false },
    markdown: { typographer: true },
    math: false,
  },
  engine: ({ marp }) => {
    marp.themeSet.add(withFonts(readFileSync(join(root, 'assets/nutshell.css'), 'utf8')))
    // Of the typographer only the curly quotes: `(c)` and `--x` stay.
    marp.markdown.disable('replacements')
    if (process.env.LIGHTNING) marp.use(onlyLightning)
    const { TALK_THEME } = process.env
    if (TALK_THEME === 'light') marp.use(light)
    else if (TALK_THEME && TALK_THEME !== 'dark') {
      throw new CLIError(`THEME=${TALK_THEME}: no such theme; take dark or light`)
    }
    marp.use(inlineImages).use(emphasis).use(address)
    return withNotes(marp, process.env.LIGHTNING)
  },
}
