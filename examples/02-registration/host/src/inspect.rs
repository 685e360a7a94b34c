//! `app inspect FILE…`: the descriptors of libraries of any platform, and
//! whether this app would load them. None of their code runs.

use std::path::{Path, PathBuf};

use anyhow::{Error, anyhow};
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

// ANCHOR: report
/// What to print of all files, and whether each of them agrees.
pub fn report(arguments: &Arguments) -> (String, bool) {
    let ours = Descriptor::own();
    let (mut text, mut all) = (String::new(), Vec::new());
    let mut agrees = true;
    for file in &arguments.files {
        let found = descriptor::read(file);
        let refusal = match &found {
            Ok(theirs) => agreement::check(theirs, &ours).err(),
            Err(error) => Some(anyhow!("{error:#}")),
        };
        agrees &= refusal.is_none();
        let fields = found.iter().flat_map(Descriptor::fields);
        if arguments.json {
            all.push(as_json(file, fields, &ours, refusal));
        } else {
            text += &as_text(file, fields, &ours, refusal);
        }
    }
    if arguments.json {
        text = format!("{:#}\n", Value::Array(all));
    }
    (text, agrees)
}
// ANCHOR_END: report

fn as_text<'a>(
    file: &Path,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    ours: &Descriptor,
    refusal: Option<Error>,
) -> String {
    let verdict = match refusal {
        Some(reason) => format!("refused: {reason}"),
        None => "agrees with this app".to_owned(),
    };
    let mut text = format!("{}: {verdict}\n", file.display());
    for (name, value) in fields {
        let ours = ours.get(name);
        if may_differ(name) {
            text += &format!("  {name:<17} {value}\n");
        } else if value == ours {
            // The first part says enough of a compiler that agrees.
            let short = value.split("; ").next().unwrap_or_default();
            let short = if short.is_empty() { "none" } else { short };
            text += &format!("= {name:<17} {short}\n");
        } else {
            text += &format!("! {name:<17} {value}\n");
            text += &format!("  {:>17} {ours}\n", "this app");
        }
    }
    text
}

fn as_json<'a>(
    file: &Path,
    fields: impl Iterator<Item = (&'a str, &'a str)>,
    ours: &Descriptor,
    refusal: Option<Error>,
) -> Value {
    let fields = fields.map(|(name, value)| {
        json!({
            "field": name,
            "plugin": value,
            "app": ours.get(name),
            "must_agree": !may_differ(name),
            "agrees": value == ours.get(name),
        })
    });
    json!({
        "file": file.to_string_lossy(),
        "refused": refusal.map(|error| error.to_string()),
        "fields": fields.collect::<Vec<_>>(),
    })
}
