//! The host of a tea room: all that it needs in order to load plugins.

use nutshell_host::nutshell_plugin::{Outcome, never_unwind};
use nutshell_host::{Candidate, Loaded, Loader, Refusal};
use tea_api::{Done, Host, Interface, Pot, Register};

/// All teas that there are.
#[derive(Default)]
pub struct Menu(pub Vec<&'static dyn Pot>);

impl Host for Menu {
    fn take(&mut self, pot: &'static dyn Pot) {
        never_unwind((), || self.0.push(pot));
    }
}

/// Loads a plugin: its teas are on the menu then, or it is refused.
///
/// # Safety
/// Whoever can write to the file may run code in this process.
pub unsafe fn load(
    loader: &mut Loader,
    file: &Candidate,
    menu: &mut Menu,
) -> Result<Loaded, Refusal> {
    let call = |register: Register, _: &_| {
        let (mut teas, mut error) = (Menu::default(), String::new());
        let outcome = register(&mut teas, &mut error);
        if outcome != Outcome::Done {
            return Err(format!("{outcome:?}: {error}"));
        }
        menu.0.append(&mut teas.0);
        Ok(())
    };
    // SAFETY: the caller trusts the file.
    unsafe { loader.load::<Interface, _>(file, call) }
}

/// What to hand a tea for `done`: a panic of it ends here.
pub fn contained(done: Done) -> impl FnMut(usize) {
    move |cups| never_unwind((), || done(cups))
}
