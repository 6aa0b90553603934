//! What the single rules hand over, before overlaps are settled.

use crate::finding::Kind;

/// A candidate mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Entry of a lexicon.
    pub(crate) entry: Option<u32>,
    /// A core formulation: stays inside any other mention.
    pub(crate) core: bool,
    /// A formulation of several members: 团结一致，艰苦奋斗.
    pub(crate) joined: bool,
    /// The half of a couplet, which stays beside the couplet.
    pub(crate) half: bool,
}

impl Found {
    pub(crate) fn new(kind: Kind, start: usize, end: usize) -> Self {
        Found { kind, start, end, entry: None, core: false, joined: false, half: false }
    }

    pub(crate) fn contains(&self, other: &Found) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(crate) fn overlaps(&self, other: &Found) -> bool {
        self.start < other.end && other.start < self.end
    }
}
