//! `app inspect FILE…` prints the descriptors of libraries for any
//! platform, and whether this app would load them. For a program that
//! takes plugins, it prints what the program expects of them. None of
//! their code runs.

use std::path::{Path, PathBuf};

use app::cure::explain;
use command_api::Interface;
use nutshell_host::text::{cut, is_printable};
use nutshell_host::{
    Candidate, Descriptor, Rule, Trust, inspect, rule,
};
use serde_json::{Value, json};

#[derive(clap::Args)]
pub struct Arguments {
    /// Print an array of objects instead, for scripts
    #[arg(long)]
    json: bool,

    /// Libraries, for any platform, or a program that takes plugins
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

// ANCHOR: report
/// The lines to print about all files, and whether this app refuses
/// none of them.
pub fn report(arguments: &Arguments) -> (Vec<String>, bool) {
    let ours = Descriptor::own::<Interface>();
    let (mut lines, mut all) = (Vec::new(), Vec::new());
    let mut is_good = true;
    for file in &arguments.files {
        let found = inspect(&Candidate::new(file), Trust::Anyone);
        let (descriptor, lacking) = match &found {
            Ok(found) => {
                let lacking = found.lacking::<Interface>().join(", ");
                (Some(found.descriptor().clone()), lacking)
            }
            Err(_) => (None, String::new()),
        };
        let takes_plugins =
            descriptor.as_ref().is_some_and(Descriptor::is_host);
        let refusal = match takes_plugins {
            true => None,
            false => found.and_then(|f| f.check::<Interface>()).err(),
        };
        let refusal = refusal.map(|refusal| explain(&refusal, false));
        is_good &= refusal.is_none();
        let row =
            Row { file, descriptor, lacking, takes_plugins, refusal };
        match arguments.json {
            true => all.push(row.as_json(&ours)),
            false => lines.extend(row.as_lines(&ours)),
        }
    }
    if arguments.json {
        let text = format!("{:#}", Value::Array(all));
        lines.extend(text.lines().map(escaped));
    }
    (lines, is_good)
}
// ANCHOR_END: report

/// A line of JSON, with all escaped that a terminal might obey.
fn escaped(line: &str) -> String {
    let mut escaped = String::new();
    for c in line.chars() {
        match is_printable(c) {
            true => escaped.push(c),
            false => escaped += &format!("\\u{:04x}", u32::from(c)),
        }
    }
    escaped
}

struct Row<'a> {
    file: &'a Path,
    descriptor: Option<Descriptor>,
    /// The features that the processor lacks.
    lacking: String,
    takes_plugins: bool,
    refusal: Option<String>,
}

impl Row<'_> {
    fn as_lines(&self, ours: &Descriptor) -> Vec<String> {
        let verdict = match &self.refusal {
            Some(reason) => format!("refused: {reason}"),
            None if self.takes_plugins => {
                "takes plugins that are built with this".to_owned()
            }
            None => "agrees with this app".to_owned(),
        };
        let mut lines =
            vec![format!("{}: {verdict}", self.file.display())];
        for (name, value) in self.fields() {
            let ours = ours.get(name);
            let shown = if value.is_empty() { "none" } else { value };
            // The first part is enough if the compiler is the same.
            let short = shown.split("; ").next().unwrap_or_default();
            let (mark, value, other) = match rule(name) {
                _ if self.takes_plugins => (" ", shown, None),
                Rule::Equal if value == ours => ("=", short, None),
                Rule::Equal => ("!", value, Some(("this app", ours))),
                Rule::Processor if !self.lacking.is_empty() => {
                    ("!", value, Some(("not here", &*self.lacking)))
                }
                _ => (" ", shown, None),
            };
            let (name, value) = (cut(name, 64), cut(value, 400));
            lines.push(format!("{mark} {name:<17} {value}"));
            if let Some((whose, value)) = other {
                lines.push(format!("  {whose:>17} {value}"));
            }
        }
        lines
    }

    fn as_json(&self, ours: &Descriptor) -> Value {
        let fields = self.fields().map(|(name, value)| {
            let must_agree = rule(name) == Rule::Equal;
            json!({
                "field": name,
                "plugin": value,
                "app": ours.get(name),
                "must_agree": must_agree,
                "agrees": value == ours.get(name),
            })
        });
        json!({
            "file": self.file.to_string_lossy(),
            "takes_plugins": self.takes_plugins,
            "refused": self.refusal,
            "fields": fields.collect::<Vec<_>>(),
        })
    }

    /// For a program, only what it expects of a plugin.
    fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields =
            self.descriptor.iter().flat_map(Descriptor::fields);
        fields.filter(|(name, _)| {
            !self.takes_plugins || rule(name) == Rule::Equal
        })
    }
}
