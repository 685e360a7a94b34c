//! A file name that no other system takes.

use crate::script::Crate;

#[test]
fn a_name_that_is_not_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    let it = Crate::new(&[("src/lib.rs", "")]);
    let name = std::ffi::OsStr::from_bytes(b"a\xff.rs");
    std::fs::write(it.path("src").join(name), "").unwrap();
    assert_eq!(
        it.error(),
        "src/a\u{fffd}.rs: its name is not UTF-8; rename it"
    );
}
