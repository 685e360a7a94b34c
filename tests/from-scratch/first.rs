//! Opens a library while it runs, and calls a function of it.

use std::path::Path;

use libloading::{Library, Symbol, library_filename};

type Add = extern "C" fn(i64, i64) -> i64;

fn main() {
    let file = library_filename("basic_plugin");
    let path = Path::new("target/debug").join(file);
    // SAFETY: the library is ours, and its `add` has this type.
    unsafe {
        let library = Library::new(path).expect("a library");
        let add: Symbol<Add> = library.get("add").expect("an add");
        println!("add(2, 40) = {}", add(2, 40));
    }
}
