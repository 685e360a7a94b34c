//! Implements the shared trait `Speaker`, in whichever version it is
//! compiled with.

use gotcha_plugins::Speaker;

// ANCHOR: speaker
struct Parrot;

impl Speaker for Parrot {
    #[cfg(feature = "newer-api")]
    fn erase(&self) -> &'static str {
        "all data erased"
    }

    fn name(&self) -> &'static str {
        "parrot"
    }
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn speaker() -> &'static dyn Speaker {
    &Parrot
}
// ANCHOR_END: speaker
