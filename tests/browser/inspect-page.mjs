// What is wrong with the text of a book's page as a reader sees it, at the
// width that the window has. `inspectPage` runs in the browser, so it uses
// nothing that is outside of it.

export function inspectPage() {
  const smallest = 12 // pixels, of code and of drawings too
  const problems = new Set()
  const quote = (node) => JSON.stringify(node.textContent.trim().replace(/\s+/g, ' ').slice(0, 30))

  /** The size of a text as it is seen. */
  const sizeOf = (element) => {
    const size = parseFloat(getComputedStyle(element).fontSize)
    if (!element.ownerSVGElement) return size
    const { a, b } = element.getScreenCTM()
    return size * Math.hypot(a, b)
  }

  const main = document.querySelector('main')

  /** Whether a part of the box is seen only by somebody who scrolls the page sideways, or by nobody. */
  const isCutOff = (box, from) => {
    for (let element = from; element !== main; element = element.parentElement) {
      const { overflowX } = getComputedStyle(element)
      if (overflowX === 'visible' || element.ownerSVGElement) continue
      const frame = element.getBoundingClientRect()
      if (box.left >= frame.left - 1 && box.right <= frame.right + 1) continue
      if (!/auto|scroll/.test(overflowX)) return true
      box = frame
    }
    return box.left < -1 || box.right > document.documentElement.clientWidth + 1
  }

  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    const owner = text.parentElement
    // What mdBook's copy button says is shown on demand.
    if (!text.data.trim() || !owner.checkVisibility() || owner.closest('style, title, desc, .buttons')) continue
    const size = sizeOf(owner)
    if (size < smallest - 0.05) problems.add(`text of ${size.toFixed(1)} px: ${quote(text)}`)
    const range = document.createRange()
    range.selectNodeContents(text)
    if ([...range.getClientRects()].some((box) => isCutOff(box, owner))) problems.add(`cut off: ${quote(text)}`)
  }
  for (const image of main.querySelectorAll('img, svg')) {
    if (isCutOff(image.getBoundingClientRect(), image.parentElement)) problems.add(`cut off: a drawing`)
  }
  for (const element of main.querySelectorAll('*')) {
    if (!/auto|scroll/.test(getComputedStyle(element).overflowX) || element.scrollWidth <= element.clientWidth + 1) continue
    if (element.tabIndex < 0) problems.add(`only a mouse can scroll ${quote(element)}`)
  }
  for (let element = main; element; element = element.parentElement) {
    const { scrollWidth, clientWidth, localName } = element
    if (scrollWidth > clientWidth + 1) problems.add(`${localName} scrolls sideways: ${scrollWidth} px in ${clientWidth}`)
  }
  return [...problems]
}
