//! Libraries that are written in C alone, which cannot be plugins of
//! this host; and the work in C by itself.

use std::env::consts;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::host::{app, portable};
use crate::in_c::morse;
use crate::support::{finish, folder, library, root};

/// Compiles a library in which there is no Rust.
fn compile(source: &Path) -> (tempfile::TempDir, PathBuf) {
    let folder = folder();
    let made = library(folder.path(), "morse");
    let compiled = finish(
        Command::new("cc")
            .args(["-std=c99", "-shared", "-fPIC", "-o"])
            .args([&made, source]),
    );
    assert_eq!(compiled.code, Some(0), "{compiled:?}");
    (folder, made)
}

#[test]
fn the_work_in_c_never_writes_past_the_room_it_is_given() {
    use std::ffi::c_char;
    type Morse = unsafe extern "C" fn(
        *const c_char,
        usize,
        *mut c_char,
        usize,
    ) -> usize;
    let source = root().join("tests/plugins/in_c/morse.c");
    let (_folder, made) = compile(&source);
    // SAFETY: our own library, without constructors.
    let library =
        unsafe { libloading::Library::new(made) }.expect("it opens");
    // SAFETY: the signature is the one in `morse.c`.
    let morse = unsafe { library.get::<Morse>("morse") }.expect("one");
    let (text, whole) = ("Hi 0?", ".... .. / ----- ? ");
    for room in 0..=whole.len() + 2 {
        let mut out = [b'#'; 32];
        // SAFETY: the text is that long, and there is more room.
        let length = unsafe {
            morse(
                text.as_ptr().cast(),
                text.len(),
                out.as_mut_ptr().cast(),
                room,
            )
        };
        assert_eq!(length, whole.len());
        let fits = room.min(length);
        assert_eq!(&out[..fits], &whole.as_bytes()[..fits]);
        assert!(out[fits..].iter().all(|byte| *byte == b'#'));
    }
}

/// What the host says of a library that it refuses.
fn refusal(source: &str) -> String {
    let place = folder();
    let path = place.path().join("source.c");
    let source = crate::support::write(path, source);
    let (folder, _) = compile(&source);
    let ended = app(folder.path(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let out = portable(&ended.out);
    let reason = out.strip_prefix("no plugins\nrefused morse: ");
    reason.unwrap_or_else(|| panic!("{ended:?}")).to_owned()
}

#[test]
fn a_library_in_c_alone_is_refused_for_it_has_no_descriptor() {
    assert_eq!(
        refusal("int plugin_register(void) { return 0; }\n"),
        "not a plugin: it has no descriptor, which \
         command_api::plugin! makes\n"
    );
}

/// A descriptor is only bytes, so C can have a copy of one that agrees.
#[test]
fn a_library_in_c_with_a_copied_descriptor_is_refused_all_the_same() {
    let file = std::fs::File::open(morse()).expect("it is built");
    let library = nutshell_host::read::read(&file).expect("a library");
    let bytes = library.section.expect("it has a descriptor");
    let size = bytes.len();
    let section = match consts::OS {
        "macos" => "__DATA,__plugin",
        _ => ".plugin",
    };
    let reason = refusal(&format!(
        "__attribute__((section(\"{section}\"), used))\n\
         const unsigned char PLUGIN_DESCRIPTOR[{size}] = {{ {} }};\n",
        bytes
            .iter()
            .map(|byte| format!("{byte}, "))
            .collect::<String>()
    ));
    assert!(reason.contains("plugin_register"), "{reason}");
    assert_eq!(reason.lines().count(), 1, "{reason}");
}
