//! How sure an article is, from the decisions that made it.

use std::fmt;

use crate::assign::Group;
use crate::blocks::{Block, Sort};
use crate::items::Item;

/// What tells how sure an article is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signs {
    /// Evidence for the least sure of its ends and of the gaps inside.
    cuts: f32,
    /// Evidence for its main headline, and how much more than for that line elsewhere; none without headline.
    headline: Option<(f32, f32)>,
    /// Paragraphs that break off or begin in mid-sentence.
    broken: usize,
    /// Opens with a dateline.
    lead: bool,
    /// Paragraphs.
    paragraphs: usize,
}

impl Signs {
    pub(crate) fn of(blocks: &[Block], item: &Item, group: &Group) -> Signs {
        let paras = || item.body.iter().map(|&b| &blocks[b]).filter(|b| b.sort == Sort::Para);
        Signs {
            cuts: item.sure.clamp(0.0, 5.0),
            headline: group.anchor.map(|_| (group.score.clamp(0.0, 8.0), group.ahead.clamp(-2.0, 6.0))),
            broken: paras().filter(|b| !b.opened || !b.closed).count(),
            lead: paras().next().is_some_and(|b| b.lead),
            paragraphs: paras().count(),
        }
    }

    /// The share of such articles that are right, in per cent.
    ///
    /// A logistic regression on some 1,500 articles of pages with truth (see docs/methods/layout.md), of whom one in
    /// eight was wrong.
    pub(crate) fn confidence(&self) -> u8 {
        let (score, ahead) = self.headline.unwrap_or_default();
        let odds = -2.45
            + 0.45 * self.cuts.min(3.5)
            + if self.headline.is_some() { 0.95 } else { 0.0 }
            + 0.22 * score.min(6.0)
            + 0.42 * ahead.min(3.0)
            - 1.4 * self.broken.min(2) as f32
            + if self.lead { 0.25 } else { 0.0 };
        (100.0 / (1.0 + (-odds).exp())).round() as u8
    }
}

impl fmt::Display for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "least sure cut {:.1}", self.cuts)?;
        match self.headline {
            Some((score, ahead)) => write!(f, ", headline {score:.1}, ahead of its next best place by {ahead:.1}")?,
            None => write!(f, ", no headline")?,
        }
        write!(f, ", {} of {} paragraphs broken off, lead {}", self.broken, self.paragraphs, self.lead)
    }
}
