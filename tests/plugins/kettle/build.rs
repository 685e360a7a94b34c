//! Links the plugin with a C library, and says where that will be when
//! the plugin is opened: in the folder `lib` beside it.

// ANCHOR: build
use std::env;

fn main() {
    println!("cargo::rerun-if-env-changed=WHISTLE_DIR");
    let folder = env::var("WHISTLE_DIR").expect("WHISTLE_DIR");
    println!("cargo::rustc-link-search=native={folder}");
    println!("cargo::rustc-link-lib=dylib=kettle-whistle");
    println!("cargo::rustc-link-arg-cdylib=-Wl,-rpath,$ORIGIN/lib");
}
// ANCHOR_END: build
