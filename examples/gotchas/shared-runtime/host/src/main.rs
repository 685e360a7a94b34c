//! `shared-host PLUGIN QUESTION`: asks a plugin one question and prints
//! the answer. It is the same source in both models. Any other
//! word than those below asks the plugin for the name of its speaker.

use std::any::Any;
use std::env;
use std::error::Error;
use std::panic::catch_unwind;

use libloading::{Library, Symbol};
use shared_api::log::{self, LevelFilter};
use shared_api::{Settings, Speaker};

// ANCHOR: host
unsafe fn ask(
    plugin: &Library,
    question: &str,
) -> Result<String, libloading::Error> {
    // SAFETY: the caller's; it knows which plugin this is.
    Ok(unsafe {
        match question {
            "static" => {
                let count: Symbol<fn() -> usize> =
                    plugin.get("count")?;
                let ours = shared_api::visit();
                format!("host {ours}, plugin {}", count())
            }
            "log" => {
                log::set_max_level(LevelFilter::Info);
                let level: Symbol<fn() -> LevelFilter> =
                    plugin.get("level")?;
                level().to_string().to_lowercase()
            }
            "downcast" => {
                let settings: Symbol<fn() -> &'static dyn Any> =
                    plugin.get("settings")?;
                let settings = settings().downcast_ref::<Settings>();
                format!("{:?}", settings.map(|s| s.volume))
            }
            "panic" => {
                let fail: Symbol<fn()> = plugin.get("fail")?;
                let caught = catch_unwind(*fail).is_err();
                if caught { "caught" } else { "no panic" }.to_owned()
            }
            _ => {
                let speaker: Symbol<fn() -> &'static dyn Speaker> =
                    plugin.get("speaker")?;
                speaker().name().to_owned()
            }
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
    // SAFETY: our own plugin, without constructors.
    let plugin = unsafe { Library::new(plugin) }?;
    // SAFETY: the types are those of `shared-plugin`. One that was
    // built with another `Speaker` is asked on purpose.
    let answer = unsafe { ask(&plugin, &question.to_string_lossy()) }?;
    println!("{answer}");
    Ok(())
}
