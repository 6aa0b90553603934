//! Figures that must not get worse unnoticed.
//!
//! `floors.toml` stands beside the pages and holds for each group what every figure must reach (an
//! error rate: must not pass). A test reads it; `cargo xtask drill --renew-floors` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use super::counts::{Counts, MEASURES};

/// How far below what was measured a floor lies: a change that gains elsewhere may cost a line or two.
const MARGIN: f64 = 0.02;

/// The name of the file beside the pages.
pub(super) const FILE: &str = "floors.toml";

/// Floors of all groups by the names of groups and figures.
#[cfg(test)]
type Floors = BTreeMap<String, BTreeMap<String, f64>>;

/// Writes floors for what was measured now.
pub(super) fn renew(folder: &Path, groups: &BTreeMap<String, Counts>) -> io::Result<()> {
    fs::write(folder.join(FILE), text(groups))
}

fn text(groups: &BTreeMap<String, Counts>) -> String {
    let mut text = format!(
        "# What layout must reach on these pages, by group: the figures of the day it was written, less\n\
         # {MARGIN} (error rates: and {MARGIN} more). A test reads it. Renewed by `cargo xtask drill --renew-floors`.\n"
    );
    for (name, counts) in groups {
        let _ = write!(text, "\n[{name}]\n");
        for measure in &MEASURES {
            if let Some(figure) = (measure.of)(counts) {
                let floor = if measure.is_error { figure + MARGIN } else { figure - MARGIN };
                let _ = writeln!(text, "{} = {:.3}", measure.name, floor.clamp(0.0, 1.0));
            }
        }
    }
    text
}

/// What falls short of its floor, told one by one.
#[cfg(test)]
pub(super) fn fallen(floors: &str, groups: &BTreeMap<String, Counts>) -> Vec<String> {
    let floors: Floors = toml::from_str(floors).expect("floors are TOML");
    let mut fallen = Vec::new();
    for (name, counts) in groups {
        let floors = floors.get(name).unwrap_or_else(|| panic!("{FILE} has no group `{name}`"));
        for measure in &MEASURES {
            let (Some(figure), Some(&floor)) = ((measure.of)(counts), floors.get(measure.name)) else {
                panic!("{FILE}, {name}: no `{}`", measure.name);
            };
            // Floors are written to three decimals.
            if (if measure.is_error { figure - floor } else { floor - figure }) > 0.0005 {
                fallen.push(format!("{name}: {} is {figure:.3}, its floor {floor:.3}", measure.name));
            }
        }
    }
    fallen
}

#[cfg(test)]
mod tests {
    use super::super::counts::{Share, Tally};
    use super::*;

    fn group(part: usize) -> BTreeMap<String, Counts> {
        let share = Share { part, whole: 100 };
        let tally = Tally { hits: part, given: 100, asked: 100 };
        let mut counts = Counts { articles: tally, attached: share, mains: share, slots: tally, ..Counts::default() };
        counts.bcubed.asked = 100;
        counts.bcubed.recall = part as f64;
        (counts.paragraphs, counts.headings, counts.bylines, counts.datelines) = (tally, tally, tally, share);
        (counts.verbatim, counts.verbatim_spaced, counts.edits, counts.edits_spaced) = (share, share, share, share);
        BTreeMap::from([("one".to_owned(), counts)])
    }

    #[test]
    fn floors_lie_a_little_below_what_was_measured() {
        let floors = text(&group(60));
        assert!(floors.contains("[one]\narticles_f1 = 0.580\n") && floors.contains("\ncer = 0.620\n"), "{floors}");
        assert!(fallen(&floors, &group(60)).is_empty());
        // .58 is not below .58; .57 is. Error rates of .57 are better than before.
        assert!(fallen(&floors, &group(58)).is_empty());
        let told = fallen(&floors, &group(57));
        assert_eq!(told[0], "one: articles_f1 is 0.570, its floor 0.580");
        assert!(told.iter().all(|t| !t.contains("cer")), "{told:?}");
        let worse = fallen(&floors, &group(63));
        assert_eq!(worse.len(), 2, "{worse:?}");
    }
}
