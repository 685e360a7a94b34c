//! Measures several ways in turns, so that whatever else the machine
//! does hits all of them.

use anyhow::{Context, Result};

/// One way to do the work.
pub struct Way<'a, T> {
    pub name: String,
    /// Does the work once, and says what it took.
    pub measure: Box<dyn FnMut(usize) -> Result<T> + 'a>,
    /// In the first round only, and not to warm anything up: for work
    /// that takes too long.
    pub once: bool,
}

impl<'a, T> Way<'a, T> {
    pub fn new(
        name: &str,
        measure: impl FnMut(usize) -> Result<T> + 'a,
    ) -> Self {
        let measure = Box::new(measure);
        Self { name: name.to_owned(), measure, once: false }
    }
}

/// What one way took, with the numbers of the rounds.
pub struct Series<T = f64> {
    pub way: String,
    pub values: Vec<(usize, T)>,
}

impl<T> Series<T> {
    /// One number of each value.
    pub fn map(&self, number: impl Fn(&T) -> f64) -> Series {
        let values = self.values.iter();
        let values =
            values.map(|(round, value)| (*round, number(value)));
        Series { way: self.way.clone(), values: values.collect() }
    }
}

/// Measures each way in all rounds. One round more comes first:
/// it only warms the caches up.
pub fn run<T>(
    ways: &mut [Way<T>],
    rounds: usize,
) -> Result<Vec<Series<T>>> {
    let mut all: Vec<_> = ways
        .iter()
        .map(|way| Series { way: way.name.clone(), values: vec![] })
        .collect();
    for round in 0..=rounds {
        for turn in 0..ways.len() {
            // Nobody always goes first.
            let index = (turn + round) % ways.len();
            let way = &mut ways[index];
            if way.once && round != 1 {
                continue;
            }
            let value = (way.measure)(round)
                .with_context(|| way.name.clone())?;
            if round > 0 {
                all[index].values.push((round, value));
            }
        }
    }
    Ok(all)
}
