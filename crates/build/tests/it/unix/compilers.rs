//! Compilers behind a wrapper that is a shell script.

use crate::compilers::{identity, interface};
use crate::script::Crate;
use crate::unix::shell::shell_script;

/// A wrapper that exchanges the compiler for one from a distribution.
fn vendor(it: &Crate) -> String {
    let wrapper = it.path("vendor.sh");
    let text = "[ \"$2\" = -vV ] || exec \"$@\"\n\
                \"$@\" | sed '1s/$/ (vendor)/'";
    shell_script(&wrapper, text);
    wrapper.to_str().unwrap().into()
}

#[test]
fn the_compiler_is_asked_through_its_wrapper() {
    let it = interface();
    let wrapper = vendor(&it);
    let it = it.variable("RUSTC_WRAPPER", &wrapper);
    let expected = identity().replacen(';', " (vendor);", 1);
    assert_eq!(it.fact("RUSTC"), expected);
}

#[test]
fn an_exchange_for_members_of_the_workspace_only_is_an_error() {
    let it = interface();
    let wrapper = vendor(&it);
    let it = it.variable("RUSTC_WORKSPACE_WRAPPER", &wrapper);
    let error = it.error();
    let start =
        format!("RUSTC_WORKSPACE_WRAPPER={wrapper}: it exchanges ");
    assert!(error.starts_with(&start), "{error}");
    assert!(error.contains(" (vendor)"), "{error}");
    let end = "; set RUSTC or RUSTC_WRAPPER instead";
    assert!(error.ends_with(end), "{error}");
}

#[test]
fn a_wrapper_for_the_workspace_that_exchanges_nothing_is_fine() {
    let it = interface();
    let wrapper = it.path("same.sh");
    shell_script(&wrapper, "exec \"$@\"");
    let wrapper = wrapper.to_str().unwrap();
    let it = it
        .variable("RUSTC_WRAPPER", wrapper)
        .variable("RUSTC_WORKSPACE_WRAPPER", wrapper);
    assert_eq!(it.fact("RUSTC"), identity());
}
