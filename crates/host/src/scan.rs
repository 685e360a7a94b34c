//! Lists the files of a folder that may be plugins.

use std::env::consts;
use std::fs::File;
use std::io;
use std::path::{self, Path, PathBuf};
use std::sync::Arc;

use crate::Loader;
use crate::copy::Copy;
use crate::inspect::distrust;
use crate::refusal::{Kind, Refusal};
use crate::system;
use crate::trust::{self, Folder, Trust, TrustError};

/// A file that may be a plugin. Nobody has looked into it yet.
#[derive(Clone, Debug)]
pub struct Candidate {
    path: PathBuf,
    /// Its folder, if this has just been checked.
    folder: Option<Arc<Folder>>,
    /// The copy of it that is to be loaded.
    pub(crate) copy: Option<Arc<Copy>>,
}

impl Candidate {
    /// The file at a path. The path is made absolute, because the
    /// system's loader searches for a bare name elsewhere.
    pub fn new(path: &Path) -> Self {
        let path = path::absolute(path).unwrap_or(path.to_owned());
        Self { path, folder: None, copy: None }
    }

    /// Its absolute path. Links are not resolved.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Checks the way to the file, and opens it, once. Returns the file
    /// and its path without links.
    pub(crate) fn open(
        &self,
        trust: Trust,
    ) -> Result<(File, PathBuf), TrustError> {
        if let Some(copy) = &self.copy {
            let place = trust::resolve(&copy.path, trust)?;
            return Ok((system::open_to_read(&place)?, place));
        }
        // If this opens, it is not a link, so no other way leads to it.
        if let (Some(folder), Some(name)) =
            (&self.folder, self.path.file_name())
            && folder.trust() == trust
        {
            let place = folder.path().join(name);
            match system::open_to_read(&place) {
                Ok(file) => return Ok((file, place)),
                Err(error) if !system::is_link(&error) => Err(error)?,
                Err(_) => {}
            }
        }
        let place = trust::resolve(&self.path, trust)?;
        Ok((system::open_to_read(&place)?, place))
    }
}

impl Loader {
    // ANCHOR: scan
    /// All files of the folder with the extension of this platform's
    /// libraries, in the order of their names, except those whose names
    /// begin with a dot.
    ///
    /// # Errors
    /// If the folder cannot be read, or others may write to it.
    pub fn scan(
        &self,
        folder: &Path,
    ) -> Result<Vec<Candidate>, Refusal> {
        let checked = trust::resolve_folder(folder, self.trust)
            .map_err(|error| distrust(folder, error))?;
        let checked = Arc::new(checked);
        let paths = list(folder).map_err(|error| {
            Refusal::new(folder, Kind::Unreadable, error.to_string())
        })?;
        let candidate = |path| Candidate {
            path,
            folder: Some(Arc::clone(&checked)),
            copy: None,
        };
        Ok(paths.into_iter().map(candidate).collect())
    }
    // ANCHOR_END: scan
}

// ANCHOR: list
fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let folder = path::absolute(folder)?;
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        let name = entry?.file_name();
        let extension = Path::new(&name).extension();
        let is_hidden = name.as_encoded_bytes().starts_with(b".");
        let is_library = extension.is_some_and(|extension| {
            extension.eq_ignore_ascii_case(consts::DLL_EXTENSION)
        });
        if is_library && !is_hidden {
            names.push(name);
        }
    }
    names.sort();
    Ok(names.into_iter().map(|name| folder.join(name)).collect())
}
// ANCHOR_END: list

/// The name of a plugin: that of its file, without the platform's
/// prefix and extension, such as `voice` for `libvoice.so` and for
/// `voice.dll`.
///
/// [`Loader::open`] refuses a plugin whose name is empty or consists of
/// blanks and of what cannot be seen.
pub fn plugin_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = stem.strip_prefix(consts::DLL_PREFIX).unwrap_or(&stem);
    name.to_owned()
}

/// Whether a plugin may have the name: something of it can be seen.
pub(crate) fn is_name(name: &str) -> bool {
    name.chars().any(is_visible)
}

fn is_visible(c: char) -> bool {
    // Unicode calls these letters and symbols, and they leave a blank.
    let is_blank = matches!(
        c,
        '\u{115f}'
            | '\u{1160}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{1d159}'
    );
    // What the standard library escapes has no shape by itself, but for
    // these three.
    let has_shape =
        matches!(c, '"' | '\'' | '\\') || c.escape_debug().count() == 1;
    has_shape && !c.is_whitespace() && !is_blank
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn something_of_a_name_can_be_seen() {
        for name in [
            "voice",
            "9",
            " x",
            "голос",
            "-",
            "'",
            "\\",
            "\u{fffd}",
            "\u{1f980}",
            "\u{200b}a",
            "\u{e9}",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "",
            " ",
            "\t",
            "\u{a0}",
            "\u{ad}",
            "\u{301}",
            "\u{180e}",
            "\u{200b}",
            "\u{200d}",
            "\u{202e}",
            "\u{2800}",
            "\u{3000}",
            "\u{3164}",
            "\u{fe0f}",
            "\u{feff}",
            "\u{e0061}",
            " \n\u{7f}",
        ] {
            assert!(!is_name(name), "{name:?}");
        }
    }
}
