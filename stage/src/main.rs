//! `make preflight`: builds what is shown, then runs all that is typed
//! on stage, in the order of the slides, without a network.
//!
//! `preflight FILE` runs only the demos of another deck, `preflight
//! --timetable` only prints when each slide begins, `preflight --files`
//! the files of the repository, each followed by a zero byte. The exit
//! code is 1 if anything failed, 2 if there was nothing to run.

mod offline;

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use preflight::{Slide, Step, files, read, steps, timetable};

/// What `make` needs time for.
const BUILDS: &[&str] =
    &["cargo build --quiet", "make slides", "make book", "make pdf"];

const BY_HAND: &str = "\
by hand
  [ ] notifications off, power plugged in, no screen saver
  [ ] this terminal: 80 columns, a font for the last row
  [ ] target/talk/slides.html open; `p` opens the presenter view
  [ ] target/talk/slides.pdf open as well: the fallback
";

/// How many steps went well, and how many did not.
#[derive(Default)]
struct Count {
    ok: usize,
    failed: usize,
}

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).peekable();
    let only_times =
        arguments.next_if(|word| word == "--timetable").is_some();
    let argument = arguments.next();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if argument.as_ref().is_some_and(|word| word == "--files") {
        for file in files(&root) {
            print!("{file}\0");
        }
        return ExitCode::SUCCESS;
    }
    let file = match &argument {
        Some(file) => Path::new(file).to_owned(),
        None => root.join("slides.md"),
    };
    let (slides, steps) = match demos(&file) {
        Ok(found) => found,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::from(2);
        }
    };
    if only_times {
        print!("{}", timetable(&slides));
        return ExitCode::SUCCESS;
    }

    let start = Instant::now();
    let mut count = Count::default();
    if argument.is_none() {
        println!("builds, {}", offline::REFUSING);
        for command in BUILDS {
            count.step(&format!("      {command}"), || {
                let ended = offline::build(&root, command);
                match ended.code {
                    Some(0) => Ok(()),
                    _ => Err(format!(
                        "  {}\n{}",
                        ended.how(),
                        ended.output
                    )),
                }
            });
        }
    }
    let shell = offline::Shell::new(&root);
    println!("demos, each with its slide, {}", shell.how);
    for step in &steps {
        let first = step.command.lines().next().unwrap_or_default();
        let mark = if step.is_optional { "  optional" } else { "" };
        let name = format!("{:>4}  {first}{mark}", step.slide);
        count.step(&name, || step.check(&shell.run(&step.command)));
    }
    if argument.is_none() {
        print!("{BY_HAND}");
    }
    let Count { ok, failed } = count;
    let seconds = start.elapsed().as_secs();
    println!("{ok} ok, {failed} FAIL, in {seconds} seconds");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The slides, and all that is typed in the talk.
fn demos(file: &Path) -> Result<(Vec<Slide>, Vec<Step>), String> {
    let name = file.file_name().unwrap_or_default().display();
    let text = fs::read_to_string(file)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let slides = read(&name.to_string(), &text)
        .map_err(|mistakes| mistakes.join("\n"))?;
    let steps = steps(&slides);
    if steps.is_empty() {
        return Err(format!("{name}: has no demos to run"));
    }
    Ok((slides, steps))
}

impl Count {
    /// Runs one step and prints its line; a terminal shows it at once.
    fn step(
        &mut self,
        name: &str,
        run: impl FnOnce() -> Result<(), String>,
    ) {
        if io::stdout().is_terminal() {
            print!("  ...   {name}\r");
            let _ = io::stdout().flush();
        }
        let start = Instant::now();
        let result = run();
        let seconds = start.elapsed().as_secs_f32();
        let mark = if result.is_ok() { "ok  " } else { "FAIL" };
        println!("  {mark}  {name}  ({seconds:.1} s)");
        match result {
            Ok(()) => self.ok += 1,
            Err(reason) => {
                self.failed += 1;
                for line in reason.lines() {
                    println!("            {line}");
                }
            }
        }
    }
}
