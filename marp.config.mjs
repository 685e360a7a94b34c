// What `marp slides.md` does beyond Marp's defaults: our CSS on top of the
// uncover theme, and every image inside the output, so that HTML is one file
// and PDF and PPTX need no --allow-local-files. Image paths start at this
// folder, where slides.md is. What marp serves, this machine alone can see.

import { existsSync, readFileSync } from 'node:fs'
import { Server } from 'node:net'
import { extname, join } from 'node:path'
import { CLIError } from '@marp-team/marp-cli'

const root = import.meta.dirname
const mediaTypes = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

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

// Runs before Marpit moves `bg` images from their text into the slide's CSS.
const inlineImages = (md) =>
  md.core.ruler.after('inline', 'inline_images', ({ tokens }) => {
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

// `marp --server` and its live reload would listen on all interfaces.
const { listen } = Server.prototype
Server.prototype.listen = function (first, ...rest) {
  const options = typeof first === 'object' ? first : { port: first }
  const callback = rest.find((argument) => typeof argument === 'function')
  return listen.call(this, { ...options, host: '127.0.0.1' }, callback)
}

export default {
  // Emoji would become pictures from a CDN; `$` is a prompt here, not a formula.
  options: { emoji: { shortcode: false, unicode: false }, math: false },
  engine: ({ marp }) => {
    // A theme of the same name replaces the built-in one, and slides.md can
    // go on saying `theme: uncover` for editors that know nothing of this file.
    const css = readFileSync(join(root, 'assets/deck.css'), 'utf8')
    marp.themeSet.add(marp.themeSet.get('uncover').css + css)
    return marp.use(inlineImages)
  },
}
