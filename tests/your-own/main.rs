//! `jukebox FOLDER` lists the songs of the plugins in a folder, and
//! `jukebox FOLDER TITLE` plays one.

mod load;

use std::{env, path::Path, process::exit};

use jukebox_api::Piano;
use nutshell_host::nutshell_plugin::{Outcome, never_unwind};
use nutshell_host::text::printable;
use nutshell_host::{Kind, Loader, Trust, plugin_name};

// Whoever has this program can look up what it takes.
nutshell_host::embed_facts!(jukebox_api::Interface);

/// A piano on paper: each note is a line.
struct Paper;

impl Piano for Paper {
    fn strike(&mut self, key: usize) {
        // `println!` panics if nobody takes the paper.
        never_unwind((), || println!("{}♪", " ".repeat(key)));
    }
}

/// What helps.
fn cure(kind: Kind) -> &'static str {
    match kind {
        Kind::Incompatible => "; build both anew",
        Kind::NotAPlugin => ", which `jukebox_api::plugin!` makes",
        Kind::AnybodyWrites => "; run chmod o-w on it",
        _ => "",
    }
}

fn main() {
    let mut words = env::args().skip(1);
    let folder = words.next().unwrap_or(".".to_owned());
    let mut loader = Loader::new(Trust::NoOthers);
    // SAFETY: the user names a folder whose libraries may run here.
    let loaded = unsafe { load::load(Path::new(&folder), &mut loader) };
    let (songs, refused) = loaded.unwrap_or_else(|refusal| {
        eprintln!("{}{}", printable(&refusal), cure(refusal.kind));
        exit(1)
    });
    for refusal in refused {
        let plugin = plugin_name(&refusal.path);
        let reason = format!("{plugin}: {}", refusal.reason);
        let cure = cure(refusal.kind);
        eprintln!("refused {}{cure}", printable(reason));
    }
    let Some(title) = words.next() else {
        for song in songs {
            println!("{}", printable(song.title()));
        }
        return;
    };
    let song = songs.iter().find(|song| song.title() == title);
    let Some(song) = song else {
        eprintln!("{title}: no plugin has this song");
        exit(2)
    };
    let mut error = String::new();
    let outcome = song.play(&mut Paper, &mut error);
    if outcome != Outcome::Done {
        eprintln!("{title}: {outcome:?}: {}", printable(error));
        exit(1)
    }
}
