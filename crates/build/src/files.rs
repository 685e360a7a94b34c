//! The files that the interface is compiled from: each `*.rs` file below
//! the source folder, and the files elsewhere that they name. What
//! editors, tools and systems leave there besides does not count.

use crate::folder::list;
use crate::hash::Hash;
use crate::modules::{self, Named, Place};
use crate::paths::{from, name_of, normal, shown, unreadable};
use crate::tokens::{self, Token};
use crate::{Result, cfg};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The files, by a name that does not depend on where the crate is: the
/// path relative to the source folder, with `/`.
#[derive(Default)]
pub struct Files {
    code: BTreeMap<String, Vec<Token>>,
    data: BTreeMap<String, Vec<u8>>,
    /// The files outside the source folder that Cargo must watch.
    pub outside: BTreeSet<PathBuf>,
}

impl Files {
    pub fn hash(&self) -> u64 {
        let mut hash = Hash::new();
        for (name, tokens) in &self.code {
            hash.text(b'f', name);
            tokens::hash(tokens, &mut hash);
        }
        for (name, bytes) in &self.data {
            hash.text(b'd', name);
            hash.bytes(bytes);
        }
        hash.finish()
    }

    /// The paths of the files with code, relative to what `source` is.
    pub fn names(&self, source: &Path) -> Vec<String> {
        self.code.keys().map(|name| from(source, name)).collect()
    }

    pub fn cfg_leaves(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.code.values().for_each(|it| cfg::leaves(it, &mut found));
        found
    }
}

/// Reads the source: a folder, or the file that is the crate's root.
pub fn read(source: &Path) -> Result<Files> {
    let found = fs::metadata(source).map_err(|error| {
        let cure = "name the folder with the interface's source";
        unreadable(source, &error, cure)
    })?;
    let mut reader = Reader::default();
    if found.is_dir() {
        reader.base = source.into();
        reader.is_folder = true;
        let (base, start) = (&reader.base, Path::new(""));
        list(base, start, &mut Vec::new(), &mut reader.inside)?;
        if reader.inside.is_empty() {
            return Err(format!(
                "{}: there is no .rs file in it; name the folder with \
                 the interface's source",
                shown(source)
            ));
        }
    } else {
        reader.base = source.parent().unwrap_or(Path::new("")).into();
        let name = source.file_name().unwrap_or_default();
        let place = Place { path: name.into(), stem: None };
        reader.inside.insert(name_of(&place.path, source)?, place);
    }
    reader.read()
}

const READABLE: &str = "let this user read it";

#[derive(Default)]
struct Reader {
    /// The source folder. All other paths are relative to it.
    base: PathBuf,
    /// Whether the caller named this folder, and not one file in it.
    is_folder: bool,
    inside: BTreeMap<String, Place>,
    files: Files,
    /// Real paths, because a file may be named in many ways.
    known: BTreeSet<PathBuf>,
    followed: BTreeSet<(PathBuf, Option<String>)>,
}

impl Reader {
    fn read(mut self) -> Result<Files> {
        let inside = std::mem::take(&mut self.inside);
        for place in inside.values() {
            let path = self.base.join(&place.path);
            self.known.extend(fs::canonicalize(path));
        }
        let mut found = Vec::new();
        for (name, place) in inside {
            let tokens = self.tokens(&place.path)?;
            self.follow(&tokens, &place, &mut found);
            self.files.code.insert(name, tokens);
        }
        while let Some(named) = found.pop() {
            match named {
                Named::Code(places) => self.code(places, &mut found)?,
                Named::Data(path) => self.data(&path)?,
            }
        }
        Ok(self.files)
    }

    /// A file that other code names. If it does not exist, either the
    /// code that names it is not compiled, or the compiler reports it.
    fn code(
        &mut self,
        places: Vec<Place>,
        found: &mut Vec<Named>,
    ) -> Result<()> {
        let exists =
            |place: &&Place| self.base.join(&place.path).exists();
        let Some(place) = places.iter().find(exists) else {
            self.watch(&places[0].path);
            return Ok(());
        };
        let way = (normal(&place.path), place.stem.clone());
        if self.followed.contains(&way) {
            return Ok(());
        }
        let path = self.base.join(&place.path);
        let real = fs::canonicalize(&path)
            .map_err(|error| unreadable(&path, &error, READABLE))?;
        let tokens = self.tokens(&place.path)?;
        self.follow(&tokens, place, found);
        if self.known.insert(real) {
            self.watch(&place.path);
            let name = name_of(&place.path, &path)?;
            self.files.code.insert(name, tokens);
        }
        Ok(())
    }

    fn data(&mut self, path: &Path) -> Result<()> {
        self.watch(path);
        let full = self.base.join(path);
        match fs::read(&full) {
            Ok(bytes) => {
                let name = name_of(path, &full)?;
                self.files.data.insert(name, bytes);
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(unreadable(&full, &error, READABLE)),
        }
    }

    /// Adds what a file names, once for each place of its modules.
    fn follow(
        &mut self,
        tokens: &[Token],
        place: &Place,
        found: &mut Vec<Named>,
    ) {
        let path = normal(&place.path);
        if self.followed.insert((path, place.stem.clone())) {
            found.extend(modules::named(tokens, place));
        }
    }

    fn tokens(&self, path: &Path) -> Result<Vec<Token>> {
        let path = self.base.join(path);
        let bytes = fs::read(&path)
            .map_err(|error| unreadable(&path, &error, READABLE))?;
        let shown = shown(&path);
        let text = String::from_utf8(bytes).map_err(|_| {
            format!("{shown}: is not UTF-8; save it as UTF-8")
        })?;
        tokens::parse(&text).ok_or_else(|| {
            format!(
                "{shown}: is not Rust, a quote or a bracket has no \
                 partner; `rustfmt --check {shown}` shows the line"
            )
        })
    }

    /// Cargo watches a source folder as a whole; this adds other files.
    fn watch(&mut self, path: &Path) {
        let path_inside = normal(path);
        let first = path_inside.components().next();
        let below = matches!(first, Some(Component::Normal(_)));
        if !(below && self.is_folder) {
            self.files.outside.insert(self.base.join(path));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::paths::{normal, stem};
    use std::path::Path;

    #[test]
    fn a_path_is_the_same_however_it_is_reached() {
        for (path, expected) in [
            ("a/../b.rs", "b.rs"),
            ("./a/./b.rs", "a/b.rs"),
            ("../../b.rs", "../../b.rs"),
            ("a/../../b.rs", "../b.rs"),
        ] {
            assert_eq!(normal(Path::new(path)), Path::new(expected));
        }
    }

    #[test]
    fn only_ordinary_modules_have_a_folder_of_their_own() {
        assert_eq!(stem(Path::new("x/a.rs")).as_deref(), Some("a"));
        for root in ["lib.rs", "x/mod.rs", "main.rs"] {
            assert_eq!(stem(Path::new(root)), None);
        }
    }
}
