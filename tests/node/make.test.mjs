// What a person has in the environment does not steer make: only what is on
// its command line does.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')

/** The environment as it is outside of make, and these variables. */
function environment(more) {
  const env = { ...process.env, ...more }
  for (const name of ['MAKEFLAGS', 'MAKELEVEL', 'MFLAGS']) delete env[name]
  return env
}

/** The variables that a Makefile reads and the environment can set. */
function steered(makefile) {
  // Windows sets OS, make itself MAKE and CURDIR, and all programs are found by PATH.
  const ours = ['OS', 'MAKE', 'CURDIR', 'PATH']
  const names = [...new Set(makefile.match(/(?<=(?<!\$)\$[({])[A-Z_]+\b/g))].filter((name) => !ours.includes(name))
  const show = `show: ; @echo '${names.map((name) => `${name}=$(origin ${name})`).join(' ')}'`
  const { status, stdout, stderr } = spawnSync('make', ['-f', '-', 'show'], {
    cwd: root,
    encoding: 'utf8',
    env: environment(Object.fromEntries(names.map((name) => [name, 'x']))),
    input: `${makefile}\n${show}\n`,
  })
  assert.equal(status, 0, stderr)
  return stdout.split(/\s+/).filter((name) => name.endsWith('=environment'))
}

test('no variable of the environment steers make', () => {
  const makefile = readFileSync(join(root, 'Makefile'), 'utf8')
  assert.match(makefile, /\$\(ENGINE\)/)
  assert.deepEqual(steered(makefile), [])
  assert.deepEqual(
    steered(makefile.replace(/^PORT := .*$/m, '').replace(/^ENGINE := /m, 'ENGINE ?= ')).sort(),
    ['ENGINE=environment', 'PORT=environment'])
})

/** What a recipe sees of this variable. */
function seen(makefile, name) {
  const { stdout } = spawnSync('make', ['-f', '-', 'show'], {
    cwd: root, encoding: 'utf8', env: environment({ [name]: 'x' }), input: `${makefile}\nshow: ; @echo "$$${name}"\n`,
  })
  return stdout
}

test('tests run although a test runs make, and `cd` stays here', () => {
  const makefile = readFileSync(join(root, 'Makefile'), 'utf8')
  for (const name of ['CDPATH', 'NODE_TEST_CONTEXT']) {
    assert.equal(seen(makefile, name), '\n', name)
    assert.equal(seen('', name), 'x\n', name)
  }
})

test('what a person compiles with changes nothing that a page shows of a debugger', () => {
  const makefile = readFileSync(join(root, 'Makefile'), 'utf8')
  for (const [name, value] of [['CARGO_PROFILE_DEV_DEBUG', '2'], ['CARGO_PROFILE_DEV_STRIP', 'none']]) {
    assert.equal(seen(makefile, name), `${value}\n`, name)
    assert.equal(seen('', name), 'x\n', name)
  }
})

test('what was built in another folder is built anew, and the talk stays', (t) => {
  const folder = mkdtempSync(join(tmpdir(), "moved it's "))
  t.after(() => rmSync(folder, { recursive: true }))
  cpSync(join(root, 'Makefile'), join(folder, 'Makefile'))
  const files = ['target/debug/book', 'target/tools/installed', 'target/talk/slides.html']
  // What is built may be on another disk.
  mkdirSync(join(folder, 'disk'))
  symlinkSync(join(folder, 'disk'), join(folder, 'target'), 'junction')
  // As a shell leaves it that came there through a link.
  const link = `${folder}-link`
  symlinkSync(folder, link, 'junction')
  t.after(() => rmSync(link))
  const make = () => {
    const { stderr } = spawnSync('make', ['help'], { cwd: link, encoding: 'utf8', env: environment({ PWD: link }) })
    return { stderr, left: files.filter((file) => existsSync(join(folder, file))) }
  }
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  const built = { stderr: '', left: files }
  assert.deepEqual(make(), built)
  assert.deepEqual(make(), built)
  writeFileSync(join(folder, 'target/place'), '/else where\n')
  const stderr = 'target: was built in /else where; building anew\n'
  assert.deepEqual(make(), { stderr, left: ['target/talk/slides.html'] })
  assert.deepEqual(make(), { stderr: '', left: ['target/talk/slides.html'] })
})

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

test('make present needs no cargo, and serves the deck where it says', async (t) => {
  const programs = mkdtempSync(join(tmpdir(), 'programs-'))
  for (const name of ['cargo', 'rustc']) {
    writeFileSync(join(programs, name), '#!/bin/sh\necho "$0: called" >&2\nexit 1\n')
    chmodSync(join(programs, name), 0o755)
  }
  for (const port of ['', '0', 'abc', '80 81', '-1', '65536']) {
    const { status, stderr } = spawnSync('make', ['present', `PORT=${port}`], {
      cwd: root, encoding: 'utf8', env: environment(),
    })
    assert.equal(status, 2)
    assert.match(stderr, /^PORT=.*: not the number of a port; take one as in PORT=8081\n/)
  }
  const port = await freePort()
  const make = spawn('make', ['present', `PORT=${port}`], {
    cwd: root,
    // A group of its own: make's child is the one to stop.
    detached: true,
    env: environment({ PATH: `${programs}${delimiter}${process.env.PATH}`, PORT: '1' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => {
    process.kill(-make.pid)
    rmSync(programs, { recursive: true })
  })
  let said = ''
  for await (const line of createInterface(make.stderr)) {
    said += `${line}\n`
    const [, address] = line.match(/listened at (http:\S+)/) ?? []
    if (!address) continue
    assert.equal(address, `http://localhost:${port}/`)
    const [printed] = await once(make.stdout, 'data')
    assert.match(`${printed}`, new RegExp(`^Open http://localhost:${port}/slides\\.md `))
    const page = await fetch(`${address}slides.md`)
    assert.match(await page.text(), /<h1 id="rust-plugins-in-a-nutshell"/)
    return
  }
  assert.fail(said)
})
