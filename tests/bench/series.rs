//! One figure of several runs.

use std::time::Duration;

use crate::measure::Cost;
use crate::table::{megabytes, time};

/// A figure of a run, in seconds or bytes.
pub(crate) type Of = fn(&Cost) -> Option<f64>;

/// A form of a figure of several runs, as text.
pub(crate) type ShowSeries = fn(&Series) -> String;

pub(crate) fn wall(cost: &Cost) -> Option<f64> {
    Some(cost.wall.as_secs_f64())
}

pub(crate) fn cpu(cost: &Cost) -> Option<f64> {
    cost.cpu.map(|cpu| cpu.as_secs_f64())
}

pub(crate) fn peak(cost: &Cost) -> Option<f64> {
    cost.peak.map(|peak| peak as f64)
}

/// The figures of several runs, lowest first; empty if unknown.
pub(crate) struct Series(pub(crate) Vec<f64>);

impl Series {
    pub(crate) fn of(costs: &[Cost], of: Of) -> Series {
        let mut values: Vec<f64> = costs.iter().filter_map(of).collect();
        values.sort_by(f64::total_cmp);
        Series(values)
    }

    pub(crate) fn median(&self) -> Option<f64> {
        self.0.get(self.0.len() / 2).copied()
    }

    /// Returns what 19 cases of 20 take at most.
    pub(crate) fn late(&self) -> Option<f64> {
        self.0.get(self.0.len() * 19 / 20).copied()
    }

    pub(crate) fn show(&self, one: impl Fn(f64) -> String) -> String {
        match (self.median(), self.0.as_slice()) {
            (Some(median), [low, .., high]) => {
                format!("{} ({} – {})", one(median), one(*low), one(*high))
            }
            (Some(median), _) => one(median),
            (None, _) => "n/a".to_string(),
        }
    }
}

pub(crate) fn seconds(costs: &[Cost]) -> Series {
    Series::of(costs, wall)
}

pub(crate) fn figure(series: &Series) -> String {
    series.show(|value| time(Duration::from_secs_f64(value)))
}

pub(crate) fn size_figure(series: &Series) -> String {
    series.show(megabytes)
}
