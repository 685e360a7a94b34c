//! What the characters of a path mean to the loader of each system. The
//! rules are plain functions, so those of every system are tested on
//! each.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Whose rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// With glibc, or a BSD.
    Elf,
    /// Linux with musl.
    Musl,
    /// macOS and its relatives.
    Apple,
    /// Windows.
    Windows,
}

/// The system that this is compiled for.
pub(crate) const OWN: System = if cfg!(windows) {
    System::Windows
} else if cfg!(target_vendor = "apple") {
    System::Apple
} else if cfg!(target_env = "musl") {
    System::Musl
} else {
    System::Elf
};

impl System {
    /// Whether a library names another by a path. The loader searches
    /// for any other name.
    pub fn is_path(self, name: &str) -> bool {
        match self {
            Self::Windows => name.contains(['/', '\\', ':']),
            _ => name.contains('/'),
        }
    }

    /// The path that makes the loader open this file and no other.
    ///
    /// # Errors
    /// If there is none.
    pub fn to_open(self, file: &Path) -> Result<PathBuf, String> {
        let bytes = file.as_os_str().as_encoded_bytes();
        match self {
            // It puts other folders in place of $ORIGIN and the like.
            Self::Elf if bytes.contains(&b'$') => {
                Err("its path has a $ in it; rename it".to_owned())
            }
            // It adds .dll to a name without an extension, but not to
            // one that ends with a point.
            Self::Windows if file.extension().is_none() => {
                let mut path = OsString::from(file);
                path.push(".");
                Ok(path.into())
            }
            _ => Ok(file.to_owned()),
        }
    }

    /// Expands `$ORIGIN` and the like in a path that a library at this
    /// place searches. `program` is the folder of the process.
    ///
    /// # Errors
    /// If only the loader knows what it stands for.
    pub fn expand(
        self,
        path: &str,
        origin: &Path,
        program: &Path,
    ) -> Result<PathBuf, String> {
        match self {
            Self::Elf | Self::Musl => expand_origin(path, origin),
            Self::Apple => {
                let folders = [
                    ("@loader_path", origin),
                    ("@executable_path", program),
                ];
                // Only at the beginning of the path.
                let found =
                    folders.iter().find_map(|(name, folder)| {
                        Some((path.strip_prefix(name)?, folder))
                    });
                Ok(match found {
                    Some((rest, folder)) => joined([
                        folder.as_os_str().to_owned(),
                        rest.into(),
                    ]),
                    None => path.into(),
                })
            }
            Self::Windows => Ok(path.into()),
        }
    }
}

fn expand_origin(path: &str, origin: &Path) -> Result<PathBuf, String> {
    let mut parts = path.split('$');
    let mut expanded = OsString::from(parts.next().unwrap_or_default());
    for part in parts {
        let is_in_name =
            |c: char| c.is_ascii_alphanumeric() || c == '_';
        let rest = match part.strip_prefix("{ORIGIN}") {
            Some(rest) => Some(rest),
            None => part
                .strip_prefix("ORIGIN")
                .filter(|rest| !rest.starts_with(is_in_name)),
        };
        let Some(rest) = rest else {
            return Err(format!(
                "it searches {path}, which only the loader can resolve"
            ));
        };
        expanded.push(origin);
        expanded.push(rest);
    }
    Ok(expanded.into())
}

fn joined(parts: [OsString; 2]) -> PathBuf {
    parts.into_iter().collect::<OsString>().into()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::System::{self, Apple, Elf, Musl, Windows};

    const ALL: [System; 4] = [Elf, Musl, Apple, Windows];

    #[test]
    fn a_dollar_sign_is_a_letter_but_to_the_loaders_that_replace_it() {
        let share = Path::new(r"\\server\C$\plugins\voice.dll");
        let reason = "its path has a $ in it; rename it".to_owned();
        assert_eq!(Elf.to_open(share), Err(reason));
        for system in [Musl, Apple, Windows] {
            assert_eq!(system.to_open(share), Ok(share.into()));
        }
        let plain = Path::new("/plugins/libvoice.so");
        for system in ALL {
            assert_eq!(system.to_open(plain), Ok(plain.into()));
        }
    }

    #[test]
    fn windows_gets_a_name_to_which_it_adds_no_extension() {
        for (name, opened) in [
            ("voice", "voice."),
            (".voice", ".voice."),
            ("a.b/voice", "a.b/voice."),
            ("voice.plugin", "voice.plugin"),
        ] {
            let path = Windows.to_open(Path::new(name));
            assert_eq!(path, Ok(opened.into()));
            assert_eq!(Elf.to_open(Path::new(name)), Ok(name.into()));
        }
    }

    #[test]
    fn a_backslash_and_a_colon_make_a_path_on_windows_only() {
        for name in [r"a\b", "C:b"] {
            let are_paths = ALL.map(|system| system.is_path(name));
            assert_eq!(are_paths, [false, false, false, true]);
        }
        assert!(ALL.iter().all(|system| system.is_path("a/b")));
        assert!(!ALL.iter().any(|system| system.is_path("b.so")));
    }

    #[test]
    fn each_loader_has_its_own_words_for_a_folder() {
        let expand = |system: System, path| {
            let (origin, program) =
                (Path::new("/plugins"), Path::new("/bin"));
            system
                .expand(path, origin, program)
                .map(|path| path.to_str().expect("UTF-8").to_owned())
        };
        for (system, path, expanded) in [
            (Elf, "$ORIGIN/lib", "/plugins/lib"),
            (Musl, "${ORIGIN}/lib", "/plugins/lib"),
            (Elf, "/x$ORIGIN:$ORIGIN", "/x/plugins:/plugins"),
            (Elf, "@loader_path/lib", "@loader_path/lib"),
            (Apple, "@loader_path/lib", "/plugins/lib"),
            (Apple, "@executable_path/../lib", "/bin/../lib"),
            (Apple, "x/@loader_path", "x/@loader_path"),
            (Apple, "$ORIGIN/C$", "$ORIGIN/C$"),
            (Windows, r"C$\x.dll", r"C$\x.dll"),
        ] {
            assert_eq!(expand(system, path), Ok(expanded.to_owned()));
        }
        for path in ["$LIB", "/a$", "$ORIGINAL", "${ORIGIN", "$"] {
            let reason = format!(
                "it searches {path}, which only the loader can resolve"
            );
            assert_eq!(expand(Elf, path), Err(reason.clone()));
            assert_eq!(expand(Musl, path), Err(reason));
        }
    }
}
