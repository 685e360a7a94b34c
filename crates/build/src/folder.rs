//! Which files of a folder are source: each `*.rs` file that is not
//! hidden, folders inside too.

use crate::Result;
use crate::modules::Place;
use crate::paths::{name_of, shown, stem, unreadable};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Lists a folder below the base. `above` has the real paths of the
/// folders that contain it, so that links cannot lead in a circle.
pub fn list(
    base: &Path,
    folder: &Path,
    above: &mut Vec<PathBuf>,
    found: &mut BTreeMap<String, Place>,
) -> Result<()> {
    let path = base.join(folder);
    let cure = "let this user read it, or move it away";
    let failed = |error| unreadable(&path, &error, cure);
    let real = fs::canonicalize(&path).map_err(failed)?;
    if above.contains(&real) {
        return Ok(());
    }
    above.push(real);
    for entry in fs::read_dir(&path).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let relative = folder.join(&name);
        let path = base.join(&relative);
        let is_code = name.as_encoded_bytes().ends_with(b".rs");
        match fs::metadata(&path) {
            Ok(there) if there.is_dir() => {
                list(base, &relative, above, found)?;
            }
            _ if !is_code => {}
            Ok(there) if there.is_file() => {
                let place =
                    Place { stem: stem(&relative), path: relative };
                let name = name_of(&place.path, &path)?;
                found.insert(name, place);
            }
            Ok(_) => {
                let shown = shown(&path);
                return Err(format!("{shown}: is no file; {cure}"));
            }
            Err(error) => {
                return Err(unreadable(&path, &error, cure));
            }
        }
    }
    above.pop();
    Ok(())
}
