//! Why the page was read as it was: a list of decisions, for people.
//!
//! Reasons are only worded when somebody asked for them; the ordinary run pays nothing.

use std::ops::RangeInclusive;

use crate::glyphs::Raw;

/// One decision of the layout: a join, an attachment, or a refusal.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// First and last raw line it is about, from 1.
    pub lines: RangeInclusive<u32>,
    /// What was done, in a word: `join`, `split`, `headline`, `section`, `unattached` …
    pub action: &'static str,
    /// How sure it was; above 0 speaks for the action, and more is surer.
    pub score: f32,
    /// Why, in a sentence.
    pub reason: String,
}

/// Collects decisions, or does nothing.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) decisions: Option<Vec<Decision>>,
}

impl Log {
    /// Notes a decision about some lines. `reason` is only called if somebody listens.
    pub(crate) fn say(
        &mut self,
        raw: &Raw,
        lines: &[u32],
        action: &'static str,
        score: f32,
        reason: impl FnOnce() -> String,
    ) {
        let Some(decisions) = &mut self.decisions else { return };
        let numbers = lines.iter().map(|&l| raw.lines[l as usize].raw);
        let (Some(first), Some(last)) = (numbers.clone().min(), numbers.max()) else { return };
        decisions.push(Decision { lines: first..=last, action, score, reason: reason() });
    }

    /// True if reasons are wanted.
    pub(crate) fn wanted(&self) -> bool {
        self.decisions.is_some()
    }
}

impl std::fmt::Display for Decision {
    /// `lines 12–14 headline (3.2): both halves of the kicker occur in this body`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (first, last) = (self.lines.start(), self.lines.end());
        if first == last {
            write!(f, "line {first}")?;
        } else {
            write!(f, "lines {first}–{last}")?;
        }
        write!(f, " {} ({:.1}): {}", self.action, self.score, self.reason)
    }
}
