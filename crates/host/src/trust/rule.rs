//! The rule for one file or folder: who may write to it, by its mode
//! and, on Linux, by its access list.

#[cfg_attr(not(target_os = "linux"), path = "rule/no_list.rs")]
mod list;

use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{Trust, TrustError, Writer};

/// What an access list adds to the mode.
#[derive(Default)]
struct List {
    /// Whether the owning group may write. The mode's bits for the
    /// group show the list's mask instead.
    owning_group: Option<bool>,
    /// The users and groups with an entry of their own that may write.
    named: Vec<Writer>,
}

/// The rule for an open file.
pub(super) fn check_file(
    (file, metadata): (&File, &Metadata),
    path: &Path,
    trust: Trust,
) -> Result<(), TrustError> {
    check(path, metadata, trust, false, || list::of_file(file))
}

/// The rule for a folder, whether or not it is sticky.
pub(super) fn check_folder(
    path: &Path,
    metadata: &Metadata,
    trust: Trust,
    on_the_way: bool,
) -> Result<(), TrustError> {
    check(path, metadata, trust, on_the_way, || list::of_path(path))
}

// ANCHOR: step
/// The rule for a folder through which the way to `next` leads. If the
/// folder is sticky, only its owner and that of `next` can replace
/// `next`.
pub(super) fn check_step(
    path: &Path,
    metadata: &Metadata,
    next: &Metadata,
    trust: Trust,
) -> Result<(), TrustError> {
    let sticky = metadata.mode() & 0o1000 != 0;
    if trust == Trust::NoOthers && sticky && is_safe(next.uid()) {
        return Ok(());
    }
    check_folder(path, metadata, trust, true)
}
// ANCHOR_END: step

fn check(
    path: &Path,
    metadata: &Metadata,
    trust: Trust,
    on_the_way: bool,
    list: impl FnOnce() -> io::Result<List>,
) -> Result<(), TrustError> {
    if trust == Trust::Anyone {
        return Ok(());
    }
    let path = || path.to_path_buf();
    let writable =
        |by| Err(TrustError::Writable { path: path(), by, on_the_way });
    let mode = metadata.mode();
    if mode & 0o002 != 0 {
        return writable(Writer::Anybody);
    }
    // If there is a list, the bits of the group are its mask: if they
    // forbid writing, no entry of the list allows it.
    let list = match mode & 0o020 {
        0 => List::default(),
        _ => list()?,
    };
    for by in list.named {
        match by {
            Writer::ListedUser(uid) if is_safe(uid) => {}
            _ => return writable(by),
        }
    }
    if trust == Trust::Strict {
        let uid = metadata.uid();
        if !is_safe(uid) {
            let path = path();
            return Err(TrustError::Owner { path, uid, on_the_way });
        }
        if list.owning_group.unwrap_or(mode & 0o020 != 0) {
            return writable(Writer::Group(metadata.gid()));
        }
    }
    Ok(())
}

/// Whether a user is root, who may do everything anyway, or this user.
fn is_safe(uid: u32) -> bool {
    // SAFETY: geteuid(2) takes nothing, and always succeeds.
    uid == 0 || uid == unsafe { libc::geteuid() }
}
