// `make index`: the first page of target/talk/, with a link to each form of
// the talk that has been built, and the licences of the fonts in them.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withFonts } from './fonts.mjs'

const root = join(import.meta.dirname, '..')
const talk = join(root, 'target/talk')

mkdirSync(join(talk, 'licences'), { recursive: true })
for (const font of ['inter', 'jetbrains-mono']) {
  copyFileSync(
    join(root, 'node_modules/@fontsource', font, 'LICENSE'), join(talk, 'licences', `${font}.txt`))
}

const isBuilt = (line) => {
  const [, href] = line.match(/<a href="([^"]*)"/) ?? []
  return !href || existsSync(join(talk, href))
}
const page = readFileSync(join(root, 'assets/index.html'), 'utf8')
writeFileSync(join(talk, 'index.html'), withFonts(page.split('\n').filter(isBuilt).join('\n')))
