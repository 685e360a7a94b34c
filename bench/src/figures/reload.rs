//! What a reload costs: a filter is loaded again and again, and nothing
//! of it is ever unloaded.

use std::path::Path;

use anyhow::Result;

use super::{Figures, bytes, own};
use crate::builds;
use crate::process::{Sample, run};
use crate::rounds::{self, Series, Way};

// ANCHOR: generations
/// What one more generation takes is the difference between these two
/// numbers of generations: whatever the first one brings is in both.
const FEW: usize = 10;
const MANY: usize = 110;
// ANCHOR_END: generations

impl Figures {
    /// Example 3: memory and time of one more generation of a filter,
    /// beside the size of its file.
    pub fn reload(&mut self) -> Result<()> {
        let profiles = [
            ("release", builds::cargo("grey", &["--release"])?),
            ("debug", builds::cargo("grey", &[])?),
        ];
        let mut ways = Vec::new();
        for (_, plugin) in &profiles {
            for generations in [FEW, MANY] {
                ways.push(Way::new("grey", move |_| {
                    let mut command = own("reload");
                    run(command
                        .arg(generations.to_string())
                        .arg(plugin))
                }));
            }
        }
        let all = rounds::run(&mut ways, self.rounds)?;
        drop(ways);
        let files: Vec<(String, &Path)> = profiles
            .iter()
            .map(|(name, file)| {
                (format!("file, {name}"), file.as_ref())
            })
            .collect();
        let files = files.iter().map(|(name, file)| (&**name, *file));
        let (mut memory, mut time) = (bytes(files)?, Vec::new());
        for ((profile, _), pair) in profiles.iter().zip(all.chunks(2)) {
            let name = format!("one more generation, {profile}");
            memory.push(growth(&name, pair, |sample| sample.memory));
            time.push(growth(&name, pair, |sample| sample.nanoseconds));
        }
        self.add("reload", "kB", 1e-3, &memory);
        self.add("reload-time", "ms", 1e-6, &time);
        Ok(())
    }
}

/// What one generation takes, in each round.
fn growth(
    name: &str,
    few_and_many: &[Series<Sample>],
    number: impl Fn(&Sample) -> f64,
) -> Series {
    let [few, many] = [0, 1].map(|at| few_and_many[at].map(&number));
    let each = |(few, many): (&(usize, f64), &(usize, f64))| {
        (few.0, (many.1 - few.1) / (MANY - FEW) as f64)
    };
    let values = few.values.iter().zip(&many.values).map(each);
    Series { way: name.to_owned(), values: values.collect() }
}
