//! What is known of any number of pages: for each phrase its counts, dates and sentences.

use std::collections::{BTreeMap, BTreeSet};

use banmian_core::Summary;
use serde::{Deserialize, Serialize};

use crate::finding::Kind;

/// Phrases by canonical form and kind, and the denominators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrases {
    /// Pages read.
    pub pages: u64,
    /// Articles read.
    pub articles: u64,
    /// Canonical form and kind → what is known of it.
    pub phrases: BTreeMap<(String, Kind), Circulation>,
}

/// How one phrase circulates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circulation {
    /// Number of its entry over all lexicons; none for what only a rule found.
    pub entry: Option<u32>,
    /// Mentions.
    pub count: u64,
    /// Articles with a mention.
    pub articles: u64,
    /// Pages with a mention.
    pub pages: u64,
    /// Mentions in kicker, main headline or deck.
    pub headline: u64,
    /// Mentions anywhere else.
    pub body: u64,
    /// Earliest date of a page with a mention; none while no dated page has one.
    pub first_date: Option<String>,
    /// Latest date.
    pub last_date: Option<String>,
    /// Keys of the sentences it stands in.
    pub sentences: BTreeSet<u64>,
}

impl Summary for Phrases {
    fn merge(&mut self, other: Self) {
        self.pages += other.pages;
        self.articles += other.articles;
        for (key, circulation) in other.phrases {
            self.phrases.entry(key).or_default().merge(circulation);
        }
    }
}

impl Circulation {
    /// Notes a date of a page with a mention; an empty one says nothing.
    pub fn seen_on(&mut self, date: &str) {
        if date.is_empty() {
            return;
        }
        if self.first_date.as_deref().is_none_or(|first| date < first) {
            self.first_date = Some(date.to_owned());
        }
        if self.last_date.as_deref().is_none_or(|last| date > last) {
            self.last_date = Some(date.to_owned());
        }
    }

    fn widen(&mut self, first: Option<String>, last: Option<String>) {
        self.first_date = [self.first_date.take(), first].into_iter().flatten().min();
        self.last_date = self.last_date.take().max(last);
    }

    fn merge(&mut self, other: Self) {
        // The least, so that the order of merging does not matter; all mentions of one canonical form
        // carry the same entry anyway.
        self.entry = [self.entry, other.entry].into_iter().flatten().min();
        self.count += other.count;
        self.articles += other.articles;
        self.pages += other.pages;
        self.headline += other.headline;
        self.body += other.body;
        self.widen(other.first_date, other.last_date);
        self.sentences.extend(other.sentences);
    }
}
