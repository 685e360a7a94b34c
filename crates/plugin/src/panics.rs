//! Where a panic of a plugin happened, for the text that [`guard`]
//! writes.
//!
//! [`guard`]: crate::guard

use std::cell::{Cell, RefCell};
use std::panic;

thread_local! {
    /// How many calls of `guard` this thread is in.
    static GUARDS: Cell<usize> = const { Cell::new(0) };
    /// Where the last panic inside of them happened.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

// ANCHOR: silence
/// Keeps a plugin's panics from being printed where [`guard`] catches
/// them, and has the text of the panic name its place instead. A panic
/// that no `guard` catches, as one of the plugin's own threads, is
/// printed as before.
///
/// Call it in the interface's code that registers a plugin, for an
/// interface without a [`Logger`]. With one,
/// [`Logger::log_panics`] tells of every panic. The hook belongs to the
/// plugin's standard library and sees no panic of the host.
///
/// [`guard`]: crate::guard
/// [`Logger`]: crate::Logger
/// [`Logger::log_panics`]: crate::Logger::log_panics
pub fn silence_panics() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_guarded =
            GUARDS.try_with(|guards| guards.get() > 0) == Ok(true);
        match info.location() {
            Some(at) if is_guarded => {
                let at = at.to_string();
                let _ = PLACE.try_with(|place| {
                    *place.borrow_mut() = Some(at);
                });
            }
            _ => print(info),
        }
    }));
}
// ANCHOR_END: silence

/// Does the work of a guard. Returns its result, and where the last
/// panic of it happened, if panics are silenced.
pub(crate) fn watch<T>(
    work: impl FnOnce() -> T,
) -> (T, Option<String>) {
    let add = |number: isize| {
        let _ = GUARDS.try_with(|guards| {
            guards.set(guards.get().wrapping_add_signed(number));
        });
    };
    add(1);
    let result = work(); // which does not panic
    add(-1);
    let place = PLACE.try_with(RefCell::take);
    (result, place.unwrap_or_default())
}
