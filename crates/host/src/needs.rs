//! The libraries that a library needs, as far as the loader would take
//! them from the library's own folder or from its run path. They become
//! part of the process as the library does, so they are checked, too.
//! `search.rs` finds the places where the loader searches for each.

use std::collections::{HashSet, VecDeque};
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use crate::read::{self, Library};
use crate::search::{Searched, candidates};
use crate::system::{self, Identity};
use crate::trust::{self, Trust};

/// No honest library needs more: a larger number would slow us down.
const MOST: usize = 1000;

/// A library that another one brings along.
#[derive(Debug)]
pub struct Need {
    /// The name under which it is needed.
    pub name: String,
    /// Its path, without links.
    pub path: PathBuf,
    /// The open file and which it is, if it could be opened.
    pub(crate) file: Option<(File, Identity)>,
    /// What it is called by its own headers.
    pub(crate) own_name: Option<String>,
    /// Why it must not be loaded.
    pub(crate) refused: Option<String>,
    /// Whether it is Rust's standard library, as a file of its own.
    pub(crate) is_std: bool,
}

impl Need {
    /// The device and the number of its file.
    pub(crate) fn number(&self) -> Option<(u64, u64)> {
        self.file.as_ref().map(|(_, identity)| identity.file)
    }
}

// ANCHOR: needs
/// What a library at this place needs from there, and what these need
/// in turn. Libraries of the system are not listed.
///
/// # Errors
/// If only the loader knows where it would search.
pub(crate) fn needs(
    library: &Library,
    place: &Path,
    trust: Trust,
) -> Result<Vec<Need>, String> {
    let mut found: Vec<Need> = Vec::new();
    let mut seen = HashSet::new();
    let start = (library.clone(), place.to_owned(), Vec::new());
    let mut open = VecDeque::from([start]);
    // In the loader's order: first all that one library needs.
    while let Some((library, place, inherited)) = open.pop_front() {
        if library.needed.len() > MOST {
            return Err("it needs too many libraries".to_owned());
        }
        let searched = Searched::of(&library, &place, inherited)?;
        for name in &library.needed {
            for path in candidates(name, &place, &searched)? {
                let key = (path.clone(), name.clone());
                if !seen.insert((key, searched.passed_on.clone())) {
                    continue;
                }
                if found.len() == MOST {
                    return Err(
                        "it needs too many libraries".to_owned()
                    );
                }
                let (need, library) = look(name, &path, trust);
                if let Some(library) = library {
                    // The loader passes over those of other platforms.
                    if library.platform != read::own_platform() {
                        continue;
                    }
                    let passed_on = searched.passed_on.clone();
                    open.push_back((
                        library,
                        need.path.clone(),
                        passed_on,
                    ));
                }
                found.push(need);
            }
        }
    }
    Ok(found)
}
// ANCHOR_END: needs

/// Opens and reads a library, with the checks that a plugin must pass.
fn look(
    name: &str,
    path: &Path,
    trust: Trust,
) -> (Need, Option<Library>) {
    let mut need = Need {
        name: name.to_owned(),
        path: path.to_owned(),
        file: None,
        own_name: None,
        refused: None,
        is_std: is_std(name),
    };
    let mut read = || -> Result<Library, Box<dyn Error>> {
        need.path = trust::resolve(path, trust)?;
        let file = system::open_to_read(&need.path)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err("not a file".into());
        }
        trust::check_opened((&file, &metadata), path, trust)?;
        let identity = system::identity(&file, &metadata)?;
        let library = read::read(&file);
        need.file = Some((file, identity));
        let library = library?;
        need.own_name = library.name.clone();
        Ok(library)
    };
    match read() {
        Ok(library) => (need, Some(library)),
        Err(reason) => {
            need.refused = Some(reason.to_string());
            (need, None)
        }
    }
}

/// Whether this is the name of Rust's standard library as a file of its
/// own, which is shared by all that need it.
pub(crate) fn is_std(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.strip_prefix("lib").unwrap_or(name);
    name.strip_prefix("std-").is_some_and(|rest| {
        let hash = rest.split('.').next().unwrap_or_default();
        hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::is_std;

    #[test]
    fn a_shared_standard_library_is_known_by_its_name() {
        assert!(is_std("libstd-0123456789abcdef.so"));
        assert!(is_std("std-0123456789abcdef.dll"));
        assert!(is_std("@rpath/libstd-0123456789abcdef.dylib"));
        assert!(!is_std("libstd-c.so"));
        assert!(!is_std("libstdc++.so.6"));
        assert!(!is_std("libhelper.so.1"));
    }
}
