// What is wrong with the slide that a page shows, as a projector of 1280 by
// 720 shows it. `inspectSlide` runs in the browser, so it uses nothing that is
// outside of it.

export async function inspectSlide() {
  const smallest = 24 // pixels of 720, which the last row still reads
  const faintest = 4.5 // the contrast that WCAG asks for at level AA
  const problems = new Set()

  const slide = document.querySelector('.bespoke-marp-active')
  // A slide with a `bg` image has a section for that, and one for its number.
  const section = slide.querySelector(
    'section:not([data-marpit-advanced-background]), [data-marpit-advanced-background=content]')
  // Of a background only its pictures are anything that could be covered.
  const isThing = (element) =>
    slide.contains(element) && !element.matches('foreignObject') &&
    (element.matches('figure') || section.contains(element))
  const numbered = slide.querySelector('[data-marpit-advanced-background=pseudo]') ?? section
  const edge = section.getBoundingClientRect()

  const quote = (node) => JSON.stringify(node.textContent.trim().replace(/\s+/g, ' ').slice(0, 30))
  const isOutside = (box, of) =>
    box.left < of.left - 1 || box.top < of.top - 1 || box.right > of.right + 1 || box.bottom > of.bottom + 1
  const overlap = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1

  const channels = (color) => color.match(/[\d.]+/g).map(Number)
  const luminance = (color) => {
    const [r, g, b] = channels(color)
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const checkContrast = (what, ...colors) => {
    const [dark, light] = colors.map(luminance).sort((a, b) => a - b)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < faintest) problems.add(`contrast of ${contrast.toFixed(1)}: ${what}`)
  }

  /** The size of a text as it is seen. */
  const sizeOf = (element) => {
    const size = parseFloat(getComputedStyle(element).fontSize)
    if (element.ownerSVGElement) {
      const { a, b } = element.getScreenCTM()
      return size * Math.hypot(a, b)
    }
    // Marp shrinks code by scaling a block, which its font-size does not tell.
    let block = element
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    return size * (block.getBoundingClientRect().width / block.offsetWidth)
  }

  /** Where letters are, without the space above and below them. */
  const inkOf = (text) => {
    const range = document.createRange()
    range.selectNodeContents(text)
    return [...range.getClientRects()].map((box) => ({
      left: box.left + 1,
      right: box.right - 1,
      top: box.top + 0.2 * box.height,
      bottom: box.bottom - 0.15 * box.height,
    }))
  }

  /** What lies under a text, or over it, and is not around it. */
  const lookThrough = (text, box) => {
    const owner = text.parentElement
    const drawing = owner.closest('svg[role=img]')
    const backdrops = new Set()
    // A line in a drawing is thin, what stands beside it is not.
    const step = drawing ? 4 : 12
    for (const y of [box.top, (box.top + box.bottom) / 2, box.bottom]) {
      for (let x = box.left; x <= box.right; x += step) {
        const all = document.elementsFromPoint(x, y).filter(isThing)
        const own = all.findIndex((element) => element === owner)
        for (const [index, element] of all.entries()) {
          if (element.contains(owner) || owner.contains(element)) continue
          const isText = element.matches('text, tspan')
          if (!drawing?.contains(element) || isText || index < own) {
            problems.add(`${quote(text)} and ${element.localName} ${quote(element)} overlap`)
          }
        }
        const shape = all.slice(own + 1).find((element) =>
          drawing?.contains(element) && !element.matches('text, tspan, g, svg'))
        backdrops.add(shape ?? drawing)
      }
    }
    if (!drawing) return
    if (backdrops.size > 1) problems.add(`${quote(text)} is over an edge of its drawing`)
    for (const backdrop of backdrops) {
      const { fill } = getComputedStyle(backdrop)
      const behind = backdrop === drawing ? getComputedStyle(section).backgroundColor : fill
      if (behind !== 'none') checkContrast(quote(text), getComputedStyle(owner).fill, behind)
    }
  }

  const inks = []
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    if (!text.data.trim() || text.parentElement.closest('header, footer, style')) continue
    const owner = text.parentElement
    if (getComputedStyle(owner).visibility === 'hidden') continue // a later step
    const size = sizeOf(owner)
    if (size < smallest - 0.05) problems.add(`text of ${size.toFixed(1)} px: ${quote(text)}`)

    const frames = [edge]
    for (let e = owner; e !== section; e = e.parentElement) {
      if (!e.ownerSVGElement && getComputedStyle(e).overflow !== 'visible') frames.push(e.getBoundingClientRect())
    }
    const boxes = inkOf(text)
    if (boxes.some((box) => frames.some((frame) => isOutside(box, frame)))) {
      problems.add(`cut off: ${quote(owner)}`)
      continue
    }
    for (const box of boxes) {
      inks.push({ box, what: quote(text) })
      lookThrough(text, box)
    }
  }

  for (const veil of section.querySelectorAll('.veil')) {
    if (Number(getComputedStyle(veil).opacity) > 0.5) problems.add('a veil that hides what is below it')
  }
  for (const image of slide.querySelectorAll('img, svg[role=img]')) {
    const name = image.alt ?? image.getAttribute('aria-label')
    if (!name) problems.add('image without a text for those who cannot see it')
    const box = image.getBoundingClientRect()
    // Its panel has the colour of the page; what counts is on the panel.
    const content = image.matches('svg') ? image.querySelectorAll(':scope > :not(rect, style, defs)') : [image]
    if ([...content].some((part) => isOutside(part.getBoundingClientRect(), edge))) problems.add(`cut off: image ${name}`)
    if (image.matches('img')) {
      await image.decode().catch(() => problems.add(`broken image: ${name}`))
      inks.push({ box, what: `image ${name}` })
    }
    if (image.src?.startsWith('data:image/svg')) problems.add(`drawing that cannot be looked into: ${name}; write it as ![…](…)`)
  }
  for (const figure of slide.querySelectorAll('figure')) {
    if (!figure.textContent.trim()) problems.add('image without a text for those who cannot see it')
    const image = new Image()
    image.src = figure.style.backgroundImage.replace(/^url\("(.*)"\)$/, '$1')
    await image.decode().catch(() => problems.add(`broken image: ${figure.textContent}`))
  }

  // The page number is no element: its place follows from its style.
  const style = getComputedStyle(numbered, '::after')
  if (style.content !== 'none') {
    const px = (name) => parseFloat(style[name])
    const area = numbered.getBoundingClientRect()
    const right = area.left + px('left') + px('paddingLeft') + px('width')
    const bottom = area.top + px('top') + px('paddingTop') + px('height')
    const size = px('fontSize')
    const number = { left: right - 1.5 * size, right, top: bottom - 1.2 * size, bottom }
    for (const { box, what } of inks) {
      if (overlap(box, number)) problems.add(`${what} is over the page number`)
    }
    checkContrast('the page number', style.color, getComputedStyle(section).backgroundColor)
  }

  return {
    headings: [...section.querySelectorAll('h1, h2, h3')].map((heading) => heading.textContent.trim()),
    problems: [...problems],
  }
}
