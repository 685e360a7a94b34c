// The notes as a speaker reads them: first when the slide begins and ends,
// then the prompts, a paragraph each. stage/src/note.rs tells how a note is
// written. The presenter view, PDF and PowerPoint can show neither bold nor
// colours in notes, so the cues are in capitals.

const prompt = /^((?:Note|Ask|Demo|Shows|Optional|Handout|Lightning)(?: \(exit 1\))?): (.*)$/

/** The seconds of `1 minute 30 seconds`, or NaN if it is no time. */
function seconds(time = '') {
  const units = { minute: 60, minutes: 60, second: 1, seconds: 1 }
  if (!/^\d+ [a-z]+( \d+ [a-z]+)*$/.test(time)) return NaN
  return [...time.matchAll(/(\d+) (\S+)/g)]
    .reduce((sum, [, number, unit]) => sum + number * units[unit], 0)
}

const clock = (time) => `${Math.floor(time / 60)}:${`${time % 60}`.padStart(2, '0')}`

/** The parts of a note, or nothing if it does not begin with its time. */
function read(text) {
  const [time, ...lines] = text.trim().split('\n').filter((line) => line.trim())
  if (Number.isNaN(seconds(time))) return
  const prompts = lines.map((line) => {
    const [, cue = '', words = line] = line.match(prompt) ?? []
    return { cue, words }
  })
  const wordsOf = (cue) => prompts.filter((one) => one.cue === cue).map(({ words }) => words)
  return {
    time,
    lightning: wordsOf('Lightning')[0],
    handout: wordsOf('Handout'),
    prompts: prompts.filter(({ cue }) => !['Lightning', 'Handout'].includes(cue)),
  }
}

/** Each prompt as a paragraph; what a command shows is in the paragraph of that command. */
function paragraphs(prompts) {
  const found = []
  for (const { cue, words } of prompts) {
    const line = cue ? `${cue.toUpperCase()}: ${words}` : words
    if (cue === 'Shows' && found.length) found.push(`${found.pop()}\n${line}`)
    else found.push(line)
  }
  return found
}

/**
 * The comments of all slides as their speaker's notes, and of each slide what
 * the audience's handout says. A comment that is no note of ours stays as it is.
 */
function notes(comments, isLightning) {
  let begin = 0
  const handout = []
  const timed = comments.map((all) => {
    handout.push([])
    return all.flatMap((comment) => {
      const note = read(comment)
      if (!note) return [comment]
      handout.at(-1).push(...note.handout)
      const time = isLightning ? note.lightning : note.time
      const end = begin + seconds(time)
      const first = `${clock(begin)} to ${clock(end)} (${time})`
      begin = end
      return [first, ...paragraphs(note.prompts)]
    })
  })
  return { comments: timed, handout }
}

// The first paragraph is the time.
const style = '\n.bespoke-marp-note p:first-child { font-weight: 700; }\n'

/** Has Marp render the notes of the talk, or those of the lightning talk. */
export function withNotes(marp, isLightning) {
  const render = marp.render.bind(marp)
  marp.render = (...input) => {
    const rendered = render(...input)
    return { ...rendered, ...notes(rendered.comments, isLightning), css: rendered.css + style }
  }
  return marp
}
