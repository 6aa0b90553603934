//! The table `diffusion`: when each phrase is first seen in each paper, and how long after the centre.

use std::collections::BTreeMap;

use banmian_core::TableSink;

use crate::corpus::{Corpus, Use, written};
use crate::settings::Plan;
use crate::summary::PhraseRecord;

/// The level whose first date lags are counted from.
pub(crate) const CENTRE: &str = "centre";

/// Days at the beginning of a paper's pages in which a first date says little: the phrase may have stood in
/// pages before them.
const EDGE: i64 = 30;

banmian_core::table! {
    /// A phrase in a paper, phrase by phrase in the order of `phrases`, papers by first date. Only phrases of `least-articles` or more
    /// articles, and only dated pages.
    pub struct Arrival<'s> as "diffusion" {
        /// The form under which the phrase is counted.
        canonical: &'s str,
        /// How it was recognised.
        kind: &'static str,
        /// The paper, of all that have dated pages.
        paper: &'s str,
        /// Its level, as the suite says; empty if it does not.
        level: &'s str,
        /// Date of the first page of the paper with the phrase, as YYYY-MM-DD; empty if it has none.
        first_date: String,
        /// Days after the first date of all papers.
        lag: Option<i64>,
        /// Days after the first date in papers of the level `centre`, negative if before; empty if no such paper has it.
        lag_from_centre: Option<i64>,
        /// What is not known of the first date: `before`, if it lies in the first 30 days of the paper's pages, so that the phrase may be older there;
        /// `after`, if the phrase is not seen to the last page; else empty.
        censored: &'static str,
        /// Days of pages the paper has: from its first date to its last, or, for `after`, from the phrase's first date in any paper to the last
        /// page, negative if the paper ends before.
        observed: i64,
    }
}

/// Writes the table for phrases with so many articles.
pub(crate) fn write(plan: &Plan, corpus: &Corpus<'_>, phrases: &[(&PhraseRecord, &[Use])], out: &mut TableSink<'_>) {
    let mut spans: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (_, page) in corpus.pages.iter().filter(|(_, page)| page.date != 0) {
        let span = spans.entry(corpus.paper(page.paper)).or_insert((page.date, page.date));
        span.1 = page.date;
    }
    for (phrase, uses) in phrases {
        // Mentions come by date.
        let mut firsts: BTreeMap<&str, u32> = BTreeMap::new();
        for page in uses.iter().map(|u| corpus.pages[u.page as usize].1).filter(|p| p.date != 0) {
            firsts.entry(corpus.paper(page.paper)).or_insert(page.date);
        }
        let Some(&first) = firsts.values().min() else { continue };
        let level = |paper: &str| plan.levels.get(paper).map_or("", String::as_str);
        let centre = firsts.iter().filter(|(paper, _)| level(paper) == CENTRE).map(|(_, &date)| date).min();
        let mut rows: Vec<_> = spans.iter().map(|(&paper, &span)| (firsts.get(paper).copied(), paper, span)).collect();
        rows.sort_by_key(|&(date, paper, _)| (date.is_none(), date, paper));
        for (date, paper, (begin, end)) in rows {
            out.row(Arrival {
                canonical: &phrase.canonical,
                kind: phrase.kind.name(),
                paper,
                level: level(paper),
                first_date: written(date.unwrap_or(0)),
                lag: date.map(|date| days(date) - days(first)),
                lag_from_centre: date.zip(centre).map(|(date, centre)| days(date) - days(centre)),
                censored: match date {
                    None => "after",
                    Some(date) if days(date) - days(begin) < EDGE => "before",
                    Some(_) => "",
                },
                observed: days(end) - days(if date.is_none() { first } else { begin }),
            });
        }
    }
}

/// Days since the beginning of the calendar (civil date to day number, proleptic Gregorian).
fn days(date: u32) -> i64 {
    let (year, month, day) = (i64::from(date / 10_000), i64::from(date / 100 % 100), i64::from(date % 100));
    // Years from March on, so that the day of leap years comes last.
    let year = if month <= 2 { year - 1 } else { year };
    let since_march = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (153 * since_march + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    #[expect(clippy::inconsistent_digit_grouping, reason = "year, month and day apart")]
    fn days_between_dates_are_those_of_the_calendar() {
        assert_eq!(days(2024_03_01) - days(2024_02_28), 2);
        assert_eq!(days(2023_03_01) - days(2023_02_28), 1);
        assert_eq!(days(2000_01_01) - days(1949_10_01), 18_354);
    }
}
