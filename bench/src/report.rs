//! What the times say: medians, and how the ways compare.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

use crate::machine;
use crate::rounds::Times;
use crate::ways::Way;

/// One line of the table.
struct Row {
    times: Times,
    /// How many times as long as the first way takes: the median of all
    /// rounds, in each of which the two ran right after each other.
    ratio: f64,
}

pub struct Report {
    rows: Vec<Row>,
}

impl Report {
    pub fn new(times: Vec<Times>) -> Self {
        let mut floor = Vec::new();
        let mut rows = Vec::new();
        for times in times {
            if times.way == Way::ALL[0] {
                floor.clone_from(&times.rounds);
            }
            let pairs = times.rounds.iter().zip(&floor);
            let ratio = pairs.map(|(a, b)| a.div_duration_f64(*b));
            let ratio = median(ratio.collect());
            rows.push(Row { times, ratio });
        }
        Self { rows }
    }

    pub fn table(&self) -> String {
        let mut out = format!(
            "{:>7}  {:<11} {:>10} {:>10} {:>10} {:>10} {:>6} {:>7}\n",
            "plugins",
            "way",
            "median ms",
            "min ms",
            "max ms",
            "plugin µs",
            "ratio",
            "growth",
        );
        for row in &self.rows {
            let (min, max) = row.range();
            let growth = self.growth(row);
            let growth =
                growth.map_or("-".into(), |g| format!("{g:.2}"));
            let _ = writeln!(
                out,
                "{:>7}  {:<11} {:>10.3} {:>10.3} {:>10.3} {:>10.1} \
                 {:>6.2} {:>7}",
                row.times.plugins,
                row.times.way.name(),
                row.milliseconds(),
                min,
                max,
                row.per_plugin(),
                row.ratio,
                growth,
            );
        }
        let _ = writeln!(
            out,
            "\nratio: to {} with as many plugins\n\
             growth: of the time per plugin, to the line with fewer \
             plugins; 1.00 is linear",
            Way::ALL[0].name(),
        );
        if cfg!(debug_assertions) {
            out += "this is a debug build: measure with --release\n";
        }
        out
    }

    pub fn json(&self, plugin: &Path) -> Result<Value> {
        let rows = self.rows.iter().map(|row| {
            let (min, max) = row.range();
            json!({
                "plugins": row.times.plugins,
                "way": row.times.way.name(),
                "median_ms": rounded(row.milliseconds()),
                "min_ms": rounded(min),
                "max_ms": rounded(max),
                "per_plugin_us": rounded(row.per_plugin()),
                "ratio": rounded(row.ratio),
                "growth": self.growth(row).map(rounded),
            })
        });
        let rounds =
            self.rows.first().map(|row| row.times.rounds.len());
        Ok(json!({
            "date": machine::date(),
            "machine": machine::describe(),
            "rustc": machine::rustc(),
            "release": !cfg!(debug_assertions),
            "plugin_bytes": plugin.metadata()?.len(),
            "rounds": rounds,
            "results": rows.collect::<Vec<_>>(),
        }))
    }

    /// Of the time per plugin, from the next smaller number of plugins.
    fn growth(&self, row: &Row) -> Option<f64> {
        let fewer = self.rows.iter().rfind(|fewer| {
            fewer.times.way == row.times.way
                && fewer.times.plugins < row.times.plugins
        })?;
        Some(row.per_plugin() / fewer.per_plugin())
    }
}

impl Row {
    fn milliseconds(&self) -> f64 {
        median(self.times.rounds.iter().map(milliseconds).collect())
    }

    fn range(&self) -> (f64, f64) {
        let rounds = self.times.rounds.iter().map(milliseconds);
        let min = rounds.clone().fold(f64::INFINITY, f64::min);
        (min, rounds.fold(0.0, f64::max))
    }

    /// In microseconds.
    fn per_plugin(&self) -> f64 {
        self.milliseconds() * 1000.0 / self.times.plugins as f64
    }
}

fn milliseconds(time: &Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let (low, high) = ((values.len() - 1) / 2, values.len() / 2);
    (values[low] + values[high]) / 2.0
}

/// To three places.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
