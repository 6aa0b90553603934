//! What is counted on a page, and the figures that follow.
//!
//! Counts of several pages are added before they are divided, so that every character and every
//! headline weighs the same, whatever page it stands on.

use std::iter::Sum;
use std::ops::AddAssign;

/// Things found, given in answer and asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    /// Right ones.
    pub(super) hits: usize,
    /// All that were given in answer.
    pub(super) given: usize,
    /// All that should have been given.
    pub(super) asked: usize,
}

/// A part of a whole: right ones of all that were asked, or edits of all characters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Share {
    /// The part.
    pub(super) part: usize,
    /// The whole.
    pub(super) whole: usize,
}

/// Sums over characters for B-cubed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cubed {
    /// Sum of the precisions of the characters given.
    pub(super) precision: f64,
    /// Sum of the recalls of the characters asked.
    pub(super) recall: f64,
    /// Characters given, but neutral ones.
    pub(super) given: usize,
    /// Characters asked.
    pub(super) asked: usize,
}

impl Tally {
    /// The harmonic mean of precision and recall; none where nothing was asked and nothing given.
    pub(super) fn f1(self) -> Option<f64> {
        if self.given == 0 && self.asked == 0 {
            return None;
        }
        let rate = |whole: usize| if whole == 0 { 0.0 } else { self.hits as f64 / whole as f64 };
        Some(harmonic(rate(self.given), rate(self.asked)))
    }
}

impl Share {
    /// The part of the whole; none where there is no whole.
    pub(super) fn ratio(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }
}

impl Cubed {
    /// The harmonic mean of B-cubed precision and recall; none where there is no text at all.
    pub(super) fn f1(self) -> Option<f64> {
        if self.given == 0 && self.asked == 0 {
            return None;
        }
        let mean = |sum: f64, n: usize| if n == 0 { 0.0 } else { sum / n as f64 };
        Some(harmonic(mean(self.precision, self.given), mean(self.recall, self.asked)))
    }
}

/// F1: the harmonic mean of precision and recall (C. J. van Rijsbergen, *Information Retrieval*,
/// 1979, with both weighing the same).
fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// All that is counted on a page or on several. What each counts is told in `measures`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counts {
    pub(super) articles: Tally,
    pub(super) bcubed: Cubed,
    pub(super) attached: Share,
    pub(super) mains: Share,
    pub(super) slots: Tally,
    pub(super) paragraphs: Tally,
    pub(super) headings: Tally,
    pub(super) bylines: Tally,
    pub(super) datelines: Share,
    pub(super) verbatim: Share,
    pub(super) verbatim_spaced: Share,
    pub(super) edits: Share,
    pub(super) edits_spaced: Share,
}

/// A figure of a page or of several.
pub(super) struct Measure {
    /// Its name.
    pub(super) name: &'static str,
    /// The head of its column in the table, where room is short.
    pub(super) head: &'static str,
    /// True if 0 is perfect, not 1.
    pub(super) is_error: bool,
    /// The figure, 0 to 1; none if there is nothing that it could tell of.
    pub(super) of: fn(&Counts) -> Option<f64>,
}

/// All figures, in the order of tables.
pub(super) const MEASURES: [Measure; 13] = [
    success("articles_f1", "articles", |c| c.articles.f1()),
    success("bcubed_f1", "bcubed", |c| c.bcubed.f1()),
    success("headline_attach", "attach", |c| c.attached.ratio()),
    success("main_exact", "main", |c| c.mains.ratio()),
    success("slot_f1", "slots", |c| c.slots.f1()),
    success("para_f1", "paras", |c| c.paragraphs.f1()),
    success("heading_f1", "headings", |c| c.headings.f1()),
    success("byline_f1", "bylines", |c| c.bylines.f1()),
    success("dateline_acc", "datelines", |c| c.datelines.ratio()),
    success("verbatim", "verbatim", |c| c.verbatim.ratio()),
    success("verbatim_ws", "verb_ws", |c| c.verbatim_spaced.ratio()),
    error("cer", "cer", |c| c.edits.ratio()),
    error("cer_ws", "cer_ws", |c| c.edits_spaced.ratio()),
];

/// A figure that is 1 where all is right.
const fn success(name: &'static str, head: &'static str, of: fn(&Counts) -> Option<f64>) -> Measure {
    Measure { name, head, is_error: false, of }
}

/// A figure that is 0 where all is right.
const fn error(name: &'static str, head: &'static str, of: fn(&Counts) -> Option<f64>) -> Measure {
    Measure { name, head, is_error: true, of }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.hits += other.hits;
        self.given += other.given;
        self.asked += other.asked;
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Share) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

impl AddAssign for Cubed {
    fn add_assign(&mut self, other: Cubed) {
        self.precision += other.precision;
        self.recall += other.recall;
        self.given += other.given;
        self.asked += other.asked;
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.articles += other.articles;
        self.bcubed += other.bcubed;
        self.attached += other.attached;
        self.mains += other.mains;
        self.slots += other.slots;
        self.paragraphs += other.paragraphs;
        self.headings += other.headings;
        self.bylines += other.bylines;
        self.datelines += other.datelines;
        self.verbatim += other.verbatim;
        self.verbatim_spaced += other.verbatim_spaced;
        self.edits += other.edits;
        self.edits_spaced += other.edits_spaced;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), |mut sum, counts| {
            sum += counts;
            sum
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_the_harmonic_mean() {
        // Precision 2/4, recall 2/3: 2·(1/2)·(2/3) / (7/6) = 4/7.
        let tally = Tally { hits: 2, given: 4, asked: 3 };
        assert!((tally.f1().unwrap() - 4.0 / 7.0).abs() < 1e-12);
        assert_eq!(Tally { hits: 0, given: 0, asked: 3 }.f1(), Some(0.0));
        assert_eq!(Tally { hits: 0, given: 3, asked: 0 }.f1(), Some(0.0));
        assert_eq!(Tally::default().f1(), None);
        assert_eq!(Share::default().ratio(), None);
        assert_eq!(Cubed::default().f1(), None);
    }

    #[test]
    fn counts_are_added_before_they_are_divided() {
        // 1 of 1 and 1 of 3: 2 of 4, not the mean of 1 and 1/3.
        let counts = |part, whole| Counts { mains: Share { part, whole }, ..Counts::default() };
        let sum: Counts = [counts(1, 1), counts(1, 3)].into_iter().sum();
        assert_eq!(sum.mains.ratio(), Some(0.5));
    }
}
