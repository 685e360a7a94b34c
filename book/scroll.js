// What scrolls sideways can be scrolled with the keyboard, in every browser.
for (const block of document.querySelectorAll('pre > code, .table-wrapper, figure')) {
  if (block.scrollWidth > block.clientWidth) block.tabIndex = 0
}
