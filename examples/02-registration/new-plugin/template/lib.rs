//! A plugin with one command, and a test of that command.

use std::fmt::Write;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("parrot", "say it back", run)?;
    Ok(())
}

fn run(words: &[&str], out: &mut dyn Write) -> Result {
    writeln!(out, "{}", words.join(" "))?;
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
