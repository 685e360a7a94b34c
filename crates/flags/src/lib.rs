//! The flags that a compiler was called with, as constants in the code
//! that it compiles.
//!
//! A build script sees `RUSTFLAGS`, but not the flags that come from a
//! profile, a `RUSTC_WRAPPER` or `cargo rustc -- …`. A macro runs
//! inside the compiler, whose command line has them all.
//! `nutshell-plugin` puts them into a plugin's descriptor; nobody else
//! needs this crate.
//!
//! ```
//! const FLAGS: &str = nutshell_flags::unstable_flags!();
//! assert!(FLAGS.is_empty() || FLAGS.starts_with("-Z"));
//! ```

#![deny(missing_docs)]

mod arguments;

use proc_macro::{Literal, TokenStream, TokenTree};

// ANCHOR: unstable
/// The `-Z` flags of this compilation, in their order, separated by
/// spaces, without those that do not change the code.
#[proc_macro]
pub fn unstable_flags(_: TokenStream) -> TokenStream {
    literal(&arguments::unstable(&arguments::of_this_process()))
}
// ANCHOR_END: unstable

/// The `-C` flags of this compilation, in their order, separated by
/// spaces. This leaves out flags that have a field of their own in the
/// descriptor, that Cargo sets for its own bookkeeping, or that concern
/// linking, debug information and the like.
#[proc_macro]
pub fn codegen_flags(_: TokenStream) -> TokenStream {
    literal(&arguments::codegen(&arguments::of_this_process()))
}

fn literal(text: &str) -> TokenStream {
    TokenTree::Literal(Literal::string(text)).into()
}
