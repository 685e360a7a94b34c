//! Makes text of plugins and of the system safe to print on a terminal.
//! Call [`printable`] once, at the very end, where you print the text.

use std::fmt::{self, Display, Write};

// ANCHOR: printable
/// Shows a value on one line. It escapes characters that would end the
/// line, move the cursor or change the direction of writing.
///
/// ```
/// use nutshell_host::text::printable;
/// let name = "lib\u{1b}[31m\nrefused x\u{202e}";
/// let shown = printable(name).to_string();
/// assert_eq!(shown, r"lib\u{1b}[31m\nrefused x\u{202e}");
/// ```
pub fn printable(value: impl Display) -> impl Display {
    fmt::from_fn(move |f| write!(Escaping(f), "{value}"))
}

struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);

impl Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match is_printable(c) {
                true => self.0.write_char(c)?,
                false => write!(self.0, "{}", c.escape_default())?,
            }
        }
        Ok(())
    }
}

/// Whether a terminal shows the character and does nothing else.
pub fn is_printable(c: char) -> bool {
    !c.is_control() && !turns_direction(c)
}

/// Unicode's bidirectional controls, and its own ends of lines.
fn turns_direction(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
// ANCHOR_END: printable

/// A text of at most `length` characters; `…` stands for what was cut
/// off.
///
/// ```
/// assert_eq!(nutshell_host::text::cut("a parrot", 6), "a par…");
/// ```
pub fn cut(text: &str, length: usize) -> String {
    if text.chars().nth(length).is_none() {
        return text.to_owned();
    }
    let start = text.chars().take(length.saturating_sub(1));
    start.chain(['…']).collect()
}
