//! What makes a crate an interface: the type of the register function,
//! and the facts of its build, as the compiler knows them.

use std::panic::PanicHookInfo;

// ANCHOR: facts
/// The facts of a build of an interface crate. Two builds must not meet
/// in a process if they differ in any but the last three fields.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the book's table explains each field")]
pub struct Facts {
    pub product: &'static str,
    pub name: &'static str,
    pub version: &'static str,
    pub features: &'static str,
    pub source: &'static str,
    /// Each `cfg` that the source mentions, and whether it is set.
    pub cfg: &'static [(&'static str, bool)],
    pub rustc: &'static str,
    pub target: &'static str,
    /// A hash of sizes, alignments and offsets.
    pub layout: u64,
    pub unstable_flags: &'static str,
    pub codegen_flags: &'static str,
    pub opt_level: &'static str,
    /// Each feature that a processor of the target may have, and whether
    /// this code uses the feature without a check at run time.
    pub target_features: &'static [(&'static str, bool)],
}
// ANCHOR_END: facts

/// An interface between a host and its plugins. [`interface!`] makes the
/// type that implements this trait; do not implement it yourself.
///
/// [`interface!`]: crate::interface!
///
/// # Safety
/// `Register` must be the type that [`export!`](crate::export!) gives
/// the register function of a plugin. `FACTS` must be the facts of the
/// build of the crate that defines the types in `Register`.
pub unsafe trait Interface: 'static {
    /// The type of the register function, a function pointer.
    type Register: Copy;

    /// The facts of this build.
    const FACTS: Facts;
}

// ANCHOR: export
/// The value behind a plugin's symbol `plugin_register`.
#[repr(C)]
pub struct Export<Register> {
    /// Registers the plugin with the host.
    pub register: Register,
    /// A function of the standard library that the plugin uses. Its
    /// address shows whether this library is the plugin's own.
    pub std: fn() -> Hook,
}
// ANCHOR_END: export

/// The type of a standard library's panic hook.
pub type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send>;

// ANCHOR: interface
/// Makes the crate that calls it an interface. The macro defines
/// `Register`, the type of the register function, and `Interface`, the
/// type by which a host names the interface to its loader.
///
/// The crate's build script is one call of `nutshell_build::describe`.
/// At its root, the crate has `pub use nutshell_plugin;` and the macro
/// that its plugins call, made with [`export!`](crate::export!).
///
/// The types and traits that cross must be those of this crate, of
/// `nutshell-plugin` or of the standard library. The descriptor records
/// no version of another crate: with two of them, a host would call a
/// wrong method.
///
/// The field `crosses` is optional. It lists types whose sizes and
/// alignments the host is to compare, too.
#[macro_export]
#[allow(clippy::crate_in_macro_def)] // the caller's crate is meant
macro_rules! interface {
    (
        product: $product:literal,
        register: $register:ty
        $(, crosses: [$($crosses:ty),* $(,)?])? $(,)?
    ) => {
        // Plugins reach this crate through the interface's.
        use crate::nutshell_plugin as _;

        // Says so, if the build script does not call `describe`.
        const _: &str = $crate::fact!("NUTSHELL_SOURCE");

        // Written by the build script.
        ::std::include!(::std::concat!(
            $crate::fact!("OUT_DIR"),
            "/nutshell.rs"
        ));

        const _: () = $crate::check_interface(
            $product,
            ::std::file!(),
            NUTSHELL_FILES,
        );

        /// The type of a plugin's register function.
        pub type Register = $register;

        /// This interface, as a host names it to its loader.
        pub struct Interface;

        // SAFETY: `export!` reads the same `Register`, and the facts
        // are measured here, in the crate whose types cross, and no
        // others do.
        unsafe impl $crate::Interface for Interface {
            type Register = Register;
            const FACTS: $crate::Facts = $crate::Facts {
                product: $product,
                name: ::std::env!("CARGO_PKG_NAME"),
                version: ::std::env!("CARGO_PKG_VERSION"),
                features: $crate::fact!("NUTSHELL_FEATURES"),
                source: $crate::fact!("NUTSHELL_SOURCE"),
                cfg: NUTSHELL_CFG,
                rustc: $crate::fact!("NUTSHELL_RUSTC"),
                target: $crate::fact!("NUTSHELL_TARGET"),
                layout: $crate::measure_layout!($($($crosses),*)?),
                unstable_flags: $crate::unstable_flags!(),
                codegen_flags: $crate::codegen_flags!(),
                opt_level: $crate::fact!("NUTSHELL_OPT_LEVEL"),
                target_features: &nutshell_target_features!(),
            };
        }
    };
}
// ANCHOR_END: interface

// ANCHOR: export_macro
/// Exports the two symbols that a host looks for. An interface calls
/// this macro inside the macro for its plugins, and passes its own
/// `$crate` and the body of the register function:
///
/// ```ignore
/// #[macro_export]
/// macro_rules! plugin {
///     ($register:path) => {
///         $crate::nutshell_plugin::export!($crate, |host, error| {
///             $crate::register($register, host, error)
///         });
///     };
/// }
/// ```
#[macro_export]
macro_rules! export {
    ($interface:path, $register:expr $(,)?) => {
        const _: () = {
            use $interface as interface;

            const FACTS: &$crate::Facts =
                &<interface::Interface as $crate::Interface>::FACTS;

            const OWN: $crate::descriptor::Plugin =
                $crate::descriptor::Plugin {
                    name: ::std::env!("CARGO_PKG_NAME"),
                    version: ::std::env!("CARGO_PKG_VERSION"),
                    panic: $crate::panic_strategy!(),
                    debug_assertions: ::std::cfg!(debug_assertions),
                    unstable_flags: $crate::unstable_flags!(),
                    codegen_flags: $crate::codegen_flags!(),
                    target_features:
                        &interface::nutshell_target_features!(),
                };

            const SIZE: usize = $crate::descriptor::size(FACTS, &OWN);

            // ANCHOR: symbols
            /// The host reads this from the file before it opens it.
            // SAFETY: no other symbol of this library has the name, and
            // no other part of it expects anything of the section.
            #[used]
            #[unsafe(export_name = "PLUGIN_DESCRIPTOR")]
            #[cfg_attr(
                target_vendor = "apple",
                unsafe(link_section = "__DATA,__plugin")
            )]
            #[cfg_attr(
                not(target_vendor = "apple"),
                unsafe(link_section = ".plugin")
            )]
            pub static PLUGIN_DESCRIPTOR: [u8; SIZE] =
                $crate::descriptor::describe(FACTS, &OWN);

            /// The host calls its function `register`, once.
            // SAFETY: no other symbol of this library has the name.
            #[used]
            #[unsafe(export_name = "plugin_register")]
            pub static PLUGIN_REGISTER: $crate::Export<
                interface::Register,
            > = $crate::Export {
                register: $register,
                std: ::std::panic::take_hook,
            };
            // ANCHOR_END: symbols
        };
    };
}
// ANCHOR_END: export_macro

/// The panic strategy of the crate that calls this macro.
#[doc(hidden)]
#[macro_export]
macro_rules! panic_strategy {
    () => {
        if ::std::cfg!(panic = "unwind") { "unwind" } else { "abort" }
    };
}
