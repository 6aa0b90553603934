//! The table `timeline`: each phrase in each period, and where it rises, falls or falls silent.
//!
//! A period is tested against all before it, on articles without reprints: the base rate is what the
//! phrase had until then. Many tests are made, so what stands is decided over all of them at once.

use std::collections::BTreeMap;

use banmian_core::TableSink;

use crate::circulation::grade;
use crate::corpus::{Corpus, Use};
use crate::settings::{Period, Plan};
use crate::statistics::{Factorials, rounded, share, threshold, wilson};
use crate::summary::PhraseRecord;

/// Articles below which a period is thin: an interval is then wider than .3 around a half.
const THIN: u64 = 40;

/// The share of marks that may be false.
const FALSE_MARKS: f64 = 0.01;

banmian_core::table! {
    /// A phrase in a period, phrase by phrase in the order of `phrases`. Only phrases of `least-articles` or more articles, and only dated pages.
    pub struct Moment<'s> as "timeline" {
        /// The form under which the phrase is counted.
        canonical: &'s str,
        /// How it was recognised.
        kind: &'static str,
        /// Year (2022), quarter (2022-Q4) or month (2022-11), as the suite says.
        period: &'s str,
        /// Articles with a mention that are no reprints.
        articles: u64,
        /// All articles of the period that are no reprints.
        of: u64,
        /// The first as a share of the second.
        share: f64,
        /// Lower bound of the interval of 95 % for the share (Wilson).
        share_low: f64,
        /// Upper bound.
        share_high: f64,
        /// Grade of the share, see `phrases`.
        grade: String,
        /// Articles expected at the rate of all periods before; empty in the first period.
        expected: Option<f64>,
        /// `rise`, `fall`, or `silence` (a fall to nothing) against all periods before, where chance makes at most one in a hundred of
        /// such marks; else empty.
        change: &'static str,
        /// How probable so few or so many articles are at the base rate (Fisher's exact test, the smaller of both sides); empty in the first period.
        probability: Option<f64>,
        /// Fewer than 40 articles in the period: its share tells little.
        thin: bool,
    }
}

/// A row before it is known which tests stand.
struct Draft {
    articles: u64,
    of: u64,
    /// Articles with the phrase in all periods before, and all articles there.
    before: (u64, u64),
    probability: Option<f64>,
    fewer: bool,
}

/// Writes the table for phrases with so many articles.
pub(crate) fn write(plan: &Plan, corpus: &Corpus<'_>, phrases: &[(&PhraseRecord, &[Use])], out: &mut TableSink<'_>) {
    let mut sizes: BTreeMap<u32, u64> = BTreeMap::new();
    for article in corpus.articles.iter().filter(|a| !a.reprint) {
        if let Some(period) = period(plan.period, corpus.page_of(article).1.date) {
            *sizes.entry(period).or_default() += 1;
        }
    }
    let names: Vec<String> = sizes.keys().map(|&p| written(plan.period, p)).collect();
    let all: u64 = sizes.values().sum();
    let factorials = Factorials::up_to(all);
    let mut tests = Vec::new();
    let mut lines: Vec<Vec<Draft>> = Vec::with_capacity(phrases.len());
    for (_, uses) in phrases {
        let mut hits: BTreeMap<u32, u64> = BTreeMap::new();
        for (_, article) in corpus.articles_of(uses).filter(|(_, a)| !a.reprint) {
            if let Some(period) = period(plan.period, corpus.page_of(article).1.date) {
                *hits.entry(period).or_default() += 1;
            }
        }
        let mut before = (0, 0);
        let line = sizes.iter().map(|(period, &of)| {
            let articles = hits.get(period).copied().unwrap_or(0);
            let draft = draft(&factorials, articles, of, before);
            before = (before.0 + articles, before.1 + of);
            tests.extend(draft.probability);
            draft
        });
        lines.push(line.collect());
    }
    let stands = threshold(&mut tests, FALSE_MARKS);
    for ((phrase, _), line) in phrases.iter().zip(lines) {
        for (draft, name) in line.iter().zip(&names) {
            let (low, high) = wilson(draft.articles, draft.of);
            let marked = draft.probability.is_some_and(|p| stands.is_some_and(|most| p <= most));
            out.row(Moment {
                canonical: &phrase.canonical,
                kind: phrase.kind.name(),
                period: name,
                articles: draft.articles,
                of: draft.of,
                share: rounded(share(draft.articles, draft.of)),
                share_low: rounded(low),
                share_high: rounded(high),
                grade: grade(plan, share(draft.articles, draft.of), low),
                expected: draft.probability.map(|_| rounded(share(draft.before.0, draft.before.1) * draft.of as f64)),
                change: match (marked, draft.fewer, draft.articles) {
                    (false, ..) => "",
                    (true, true, 0) => "silence",
                    (true, true, _) => "fall",
                    (true, false, _) => "rise",
                },
                probability: draft.probability.map(rounded),
                thin: draft.of < THIN,
            });
        }
    }
}

fn draft(factorials: &Factorials, articles: u64, of: u64, before: (u64, u64)) -> Draft {
    let (all_hits, all) = (before.0 + articles, before.1 + of);
    // By cross products, so that no rounding decides.
    let fewer = articles * before.1 < before.0 * of;
    let probability = (before.1 > 0).then(|| factorials.tail(articles, of, all_hits, all, fewer));
    Draft { articles, of, before, probability, fewer }
}

/// The period of a date; none for no date.
fn period(period: Period, date: u32) -> Option<u32> {
    let (year, month) = (date / 10_000, date / 100 % 100);
    (date != 0).then_some(match period {
        Period::Year => year,
        Period::Quarter => year * 10 + month.div_ceil(3),
        Period::Month => year * 100 + month,
    })
}

fn written(period: Period, number: u32) -> String {
    match period {
        Period::Year => format!("{number:04}"),
        Period::Quarter => format!("{:04}-Q{}", number / 10, number % 10),
        Period::Month => format!("{:04}-{:02}", number / 100, number % 100),
    }
}
