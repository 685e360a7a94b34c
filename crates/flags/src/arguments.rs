//! Finds the `-C` and `-Z` flags in a command line of rustc, in any
//! spelling. An argument `@FILE` stands for the lines of a file.

use std::{env, fs};

/// The command line of the compiler that has loaded this macro. If it
/// cannot be read, it becomes the flags `-Zunknown` and `-Cunknown`, so
/// that the build differs from any whose flags are known.
pub fn of_this_process() -> Vec<String> {
    let mut arguments: Vec<String> = env::args_os()
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    // Some C libraries hand a loaded library no arguments.
    if arguments.is_empty() {
        let line = fs::read("/proc/self/cmdline").unwrap_or_default();
        let words = line.split(|byte| *byte == 0);
        arguments = words
            .filter(|word| !word.is_empty())
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect();
    }
    if arguments.is_empty() {
        arguments = vec!["-Zunknown".into(), "-Cunknown".into()];
    }
    expand(arguments)
}

fn expand(arguments: Vec<String>) -> Vec<String> {
    let mut expanded = Vec::new();
    for argument in arguments {
        let file = argument.strip_prefix('@');
        match file.map(fs::read_to_string) {
            Some(Ok(text)) => {
                expanded.extend(text.lines().map(str::to_owned));
            }
            _ => expanded.push(argument),
        }
    }
    expanded
}

/// `-Z` flags that change what the compiler prints, or how fast it is,
/// but not what it makes.
const HARMLESS: &[&str] = &[
    "allow-features",
    "binary-dep-depinfo",
    "human-readable-cgu-names",
    "macro-backtrace",
    "no-parallel-backend",
    "parse-crate-root-only",
    "self-profile",
    "self-profile-events",
    "threads",
    "time-llvm-passes",
    "time-passes",
    "track-diagnostics",
    "unstable-options",
];

/// `-C` flags that have a field of their own in the descriptor, that
/// name files and folders, or that decide how the output is split,
/// linked, checked for overflow or stripped.
const BOOKKEEPING: &[&str] = &[
    "codegen-units",
    "debug-assertions",
    "debuginfo",
    "embed-bitcode",
    "extra-filename",
    "incremental",
    "link-arg",
    "link-args",
    "linker",
    "linker-flavor",
    "linker-plugin-lto",
    "lto",
    "metadata",
    "opt-level",
    "overflow-checks",
    "panic",
    "save-temps",
    "split-debuginfo",
    "strip",
];

pub fn unstable(arguments: &[String]) -> String {
    let mut flags = flags(arguments, "-Z", "-Z", HARMLESS);
    let spec =
        arguments.iter().enumerate().find_map(target_spec(arguments));
    flags.extend(spec);
    flags.join(" ")
}

pub fn codegen(arguments: &[String]) -> String {
    flags(arguments, "-C", "--codegen", BOOKKEEPING).join(" ")
}

/// All flags of a kind, each as `-Zname=value`.
fn flags(
    arguments: &[String],
    short: &str,
    long: &str,
    left_out: &[&str],
) -> Vec<String> {
    let mut found = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let rest = argument
            .strip_prefix(long)
            .filter(|_| long.starts_with("--"))
            .map(|rest| rest.strip_prefix('=').unwrap_or(rest))
            .or(clustered(argument, short));
        let flag = match rest {
            None => continue,
            Some("") => arguments.next().map_or("", String::as_str),
            Some(flag) => flag,
        };
        let (name, value) = flag.split_once('=').unzip();
        let name = name.unwrap_or(flag).replace('_', "-");
        if left_out.contains(&&*name) {
            continue;
        }
        // The paths of files differ between machines.
        let value = value.filter(|value| !value.contains(['/', '\\']));
        let value = value.map(|value| format!("={value}"));
        let flag =
            format!("{short}{name}{}", value.unwrap_or_default());
        // The last of several equal flags counts, so order is kept.
        found.push(flag);
    }
    found
}

/// What follows a short flag. Flags without a value may come before it
/// in the same argument: `-gCtarget-cpu=native`.
fn clustered<'a>(argument: &'a str, short: &str) -> Option<&'a str> {
    let letters = argument.strip_prefix('-')?;
    let rest = letters.trim_start_matches(['g', 'O', 'v', 'h', 'V']);
    rest.strip_prefix(short.strip_prefix('-')?)
}

/// A custom target is a file, whose name says little about the target.
fn target_spec(
    arguments: &[String],
) -> impl Fn((usize, &String)) -> Option<String> {
    move |(at, argument)| {
        let value = match argument.strip_prefix("--target") {
            Some("") => arguments.get(at + 1)?,
            Some(rest) => rest.strip_prefix('=')?,
            None => return None,
        };
        let file = value.ends_with(".json").then_some(value)?;
        let text = fs::read_to_string(file).unwrap_or_default();
        Some(format!("--target=json:{:016x}", hash(&text)))
    }
}

/// The FNV-1a hash of a text, with 64 bits.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn each_spelling_of_a_flag_is_found() {
        let line = words(
            "rustc x.rs -Zfirst -Z second=2 -Zlayout_seed=1 -C \
             target-cpu=native -Crpath --codegen=code-model=small \
             --codegen soft-float -gOZfirst -gCno-redzone",
        );
        assert_eq!(
            unstable(&line),
            "-Zfirst -Zsecond=2 -Zlayout-seed=1 -Zfirst"
        );
        assert_eq!(
            codegen(&line),
            "-Ctarget-cpu=native -Crpath -Ccode-model=small \
             -Csoft-float -Cno-redzone"
        );
    }

    #[test]
    fn what_changes_no_code_is_left_out() {
        let line = words(
            "rustc -Zunstable-options -Z threads=8 -Ztime_passes -C \
             metadata=12 -Cincremental=/x -C opt-level=3",
        );
        assert_eq!(unstable(&line), "");
        assert_eq!(codegen(&line), "");
    }

    #[test]
    fn a_flag_may_stand_in_an_argument_file() {
        let file = env::temp_dir()
            .join(format!("nutshell-flags-{}", std::process::id()));
        fs::write(&file, "-Z\nrandomize-layout\n").expect("a new file");
        let mut line = words("rustc");
        line.push(format!("@{}", file.display()));
        let line = expand(line);
        fs::remove_file(&file).expect("it is there");
        assert_eq!(unstable(&line), "-Zrandomize-layout");
    }

    #[test]
    fn the_place_of_a_file_is_no_part_of_a_flag() {
        let line = words("rustc -Cprofile-use=/home/me/x.profdata");
        assert_eq!(codegen(&line), "-Cprofile-use");
    }

    #[test]
    fn two_target_files_of_one_name_are_two_targets() {
        let folder = env::temp_dir()
            .join(format!("nutshell-targets-{}", std::process::id()));
        let spec = |content| {
            fs::create_dir_all(&folder).expect("a new folder");
            let file = folder.join("x.json");
            fs::write(&file, content).expect("a new file");
            let mut line = words("rustc --target");
            line.push(file.display().to_string());
            unstable(&line)
        };
        assert_ne!(spec("{}"), spec("{ }"));
        assert_eq!(unstable(&words("rustc --target x86_64-linux")), "");
        fs::remove_dir_all(&folder).expect("it is there");
    }
}
