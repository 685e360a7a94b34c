//! The note of a slide: its time, then prompts, one a line.
//!
//! ```text
//! 1 minute 30 seconds
//! Lightning: 30 seconds
//!
//! Note: what to say.
//! Ask: a question for the audience.
//! Demo: `a command` to type; `Demo (exit 1):` for one that fails.
//! Shows: `what it prints`, or `what it prints elsewhere`.
//! Optional: `a command` for a question or a spare minute.
//! Handout: A sentence for those who were not there.
//! ```

/// What the presenter reads beside a slide.
#[derive(Debug, Default, PartialEq)]
pub struct Note {
    /// How long the slide takes.
    pub seconds: u32,
    /// How long it takes in the lightning talk, if it is in that.
    pub lightning: Option<u32>,
    /// How many words it has to say: those of `Note` and `Ask`.
    pub words: usize,
    pub demos: Vec<Demo>,
    /// What the audience takes home, one sentence each.
    pub handout: Vec<String>,
}

/// A command that is typed on stage.
#[derive(Debug, PartialEq)]
pub struct Demo {
    pub command: String,
    /// The talk has no time for it, but it is there.
    pub is_optional: bool,
    /// The exit code that it ends with.
    pub code: i32,
    /// What it prints: of each list, one text at least.
    pub shows: Vec<Vec<String>>,
}

impl Note {
    /// Reads the text of a comment.
    ///
    /// # Errors
    /// The number of a line, counted from 0, and what is wrong with it.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        let mut note = Self::default();
        let mut lines = text.trim_end().lines().enumerate();
        let (_, time) = lines.next().unwrap_or_default();
        note.seconds = seconds(time).ok_or_else(|| {
            (0, format!("{time}: is no time, with which a note starts"))
        })?;
        for (at, line) in lines.filter(|(_, line)| !line.is_empty()) {
            note.prompt(line)
                .map_err(|reason| (at, format!("{line}: {reason}")))?;
        }
        Ok(note)
    }

    fn prompt(&mut self, line: &str) -> Result<(), &'static str> {
        let (cue, rest) = line.split_once(": ").unwrap_or((line, ""));
        match cue {
            "Note" | "Ask" => {
                self.words += rest.split_whitespace().count();
            }
            "Lightning" => {
                let time = seconds(rest)
                    .ok_or("has no time like `30 seconds`")?;
                self.lightning = Some(time);
            }
            "Demo" | "Demo (exit 1)" | "Optional"
            | "Optional (exit 1)" => {
                let command = quoted(rest).into_iter().next();
                self.demos.push(Demo {
                    command: command.ok_or("has no `command`")?,
                    is_optional: cue.starts_with("Optional"),
                    code: cue.ends_with("(exit 1)").into(),
                    shows: Vec::new(),
                });
            }
            "Shows" => {
                let demo = self.demos.last_mut();
                let demo = demo.ok_or("has no Demo above it")?;
                let texts = quoted(rest);
                if texts.is_empty() {
                    return Err("has no `text`");
                }
                demo.shows.push(texts);
            }
            "Handout" => self.handout.push(rest.to_owned()),
            _ => {
                return Err("begins with none of Note, Ask, Demo, \
                            Shows, Optional, Handout, Lightning");
            }
        }
        Ok(())
    }
}

/// The seconds of `1 minute 30 seconds`, or nothing if it is no time.
fn seconds(time: &str) -> Option<u32> {
    let mut sum = None;
    let mut words = time.split(' ');
    while let Some(number) = words.next() {
        let number: u32 = number.parse().ok()?;
        let unit = match words.next()? {
            "minute" | "minutes" => 60,
            "second" | "seconds" => 1,
            _ => return None,
        };
        sum = Some(sum.unwrap_or(0) + number * unit);
    }
    sum
}

/// What stands between backticks.
fn quoted(line: &str) -> Vec<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}
