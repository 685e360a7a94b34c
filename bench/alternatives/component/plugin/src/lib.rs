//! A WebAssembly component: its interface is `plugin.wit`.

// ANCHOR: plugin
wit_bindgen::generate!({ world: "plugin", path: "../plugin.wit" });

struct Voice;

impl Guest for Voice {
    fn shout(text: String) -> String {
        format!("{}!", text.to_uppercase())
    }
}

export!(Voice);
// ANCHOR_END: plugin
