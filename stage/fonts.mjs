// The deck's fonts as parts of a file: they look the same on every machine.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** The same CSS or HTML, with the fonts that it names in it. */
export function withFonts(text) {
  return text.replace(/url\("(node_modules\/.*?\.woff2)"\)/g, (_, font) =>
    `url("data:font/woff2;base64,${readFileSync(join(root, font), 'base64')}")`)
}
