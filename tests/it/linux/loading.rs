//! File names that no other system takes.

use std::fs;

use crate::host::{app, plugins};
use crate::support::library;

#[test]
fn odd_file_names_are_loaded_and_shown_on_one_line() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let names: [&[u8]; 3] =
        [b"lib\xff.so", b"lib a b.so", b"a\nrefused b.so"];
    for name in names {
        let folder = plugins(&["first"]);
        let path = folder.path();
        let odd = path.join(OsStr::from_bytes(name));
        fs::rename(library(path, "first"), &odd).expect("a new name");
        let ended = app(path, &["--strict"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.out.lines().count(), 2, "{ended:?}");

        fs::write(&odd, "not a library").expect("it is written");
        let ended = app(path, &[]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.out.lines().count(), 2, "{ended:?}");
    }
}
