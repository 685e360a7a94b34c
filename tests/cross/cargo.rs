//! The `cargo.exe` that programs find under wine: hands its arguments to
//! `cargo.sh`. Wine starts a program of Linux, but neither waits for it
//! nor connects its output, so that both go through files.

use std::path::Path;
use std::process::{self, Command};
use std::time::{Duration, SystemTime};
use std::{env, fs, io, thread};

const CALL: &str = "sh \"$CROSS_HERE/cargo.sh\" \"$@\" \
    > \"$CALL/out\" 2> \"$CALL/err\"; \
    echo $? > \"$CALL/new\"; mv \"$CALL/new\" \"$CALL/code\"";

fn main() -> io::Result<()> {
    let calls = env::var("CROSS_CALLS").map_err(io::Error::other)?;
    let now = SystemTime::UNIX_EPOCH.elapsed().map_err(io::Error::other)?;
    let call =
        format!("{calls}/{}-{}", process::id(), now.as_nanos());
    let folder = format!("Z:{call}");
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    Command::new("Z:\\bin\\sh")
        .args(["-c", CALL, "cargo"])
        .args(env::args_os().skip(1))
        .env("CALL", call)
        .spawn()?;
    let code = loop {
        match fs::read_to_string(folder.join("code")) {
            Ok(code) => break code,
            Err(_) => thread::sleep(Duration::from_millis(20)),
        }
    };
    io::copy(&mut fs::File::open(folder.join("out"))?, &mut io::stdout())?;
    io::copy(&mut fs::File::open(folder.join("err"))?, &mut io::stderr())?;
    process::exit(code.trim().parse().unwrap_or(1))
}
