//! The libraries that a library needs, as far as the loader would take
//! them from the library's own folder or from its run path. They become
//! part of the process as the library does, so the host inspects them,
//! too.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::read::{self, Library};
use crate::system;
use crate::trust::{self, Trust};

/// A library that another one brings along.
#[derive(Clone, Debug)]
pub struct Need {
    /// The name under which it is needed.
    pub name: String,
    /// Its path, without links.
    pub path: PathBuf,
    /// The device and the number of the file, if it could be opened.
    pub(crate) file: Option<(u64, u64)>,
    /// Why it must not be loaded.
    pub(crate) refused: Option<String>,
    /// Whether it is Rust's standard library, as a file of its own.
    pub(crate) is_std: bool,
}

// ANCHOR: needs
/// The libraries that a library at this place brings along, and those
/// that these need in turn. Libraries of the system are not listed.
pub(crate) fn needs(
    library: &Library,
    place: &Path,
    trust: Trust,
) -> Vec<Need> {
    let is_path = |name: &String| name.contains(['/', '\\']);
    if !cfg!(windows)
        && library.run_paths.is_empty()
        && !library.needed.iter().any(is_path)
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(library.clone(), place.to_owned(), vec![])];
    while let Some((library, place, inherited)) = open.pop() {
        let own = run_paths(&library, &place);
        // An older kind of run path also holds for what its needed
        // libraries need.
        let passed_on = match library.inherits {
            true => [&*own, &*inherited].concat(),
            false => inherited.clone(),
        };
        let searched = match library.run_paths.is_empty() {
            true => [&*own, &*inherited].concat(),
            false => own,
        };
        for name in &library.needed {
            for path in candidates(name, &place, &searched) {
                let (need, library) = look(name, &path, trust);
                let key = need.file.ok_or(path);
                if !seen.insert((key, name.clone())) {
                    continue;
                }
                if let Some(library) = library {
                    let place = need.path.clone();
                    open.push((library, place, passed_on.clone()));
                }
                found.push(need);
            }
        }
    }
    found
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
        refused: None,
        is_std: is_std(name),
    };
    let mut read = || -> Result<Library, String> {
        let text = |error: &dyn std::error::Error| error.to_string();
        need.path = trust::resolve(path, trust)
            .map_err(|error| text(&error))?;
        let file = system::open_to_read(&need.path)
            .map_err(|error| text(&error))?;
        let metadata = file.metadata().map_err(|error| text(&error))?;
        if !metadata.is_file() {
            return Err("not a file".to_owned());
        }
        trust::check_file(&file, path, trust)
            .map_err(|error| text(&error))?;
        let identity = system::identity(&file, &metadata)
            .map_err(|error| text(&error))?;
        need.file = Some(identity.file);
        read::read(&file).map_err(|error| text(&error))
    };
    let library = match read() {
        Ok(library) => Some(library),
        Err(reason) => {
            need.refused = Some(reason);
            None
        }
    };
    (need, library)
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

/// The folders in which the loader searches for what a library needs.
fn run_paths(library: &Library, place: &Path) -> Vec<PathBuf> {
    let origin = place.parent().unwrap_or(place);
    if cfg!(windows) {
        return vec![origin.to_owned()];
    }
    let expand = |path: &String| {
        let mut path = path.clone();
        for origin_name in
            ["${ORIGIN}", "$ORIGIN", "@loader_path", "@executable_path"]
        {
            let origin = match origin_name {
                "@executable_path" => program_folder(),
                _ => origin.to_string_lossy().into_owned(),
            };
            path = path.replace(origin_name, &origin);
        }
        // An empty path is the current folder.
        Path::new(".").join(path)
    };
    library.run_paths.iter().map(expand).collect()
}

fn program_folder() -> String {
    let program = std::env::current_exe().unwrap_or_default();
    let folder = program.parent().unwrap_or(&program);
    folder.to_string_lossy().into_owned()
}

/// The files that the loader may take for a name, in its order.
fn candidates(
    name: &str,
    place: &Path,
    searched: &[PathBuf],
) -> Vec<PathBuf> {
    let origin = place.parent().unwrap_or(place);
    // macOS makes the place part of the name.
    if let Some(name) = name.strip_prefix("@loader_path/") {
        return existing([origin.join(name)]);
    }
    if let Some(name) = name.strip_prefix("@executable_path/") {
        return existing([Path::new(&program_folder()).join(name)]);
    }
    let name = match name.strip_prefix("@rpath/") {
        Some(name) => name,
        // The loader does not search for a path.
        None if name.contains('/') => {
            let is_system = cfg!(target_vendor = "apple")
                && ["/usr/lib/", "/System/"]
                    .iter()
                    .any(|start| name.starts_with(start));
            return match is_system {
                true => vec![],
                false => existing([name.into()]),
            };
        }
        None => name,
    };
    for folder in searched {
        // Variants for newer processors come first.
        let variants = folder.join("glibc-hwcaps").read_dir();
        let variants = variants.into_iter().flatten().flatten();
        let variants = variants.map(|entry| entry.path().join(name));
        let mut found = existing(variants);
        let plain = existing([folder.join(name)]);
        let is_last = !plain.is_empty();
        found.extend(plain);
        if is_last || !found.is_empty() {
            return found;
        }
    }
    vec![]
}

/// The paths where there is something, even a link to nothing.
fn existing(paths: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
    let paths = paths.into_iter();
    paths.filter(|path| path.symlink_metadata().is_ok()).collect()
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
