//! What helps against a refusal. The library says what is wrong; this
//! app knows its own options, and how its plugins are built.

use nutshell_host::{Kind, Refusal};

// ANCHOR: cure
/// The refusal's reason, and what helps, if there is something.
pub fn explain(refusal: &Refusal) -> String {
    let reason = &refusal.reason;
    match refusal.kind {
        Kind::AnybodyWrites => format!(
            "{reason}; take that away with chmod o-w, or trust it with \
             --allow-world-writable"
        ),
        Kind::Untrusted => {
            format!("{reason}; give it to whom this app trusts")
        }
        Kind::NotAPlugin if reason.ends_with("no descriptor") => {
            format!("{reason}, which command_api::plugin! makes")
        }
        Kind::Incompatible | Kind::Processor => {
            format!("{reason}; {}", rebuild())
        }
        _ => reason.clone(),
    }
}

/// There is an image with this app's compiler, for Linux.
fn rebuild() -> &'static str {
    match cfg!(target_os = "linux") {
        true => "rebuild it with the plugin-builder image",
        false => "rebuild it as `app inspect` of this app says",
    }
}
// ANCHOR_END: cure
