//! Which other files a source file names with `mod x;`,
//! `include!("x")`, `include_str!("x")` and `include_bytes!("x")`. The
//! compiler's rules decide where these files are.

use crate::literal;
use crate::tokens::Token;
use std::path::{Path, PathBuf};

/// A file that the compiler would read if the code that names the file
/// is compiled at all.
#[derive(Debug, Clone, PartialEq)]
pub enum Named {
    /// Code: the first of these places where there is a file.
    Code(Vec<Place>),
    /// Data, taken as it is.
    Data(PathBuf),
}

/// A source file, and where its own modules are.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub path: PathBuf,
    /// `a` for `a.rs`, whose modules are in the folder `a` next to it;
    /// nothing for `mod.rs`, `lib.rs` and a file with a `#[path]`,
    /// whose modules are next to the file itself.
    pub stem: Option<String>,
}

impl Place {
    fn new(path: PathBuf, stem: Option<&str>) -> Self {
        Self { path, stem: stem.map(String::from) }
    }
}

/// The files that these tokens of the file at `place` name.
pub fn named(tokens: &[Token], place: &Place) -> Vec<Named> {
    let folder = place.path.parent().unwrap_or(Path::new(""));
    let mut walk = Walk { file_folder: folder, found: Vec::new() };
    walk.tokens(tokens, folder, place.stem.as_deref());
    walk.found
}

/// The `#[path = "…"]` of the item that comes next.
#[derive(Default)]
struct PathAttributes {
    certain: Option<String>,
    /// Inside `cfg_attr`, whose predicate may hold or not.
    possible: Vec<String>,
}

struct Walk<'a> {
    file_folder: &'a Path,
    found: Vec<Named>,
}

impl Walk<'_> {
    /// `folder` and `stem` decide where modules of this code are.
    fn tokens(
        &mut self,
        mut rest: &[Token],
        folder: &Path,
        stem: Option<&str>,
    ) {
        let mut paths = PathAttributes::default();
        loop {
            rest = match rest {
                [] => return,
                [hash, Token::Group('[', inner), after @ ..]
                    if hash.is("#") =>
                {
                    path_attribute(inner, false, &mut paths);
                    self.tokens(inner, folder, stem);
                    after
                }
                [word, Token::Word(name), end, after @ ..]
                    if word.is("mod") && end.is(";") =>
                {
                    let paths = std::mem::take(&mut paths);
                    self.module(name, paths, folder, stem);
                    after
                }
                [
                    word,
                    Token::Word(name),
                    Token::Group('{', inner),
                    after @ ..,
                ] if word.is("mod") => {
                    let inside = match paths.certain.take() {
                        Some(path) => folder.join(path),
                        None => folder
                            .join(stem.unwrap_or_default())
                            .join(plain(name)),
                    };
                    self.tokens(inner, &inside, None);
                    paths = PathAttributes::default();
                    after
                }
                [
                    Token::Word(name),
                    not,
                    Token::Group(_, inner),
                    after @ ..,
                ] if not.is("!") && name.starts_with("include") => {
                    self.include(name, inner);
                    self.tokens(inner, folder, stem);
                    after
                }
                [first, after @ ..] => {
                    if let Token::Group(_, inner) = first {
                        self.tokens(inner, folder, stem);
                    }
                    let visibility = first.is("pub")
                        || matches!(first, Token::Group('(', _));
                    if !visibility {
                        paths = PathAttributes::default();
                    }
                    after
                }
            }
        }
    }

    fn module(
        &mut self,
        name: &str,
        paths: PathAttributes,
        folder: &Path,
        stem: Option<&str>,
    ) {
        // Each of these may be the one that is compiled.
        for path in paths.possible {
            let place = Place::new(folder.join(path), None);
            self.found.push(Named::Code(vec![place]));
        }
        if let Some(path) = paths.certain {
            let place = Place::new(folder.join(path), None);
            self.found.push(Named::Code(vec![place]));
            return;
        }
        let name = plain(name);
        let folder = folder.join(stem.unwrap_or_default());
        self.found.push(Named::Code(vec![
            Place::new(folder.join(format!("{name}.rs")), Some(name)),
            Place::new(folder.join(name).join("mod.rs"), None),
        ]));
    }

    /// Unlike a module, an included file is always next to this file.
    fn include(&mut self, name: &str, arguments: &[Token]) {
        let [Token::Literal(text), rest @ ..] = arguments else {
            return;
        };
        let Some(text) = literal::value(text) else { return };
        if !rest.iter().all(|token| token.is(",")) {
            return;
        }
        let path = self.file_folder.join(text);
        match name {
            "include" => {
                let place = Place::new(path, None);
                self.found.push(Named::Code(vec![place]));
            }
            "include_str" | "include_bytes" => {
                self.found.push(Named::Data(path));
            }
            _ => {}
        }
    }
}

