//! Where the system's loader searches for what a library needs, apart
//! from the folders of the system.

use std::path::{Path, PathBuf};

use crate::paths::{self, System};
use crate::read::Library;

/// No honest library has more run paths; all are searched for a name.
const MOST: usize = 32;

/// Subfolders that the GNU loader prefers on some processors. Since
/// version 2.37 it searches the first only; before, all, nested too.
const VARIANTS: [&str; 6] = [
    "glibc-hwcaps",
    "tls",
    "haswell",
    "x86_64",
    "xeon_phi",
    "avx512_1",
];

/// The folders that are searched for what a library needs.
pub(crate) struct Searched {
    /// Each with what is searched before it.
    folders: Vec<(Vec<PathBuf>, PathBuf)>,
    /// Those that are also searched for what the needed ones need.
    pub passed_on: Vec<PathBuf>,
}

impl Searched {
    /// The folders of a library at this place. `inherited` come from
    /// the library that needs it.
    ///
    /// # Errors
    /// If only the loader knows which folders they are.
    pub fn of(
        library: &Library,
        place: &Path,
        inherited: Vec<PathBuf>,
    ) -> Result<Self, String> {
        if paths::OWN == System::Windows {
            let origin = place.parent().unwrap_or(place).to_owned();
            return Ok(Self {
                folders: vec![(vec![], origin)],
                passed_on: vec![],
            });
        }
        if library.run_paths.len() > MOST {
            return Err("it has too many run paths".to_owned());
        }
        let mut own = Vec::new();
        for path in &library.run_paths {
            // An empty one is the current folder.
            let path = Path::new(".").join(expand(path, place)?);
            if !own.contains(&path) {
                own.push(path);
            }
        }
        // Only the newer kind of run path keeps those of others out. The
        // older kind is passed on; musl passes on both.
        let is_old = library.inherits || cfg!(target_env = "musl");
        let all = [&*own, &*inherited].concat();
        let folders = match library.run_paths.is_empty() || is_old {
            true => all.clone(),
            false => own,
        };
        let with_variants = |path: PathBuf| (variants(&path, 0), path);
        let folders = folders.into_iter().map(with_variants).collect();
        let passed_on = if is_old { all } else { inherited };
        Ok(Self { folders, passed_on })
    }
}

/// Expands what stands for a folder, such as `$ORIGIN`.
fn expand(path: &str, place: &Path) -> Result<PathBuf, String> {
    let origin = place.parent().unwrap_or(place);
    let program = std::env::current_exe().unwrap_or_default();
    let program = program.parent().unwrap_or(&program);
    paths::OWN.expand(path, origin, program)
}

/// The files that the loader may take for a name.
pub(crate) fn candidates(
    name: &str,
    place: &Path,
    searched: &Searched,
) -> Result<Vec<PathBuf>, String> {
    let own = paths::OWN;
    let name = match name.strip_prefix("@rpath/") {
        Some(name) if own == System::Apple => name,
        // A path is opened as it is, except on Windows, where it may be
        // relative to the folder of the library.
        _ if own.is_path(name) && own != System::Windows => {
            let is_system = own == System::Apple
                && ["/usr/lib/", "/System/"]
                    .iter()
                    .any(|start| name.starts_with(start));
            return Ok(match own {
                _ if is_system => vec![],
                System::Musl => existing([name.into()]),
                _ => existing([expand(name, place)?]),
            });
        }
        _ => name,
    };
    let mut found = Vec::new();
    for (variants, folder) in &searched.folders {
        let paths = variants.iter().map(|folder| folder.join(name));
        found.extend(existing(paths));
        let plain = existing([folder.join(name)]);
        // One for another platform is passed over; the next one counts.
        let is_last = plain.iter().any(|path| is_for_us(path));
        found.extend(plain);
        if is_last {
            break;
        }
    }
    Ok(found)
}

/// The folders of variants below a folder.
fn variants(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if depth > 3 || !cfg!(target_os = "linux") {
        return found;
    }
    for name in VARIANTS {
        let folder = folder.join(name);
        if !folder.is_dir() {
            continue;
        }
        if name == VARIANTS[0] {
            let inside =
                folder.read_dir().into_iter().flatten().flatten();
            found.extend(inside.map(|entry| entry.path()));
        } else {
            found.extend(variants(&folder, depth + 1));
            found.push(folder);
        }
    }
    found
}

/// Whether the loader would take it. It may take what we cannot read.
fn is_for_us(path: &Path) -> bool {
    let Ok(file) = crate::system::open_to_read(path) else {
        return true;
    };
    let library = crate::read::read(&file);
    library.is_ok_and(|l| l.platform == crate::read::own_platform())
}

/// The paths where something is, even if that is a link to nothing.
fn existing(paths: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
    let paths = paths.into_iter();
    paths.filter(|path| path.symlink_metadata().is_ok()).collect()
}
