//! What is known of words by their numbers, from page to page.
//!
//! Whether a word counts depends on the word alone, and most words of a page stood on earlier ones. So it
//! is asked once for each word that a thread meets, and not once for each token.

use crate::plan::Plan;

/// What a word is to a plan.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Is {
    /// Not known yet, or to be asked each time.
    Open,
    /// Punctuation or space.
    Mark,
    /// A word that does not count.
    Passed,
    /// A word that counts, in the form in which it is printed.
    Counted,
}

/// What is known of one word.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    pub(crate) is: Is,
    /// The page that it was last seen on.
    page: u32,
    /// Its index among the words of that page.
    place: u32,
}

/// Words of one numbering, as one plan sees them.
#[derive(Default)]
pub(crate) struct KnownWords {
    words: Vec<Known>,
    plan: u64,
    numbering: u64,
    /// The page at hand, from 1.
    page: u32,
}

impl KnownWords {
    /// Begins a page; forgets all if its numbers are of another numbering, or another plan asks.
    pub(crate) fn begin_page(&mut self, plan: &Plan, numbering: u64) {
        if (self.plan, self.numbering) != (plan.name, numbering) || self.page == u32::MAX {
            *self = KnownWords { words: std::mem::take(&mut self.words), plan: plan.name, numbering, page: 0 };
            self.words.clear();
        }
        self.page += 1;
    }

    /// What is known of the word with this number.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> Is {
        self.words.get(number as usize).map_or(Is::Open, |known| known.is)
    }

    /// The index of the word among those of the page, if it was seen there.
    #[inline]
    pub(crate) fn place(&self, number: u32) -> Option<usize> {
        let known = self.words[number as usize];
        (known.page == self.page).then_some(known.place as usize)
    }

    /// Notes what a word is; nothing of one without a number.
    pub(crate) fn note(&mut self, number: u32, is: Is) {
        if number == banmian_core::Token::NO_NUMBER {
            return;
        }
        let index = number as usize;
        if self.words.len() <= index {
            // Numbers go up one by one, so this is never much more than needed.
            self.words.resize(index + 1, Known { is: Is::Open, page: 0, place: 0 });
        }
        self.words[index].is = is;
    }

    /// Notes where a known word is among those of the page.
    #[inline]
    pub(crate) fn put(&mut self, number: u32, place: usize) {
        let known = &mut self.words[number as usize];
        (known.page, known.place) = (self.page, place as u32);
    }
}
