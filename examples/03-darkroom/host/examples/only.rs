//! A host that takes one version of the interface, as most hosts do:
//! `only 1 FILE…` or `only 2 FILE…` prints for each plugin whether the
//! host would open it.

use std::env;
use std::process::ExitCode;

use darkroom::text::{print, say};
use nutshell_host::{Candidate, Loader, Refusal, Trust};

fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let version = words.next().unwrap_or_default();
    let check = match &*version {
        "1" => check::<filter_api_1::Interface>,
        "2" => check::<filter_api::Interface>,
        _ => {
            say("only 1|2 FILE…");
            return ExitCode::from(2);
        }
    };
    let mut loader = Loader::new(Trust::default());
    let lines = words.map(|file| match check(&file, &mut loader) {
        Ok(()) => format!("{file}: taken"),
        Err(refusal) => format!("{file}: {}", refusal.reason),
    });
    match print(&lines.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

// ANCHOR: check
fn check<I: filter_api::nutshell_plugin::Interface>(
    file: &str,
    loader: &mut Loader,
) -> Result<(), Refusal> {
    let found = loader.inspect(&Candidate::new(file.as_ref()))?;
    loader.check::<I>(found)?;
    Ok(())
}
// ANCHOR_END: check
