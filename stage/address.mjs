// Who speaks where, and where the repository is: what only those know who give
// the talk. `make` passes on what was typed behind it, as in
// `make slides REPOSITORY=https://example.org/plugins SPEAKER='Ada'`.

import { execFileSync } from 'node:child_process'
import qr from 'qr'

/** The page on the web of a remote, without credentials; '' if it has none. */
export function pageOf(remote) {
  // git@host:path and ssh://git@host:22/path are addresses for git alone.
  const [, host, path] = remote.match(/^(?:\w+@)?([\w.-]+\.[a-z]+):(?!\/\/)\/?(.+)$/i)
    ?? remote.match(/^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+(?::\d+)?)\/(.+)$/i)
    ?? []
  if (!host) return ''
  const name = remote.startsWith('http') ? host : host.replace(/:\d+$/, '')
  return `https://${name}/${path.replace(/(\.git)?\/*$/, '')}`
}

/** The address that was typed, or that of the clone's `origin`. */
export function repository(typed, root) {
  if (typed) {
    const page = pageOf(typed)
    if (!page) throw new Error(`REPOSITORY=${typed}: no address; take one as in REPOSITORY=https://example.org/plugins`)
    return page
  }
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    return pageOf(execFileSync('git', ['remote', 'get-url', 'origin'], options).trim())
  } catch {
    return '' // no git, no clone or no origin
  }
}

const escape = (text) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The address as a code for a camera, and as text; or how to set one. */
export function addressHtml(page) {
  if (!page) return '<address>Set the address: <code>make slides REPOSITORY=https://…</code></address>\n'
  const code = qr(page, 'svg', { border: 2 })
    .replace('<svg', `<svg role="img" aria-label="A code for the camera: ${escape(page)}" class="code"`)
  return `<address>${code}<a href="${escape(page)}">${escape(page.replace(/^https:\/\//, ''))}</a></address>\n`
}

/** The line on the cover. */
export function eventHtml(parts) {
  const said = parts.filter(Boolean).map(escape)
  return said.length ? `<address>${said.join(' · ')}</address>\n` : ''
}
