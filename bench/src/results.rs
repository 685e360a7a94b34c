//! What `bench/results.json` holds. The numbers page of the book, its
//! chart and the deck's slide are made from nothing else.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Results {
    /// The day of the run, in UTC.
    pub date: String,
    pub machine: Machine,
    /// What the compilers say of themselves; none where there is none.
    pub rustc: String,
    pub cc: Option<String>,
    pub go: Option<String>,
    /// What compiled for WebAssembly, where anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wasm: Option<String>,
    pub figures: Vec<Figure>,
    pub goals: Vec<Goal>,
}

#[derive(Serialize, Deserialize)]
pub struct Machine {
    pub system: String,
    pub processor: String,
    pub threads: usize,
    /// In bytes.
    pub memory: u64,
}

/// One table: the same work in several ways.
#[derive(Serialize, Deserialize)]
pub struct Figure {
    pub name: String,
    /// Of all values.
    pub unit: String,
    pub rows: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
pub struct Row {
    pub way: String,
    pub value: Spread,
    /// How many times as much as the first row.
    pub ratio: Spread,
    /// How often it was measured.
    pub rounds: usize,
}

/// A median between its quartiles: half of all values lie there.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Spread {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

/// What we want to be true, and what was measured.
#[derive(Serialize, Deserialize)]
pub struct Goal {
    pub what: String,
    pub goal: String,
    pub ratio: Spread,
    pub met: bool,
}

impl Figure {
    /// The row of that way, if it was measured.
    pub fn row(&self, way: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.way == way)
    }
}
