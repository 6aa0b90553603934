//! Byte ranges into a page's clean text, the only way findings point at what they found.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A byte range `start..end` in the clean text of a page, on character bounds.
///
/// Four-byte offsets: a page of more than 4 GiB is refused long before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range `start..end`; panics if `end < start` or either exceeds 4 GiB.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a range must not end before it starts");
        let fit = |n: usize| u32::try_from(n).expect("pages are smaller than 4 GiB");
        TextRange { start: fit(start), end: fit(end) }
    }

    /// The same range for slicing a `str`.
    #[inline]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True if nothing lies in it.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `inner` lies wholly inside.
    #[inline]
    pub fn contains(self, inner: TextRange) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// True if the two share at least one byte.
    #[inline]
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The least range that holds both.
    #[inline]
    pub fn cover(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl std::fmt::Debug for TextRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