fn path_attribute(
    tokens: &[Token],
    possible: bool,
    paths: &mut PathAttributes,
) {
    match tokens {
        [name, equals, Token::Literal(text)]
            if name.is("path") && equals.is("=") =>
        {
            match literal::value(text) {
                Some(path) if possible => paths.possible.push(path),
                path => paths.certain = path,
            }
        }
        [name, Token::Group('(', inner)] if name.is("cfg_attr") => {
            for part in inner.split(|token| token.is(",")).skip(1) {
                path_attribute(part, true, paths);
            }
        }
        _ => {}
    }
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{Named, Place, named};
    use crate::tokens::parse;

    /// What the text names, as the file `path` with such a stem.
    fn names(
        path: &str,
        stem: Option<&str>,
        text: &str,
    ) -> Vec<String> {
        let tokens = parse(text).expect("it is Rust");
        let found = named(&tokens, &Place::new(path.into(), stem));
        let text = |path: std::path::PathBuf| {
            path.to_str().unwrap().replace('\\', "/")
        };
        let text = |named| match named {
            Named::Data(path) => vec![text(path)],
            Named::Code(places) => places
                .into_iter()
                .map(|place| text(place.path))
                .collect(),
        };
        found.into_iter().flat_map(text).collect()
    }

    #[test]
    fn a_module_has_two_places() {
        assert_eq!(
            names("lib.rs", None, "mod a;"),
            ["a.rs", "a/mod.rs"]
        );
        assert_eq!(
            names("x/b.rs", Some("b"), "pub(crate) mod r#type;"),
            ["x/b/type.rs", "x/b/type/mod.rs"]
        );
        assert_eq!(
            names("x/b.rs", Some("b"), "mod c { mod a; }"),
            ["x/b/c/a.rs", "x/b/c/a/mod.rs"]
        );
    }

    #[test]
    fn a_path_replaces_both() {
        let text = "#[path = \"../y.rs\"] #[cold] pub(super) mod a;";
        assert_eq!(names("x/b.rs", Some("b"), text), ["x/../y.rs"]);
        let text = "mod c { #[path = \"y.rs\"] mod a; }";
        assert_eq!(names("x/b.rs", Some("b"), text), ["x/b/c/y.rs"]);
        let text =
            "#[path = \"d\"] mod c { #[path = \"y.rs\"] mod a; }";
        assert_eq!(names("x/b.rs", Some("b"), text), ["x/d/y.rs"]);
    }

    #[test]
    fn a_path_under_a_condition_is_one_more() {
        let text = "#[cfg_attr(unix, path = \"u.rs\")] mod a;";
        assert_eq!(
            names("lib.rs", None, text),
            ["u.rs", "a.rs", "a/mod.rs"]
        );
    }

    #[test]
    fn an_attribute_belongs_to_the_next_item_only() {
        let text = "#[path = \"x.rs\"] fn f() {} mod a;";
        assert_eq!(names("lib.rs", None, text), ["a.rs", "a/mod.rs"]);
    }

    #[test]
    fn includes_are_next_to_the_file() {
        let text = "mod m { include!(\"../a.in\"); const A: &str = \
                    core::include_str![\"b\\x2etxt\",]; } \
                    fn f() { g(include_bytes!(r\"c\")) }";
        assert_eq!(
            names("x/y.rs", Some("y"), text),
            ["x/../a.in", "x/b.txt", "x/c"]
        );
    }

    #[test]
    fn a_computed_name_is_not_followed() {
        let text = "include!(concat!(env!(\"OUT_DIR\"), \"/a\"));";
        assert!(names("lib.rs", None, text).is_empty());
        assert!(names("lib.rs", None, "include!($file);").is_empty());
    }
}
