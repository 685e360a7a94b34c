//! From many values to a few.

use statrs::statistics::{Data, Max, Min, OrderStatistics};

use crate::results::{Figure, Row, Spread};
use crate::rounds::Series;

impl Spread {
    /// Of values in any order, at least one of them.
    pub fn of(values: Vec<f64>) -> Self {
        let mut data = Data::new(values);
        let median = data.median();
        // The quartiles of very few values would lie outside of them.
        let (min, max) = (data.min(), data.max());
        let low = data.lower_quartile().clamp(min, median);
        let high = data.upper_quartile().clamp(median, max);
        Self { low, median, high }
    }
}

/// How many times as much `a` is as `b` in each round in which both
/// were measured, one after the other. Whatever else the machine did in
/// a round slowed both down.
pub fn ratios(a: &Series, b: &Series) -> Series {
    let ratios = a.values.iter().filter_map(|(round, value)| {
        let same = b.values.iter().find(|value| value.0 == *round);
        Some((*round, value / same?.1))
    });
    Series { way: a.way.clone(), values: ratios.collect() }
}

/// The same, in the middle.
pub fn ratio(a: &Series, b: &Series) -> Spread {
    let ratios = ratios(a, b).values;
    Spread::of(ratios.into_iter().map(|(_, ratio)| ratio).collect())
}

/// The table of several ways. The first is the one that others are
/// compared with; `scale` turns what was measured into the unit.
pub fn figure(
    name: &str,
    unit: &str,
    scale: f64,
    all: &[Series],
) -> Figure {
    let rows = all.iter().map(|series| {
        let values = series.values.iter().map(|value| value.1 * scale);
        Row {
            way: series.way.clone(),
            value: Spread::of(values.collect()),
            ratio: ratio(series, &all[0]),
            rounds: series.values.len(),
        }
    });
    let rows = rows.collect();
    Figure { name: name.into(), unit: unit.into(), rows }
}
