//! The median and the 99th percentile of many times beside a goal, as cells of the table that a benchmark prints.

use std::time::Duration;

/// The median and the 99th percentile, milliseconds; none without times.
pub fn middle_and_end(times: &mut [Duration]) -> Option<(f64, f64)> {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    (!times.is_empty()).then(|| (at(50), at(99)))
}

/// `goal | median | p99 | held`, with the goal in milliseconds.
pub fn cells(goal: Option<f64>, (median, end): (f64, f64)) -> String {
    let (goal, held) = match goal {
        Some(goal) => (format!("{goal} ms"), if end <= goal { "held" } else { "MISSED" }),
        None => ("–".to_owned(), ""),
    };
    format!("{goal} | {median:.2} ms | {end:.2} ms | {held}")
}
