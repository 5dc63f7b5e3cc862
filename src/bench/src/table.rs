//! The tables that are printed.

use crate::times::Times;

/// The head of a table whose rows begin with these three columns.
pub fn head(columns: [&str; 3]) {
    line(columns, ["p50", "p99", "a second"]);
}

/// A row.
pub fn row(columns: [&str; 3], times: &Times) {
    let figures = [
        format!("{:.2}", times.p50()),
        format!("{:.2}", times.p99()),
        format!("{:.0}", times.a_second()),
    ];
    line(columns, figures.each_ref().map(String::as_str));
}

fn line([first, second, third]: [&str; 3], [p50, p99, a_second]: [&str; 3]) {
    println!("{first:<16}{second:<24}{third:>12}{p50:>10}{p99:>10}{a_second:>12}");
}
