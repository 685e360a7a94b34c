//! Twinkle, twinkle, little star: a whole plugin.

use jukebox_api::{Piano, Result, Song};

jukebox_api::plugin!(|host| host.offer(Twinkle));

struct Twinkle;

impl Song for Twinkle {
    const TITLE: &'static str = "twinkle";

    fn play(&self, piano: &mut dyn Piano) -> Result {
        for key in [0, 0, 7, 7, 9, 9, 7] {
            piano.strike(key);
        }
        Ok(())
    }
}
