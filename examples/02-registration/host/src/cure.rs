//! Adds a cure to a refusal. The crate `nutshell_host` says what is
//! wrong; this app knows its own options and how to build its plugins.

use nutshell_host::{Kind, Refusal};

// ANCHOR: cure
/// The refusal's reason, and a cure if there is one. `is_strict` says
/// whether the app runs with `--strict-permissions`.
pub fn explain(refusal: &Refusal, is_strict: bool) -> String {
    let cure = match refusal.kind {
        Kind::AnybodyWrites | Kind::Untrusted if is_strict => {
            "; put it where only root or you may write, or leave out \
             --strict-permissions"
        }
        Kind::AnybodyWrites => {
            "; take that away with chmod o-w, or trust it with \
             --allow-world-writable"
        }
        Kind::Untrusted => {
            "; take that away, or trust it with --allow-world-writable"
        }
        Kind::NotAPlugin => ", which command_api::plugin! makes",
        // There is an image with this app's compiler, for Linux.
        Kind::Incompatible | Kind::Processor
            if cfg!(target_os = "linux") =>
        {
            "; rebuild it with the plugin-builder image"
        }
        Kind::Incompatible | Kind::Processor => {
            "; rebuild it as `app inspect` of this app says"
        }
        _ => "",
    };
    format!("{}{cure}", refusal.reason)
}
// ANCHOR_END: cure
