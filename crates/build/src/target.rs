//! The target, and the names of the features that a processor for this
//! target may have.
//!
//! Cargo gives a build script the stem of a custom target's JSON file,
//! but not its path. Two files with the same stem differ in what Cargo
//! reports about the target (`CARGO_CFG_TARGET_*`). A target is built
//! in if the compiler, given its name, reports the same as Cargo.

use crate::compiler::Compiler;
use crate::hash::Hash;
use crate::{Result, unset};
use std::collections::{BTreeMap, BTreeSet};
use std::env;

/// The properties of a target: `target_os` and the like, and the values
/// of each. `target_feature` is left out, because `-C` flags change it.
type Properties = BTreeMap<String, BTreeSet<String>>;

pub struct Target {
    /// The triple; for a custom target, with a hash.
    pub name: String,
    triple: Option<String>,
}

impl Target {
    pub fn of_this_build(compiler: &Compiler) -> Result<Self> {
        let triple = env::var("TARGET").map_err(|_| unset("TARGET"))?;
        let variables = env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let mine = from_cargo(variables);
        // The compiler refuses a name that it does not know.
        let arguments = ["--print", "cfg", "--target", &triple];
        let builtin = compiler.ask(&arguments);
        if builtin
            .is_ok_and(|text| is_same(&mine, &from_compiler(&text)))
        {
            return Ok(Self {
                name: triple.clone(),
                triple: Some(triple),
            });
        }
        let hash = hash(&mine);
        Ok(Self {
            name: format!("{triple} (custom, {hash:016x})"),
            triple: None,
        })
    }

    /// The names that `cfg(target_feature = "…")` knows. For a custom
    /// target, whose file only Cargo knows, these are the names of all
    /// targets; features of other targets are simply not set.
    pub fn features(&self, compiler: &Compiler) -> Result<Vec<String>> {
        let names = match &self.triple {
            Some(triple) => listed(&compiler.ask(&[
                "--print",
                "target-features",
                "--target",
                triple,
            ])?),
            // Unstable, as custom targets are.
            None => expected(&compiler.ask(&[
                "-Zunstable-options",
                "--print=check-cfg",
                "--check-cfg=cfg()",
            ])?),
        };
        match names {
            Some(names) if !names.is_empty() => Ok(names),
            _ => Err(format!(
                "rustc: its list of target features for {} cannot be \
                 read; this compiler needs a newer nutshell-build",
                self.name
            )),
        }
    }
}

fn from_cargo(
    variables: impl Iterator<Item = (String, String)>,
) -> Properties {
    let mut properties = Properties::new();
    for (name, value) in variables {
        if let Some(name) = name.strip_prefix("CARGO_CFG_")
            && is_property(&name.to_lowercase())
        {
            let values = value.split(',').filter(|it| !it.is_empty());
            let values = values.map(String::from).collect();
            properties.insert(name.to_lowercase(), values);
        }
    }
    properties
}

/// Reads `rustc --print cfg`: lines like `unix` and `target_os="linux"`.
fn from_compiler(text: &str) -> Properties {
    let mut properties = Properties::new();
    for line in text.lines() {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        if is_property(name) {
            let values = properties.entry(name.into()).or_default();
            let value = value.trim_matches('"');
            values.extend((!value.is_empty()).then(|| value.into()));
        }
    }
    properties
}

/// Compares what both sides have. Cargo keeps what it was told, but a
/// compiler that may use unstable features reports more.
fn is_same(mine: &Properties, builtin: &Properties) -> bool {
    mine.iter().all(|(name, values)| {
        name.starts_with("target_has_atomic")
            || builtin.get(name).is_none_or(|other| values == other)
    })
}

fn is_property(name: &str) -> bool {
    name.starts_with("target_") && name != "target_feature"
}

fn hash(properties: &Properties) -> u64 {
    let mut hash = Hash::new();
    for (name, values) in properties {
        hash.text(b'k', name);
        values.iter().for_each(|value| hash.text(b'v', value));
    }
    hash.finish()
}

/// Reads `rustc --print target-features`. Its first list has the names
/// that Rust knows; a `cfg` cannot use the names that only LLVM knows.
fn listed(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines();
    lines
        .find(|line| line.starts_with("Features supported by rustc"))?;
    let names = lines
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_whitespace().next());
    Some(sorted(names))
}

/// Reads `cfg(target_feature, values("adx", "aes"))` among the lines of
/// `rustc --print check-cfg`.
fn expected(text: &str) -> Option<Vec<String>> {
    let mut lines = text.lines();
    let values = lines.find_map(|line| {
        line.strip_prefix("cfg(target_feature, values(")
    })?;
    Some(sorted(values.split('"').skip(1).step_by(2)))
}

/// Leaves out `crt-static`, which is not a feature of a processor.
fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let names = names.filter(|name| *name != "crt-static");
    let names: BTreeSet<_> = names.map(String::from).collect();
    names.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{expected, from_cargo, from_compiler, hash, listed};

    fn cargo(
        variables: &[(&'static str, &'static str)],
    ) -> super::Properties {
        let variables = variables.iter();
        from_cargo(variables.map(|(k, v)| ((*k).into(), (*v).into())))
    }

    #[test]
    fn cargo_and_the_compiler_describe_a_target_alike() {
        let cargo = cargo(&[
            ("CARGO_CFG_TARGET_OS", "linux"),
            ("CARGO_CFG_TARGET_ABI", ""),
            ("CARGO_CFG_TARGET_HAS_ATOMIC", "16,8,ptr"),
            ("CARGO_CFG_TARGET_FEATURE", "sse,sse2"),
            ("CARGO_CFG_UNIX", ""),
            ("TARGET", "x"),
        ]);
        let compiler = from_compiler(
            "debug_assertions\ntarget_abi=\"\"\ntarget_feature=\"sse3\"\n\
             target_has_atomic\ntarget_has_atomic=\"8\"\n\
             target_has_atomic=\"16\"\ntarget_has_atomic=\"ptr\"\n\
             target_os=\"linux\"\nunix\n",
        );
        assert_eq!(cargo, compiler);
        assert_eq!(cargo.len(), 3);
    }

    #[test]
    fn two_files_of_one_stem_do_not_look_alike() {
        let one = cargo(&[("CARGO_CFG_TARGET_OS", "linux")]);
        let two = cargo(&[("CARGO_CFG_TARGET_OS", "none")]);
        assert_ne!(hash(&one), hash(&two));
        assert_eq!(hash(&one), hash(&one));
    }

    #[test]
    fn features_are_those_that_rust_knows() {
        let text = "Features supported by rustc for this target:\n    \
                    sse4.1   - Enable SSE4.1.\n    aes - Enable AES.\n    \
                    crt-static - Enables C Run-time Libraries.\n\n\
                    Code-generation features supported by LLVM for this \
                    target:\n    16bit-mode - 16-bit mode (i8086).\n";
        assert_eq!(listed(text).unwrap(), ["aes", "sse4.1"]);
        assert_eq!(listed("Available features:\n aes\n"), None);
    }

    #[test]
    fn a_custom_target_gets_the_names_of_all_targets() {
        let text = "cfg(target_env, values(\"\"))\n\
                    cfg(target_feature, values(\"aes\", \"crt-static\", \
                    \"neon\"))\ncfg(unix, values(none()))\n";
        assert_eq!(expected(text).unwrap(), ["aes", "neon"]);
        assert_eq!(expected("cfg(unix, values(none()))"), None);
    }
}
