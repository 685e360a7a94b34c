// The button that copies a block takes of a session what was typed: the lines
// after a `$`, and those that a `\` continues.
{
  const { playground_text: whole } = window
  window.playground_text = (block, ...rest) => {
    const text = whole(block, ...rest)
    const typed = []
    let continues = false
    for (const line of text.split('\n')) {
      if (continues || line.startsWith('$ ')) {
        typed.push(continues ? line : line.slice(2))
        continues = line.endsWith('\\')
      }
    }
    return typed.length ? `${typed.join('\n')}\n` : text
  }
}
