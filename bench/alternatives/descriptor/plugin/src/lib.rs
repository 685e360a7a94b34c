//! The way of this talk: Rust's own types, guarded by a descriptor.

// ANCHOR: plugin
command_api::plugin!(register);

fn register(
    init: &mut command_api::Initializer,
    _: command_api::Logger,
) -> command_api::Result {
    init.command("shout", "say it loudly", |words, out| {
        Ok(write!(out, "{}!", words[0].to_uppercase())?)
    })?;
    Ok(())
}
// ANCHOR_END: plugin
