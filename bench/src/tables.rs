//! The results as Markdown: for the terminal, and for the numbers page
//! of the book, which takes each table by its anchor.

use std::iter;

use crate::results::{Figure, Results, Row, Spread};

/// All tables, and what they were measured with.
pub fn markdown(results: &Results) -> String {
    let mut out =
        "<!-- Made by `make bench` from results.json. -->\n\n"
            .to_owned();
    let missing = "none, so it is left out";
    let others = [("C", &results.cc), ("Go", &results.go)].map(
        |(name, version)| (name, version.as_deref().unwrap_or(missing)),
    );
    add(&mut out, "machine", &machine(results, &others));
    add(&mut out, "goals", &goals(results));
    add(&mut out, "folder", &folders(results));
    for figure in &results.figures {
        if !figure.name.starts_with("folder-") {
            add(&mut out, &figure.name, &one(figure));
        }
    }
    out
}

/// The tables of the chapter on design decisions: all figures side by
/// side, then where they were taken.
pub fn alternatives(results: &Results) -> String {
    let mut out =
        "<!-- Made by `make bench-alternatives` from results.json. -->\n\n"
            .to_owned();
    let missing = "no target, so it is left out";
    let wasm = results.wasm.as_deref().unwrap_or(missing);
    let others = [("Rust for WebAssembly", wasm)];
    add(&mut out, "machine", &machine(results, &others));
    let figures = |names: &[&str]| {
        let all = results.figures.iter();
        let all = all.filter(|f| names.contains(&&*f.name));
        side_by_side(&all.collect::<Vec<_>>())
    };
    let run = figures(&["load", "call", "plugin", "host"]);
    add(&mut out, "run", &run);
    let build = figures(&["build", "rebuild", "crates"]);
    add(&mut out, "build", &build);
    out
}

/// A row for each way that any of the figures has, and a column for each
/// figure.
fn side_by_side(figures: &[&Figure]) -> String {
    let heads = figures.iter().map(|f| match f.name == f.unit {
        true => f.name.clone(),
        false => format!("{}, {}", f.name, f.unit),
    });
    let heads: Vec<_> =
        iter::once(String::new()).chain(heads).collect();
    let heads: Vec<_> = heads.iter().map(String::as_str).collect();
    let longest = figures.iter().max_by_key(|f| f.rows.len());
    let ways = longest.map(|figure| &figure.rows);
    let rows = ways.into_iter().flatten().map(|Row { way, .. }| {
        let cells = figures.iter().map(|figure| {
            figure.row(way).map_or_else(String::new, |row| match figure
                .name
                == figure.unit
            {
                true => format!("{:.0}", row.value.median),
                false => number(row.value.median),
            })
        });
        iter::once(way.clone()).chain(cells).collect()
    });
    table(&heads, rows)
}

fn add(out: &mut String, name: &str, text: &str) {
    *out += &format!(
        "<!-- ANCHOR: {name} -->\n{text}<!-- ANCHOR_END: {name} -->\n\n"
    );
}

/// Where it was measured, and with which compilers beside ours.
fn machine(results: &Results, others: &[(&str, &str)]) -> String {
    let machine = &results.machine;
    let gigabytes = machine.memory as f64 / 1e9;
    let lines = [
        ("day", &*results.date),
        ("processor", &*machine.processor),
        ("threads", &machine.threads.to_string()),
        ("memory", &format!("{gigabytes:.0} GB")),
        ("system", &machine.system),
        ("Rust", &results.rustc),
    ];
    let cells = |(name, value): &(&str, &str)| {
        vec![(*name).to_owned(), (*value).to_owned()]
    };
    table(&["", ""], lines.iter().chain(others).map(cells))
}

fn goals(results: &Results) -> String {
    let rows = results.goals.iter().map(|goal| {
        let met = if goal.met { "met" } else { "**missed**" };
        vec![
            goal.what.clone(),
            goal.goal.clone(),
            spread(&goal.ratio),
            met.to_owned(),
        ]
    });
    table(&["ratio", "goal", "measured", ""], rows)
}

fn one(figure: &Figure) -> String {
    let rows = figure.rows.iter().map(|row| {
        let Row { way, value, ratio, .. } = row;
        vec![way.clone(), spread(value), number(ratio.median)]
    });
    table(&["", &figure.unit, "ratio"], rows)
}

/// A row for each way, a column for each number of plugins: how long
/// one of them takes.
fn folders(results: &Results) -> String {
    let all: Vec<_> = results
        .figures
        .iter()
        .filter_map(|figure| {
            let plugins = figure.name.strip_prefix("folder-")?;
            Some((plugins.parse::<f64>().ok()?, figure))
        })
        .collect();
    let heads =
        all.iter().map(|(n, _)| format!("{n} plugins, µs each"));
    let heads: Vec<_> =
        iter::once(String::new()).chain(heads).collect();
    let heads: Vec<_> = heads.iter().map(String::as_str).collect();
    let ways = all.first().map(|(_, figure)| &figure.rows);
    let rows = ways.into_iter().flatten().map(|Row { way, .. }| {
        let cells = all.iter().map(|(plugins, figure)| {
            let row = figure.row(way).map(|row| row.value);
            let each = 1000.0 / plugins;
            row.map_or_else(String::new, |value| {
                spread(&Spread {
                    low: value.low * each,
                    median: value.median * each,
                    high: value.high * each,
                })
            })
        });
        iter::once(way.clone()).chain(cells).collect()
    });
    table(&heads, rows)
}

/// The median and, if there is more than one value, the quartiles.
fn spread(Spread { low, median, high }: &Spread) -> String {
    let one = number(*median);
    if low == high {
        return one;
    }
    format!("{one} ({} to {})", number(*low), number(*high))
}

/// With three digits that mean something.
pub fn number(value: f64) -> String {
    let places = match value {
        100.0.. => 0,
        10.0.. => 1,
        1.0.. => 2,
        _ => 3,
    };
    let text = format!("{value:.places$}");
    if places > 0 || text.len() < 4 {
        return text;
    }
    let (thousands, rest) = text.split_at(text.len() - 3);
    format!("{thousands},{rest}")
}

/// Padded, so that it can be read in a terminal as well. A column of
/// numbers is aligned to the right.
fn table(
    heads: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> String {
    let mut all: Vec<Vec<String>> =
        vec![heads.iter().map(|head| (*head).to_owned()).collect()];
    all.extend(rows);
    let width = |column: usize| {
        let cells = all.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default().max(3)
    };
    let widths: Vec<_> = (0..heads.len()).map(width).collect();
    let is_number = |row: &Vec<String>, column: usize| {
        row[column].starts_with(|first: char| first.is_ascii_digit())
    };
    let dashes = |(column, width): (usize, &usize)| match all[1..]
        .iter()
        .all(|row| is_number(row, column))
    {
        true => format!("{}:", "-".repeat(width - 1)),
        false => "-".repeat(*width),
    };
    let dashes = widths.iter().enumerate().map(dashes).collect();
    all.insert(1, dashes);
    let mut out = String::new();
    for row in all {
        out += "|";
        for (cell, width) in row.iter().zip(&widths) {
            out += &format!(" {cell:width$} |");
        }
        out += "\n";
    }
    out
}
