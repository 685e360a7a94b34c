// `make` installs what package-lock.json names, whatever a person has told
// npm elsewhere, or says why it cannot, and never takes one for the other.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')

/** A folder with our Makefile and a package that needs another, offline. */
function project(t) {
  const folder = mkdtempSync(join(tmpdir(), 'install-'))
  t.after(() => rmSync(folder, { recursive: true }))
  cpSync(join(root, 'Makefile'), join(folder, 'Makefile'))
  mkdirSync(join(folder, 'needed'))
  const needs = {
    name: 'x',
    version: '1.0.0',
    devDependencies: { needed: 'file:needed' },
    scripts: { postinstall: 'echo >ran' },
  }
  const needed = { name: 'needed', version: '1.0.0', bin: 'needed.js' }
  for (const [path, content] of [
    ['needed/needed.js', ''],
    ['needed/package.json', needed],
    ['package.json', needs],
    ['package-lock.json', {
      ...needs,
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': needs, needed: { ...needed, dev: true }, 'node_modules/needed': { resolved: 'needed', link: true },
      },
    }],
  ]) {
    writeFileSync(join(folder, path), content && JSON.stringify(content))
  }
  return folder
}

/** A folder for PATH with a program in it that is one line of sh. */
function program(folder, name, line) {
  const programs = join(folder, 'programs')
  mkdirSync(programs, { recursive: true })
  writeFileSync(join(programs, name), `#!/bin/sh\n${line}\n`)
  chmodSync(join(programs, name), 0o755)
  return { PATH: `${programs}${delimiter}${process.env.PATH}` }
}

function install(folder, environment) {
  const env = { ...process.env, ...environment }
  for (const name of ['MAKEFLAGS', 'MAKELEVEL', 'MFLAGS']) delete env[name]
  const { status, stderr } = spawnSync('make', ['node_modules'], { cwd: folder, encoding: 'utf8', env })
  return { status, stderr, isThere: existsSync(join(folder, 'node_modules/needed/package.json')) }
}

test('no setting of npm keeps a package out, or has a script run', (t) => {
  const folder = project(t)
  const settings = {
    NODE_ENV: 'production',
    npm_config_bin_links: 'false',
    npm_config_dry_run: 'true',
    npm_config_global: 'true',
    npm_config_ignore_scripts: 'false',
    npm_config_location: 'global',
    npm_config_loglevel: 'silent',
    npm_config_omit: 'dev',
    npm_config_package_lock: 'false',
    npm_config_prefix: folder,
  }
  const { stderr, isThere } = install(folder, settings)
  assert.equal(isThere, true, stderr)
  assert.equal(existsSync(join(folder, 'ran')), false)
  // It is done once.
  const again = install(folder, program(folder, 'npm', 'exit 7'))
  assert.equal(again.status, 0, again.stderr)
})

test('an empty file in its place is replaced', (t) => {
  const folder = project(t)
  writeFileSync(join(folder, 'node_modules'), '')
  assert.equal(install(folder).isThere, true)
})

test('npm says why it installs nothing, and is asked again', (t) => {
  const folder = project(t)
  rmSync(join(folder, 'needed'), { recursive: true })
  writeFileSync(join(folder, 'package-lock.json'), '{"name": "x", "lockfileVersion": 3, "packages": {}}')
  for (let times = 0; times < 2; times += 1) {
    const { status, stderr } = install(folder, { npm_config_loglevel: 'silent' })
    assert.equal(status, 2)
    assert.match(stderr, /^npm error .*Missing: needed/m)
  }
})

test('what was not installed is not taken for installed', (t) => {
  const folder = project(t)
  const { status, stderr } = install(folder, program(folder, 'npm', 'exit 0'))
  assert.equal(status, 2)
  assert.match(stderr, /^node_modules\/\.package-lock\.json: not written; see npm config list$/m)
})

test('a Node.js that is too old, or missing, is named', (t) => {
  for (const [line, message] of [
    ['[ "$1" = --version ] && echo v18.20.8 || exit 1', 'node: v18.20.8; the slides need Node.js 20.11 or newer'],
    ['exit 127', 'node: not found; the slides need Node.js 20.11 or newer'],
  ]) {
    const folder = project(t)
    const { status, stderr } = install(folder, program(folder, 'node', line))
    assert.equal(status, 2)
    assert.equal(stderr.split('\n')[0], message)
  }
  const folder = project(t)
  const { stderr } = install(folder, program(folder, 'npm', 'exit 127'))
  assert.equal(stderr.split('\n')[0], 'npm: not found; it comes with Node.js, on Debian as a package')
})

test('the Makefile, the README and package.json name the same Node.js', async () => {
  const { default: { engines } } = await import('../../package.json', { with: { type: 'json' } })
  const version = engines.node.replace('>=', '')
  for (const file of ['Makefile', 'README.md']) {
    assert.ok(readFileSync(join(root, file), 'utf8').includes(`Node.js ${version} or newer`), file)
  }
})
