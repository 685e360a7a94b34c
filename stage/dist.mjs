// `make dist`: one zip with the talk in every form, this repository, and what
// the examples were built to on this platform. Two runs on the same files
// give the same bytes.

import { execFileSync } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { files } from './files.mjs'

const root = join(import.meta.dirname, '..')
const name = 'rust-plugins-in-a-nutshell'

const run = (program, ...words) => execFileSync(program, words, { cwd: root, encoding: 'utf8' })

/** All files below a folder of the root, as paths from the root. */
function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    // What programs or make are still writing beside its place is gone soon.
    .filter((file) => !/(^|[\\/])\.|\.\d+$/.test(file))
    .map((path) => join(folder, path))
    .filter((path) => statSync(join(root, path)).isFile())
}

/** The files of a folder of the root that the pattern matches. */
function matching(folder, pattern) {
  const found = readdirSync(join(root, folder)).filter((file) => pattern.test(file))
  if (!found.length) throw new Error(`${folder}: has no ${pattern}; run \`make\` first`)
  return found.map((file) => join(folder, file))
}

/** The files of the zip: where each is in the zip, and where it comes from. */
function contents(repository) {
  const forms = [
    'index.html', 'slides.html', 'lightning.html', 'demos.html', 'slides.pdf', 'slides-notes.pdf',
    'slides.pptx', 'handout.pdf', 'handout-audience.pdf',
  ].map((file) => join('target/talk', file))
  const built = [
    ...matching('target/debug', /^(app|basic-host|darkroom)(\.exe)?$/),
    ...matching('target/debug', /^(lib)?basic_plugin\.(so|dylib|dll)$/),
    ...['target/plugins', 'target/filters', 'target/pictures'].flatMap(filesIn),
  ]
  return [
    ...[...forms, ...filesIn('target/talk/book'), ...filesIn('target/talk/licences')]
      .map((file) => [file.replace(/^target.talk./, ''), file]),
    ...[...repository, ...built].map((file) => [join('repository', file), file]),
  ].sort(([a], [b]) => (a < b ? -1 : 1))
}

async function main() {
  // A zip has local times.
  process.env.TZ = 'UTC'
  const zip = new ZipFile()
  const rustc = run('rustc', '-vV')
  const repository = files()
  // One for all: when the last of the sources was changed, or copied here.
  const mtime = new Date(Math.max(...repository.map((file) => statSync(join(root, file)).mtimeMs)))
  const readMe = readFileSync(join(import.meta.dirname, 'dist.md'), 'utf8')
    .replace('{platform}', rustc.match(/^host: (.*)$/m)[1])
  zip.addBuffer(Buffer.from(readMe), `${name}/README.md`, { mtime, mode: 0o100644 })
  for (const [path, file] of contents(repository)) {
    const source = join(root, file)
    if (!existsSync(source)) throw new Error(`${file}: not there; run \`make\` first`)
    const mode = statSync(source).mode & 0o111 ? 0o100755 : 0o100644
    zip.addFile(source, `${name}/${path}`.replaceAll('\\', '/'), { mtime, mode })
  }
  zip.end()
  const target = join('target', `${name}.zip`)
  await pipeline(zip.outputStream, createWriteStream(join(root, target)))
  const megabytes = statSync(join(root, target)).size / 1e6
  console.log(`${target}, ${megabytes.toFixed(1)} MB`)
}

await main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
