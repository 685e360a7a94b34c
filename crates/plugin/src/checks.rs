//! The conditions under which an interface compiles.

/// A fact that the build script has measured.
#[doc(hidden)]
#[macro_export]
macro_rules! fact {
    ($name:literal) => {
        ::std::env!(
            $name,
            "nothing is known of this build; the crate's build.rs has \
             to be `fn main() { nutshell_build::describe(\"src\"); }`, \
             with nutshell-build in [build-dependencies]"
        )
    };
}

/// Checks that a product is a line of text, and that the hash covers
/// the file that defines the interface.
///
/// # Panics
/// If not; in a constant this is a compile error.
#[doc(hidden)]
pub const fn check_interface(
    product: &str,
    file: &str,
    hashed: &[&str],
) {
    let product = product.as_bytes();
    let (mut at, mut is_blank) = (0, true);
    while at < product.len() {
        let is_control = product[at] < b' '
            || product[at] == 0x7f
            || product[at] == 0xc2 && product[at + 1] < 0xa0;
        assert!(!is_control, "product: has a control character in it");
        is_blank &= product[at] == b' ';
        at += 1;
    }
    assert!(!is_blank, "product: is empty; give it a name");

    let (mut at, mut is_hashed) = (0, false);
    while at < hashed.len() {
        is_hashed |= is_end_of(hashed[at].as_bytes(), file.as_bytes());
        at += 1;
    }
    assert!(
        is_hashed,
        "this file is not below the folder that build.rs hands to \
         nutshell_build::describe; name the folder of the crate's source"
    );
}

/// Whether a path ends with another one, whichever way slashes lean.
const fn is_end_of(end: &[u8], path: &[u8]) -> bool {
    if end.len() > path.len() {
        return false;
    }
    let start = path.len() - end.len();
    let mut at = 0;
    while at < end.len() {
        let (a, b) = (end[at], path[start + at]);
        if a != b && !(a == b'/' && b == b'\\') {
            return false;
        }
        at += 1;
    }
    start == 0 || path[start - 1] == b'/' || path[start - 1] == b'\\'
}

#[cfg(test)]
mod tests {
    use super::{check_interface, is_end_of};

    #[test]
    fn a_path_ends_with_whole_names() {
        assert!(is_end_of(b"src/lib.rs", b"/a/b/src/lib.rs"));
        assert!(is_end_of(b"src/lib.rs", b"C:\\b\\src\\lib.rs"));
        assert!(is_end_of(b"src/lib.rs", b"src/lib.rs"));
        assert!(!is_end_of(b"src/lib.rs", b"/a/bsrc/lib.rs"));
        assert!(!is_end_of(b"src/lib.rs", b"lib.rs"));
        assert!(!is_end_of(b"src/lib.rs", b"/a/source/lib.rs"));
    }

    #[test]
    fn an_interface_has_a_name_and_a_hash() {
        let hashed = &["src/lib.rs", "src/more.rs"];
        let check = |product: &'static str, file: &'static str| {
            std::panic::catch_unwind(move || {
                check_interface(product, file, hashed);
            })
            .is_ok()
        };
        assert!(check("an app für Grüße", "api/src/more.rs"));
        for product in ["", "  ", "a\nb", "a\u{85}", "\x1b[31m"] {
            assert!(!check(product, "api/src/lib.rs"), "{product:?}");
        }
        assert!(!check("app", "api/source/lib.rs"));
    }
}
