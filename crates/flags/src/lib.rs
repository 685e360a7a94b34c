//! The flags that a compiler was called with, as a constant of what it
//! compiles.
//!
//! A build script sees `RUSTFLAGS`, but not the flags of a profile, of a
//! `RUSTC_WRAPPER` or of `cargo rustc -- …`. A macro runs inside of the
//! compiler, whose command line has them all. [`nutshell-plugin`] puts
//! them into the descriptor of a plugin; nobody else needs this crate.
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
/// blanks. Those that change nothing about the code are left out.
#[proc_macro]
pub fn unstable_flags(_: TokenStream) -> TokenStream {
    literal(&arguments::unstable(&arguments::of_this_process()))
}
// ANCHOR_END: unstable

/// The `-C` flags of this compilation, in their order, separated by
/// blanks. Those that the descriptor has a field for, and those that
/// Cargo sets for its own bookkeeping, are left out.
#[proc_macro]
pub fn codegen_flags(_: TokenStream) -> TokenStream {
    literal(&arguments::codegen(&arguments::of_this_process()))
}

fn literal(text: &str) -> TokenStream {
    TokenTree::Literal(Literal::string(text)).into()
}
