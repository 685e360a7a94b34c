//! The way of this talk: Rust's own types, guarded by a descriptor.

// ANCHOR: plugin
plugin_api::plugin!(register);

fn register(
    init: &mut plugin_api::Initializer,
    _: plugin_api::Logger,
) -> plugin_api::Result {
    init.command("shout", "say it loudly", |words, out| {
        Ok(write!(out, "{}!", words[0].to_uppercase())?)
    })?;
    Ok(())
}
// ANCHOR_END: plugin
