//! The words of a page, counted by their numbers.
//!
//! Whether a word counts depends on the word alone, and most words of a page stood on earlier ones. So it
//! is asked once for each word that a thread meets, and not once for each token. And as tokens of all kinds are mixed,
//! so that a processor guesses wrong whatever is asked of each, what counts and what does not is counted alike,
//! and told apart when the page is read.

use banmian_core::{Pos, TextRange, Token};

use crate::plan::Plan;

/// What a word is to a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Is {
    /// Not known yet, or a word that may count for another and is counted by its letters.
    Open,
    /// Punctuation or space.
    Mark,
    /// A word that does not count.
    Passed,
    /// A word that counts, in the form in which it is printed.
    Counted,
}

/// What is known of a word, and what is counted of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tally {
    /// Occurrences in the cell.
    pub(crate) count: u32,
    /// Articles of the cell that it occurs in.
    pub(crate) articles: u32,
    /// Most occurrences in one article, or in unattached text.
    pub(crate) most: u32,
    /// Occurrences in the article it was last seen in.
    here: u32,
    /// The article it was last seen in; `u32::MAX` for unattached text, a number less for none yet.
    last_article: u32,
    pub(crate) is: Is,
    /// True if it was seen on the page.
    seen: bool,
    /// True once an earlier cell of the page was told of it.
    pub(crate) told: bool,
}

/// What fills room for tokens.
const NO_TOKEN: Token = Token { range: TextRange { start: 0, end: 0 }, pos: Pos::new(""), number: Token::NO_NUMBER };

/// No article was seen yet.
const NO_ARTICLE: u32 = u32::MAX - 1;

impl Tally {
    /// Nothing is counted of such a word.
    pub(crate) const fn of(is: Is) -> Self {
        Tally { count: 0, articles: 0, most: 0, here: 0, last_article: NO_ARTICLE, is, seen: false, told: false }
    }

    /// Counts an occurrence in this article; `u32::MAX` for unattached text. True for the first of the page.
    #[inline(always)]
    pub(crate) fn occur(&mut self, article: u32) -> bool {
        // Pieces of an article are together, so it is enough to look at the last one.
        let goes_on = article == self.last_article;
        self.last_article = article;
        self.count += 1;
        self.articles += u32::from(!goes_on & (article != u32::MAX));
        self.here = self.here * u32::from(goes_on) + 1;
        self.most = self.most.max(self.here);
        !std::mem::replace(&mut self.seen, true)
    }

    /// Begins a new cell, after one that is told.
    pub(crate) fn begin_cell(&mut self) {
        *self = Tally { seen: true, told: true, ..Tally::of(self.is) };
    }
}

/// Words of one numbering, as one plan sees them.
#[derive(Default)]
pub(crate) struct Tallies {
    by_number: Vec<Tally>,
    /// Where each word of the page stands first. Longer than it is filled, so that a token is put there without
    /// asking whether it belongs there.
    firsts: Vec<Token>,
    n_firsts: usize,
    plan: u64,
    numbering: u64,
}

impl Tallies {
    /// Begins a page of so many tokens; forgets all if its numbers are of another numbering, or another plan asks.
    pub(crate) fn begin_page(&mut self, plan: &Plan, numbering: u64, n_tokens: usize) {
        if (self.plan, self.numbering) != (plan.name, numbering) {
            (self.plan, self.numbering) = (plan.name, numbering);
            self.by_number.clear();
        }
        if self.firsts.len() <= n_tokens {
            self.firsts.resize(n_tokens + 1, NO_TOKEN);
        }
    }

    /// Counts tokens of an article up to the first whose word is open: how many of them, and how many of these are no marks.
    #[inline]
    pub(crate) fn count(&mut self, tokens: &[Token], article: u32) -> (usize, u32) {
        let (by_number, firsts, mut n_firsts) = (&mut *self.by_number, &mut *self.firsts, self.n_firsts);
        let (mut counted, mut n_words) = (0, 0);
        for token in tokens {
            let Some(tally) = by_number.get_mut(token.number as usize) else { break };
            if tally.is == Is::Open {
                break;
            }
            n_words += u32::from(tally.is != Is::Mark);
            firsts[n_firsts] = *token;
            n_firsts += usize::from(tally.occur(article));
            counted += 1;
        }
        self.n_firsts = n_firsts;
        (counted, n_words)
    }

    /// What a word is, by its number.
    pub(crate) fn what_is(&self, number: u32) -> Is {
        self.by_number.get(number as usize).map_or(Is::Open, |tally| tally.is)
    }

    /// Notes what a word is.
    pub(crate) fn note(&mut self, number: u32, is: Is) {
        let index = number as usize;
        if self.by_number.len() <= index {
            // Numbers go up one by one, so this is never much more than needed.
            self.by_number.resize(index + 1, Tally::of(Is::Open));
        }
        self.by_number[index].is = is;
    }

    /// Notes the first place of a word that is counted by its letters.
    pub(crate) fn note_first(&mut self, token: &Token) {
        let first = Token { number: Token::NO_NUMBER, ..*token };
        match self.firsts.get_mut(self.n_firsts) {
            Some(place) => *place = first,
            None => self.firsts.push(first),
        }
        self.n_firsts += 1;
    }

    /// Hands over the words of the page by first occurrence: the first token of each, and what was counted of it; those
    /// that are counted by their letters without a number, and nothing.
    pub(crate) fn each(&mut self, mut take: impl FnMut(Token, Option<&mut Tally>)) {
        for first in &self.firsts[..self.n_firsts] {
            take(*first, self.by_number.get_mut(first.number as usize));
        }
    }

    /// Ends the page.
    pub(crate) fn end_page(&mut self) {
        self.each(|_, tally| {
            if let Some(tally) = tally {
                *tally = Tally::of(tally.is);
            }
        });
        self.n_firsts = 0;
    }
}
