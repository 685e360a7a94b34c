//! `app inspect FILE…`: the descriptors of libraries of any platform, and
//! whether this app would load them. None of their code runs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use app::agreement::{self, may_differ};
use app::descriptor::{self, Descriptor};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub struct Arguments {
    /// Print an array of objects instead, for scripts
    #[arg(long)]
    json: bool,

    /// Libraries, for any platform
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Prints all files; exit code 1 if one of them would be refused.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let ours = Descriptor::own();
    let mut out = io::stdout().lock();
    let mut all = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for file in &arguments.files {
        let found = descriptor::read(file);
        let checked = match &found {
            Ok(theirs) => agreement::check(theirs, &ours),
            Err(error) => Err(anyhow::anyhow!("{error:#}")),
        };
        let refusal = checked.err().map(|error| error.to_string());
        if refusal.is_some() {
            code = ExitCode::FAILURE;
        }
        let theirs = found.ok();
        if arguments.json {
            let theirs = theirs.as_ref();
            all.push(as_json(file, theirs, &ours, &refusal));
        } else {
            print(&mut out, file, theirs.as_ref(), &ours, &refusal)?;
        }
    }
    if arguments.json {
        writeln!(out, "{:#}", Value::Array(all))?;
    }
    Ok(code)
}

fn print(
    out: &mut impl Write,
    file: &Path,
    theirs: Option<&Descriptor>,
    ours: &Descriptor,
    refusal: &Option<String>,
) -> io::Result<()> {
    let verdict = match refusal {
        Some(reason) => format!("refused: {reason}"),
        None => "agrees with this app".to_owned(),
    };
    writeln!(out, "{}: {verdict}", file.display())?;
    for (name, value) in theirs.iter().flat_map(|d| d.fields()) {
        let ours = ours.get(name);
        if may_differ(name) {
            writeln!(out, "  {name:<17} {value}")?;
        } else if value == ours {
            // The first part says enough of a compiler that agrees.
            let short = value.split("; ").next().unwrap_or_default();
            let short = if short.is_empty() { "none" } else { short };
            writeln!(out, "= {name:<17} {short}")?;
        } else {
            writeln!(out, "! {name:<17} {value}")?;
            writeln!(out, "  {:>17} {ours}", "this app")?;
        }
    }
    Ok(())
}

fn as_json(
    file: &Path,
    theirs: Option<&Descriptor>,
    ours: &Descriptor,
    refusal: &Option<String>,
) -> Value {
    let field = |(name, value): (&str, &str)| {
        json!({
            "field": name,
            "plugin": value,
            "app": ours.get(name),
            "must_agree": !may_differ(name),
            "agrees": value == ours.get(name),
        })
    };
    let fields = theirs.iter().flat_map(|d| d.fields()).map(field);
    json!({
        "file": file.to_string_lossy(),
        "refused": refusal,
        "fields": fields.collect::<Vec<_>>(),
    })
}
