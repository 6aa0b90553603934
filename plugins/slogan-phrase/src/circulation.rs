//! The table `phrases`: how each phrase circulates.

use std::cmp::Reverse;

use banmian_core::TableSink;

use crate::corpus::{Corpus, Use, written};
use crate::settings::Plan;
use crate::statistics::{rounded, share, wilson};
use crate::summary::PhraseRecord;
use crate::tables::{entry, is_plain};

banmian_core::table! {
    /// Each phrase and how it circulates, the most frequent first.
    pub struct Phrase<'s> as "phrases" {
        /// The form under which it is counted.
        canonical: &'s str,
        /// How it was recognised: `fixed`, `numbered`, `quoted`, `couplet` or `series`.
        kind: &'static str,
        /// The formulation it belongs to; empty if none.
        family: &'s str,
        /// Its field; empty if none.
        theme: &'s str,
        /// Mentions.
        count: u64,
        /// Articles with a mention.
        articles: u64,
        /// Pages with a mention.
        pages: u64,
        /// Different sentences it stands in: the count without reprints.
        sentences: u64,
        /// Articles with a mention that are no reprints.
        original_articles: u64,
        /// Their share of all articles that are no reprints.
        share: f64,
        /// Lower bound of the interval of 95 % for the share (Wilson).
        share_low: f64,
        /// Upper bound.
        share_high: f64,
        /// Grade of the share by the cut-offs of the suite; with `?` where the lower bound does not reach the cut-off.
        grade: String,
        /// Papers with a mention.
        papers: u64,
        /// Places of the datelines of articles with a mention.
        places: u64,
        /// Months with a mention.
        months: u64,
        /// Mentions in kicker, main headline or deck.
        headline_count: u64,
        /// Mentions elsewhere: section headings, body, captions, unattached text.
        body_count: u64,
        /// Earliest date of a page with a mention, as YYYY-MM-DD; empty if no such page is dated.
        first_date: String,
        /// Latest date.
        last_date: String,
        /// Paper of the first of these pages in the order of dates and names.
        first_paper: &'s str,
    }
}

/// A phrase, by its key, with its mentions.
pub(crate) type Form<'c, 's> = (u64, &'s PhraseRecord, &'c [Use]);

/// Phrases and plain policy words by the number of their mentions, then in order of code points.
pub(crate) fn sorted<'c, 's>(corpus: &'c Corpus<'s>) -> Vec<Form<'c, 's>> {
    let mut forms: Vec<Form<'_, '_>> = corpus.phrases().collect();
    // The report shows the head of the table.
    forms.sort_by_key(|(_, phrase, uses)| (Reverse(uses.len()), &phrase.canonical, phrase.kind));
    forms
}

/// Those that are no plain policy words.
pub(crate) fn mentioned<'c, 's>(plan: &Plan, forms: &[Form<'c, 's>]) -> Vec<(&'s PhraseRecord, &'c [Use])> {
    forms.iter().filter(|(_, phrase, _)| !is_plain(plan, phrase)).map(|&(_, phrase, uses)| (phrase, uses)).collect()
}

/// Writes the table.
pub(crate) fn write<'s>(
    plan: &'s Plan,
    corpus: &Corpus<'s>,
    phrases: &[(&'s PhraseRecord, &[Use])],
    out: &mut TableSink<'_>,
) {
    let originals = corpus.originals() as u64;
    for (phrase, uses) in phrases {
        out.row(row(plan, corpus, originals, phrase, uses));
    }
}

fn row<'s>(plan: &'s Plan, corpus: &Corpus<'s>, originals: u64, phrase: &'s PhraseRecord, uses: &[Use]) -> Phrase<'s> {
    let entry = entry(plan, phrase.entry);
    let articles: Vec<_> = corpus.articles_of(uses).map(|(_, article)| article).collect();
    let fresh = articles.iter().filter(|a| !a.reprint).count() as u64;
    let (low, high) = wilson(fresh, originals);
    let headline = uses.iter().filter(|u| u.headline).count();
    // Mentions come page by page, dated pages first and by date.
    let page = |u: &Use| corpus.pages[u.page as usize].1;
    let dated = uses.partition_point(|u| page(u).date != 0);
    let date = |u: Option<&Use>| u.map_or_else(String::new, |u| written(page(u).date));
    Phrase {
        canonical: &phrase.canonical,
        kind: phrase.kind.name(),
        family: entry.map_or("", |e| plan.phrases.family(e)),
        theme: entry.map_or("", |e| e.theme),
        count: uses.len() as u64,
        articles: articles.len() as u64,
        pages: different(uses.iter().map(|u| u64::from(u.page))),
        sentences: different(uses.iter().map(|u| u.sentence)),
        original_articles: fresh,
        share: rounded(share(fresh, originals)),
        share_low: rounded(low),
        share_high: rounded(high),
        grade: grade(plan, share(fresh, originals), low),
        papers: different(uses.iter().map(|u| page(u).paper).filter(|&paper| !corpus.paper(paper).is_empty())),
        places: different(articles.iter().map(|a| a.record.place).filter(|&place| place != 0)),
        months: different(uses[..dated].iter().map(|u| u64::from(page(u).date / 100))),
        headline_count: headline as u64,
        body_count: (uses.len() - headline) as u64,
        first_date: date(uses[..dated].first()),
        last_date: date(uses[..dated].last()),
        first_paper: uses.first().map_or("", |u| corpus.paper(page(u).paper)),
    }
}

/// The grade of a share whose interval begins at `low`; marked where only the share itself reaches it.
pub(crate) fn grade(plan: &Plan, share: f64, low: f64) -> String {
    let reaches = |x: f64, least: u32| x * 10_000.0 >= f64::from(least);
    let Some((least, name)) = plan.grades.iter().find(|(least, _)| reaches(share, *least)) else {
        return String::new();
    };
    if reaches(low, *least) { name.clone() } else { format!("{name}?") }
}

/// How many different numbers there are.
fn different(mut numbers: impl Iterator<Item = u64>) -> u64 {
    // Most phrases have one mention.
    let (Some(first), second) = (numbers.next(), numbers.next()) else { return 0 };
    let Some(second) = second else { return 1 };
    let mut numbers: Vec<u64> = [first, second].into_iter().chain(numbers).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() as u64
}
