// `make addresses` opens every address of tests/addresses.txt, a list that a
// test of Cargo keeps. No test needs a network, so here it opens addresses of
// this machine. It uses lychee, which `make tools` installs.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const missing = spawnSync('lychee', ['--version']).error !== undefined
const skip = missing && 'lychee is not installed: make tools'

test('lychee reads every address of the list', { skip }, () => {
  const list = join(root, 'tests/addresses.txt')
  const { stdout } = spawnSync('lychee', ['--dump', list], { encoding: 'utf8' })
  const known = (text) => text.split('\n').filter(Boolean).map((url) => new URL(url).href).sort()
  assert.deepEqual(known(stdout), known(readFileSync(list, 'utf8')))
})

test('an address that is gone is named', { skip }, async (t) => {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/here' ? 200 : 404
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const folder = mkdtempSync(join(tmpdir(), 'addresses-'))
  t.after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  /** How `make addresses` ends, and what it prints, for a list of paths. */
  const open = async (...paths) => {
    const list = join(folder, 'list.txt')
    writeFileSync(list, paths.map((path) => `http://127.0.0.1:${server.address().port}${path}\n`).join(''))
    const make = spawn('make', ['addresses', `ADDRESSES=${list}`], { cwd: root })
    let printed = ''
    make.stdout.on('data', (data) => { printed += data })
    const [code] = await once(make, 'close')
    return { code, printed }
  }
  assert.equal((await open('/here')).code, 0)
  const { code, printed } = await open('/here', '/gone')
  assert.equal(code, 2)
  assert.match(printed, /\[404\] http:\/\/127\.0\.0\.1:\d+\/gone/)
  assert.doesNotMatch(printed, /\/here/)
})
