//! `make preflight`: builds what is shown, then runs all that is typed
//! on stage, in the order of the slides, without a network.
//!
//! What the demos print goes to `target/talk/demos.html`: the fallback
//! for one that fails on stage.
//!
//! `USAGE` has the rest. The exit code is 1 if anything failed, 2 if there
//! was nothing to run.

mod offline;

use std::env;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use preflight::{
    Outcome, Slide, Step, chapters, demos, files, lightning,
    lines_of_code, read, steps, timetable,
};

/// What `make` needs time for.
const BUILDS: &[&str] =
    &["cargo build --quiet", "make slides", "make book", "make pdf"];

const BY_HAND: &str = "\
by hand
  [ ] notifications off, power plugged in, no screen saver
  [ ] this terminal: 80 columns, a font for the last row
  [ ] target/talk/slides.html open; `p` opens the presenter view
  [ ] target/talk/demos.html open: the fallback for a demo
  [ ] target/talk/slides.pdf open: the fallback for the rest
";

const USAGE: &str = "\
usage: preflight [--page PAGE] [FILE]
       preflight --timetable | --lightning | --chapters [FILE]
       preflight --files | --lines FOLDER

Builds what is shown, then runs all that is typed on stage. With a FILE it
runs only the demos of that deck, and with a PAGE it writes there what they
printed. The other forms print:

  --timetable     when each slide begins
  --lightning     the same for the five-minute talk
  --chapters      the pages of the book that belong to each slide
  --files         the files of the repository, with a zero byte after each
  --lines FOLDER  how many lines of code the Rust files below a folder have";

/// How many steps went well, and how many did not.
#[derive(Default)]
struct Count {
    ok: usize,
    failed: usize,
}

fn main() -> ExitCode {
    let mut words = env::args_os().skip(1).peekable();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    if words.next_if(|word| word == "--files").is_some() {
        let files = files(&root);
        if files.is_empty() {
            eprintln!("{}: no files", root.display());
            return ExitCode::FAILURE;
        }
        for file in files {
            print!("{file}\0");
        }
        return ExitCode::SUCCESS;
    }
    if words.next_if(|word| word == "--lines").is_some() {
        let folder = words.next().unwrap_or_default();
        println!("{}", lines_of_code(&root, &folder.to_string_lossy()));
        return ExitCode::SUCCESS;
    }
    if words.next_if(|word| word == "--help").is_some() {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let only_times =
        words.next_if(|word| word == "--timetable").is_some();
    let only_lightning =
        words.next_if(|word| word == "--lightning").is_some();
    let only_chapters =
        words.next_if(|word| word == "--chapters").is_some();
    let is_page = words.next_if(|word| word == "--page").is_some();
    let mut page = words.next_if(|_| is_page).map(PathBuf::from);
    let deck = words.next().map(PathBuf::from);
    let is_option =
        |path: &PathBuf| path.to_string_lossy().starts_with('-');
    if words.next().is_some() || deck.as_ref().is_some_and(is_option) {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    let is_ours = deck.is_none();
    if is_ours {
        page = Some(root.join("target/talk/demos.html"));
    }
    let deck = deck.unwrap_or_else(|| root.join("slides.md"));
    let (slides, steps) = match read_deck(&deck) {
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

    if only_lightning {
        print!("{}", lightning(&slides));
        return ExitCode::SUCCESS;
    }
    if only_chapters {
        return match chapters(&slides, &root.join("book/src")) {
            Ok(table) => {
                print!("{table}");
                ExitCode::SUCCESS
            }
            Err(mistakes) => {
                eprintln!("{}", mistakes.join("\n"));
                ExitCode::FAILURE
            }
        };
    }

    let start = Instant::now();
    let mut count = Count::default();
    if is_ours {
        println!("builds, {}", offline::REFUSING);
        for command in BUILDS {
            count.build(&root, command);
        }
    }
    let shell = offline::Shell::new(&root);
    println!("demos, each with its slide, {}", shell.how);
    let outcomes: Vec<_> =
        steps.iter().map(|step| count.demo(&shell, step)).collect();
    if let Some(page) = page {
        let name = page.strip_prefix(&root).unwrap_or(&page);
        count.step(&format!("      {}", name.display()), || {
            write_page(&page, &slides, &outcomes)
        });
    }
    if is_ours {
        // The first page of the talk links to that one.
        count.build(&root, "make index");
        print!("{BY_HAND}");
    }
    let Count { ok, failed } = count;
    let seconds = start.elapsed().as_secs();
    println!("{ok} ok, {failed} FAIL, in {seconds} seconds");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write_page(
    page: &Path,
    slides: &[Slide],
    outcomes: &[Outcome],
) -> Result<(), String> {
    let html = demos(slides, outcomes)?;
    let folder = page.parent().unwrap_or(page);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(page, html))
        .map_err(|error| format!("  {error}"))
}

/// The slides, and all that is typed in the talk.
fn read_deck(file: &Path) -> Result<(Vec<Slide>, Vec<Step>), String> {
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
    fn build(&mut self, root: &Path, command: &str) {
        self.step(&format!("      {command}"), || {
            let ended = offline::build(root, command);
            match ended.code {
                Some(0) => Ok(()),
                _ => {
                    Err(format!("  {}\n{}", ended.how(), ended.output))
                }
            }
        });
    }

    fn demo(&mut self, shell: &offline::Shell, step: &Step) -> Outcome {
        let first = step.command.lines().next().unwrap_or_default();
        let mark = if step.is_optional { "  optional" } else { "" };
        let name = format!("{:>4}  {first}{mark}", step.slide);
        let mut outcome = None;
        self.step(&name, || {
            let ended = shell.run(&step.command);
            let check = step.check(&ended);
            outcome = Some((ended, check.clone()));
            check
        });
        outcome.expect("it was run")
    }

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
