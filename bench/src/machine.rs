//! Where and with what the numbers were taken.

use std::env::consts::{ARCH, OS};
use std::process::Command;
use std::{fs, thread};

use app::descriptor::Descriptor;
use serde_json::{Value, json};

/// Today, in UTC.
pub fn date() -> String {
    chrono::Utc::now().date_naive().to_string()
}

/// The compiler that built the host, hence the plugins too.
pub fn rustc() -> String {
    let own = Descriptor::own();
    let line = own.get("rustc").split(';').next();
    line.unwrap_or_default().to_owned()
}

pub fn describe() -> Value {
    json!({
        "system": format!("{OS} {ARCH}"),
        "processor": processor().unwrap_or("unknown".into()),
        "threads": thread::available_parallelism().ok(),
    })
}

/// As Linux or macOS calls it.
fn processor() -> Option<String> {
    if let Ok(text) = fs::read_to_string("/proc/cpuinfo") {
        let mut lines = text.lines();
        let line = lines.find(|line| line.starts_with("model name"))?;
        return Some(line.split_once(": ")?.1.to_owned());
    }
    let mut command = Command::new("sysctl");
    command.args(["-n", "machdep.cpu.brand_string"]);
    let text = String::from_utf8(command.output().ok()?.stdout).ok()?;
    Some(text.trim().to_owned())
}
