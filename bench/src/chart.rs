//! The chart: the same work in C, Rust and Go as bars. Each group has a
//! scale of its own, which begins at zero.

use std::error::Error;

use anyhow::{Context, Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::results::{Figure, Results};
use crate::tables::number;

/// In the units of the drawing, as the deck's other drawings.
const SIZE: (u32, u32) = (1168, 516);

/// What is beside all of it, as in the deck's other drawings.
const MARGIN: i32 = 20;

/// Where the bars begin and the longest ends.
const BARS: (i32, i32) = (450, 960);

const FONT: &str = "Inter, DejaVu Sans, Segoe UI, sans-serif";

/// The deck's colours.
const TEXT: RGBColor = RGBColor(0xf4, 0xf1, 0xec);
const C: RGBColor = RGBColor(0xa9, 0xad, 0xb8);
const RUST: RGBColor = RGBColor(0xff, 0x8a, 0x4c);
const GO: RGBColor = RGBColor(0xff, 0xd0, 0x8a);
const PAGE: RGBColor = RGBColor(0x20, 0x22, 0x28);

/// The names that the deck has for them: it may be a light one. Blue and
/// teal are no language's: they are the host's and the plugin's.
const VARIABLES: [(RGBColor, &str); 5] = [
    (TEXT, "text"),
    (C, "muted"),
    (RUST, "rust"),
    (GO, "value"),
    (PAGE, "page"),
];

/// A figure, what to call it, and its ways in C, Rust and Go.
const GROUPS: [(&str, &str, [&str; 3]); 3] = [
    (
        "first-call",
        "open, look up, call",
        ["C opens C", "Rust opens Rust", "Go opens Go"],
    ),
    (
        "folder-",
        "load #",
        ["C: dlopen, dlsym", "Rust: Example 2", "Go"],
    ),
    ("size", "the file of one plugin", ["", "Rust", "Go"]),
];

/// As an SVG to be put into a page or a slide.
///
/// # Errors
/// If a figure is missing.
pub fn svg(results: &Results) -> Result<String> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, SIZE);
    let area = area.into_drawing_area();
    let mut top = 44;
    let mut said = Vec::new();
    for (name, title, ways) in GROUPS {
        let figure = find(results, name);
        let figure = figure.with_context(|| format!("no {name}"))?;
        let plugins = figure.name.trim_start_matches("folder-");
        let title = title.replace('#', &format!("{plugins} plugins"));
        let bars: Vec<_> = ways
            .iter()
            .zip([("C", C), ("Rust", RUST), ("Go", GO)])
            .filter_map(|(way, who)| Some((figure.row(way)?, who)))
            .collect();
        let mut words = Vec::new();
        let values = bars.iter().map(|(row, _)| row.value.median);
        let longest = values.fold(0.0, f64::max);
        text(&area, &title, (MARGIN, top), HPos::Left)?;
        for (row, (language, color)) in bars {
            let value = row.value.median;
            let label = label_of(value, &figure.unit);
            words.push(format!("{language} {label}"));
            let room = f64::from(BARS.1 - BARS.0);
            let end = BARS.0 + (room * value / longest).max(3.0) as i32;
            let corners = [(BARS.0, top - 17), (end, top + 17)];
            let bar = Rectangle::new(corners, color.filled());
            area.draw(&bar).map_err(failed)?;
            text(&area, language, (BARS.0 - 14, top), HPos::Right)?;
            text(&area, &label, (end + 14, top), HPos::Left)?;
            top += 46;
        }
        said.push(format!("{title}: {}", words.join(", ")));
        top += 20;
    }
    let note =
        "medians of fresh processes; each group has its own scale";
    label(&area, note, (MARGIN, top + 10), HPos::Left, &C)?;
    drop(area);
    let mut svg = svg.replacen('>', &format!(" {}", head(&said)), 1);
    for (color, variable) in VARIABLES {
        let RGBColor(r, g, b) = color;
        let color = format!("#{r:02X}{g:02X}{b:02X}");
        let fresh =
            format!("var(--{variable}, {})", color.to_lowercase());
        svg = svg.replace(&color, &fresh);
    }
    Ok(svg)
}

/// A time is in ms in all groups, so that they can be compared.
fn label_of(value: f64, unit: &str) -> String {
    match unit {
        "µs" => format!("{} ms", number(value / 1000.0)),
        unit => format!("{} {unit}", number(value)),
    }
}

/// The figure whose name begins so. If there are several, it is the one
/// with the most plugins that Go was measured with as often as others.
fn find<'a>(results: &'a Results, name: &str) -> Option<&'a Figure> {
    let all = results.figures.iter();
    let mut all = all.filter(|figure| figure.name.starts_with(name));
    let with_go = all.clone().rfind(|figure| {
        let go = figure.row("Go").map(|row| row.rounds);
        go.is_some_and(|rounds| rounds == figure.rows[0].rounds)
    });
    with_go.or(all.next_back())
}

/// What the drawing says of itself, and its ground.
fn head(said: &[String]) -> String {
    let said = said.join(". ");
    format!(
        "id=\"numbers\" role=\"img\" \
         aria-labelledby=\"numbers-t numbers-d\">\n\
         <title id=\"numbers-t\">C, Rust and Go side by side</title>\n\
         <desc id=\"numbers-d\">{said}</desc>\n\
         <rect width=\"{}\" height=\"{}\" rx=\"24\" fill=\"#202228\"/>",
        SIZE.0, SIZE.1
    )
}

fn text(
    area: &DrawingArea<SVGBackend, Shift>,
    words: &str,
    at: (i32, i32),
    align: HPos,
) -> Result<()> {
    label(area, words, at, align, &TEXT)
}

fn label(
    area: &DrawingArea<SVGBackend, Shift>,
    words: &str,
    at: (i32, i32),
    align: HPos,
    color: &RGBColor,
) -> Result<()> {
    // The backend divides by the height of a line.
    let font = (FONT, 30.0 * 1.24);
    let style = font.into_font().color(color);
    let style = style.pos(Pos::new(align, VPos::Center));
    area.draw_text(words, &style, at).map_err(failed)
}

fn failed(error: impl Error) -> anyhow::Error {
    anyhow!("the chart cannot be drawn: {error}")
}
