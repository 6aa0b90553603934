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

/// What is known of one word, in eight bytes: all words of a corpus that a thread has met lie side by side.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// The page that it was last seen on, and in the two lowest bits what it is.
    page_and_is: u32,
    /// Its index among the words of that page.
    place: u32,
}

impl Known {
    const NOTHING: Known = Known::on(0, Is::Open, 0);

    const fn on(page: u32, is: Is, place: u32) -> Known {
        Known { page_and_is: page << 2 | is as u32, place }
    }

    /// What the word is.
    #[inline]
    pub(crate) fn is(self) -> Is {
        match self.page_and_is & 3 {
            0 => Is::Open,
            1 => Is::Mark,
            2 => Is::Passed,
            _ => Is::Counted,
        }
    }
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
        if (self.plan, self.numbering) != (plan.name, numbering) || self.page == u32::MAX >> 2 {
            *self = KnownWords { words: std::mem::take(&mut self.words), plan: plan.name, numbering, page: 0 };
            self.words.clear();
        }
        self.page += 1;
    }

    /// What is known of the word with this number.
    #[inline]
    pub(crate) fn get(&self, number: u32) -> Known {
        self.words.get(number as usize).copied().unwrap_or(Known::NOTHING)
    }

    /// The index of the word among those of the page, if it was seen there.
    #[inline]
    pub(crate) fn place(&self, known: Known) -> Option<usize> {
        (known.page_and_is >> 2 == self.page).then_some(known.place as usize)
    }

    /// Notes what a word is; nothing of one without a number.
    pub(crate) fn note(&mut self, number: u32, is: Is) {
        if number == banmian_core::Token::NO_NUMBER {
            return;
        }
        let index = number as usize;
        if self.words.len() <= index {
            // Numbers go up one by one, so this is never much more than needed.
            self.words.resize(index + 1, Known::NOTHING);
        }
        self.words[index] = Known::on(0, is, 0);
    }

    /// Notes where a word that counts is among those of the page.
    #[inline]
    pub(crate) fn put(&mut self, number: u32, place: usize) {
        self.words[number as usize] = Known::on(self.page, Is::Counted, place as u32);
    }
}
