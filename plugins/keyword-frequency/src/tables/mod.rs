//! The tables, from the merged summary.

mod keyness;
mod neighbours;
mod nodes;
mod trends;
mod words;

#[cfg(test)]
pub(crate) use keyness::compared;
pub use keyness::{Comparison, Key};
#[cfg(test)]
pub(crate) use neighbours::pairs;
pub use neighbours::{Collocation, Ngram};
pub use nodes::{ArticleKeyword, Node};
#[cfg(test)]
pub(crate) use trends::series;
pub use trends::{TrendRow, TrendTest};
pub use words::Word;

use banmian_core::TableSink;

use crate::fuller::Fuller;
use crate::plan::Plan;
use crate::summary::Summary;

/// Writes all tables that the settings ask for.
pub(crate) fn write(plan: &Plan, summary: &Summary, out: &mut TableSink<'_>) {
    let words = Fuller::new(plan, summary);
    words::write(plan, &words, out);
    keyness::write(plan, &words, out);
    nodes::write(plan, summary, out);
    neighbours::write(plan, summary, &words, out);
    trends::write(plan, &words, out);
}

/// The first eight bytes of a word as a number: where those of two words differ, they are in the
/// order of the words.
fn beginning(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut first = [0; 8];
    let length = bytes.len().min(8);
    first[..length].copy_from_slice(&bytes[..length]);
    u64::from_be_bytes(first)
}

fn tag(bytes: &[u8; 4]) -> &str {
    let length = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[..length]).unwrap_or_default()
}

/// Six digits, for numbers that may be very small.
fn significant(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// Four decimals: what a reader can use, and the same digits on every platform.
fn rounded(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}
