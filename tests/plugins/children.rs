//! Starts the app itself, eight times at once, from its own threads.

use std::env;
use std::process::Command;
use std::thread;

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("children", "start eight programs", |_, out| {
        let app = env::current_exe()?;
        let child = || Command::new(&app).arg("--help").output();
        let ended = thread::scope(|scope| {
            let children = [(); 8].map(|()| scope.spawn(child));
            children.map(|child| child.join().expect("no panic"))
        });
        for output in ended {
            let output = output?;
            writeln!(
                out,
                "{}, {}",
                output.status,
                output.stdout.len()
            )?;
        }
        Ok(())
    })?;
    Ok(())
}
