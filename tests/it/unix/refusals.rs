//! Flags that come by a road of Unix.

use std::fs;
use std::path::Path;

use crate::refusals::{assert_layout_refused, assert_refused, differs};
use crate::support::write;
use crate::workspace::Workspace;

/// The build script of the api sees none of these.
#[test]
fn a_flag_is_seen_whichever_road_it_has_come() {
    let bootstrap = ("RUSTC_BOOTSTRAP", "1");
    let workspace = Workspace::new();
    let file = write(workspace.path("flags"), "-Zrandomize-layout\n");
    let flags = format!("@{}", file.display());
    // Encoded, for the folder's name may have a blank.
    let flags = ("CARGO_ENCODED_RUSTFLAGS", &*flags);
    let by_file = workspace.build(&[], &[bootstrap, flags]);
    assert_layout_refused(&by_file);

    // Cargo does not see that this is another compiler, and so would
    // take what was compiled without it.
    let fresh = Workspace::in_new_folder();
    let wrapper = write(
        fresh.path("wrapper"),
        "#!/bin/sh\nif [ \"$2\" = - ] || [ \"$2\" = -vV ]; then exec \
         \"$@\"; fi\nexec \"$@\" -Zrandomize-layout\n",
    );
    make_executable(&wrapper);
    let wrapper = wrapper.to_str().expect("UTF-8");
    let by_wrapper =
        fresh.build(&[], &[bootstrap, ("RUSTC_WRAPPER", wrapper)]);
    assert_layout_refused(&by_wrapper);

    // A profile's flags, of a nightly Cargo; and another flag that none
    // of the measured offsets shows.
    let profile = [
        "-Zprofile-rustflags",
        "--config",
        "profile.dev.rustflags=['-Zrandomize-layout']",
    ];
    assert_layout_refused(&workspace.build(&profile, &[bootstrap]));
    let other = [
        "-Zprofile-rustflags",
        "--config",
        "profile.dev.rustflags=['-Zmir-opt-level=1']",
    ];
    assert_refused(
        &workspace.build(&other, &[bootstrap]),
        &differs("-Zmir-opt-level=1", "no unstable-flags"),
    );
}

fn make_executable(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
        .expect("its mode can be set");
}
