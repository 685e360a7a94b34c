//! `shared-host PLUGIN QUESTION`: asks a plugin one question, and prints
//! the answer. It is the same source in both models.

use std::any::Any;
use std::env;
use std::error::Error;
use std::panic::catch_unwind;
use std::path::Path;

use libloading::Library;
use shared_api::{Settings, Speaker};

// ANCHOR: host
fn ask(
    plugin: &Path,
    question: &str,
) -> Result<String, Box<dyn Error>> {
    // SAFETY: our own plugin, without constructors.
    let plugin = unsafe { Library::new(plugin) }?;
    // SAFETY: for all: the plugin exports it with this type, unless it
    // was built with another `Speaker`.
    Ok(unsafe {
        match question {
            "static" => {
                let ours = shared_api::visit();
                let theirs = plugin.get::<fn() -> usize>("count")?();
                format!("host {ours}, plugin {theirs}")
            }
            "log" => {
                log::set_max_level(log::LevelFilter::Info);
                let level =
                    plugin.get::<fn() -> log::LevelFilter>("level")?();
                level.to_string().to_lowercase()
            }
            "downcast" => {
                let value = plugin
                    .get::<fn() -> &'static dyn Any>("settings")?(
                );
                let value = value.downcast_ref::<Settings>();
                format!("{:?}", value.map(|settings| settings.volume))
            }
            "panic" => {
                let fail = *plugin.get::<fn()>("fail")?;
                let caught = catch_unwind(fail).is_err();
                if caught { "caught" } else { "no panic" }.to_owned()
            }
            "name" => {
                let speaker = plugin
                    .get::<fn() -> &'static dyn Speaker>("speaker")?(
                );
                speaker.name().to_owned()
            }
            _ => "no such question".to_owned(),
        }
    })
}
// ANCHOR_END: host

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args_os().skip(1);
    let (Some(plugin), Some(question)) = (words.next(), words.next())
    else {
        return Err("usage: shared-host PLUGIN QUESTION".into());
    };
    let answer = ask(plugin.as_ref(), &question.to_string_lossy())?;
    println!("{answer}");
    Ok(())
}
