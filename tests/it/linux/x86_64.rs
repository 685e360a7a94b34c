//! The gotcha of the processor, without one that is emulated.

use std::process::Command;

use crate::support::{built, finish, folder, program};

/// As it is where nothing emulates an older processor.
#[test]
fn without_an_older_processor_that_row_says_skipped() {
    built();
    if !is_x86_feature_detected!("avx") {
        return println!("skipped: this processor is old enough");
    }
    let no_programs = folder();
    let ended = finish(
        Command::new(program("gotchas"))
            .arg("cpu")
            .env("PATH", no_programs.path()),
    );
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for line in [
        "if you do nothing  skipped: needs qemu-user\n",
        "in Example 2       skipped: needs qemu-user\n",
    ] {
        assert!(ended.out.contains(line), "{}", ended.out);
    }
    assert!(!ended.out.contains("\nbecause "), "{}", ended.out);
}
