//! Paths of source files, as they are compared, hashed and shown.

use crate::Result;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The name of the folder with a file's modules, if this is not the
/// folder of the file itself.
pub fn stem(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let root = ["lib", "main", "mod"].contains(&stem);
    (!root).then(|| stem.into())
}

/// Without `.` and without `x/..`, whether or not `x` exists.
pub fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        let last = normal.components().next_back();
        match (part, last) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                normal.pop();
            }
            _ => normal.push(part),
        }
    }
    normal
}

pub fn name_of(path: &Path, full: &Path) -> Result<String> {
    let path = normal(path);
    let parts = path.components().map(|part| part.as_os_str().to_str());
    match parts.collect::<Option<Vec<_>>>() {
        Some(parts) => Ok(parts.join("/")),
        None => Err(format!(
            "{}: its name is not UTF-8; rename it",
            shown(full)
        )),
    }
}

pub fn unreadable(
    path: &Path,
    error: &io::Error,
    cure: &str,
) -> String {
    format!("{}: cannot be read: {error}; {cure}", shown(path))
}

/// A path with `/`, as source code has it, on every system.
pub fn shown(path: &Path) -> String {
    let shown = path.display().to_string();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

/// The path of a file below `source`, or of `source` itself. It begins
/// where the path `source` begins.
pub fn from(source: &Path, name: &str) -> String {
    let base = match source.is_dir() {
        true => source,
        false => source.parent().unwrap_or(Path::new("")),
    };
    let path = base.join(name);
    let parts = path.components().filter_map(|part| match part {
        Component::CurDir => None,
        part => part.as_os_str().to_str(),
    });
    parts.collect::<Vec<_>>().join("/")
}
