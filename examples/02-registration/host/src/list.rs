//! The lines of `app --plugins DIR`: one for each plugin, one for each
//! of its commands, and one for each file that did not become a plugin.
//! Long names are cut.

use app::cure::explain;
use app::output::shown;
use app::registry::Registry;
use nutshell_host::text::cut;
use nutshell_host::{Candidate, Refusal};

// ANCHOR: list
/// What each plugin registered, then the files that did not become
/// plugins, and why.
pub fn all(
    registry: &Registry,
    needed: &[(Candidate, String)],
    refused: Vec<String>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (plugin, commands) in registry.by_plugin() {
        lines.push(shown(plugin));
        for (name, help) in commands {
            lines.push(format!("  {name:<10} {}", cut(help, 72)));
        }
    }
    if lines.is_empty() {
        lines.push("no plugins".to_owned());
    }
    for (file, plugin) in needed {
        let name = file.path().file_name().unwrap_or_default();
        let name = shown(&name.to_string_lossy());
        let plugin = shown(plugin);
        lines.push(format!("{name}: needed by {plugin}"));
    }
    lines.extend(refused);
    lines
}

/// The line about a file that was refused.
pub fn refused(refusal: &Refusal, is_strict: bool) -> String {
    let name = refusal.path.file_name().unwrap_or_default();
    let name = shown(&name.to_string_lossy());
    format!(
        "refused {name}: {}",
        cut(&explain(refusal, is_strict), 2000)
    )
}
// ANCHOR_END: list
