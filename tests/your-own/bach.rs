//! The name of Bach, which is four notes.

use jukebox_api::{Piano, Result, Song};

jukebox_api::plugin!(|host| host.offer(Bach));

struct Bach;

impl Song for Bach {
    const TITLE: &'static str = "bach";

    fn play(&self, piano: &mut dyn Piano) -> Result {
        for note in "BACH".chars() {
            let key = "C.D.EF.G.A.B".find(note).unwrap();
            piano.strike(key);
        }
        Ok(())
    }
}
