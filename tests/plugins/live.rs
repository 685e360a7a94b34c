//! Code that only a table of methods, a generic function or a static
//! refers to, some of it under names that are not ASCII. A linker that
//! took it for dead would break the command.

use std::any::{Any, TypeId};
use std::backtrace::Backtrace;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use command_api::{Initializer, Level, Logger, Result};

command_api::plugin!(register);

trait Animal {
    fn name(&self) -> String;

    fn call(&self) -> String {
        format!("{} says nothing", self.name())
    }
}

struct Crab;

struct Tagged<const TAG: char, T>(T);

impl Animal for Crab {
    fn name(&self) -> String {
        "crab".to_owned()
    }
}

impl<const TAG: char, T: Display> Animal for Tagged<TAG, T> {
    fn name(&self) -> String {
        format!("{TAG}{}", self.0)
    }

    fn call(&self) -> String {
        größe(&self.0)
    }
}

/// How long it is when it is shown.
#[inline(never)]
fn größe<T: Display>(shown: &T) -> String {
    format!("{shown}: {}", shown.to_string().len())
}

/// Never called, so there is no code of it.
#[expect(dead_code, reason = "that it is no obstacle is the point")]
fn never<T: Default>() -> T {
    T::default()
}

static LETTERS: LazyLock<BTreeMap<char, &str>> = LazyLock::new(|| {
    ["&$@;/:+,?", "{^}%`]", "\">[~<#|"]
        .map(|text| (text.chars().next().expect("not empty"), text))
        .into()
});

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("live", "call what nothing else calls", |_, out| {
        let animals: [Box<dyn Animal>; 3] = [
            Box::new(Crab),
            Box::new(Tagged::<'|', _>(1.5)),
            Box::new(Tagged::<'@', _>("baz,omitempty")),
        ];
        for animal in animals {
            writeln!(out, "{}: {}", animal.name(), animal.call())?;
        }
        for letter in "\u{e4}\"&".chars() {
            writeln!(out, "{letter}: {:?}", LETTERS.get(&letter))?;
        }
        let any: Box<dyn Any> = Box::new(Crab);
        Ok(writeln!(out, "a crab: {}", any.is::<Crab>())?)
    })?;
    init.command("type-id", "tell the id of a type", |_, out| {
        Ok(writeln!(out, "{:?}", TypeId::of::<Level>())?)
    })?;
    init.command("lines", "tell which code called this", |_, out| {
        Ok(writeln!(out, "{}", Backtrace::force_capture())?)
    })?;
    Ok(())
}
