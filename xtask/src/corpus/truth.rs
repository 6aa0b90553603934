//! What is true of the made pages, in the form in which it is written beside them.
//!
//! An article has the fields that `banmian pages --format jsonl` gives it, and more that only the
//! maker of a page can know. Articles are numbered from 1 in the order in which their bodies begin
//! on the page, as the program numbers them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// A page: one line of `truth.jsonl`.
#[derive(Serialize)]
pub(super) struct PageTruth<'a> {
    pub(super) page: String,
    pub(super) paper: &'a str,
    pub(super) date: String,
    pub(super) edition: String,
    pub(super) articles: Vec<ArticleTruth<'a>>,
    pub(super) furniture: Vec<String>,
    pub(super) persons: Vec<Mention<'a>>,
    pub(super) formulations: Vec<FormulationMention<'a>>,
}

#[derive(Serialize)]
pub(super) struct ArticleTruth<'a> {
    pub(super) headline: &'a Headline,
    pub(super) byline: &'a [Byline],
    pub(super) dateline: &'a str,
    pub(super) kind: Kind,
    pub(super) paragraphs: Vec<ParagraphTruth>,
    pub(super) captions: &'a [String],
    pub(super) topic: &'static str,
    /// `page#article` that this one repeats; empty for an original.
    pub(super) reprint_of: &'a str,
}

#[derive(Serialize)]
pub(super) struct ParagraphTruth {
    pub(super) text: String,
    pub(super) heading: bool,
}

#[derive(Clone, Debug, Default, Serialize, PartialEq)]
pub(super) struct Headline {
    pub(super) kicker: String,
    pub(super) main: String,
    pub(super) deck: String,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
pub(super) struct Byline {
    pub(super) role: &'static str,
    pub(super) name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    News,
    Feature,
    Commentary,
    Photo,
    Briefs,
}

/// A person named with a role, as printed. Two roles are two of these.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub(super) struct Person {
    pub(super) person: String,
    pub(super) role: String,
    pub(super) organization: String,
    /// The organization with the name of its place, and the role, whatever is printed.
    pub(super) office: String,
}

/// A person of an article, by the number of the article.
#[derive(Serialize)]
pub(super) struct Mention<'a> {
    pub(super) article: usize,
    #[serde(flatten)]
    pub(super) person: &'a Person,
}

/// A formulation in an article.
#[derive(Serialize)]
pub(super) struct FormulationMention<'a> {
    pub(super) article: usize,
    pub(super) phrase: &'a str,
    pub(super) planted: bool,
}

/// The corpus: `truth-corpus.json`.
#[derive(Default, Serialize)]
pub(super) struct CorpusTruth {
    pub(super) pages: u64,
    pub(super) seed: u64,
    pub(super) articles: u64,
    /// All articles by month, the base of every rate.
    pub(super) articles_by_month: BTreeMap<String, u64>,
    pub(super) planted: Vec<PlantedTruth>,
    /// Mentions of each formulation of the lexicons.
    pub(super) lexicon_mentions: BTreeMap<String, u64>,
    pub(super) reprints: Vec<Reprint>,
    /// Office (organization with the name of the place, and role) → person → when seen.
    pub(super) offices: BTreeMap<String, BTreeMap<String, Seen>>,
}

/// A planted formulation.
#[derive(Default, Serialize)]
pub(super) struct PlantedTruth {
    pub(super) phrase: String,
    /// How it is spread: see docs/performance.md.
    pub(super) plan: &'static str,
    pub(super) mentions: u64,
    pub(super) articles: u64,
    pub(super) articles_without_reprints: u64,
    pub(super) papers: BTreeSet<String>,
    pub(super) first: String,
    pub(super) last: String,
    /// Articles by month.
    pub(super) by_month: BTreeMap<String, u64>,
}

/// An article and the one it repeats, as `page#article`.
#[derive(Serialize)]
pub(super) struct Reprint {
    pub(super) article: String,
    pub(super) of: String,
}

/// When and how often a person was seen in an office.
#[derive(Default, Serialize)]
pub(super) struct Seen {
    pub(super) mentions: u64,
    pub(super) first: String,
    pub(super) last: String,
}

impl Seen {
    pub(super) fn on(&mut self, date: &str) {
        self.mentions += 1;
        note_date(&mut self.first, &mut self.last, date);
    }
}

/// Widens a range of dates, which may be empty, to a date.
pub(super) fn note_date(first: &mut String, last: &mut String, date: &str) {
    if first.is_empty() || date < first.as_str() {
        date.clone_into(first);
    }
    if date > last.as_str() {
        date.clone_into(last);
    }
}
