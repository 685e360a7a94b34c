//! Keeps what the plugins have registered, and the rule that a plugin
//! registers all of its commands or none.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use command_api::boundary::{Command, Host};
use command_api::nutshell_plugin::never_unwind;

/// A command, and the plugin that registered it.
pub struct Entry {
    pub plugin: String,
    pub help: String,
    pub command: &'static dyn Command,
}

/// All commands by name, and all plugins in the order in which they
/// registered, each with the names of its commands.
pub struct Registry {
    built_in: &'static [&'static str],
    commands: BTreeMap<String, Entry>,
    plugins: Vec<(String, Vec<String>)>,
}

impl Registry {
    /// An empty registry. The app itself has taken these names.
    pub fn new(built_in: &'static [&'static str]) -> Self {
        let (commands, plugins) = Default::default();
        Self { built_in, commands, plugins }
    }

    /// The command of that name.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.commands.get(name)
    }

    /// The names of all commands, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }

    /// Each plugin with the names and helps of its commands.
    pub fn by_plugin(
        &self,
    ) -> impl Iterator<Item = (&str, Vec<(&str, &str)>)> {
        self.plugins.iter().map(|(plugin, names)| {
            let own = names.iter().filter_map(|name| {
                Some((&**name, &*self.get(name)?.help))
            });
            (&**plugin, own.collect())
        })
    }

    /// Begins the registration of a plugin.
    pub fn transaction<'a>(
        &'a mut self,
        plugin: &'a str,
        folder: &'a Path,
    ) -> Transaction<'a> {
        let commands = BTreeMap::new();
        Transaction { registry: self, plugin, folder, commands }
    }

    /// Who has already taken the name.
    fn owner(&self, name: &str) -> Option<&str> {
        if self.built_in.contains(&name) {
            return Some("the app itself");
        }
        self.commands.get(name).map(|entry| entry.plugin.as_str())
    }
}

// ANCHOR: transaction
/// What one plugin has registered so far. If this is dropped without
/// [`commit`](Transaction::commit), nothing stays behind.
pub struct Transaction<'a> {
    registry: &'a mut Registry,
    plugin: &'a str,
    folder: &'a Path,
    commands: BTreeMap<String, Entry>,
}

impl Transaction<'_> {
    pub fn commit(self) {
        let names = self.commands.keys().cloned().collect();
        self.registry.plugins.push((self.plugin.to_owned(), names));
        self.registry.commands.extend(self.commands);
    }

    fn take(
        &mut self,
        name: &str,
        help: &str,
        command: &'static dyn Command,
    ) -> Result<(), String> {
        let plugin = self.plugin;
        if !is_word(name) {
            return Err(format!(
                "the name {name:.64?} of {plugin} is not a word of \
                 letters, digits, - and _"
            ));
        }
        let own = self.commands.contains_key(name).then_some(plugin);
        if let Some(owner) = own.or(self.registry.owner(name)) {
            return Err(format!(
                "the name {name} that {plugin} wants is taken by \
                 {owner}"
            ));
        }
        let (plugin, help) = (plugin.to_owned(), help.to_owned());
        let entry = Entry { plugin, help, command };
        self.commands.insert(name.to_owned(), entry);
        Ok(())
    }
}
// ANCHOR_END: transaction

// ANCHOR: host
impl Host for Transaction<'_> {
    fn plugin(&self) -> &str {
        self.plugin
    }

    fn folder(&self) -> &Path {
        self.folder
    }

    fn command(
        &mut self,
        name: &str,
        help: &str,
        command: &'static dyn Command,
        refusal: &mut dyn Write,
    ) -> bool {
        never_unwind(false, || match self.take(name, help, command) {
            Ok(()) => true,
            Err(reason) => {
                let _ = refusal.write_str(&reason);
                false
            }
        })
    }
}
// ANCHOR_END: host

/// A name that can be typed, and does not look like an option.
fn is_word(name: &str) -> bool {
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    (1..=64).contains(&name.len())
        && name.chars().all(is_part)
        && !name.starts_with(['-', '_'])
}
