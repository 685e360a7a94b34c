//! Where a panic of a plugin happened, for the text that [`guard`]
//! writes.
//!
//! [`guard`]: crate::guard

use std::cell::Cell;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// How many calls of `guard` this thread is in, and where the last
    /// panic inside of them happened. One variable, because a process of
    /// Windows has room for few of them.
    #[allow(
        clippy::missing_const_for_thread_local,
        reason = "it is const, which the lint does not see on Windows"
    )]
    static WATCHED: (Cell<usize>, Cell<Option<String>>) =
        const { (Cell::new(0), Cell::new(None)) };
}

/// Whether panics are silenced. Otherwise no thread-local is used.
static ARE_SILENCED: AtomicBool = AtomicBool::new(false);

// ANCHOR: silence
/// Keeps a plugin's panics from being printed where [`guard`] catches
/// them, and has the text of the panic name its place instead. A panic
/// that no `guard` catches, such as one in a thread of the plugin, is
/// printed as before.
///
/// Call it in the interface's code that registers a plugin, for an
/// interface without a [`Logger`]. With one,
/// [`Logger::log_panics`] reports every panic. The hook belongs to the
/// plugin's standard library and sees no panic of the host.
///
/// [`guard`]: crate::guard
/// [`Logger`]: crate::Logger
/// [`Logger::log_panics`]: crate::Logger::log_panics
pub fn silence_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_guarded =
            WATCHED.try_with(|(guards, _)| guards.get() > 0);
        match info.location() {
            Some(at) if is_guarded == Ok(true) => {
                let at = at.to_string();
                let _ = WATCHED.try_with(|(_, place)| {
                    place.set(Some(at));
                });
            }
            _ => print(info),
        }
    }));
    ARE_SILENCED.store(true, Ordering::Release);
}
// ANCHOR_END: silence

/// Does the work of a guard. Returns its result, and where the last
/// panic of it happened, if panics are silenced.
pub(crate) fn watch<T>(
    work: impl FnOnce() -> T,
) -> (T, Option<String>) {
    let add = |number: isize| {
        let _ = WATCHED.try_with(|(guards, _)| {
            guards.set(guards.get().wrapping_add_signed(number));
        });
    };
    if !ARE_SILENCED.load(Ordering::Acquire) {
        return (work(), None);
    }
    add(1);
    let result = work(); // which does not panic
    add(-1);
    let place = WATCHED.try_with(|(_, place)| place.take());
    (result, place.unwrap_or_default())
}
