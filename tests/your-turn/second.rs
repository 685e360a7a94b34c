//! A parrot that goes on until it has forgotten every word.

use std::fmt::Write;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    init.command("parrot", "say it back until it is gone", run)?;
    logger.info("wants a cracker");
    Ok(())
}

fn run(words: &[&str], out: &mut dyn Write) -> Result {
    for start in 0..words.len() {
        writeln!(out, "{}", words[start..].join(" "))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parrot(words: &[&str]) -> String {
        let mut out = String::new();
        run(words, &mut out).unwrap();
        out
    }

    #[test]
    fn each_line_has_a_word_less() {
        assert_eq!(parrot(&["hello", "there"]), "hello there\nthere\n");
    }

    #[test]
    fn without_words_it_is_silent() {
        assert_eq!(parrot(&[]), "");
    }
}
