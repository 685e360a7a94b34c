// The files that belong to the repository, git or none: stage/src/files.rs
// finds them, for the tests in Rust as well.

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** The files of the repository, as paths from its root. */
export function files() {
  return execFileSync('make', ['--silent', 'files'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    env: { ...process.env, MAKEFLAGS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  }).split('\0').filter(Boolean)
}
