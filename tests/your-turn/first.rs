//! A parrot that says it twice, and forgets a word.

use std::fmt::Write;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    init.command("parrot", "say it back, twice", run)?;
    logger.info("wants a cracker");
    Ok(())
}

fn run(words: &[&str], out: &mut dyn Write) -> Result {
    writeln!(out, "{}", words.join(" "))?;
    writeln!(out, "{}", words[1..].join(" "))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_the_words_back() {
        let mut out = String::new();
        run(&["hello", "there"], &mut out).unwrap();
        assert_eq!(out, "hello there\n");
    }
}
