//! An analyzer that asks for words and does nothing with them.
//!
//! A run with it alone costs what every run costs: reading, layout, words, writing the engine's own
//! tables. What a real analyzer adds is measured against it, and it is the least that
//! [`Analyzer`] asks of anyone.

use banmian_core::{Analyzer, Fault, Manifest, Needs, Page, Resources, Summary, TableSink, Words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Finds nothing, at the cost of what it needs.
pub struct Empty;

/// Nothing can be set.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EmptySettings {}

/// Nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EmptySummary;

impl Summary for EmptySummary {
    fn merge(&mut self, _other: Self) {}
}

impl Analyzer for Empty {
    type Settings = EmptySettings;
    type Finding = ();
    type Summary = EmptySummary;

    const MANIFEST: Manifest = Manifest {
        name: "empty",
        version: 1,
        doc: "Nothing: what a run costs before any question is asked.",
        needs: Needs::Words,
        tables: &[],
    };

    fn new(_settings: EmptySettings, _files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        Ok(Empty)
    }

    fn analyze(&self, _page: &Page, words: &Words, _out: &mut Vec<()>) {
        // Kept from being optimised away, as it would be in a program that had no other analyzer.
        std::hint::black_box(words);
    }

    fn absorb(&self, _page: &Page, _findings: &[()], _into: &mut EmptySummary) {}

    fn tables(&self, _summary: &EmptySummary, _out: &mut TableSink<'_>) {}
}

#[cfg(test)]
mod tests {
    use banmian_core::Issue;

    use super::{Empty, EmptySettings};

    #[test]
    fn nothing_is_found_lawfully() {
        let empty: Empty = crate::build(EmptySettings::default());
        let readings = ["甲", "乙", "丙"].map(|id| crate::read(id, Issue::default(), "全县召开会议。"));
        crate::laws(&empty, &readings);
        assert!(crate::rows(&empty, &readings).is_empty());
    }
}
