//! The measures: how near an answer comes to the truth of its page.
//!
//! Figures compare folded text (see `fold`), and bodies by the alignment of their characters (see
//! `align`). Each function counts one thing; `counts` makes figures of the counts.

use std::collections::{BTreeMap, BTreeSet};

use super::align::Piece;
use super::comparison::{Comparison, LIKE, SAME, Slots, best_reading};
use super::counts::{Counts, Cubed, Share, Tally};
use super::fold;
use super::truth::{Article, PageTruth, Paragraph};

/// A main headline of at least so many characters counts as attached if it stands within a line.
const TELLING: usize = 6;
/// The characters of a paragraph's beginning that may tell where it begins in the truth.
const BEGINNING: usize = 4;

/// All counts of a page.
pub(super) fn measure(truth: &PageTruth, answer: &[Article]) -> Counts {
    let c = Comparison::new(truth, answer);
    Counts {
        articles: articles(&c),
        bcubed: bcubed(&c),
        attached: attached(&c),
        mains: mains(&c),
        slots: slots(&c),
        paragraphs: paragraph_starts(&c),
        headings: headings(&c),
        bylines: bylines(&c),
        datelines: datelines(&c),
        verbatim: verbatim(&c, fold::closed),
        verbatim_spaced: verbatim(&c, fold::spaced),
        edits: edits(&c, fold::closed, ""),
        edits_spaced: edits(&c, fold::spaced, " "),
    }
}

/// `articles_f1`: articles matched one to one whose bodies have at least half of their characters
/// in common (Jaccard index; the usual threshold for found objects in images, where it is called
/// intersection over union: M. Everingham et al., The PASCAL visual object classes challenge, 2010).
fn articles(c: &Comparison<'_>) -> Tally {
    let hits = c.overlaps.one_to_one().into_iter().flatten().filter(|&(_, index)| index >= SAME).count();
    Tally { hits, given: c.answer.len(), asked: c.truth.articles.len() }
}

/// `bcubed_f1`: for a character, precision is the share of its article in the answer that belongs to
/// its article in the truth, and recall the share of its article in the truth that its article in
/// the answer holds; means over characters (A. Bagga and B. Baldwin, Algorithms for scoring
/// coreference chains, 1998). A character without twin has precision or recall 0; neutral
/// text is left out.
fn bcubed(c: &Comparison<'_>) -> Cubed {
    let mut cubed =
        Cubed { given: c.overlaps.answer.iter().sum(), asked: c.overlaps.truth.iter().sum(), ..Cubed::default() };
    for (&(t, a), &shared) in &c.overlaps.shared {
        // Each of the shared characters shares its article with all of them.
        let squared = (shared * shared) as f64;
        cubed.precision += squared / c.overlaps.answer[a] as f64;
        cubed.recall += squared / c.overlaps.truth[t] as f64;
    }
    cubed
}

/// For each article of the truth the best reading of its headline, and the headline of its partner.
fn headlines(c: &Comparison<'_>) -> impl Iterator<Item = (Slots, Slots)> {
    c.pairs().map(|(article, partner)| {
        let answer = partner.map_or_else(Slots::default, |a| Slots::of(&a.headline));
        (best_reading(article, &answer), answer)
    })
}

/// `headline_attach`: main headlines that the partner has in any slot: a line of it, or all lines
/// together, is like the main headline (edit similarity at least .8) or, from six characters
/// on, holds it.
fn attached(c: &Comparison<'_>) -> Share {
    share(headlines(c).filter(|(truth, _)| !truth.main().is_empty()), |(truth, answer)| holds_main(truth, answer))
}

/// True if a headline group holds the main headline of another, in any slot.
fn holds_main(truth: &Slots, answer: &Slots) -> bool {
    let main = truth.main();
    let holds = |line: &str| {
        strsim::normalized_levenshtein(line, main) >= LIKE || main.chars().count() >= TELLING && line.contains(main)
    };
    answer.printed().any(holds) || holds(&answer.0.concat())
}

/// True if an article has the main headline of one of the truth, or none where that has none.
pub(super) fn has_headline(truth: &Article, answer: &Article) -> bool {
    let answer = Slots::of(&answer.headline);
    let truth = best_reading(truth, &answer);
    if truth.main().is_empty() { answer.printed().next().is_none() } else { holds_main(&truth, &answer) }
}

/// `main_exact`: main headlines that the partner has as main headline, letter for letter.
fn mains(c: &Comparison<'_>) -> Share {
    share(headlines(c).filter(|(truth, _)| !truth.main().is_empty()), |(truth, answer)| truth.main() == answer.main())
}

/// `slot_f1`: kickers, main headlines and decks, right if the partner has the same line in the same
/// slot. Given are all lines of the answer, also those of articles that are nobody's partner.
fn slots(c: &Comparison<'_>) -> Tally {
    let mut tally = Tally::default();
    for (truth, answer) in headlines(c) {
        tally.hits += truth.hits(&answer);
        tally.asked += truth.printed().count();
    }
    tally.given = c.answer.iter().map(|a| Slots::of(&a.headline).printed().count()).sum();
    tally
}

/// `para_f1`: starts of paragraphs and section headings inside articles, without the first of each
/// article, for that is a matter of articles.
///
/// A start in the answer stands where the first of its four first characters that has a twin has
/// it. Left out are starts without twin, starts in neutral text, and starts at the beginning of an
/// article.
fn paragraph_starts(c: &Comparison<'_>) -> Tally {
    let inner: BTreeSet<i64> = starts(&c.truth_strip.pieces, |p| p.inner).collect();
    let first: BTreeSet<i64> = starts(&c.truth_strip.pieces, |p| p.article.is_some() && !p.inner).collect();
    let mut found = BTreeSet::new();
    let mut tally = Tally { asked: inner.len(), ..Tally::default() };
    for at in c.answer_strip.pieces.iter().filter(|p| p.inner && !p.range.is_empty()).map(|p| p.range.start) {
        let Some(place) = place_of_start(&c.twins, at) else { continue };
        let neutral =
            usize::try_from(place).is_ok_and(|p| p < c.truth_strip.chars.len() && c.truth_strip.article(p).is_none());
        if first.contains(&place) || neutral {
            continue;
        }
        tally.given += 1;
        // Two starts at one place: the second is one too many.
        if inner.contains(&place) && found.insert(place) {
            tally.hits += 1;
        }
    }
    tally
}

/// Where pieces of a sort begin, empty ones left out.
fn starts(pieces: &[Piece], sort: impl Fn(&Piece) -> bool) -> impl Iterator<Item = i64> {
    pieces.iter().filter(move |p| sort(p) && !p.range.is_empty()).map(|p| p.range.start as i64)
}

/// Where in the truth a paragraph that begins at `at` begins; before the truth if so it would be.
pub(super) fn place_of_start(twins: &[Option<usize>], at: usize) -> Option<i64> {
    let beginning = twins[at..].iter().take(BEGINNING);
    beginning.zip(0..).find_map(|(twin, into)| twin.map(|twin| twin as i64 - into))
}

/// `heading_f1`: section headings that the partner has as section headings, letter for letter.
fn headings(c: &Comparison<'_>) -> Tally {
    let of = |article: Option<&Article>| {
        let headings = article.into_iter().flat_map(|a| &a.paragraphs).filter(|p| p.heading);
        Bag::of(headings.map(|p| fold::headline(&p.text)))
    };
    let mut tally = Tally::default();
    for (article, partner) in c.pairs() {
        let (truth, answer) = (of(Some(article)), of(partner));
        tally += Tally { hits: truth.common(&answer), given: answer.len(), asked: truth.len() };
    }
    tally
}

/// `byline_f1`: names that the partner has in its byline, in whatever role.
fn bylines(c: &Comparison<'_>) -> Tally {
    let mut tally = Tally::default();
    for (article, partner) in c.pairs() {
        let (truth, answer) = (names(Some(article)), names(partner));
        let hits = truth.intersection(&answer).count();
        tally += Tally { hits, given: answer.len(), asked: truth.len() };
    }
    tally
}

/// The different names in the byline of an article, folded.
pub(super) fn names(article: Option<&Article>) -> BTreeSet<String> {
    article.into_iter().flat_map(|a| &a.byline).map(|b| fold::name(&b.name)).collect()
}

/// `dateline_acc`: datelines that the partner has, letter for letter. Articles without one are not
/// asked.
fn datelines(c: &Comparison<'_>) -> Share {
    share(c.pairs().filter(|(article, _)| !article.dateline.is_empty()), |(article, partner)| {
        partner.is_some_and(|partner| same_dateline(article, partner))
    })
}

/// True if the answer has the dateline of the truth, in one of its readings.
pub(super) fn same_dateline(truth: &Article, answer: &Article) -> bool {
    let answer = fold::dateline(&answer.dateline);
    std::iter::once(&truth.dateline).chain(&truth.alt_datelines).any(|d| fold::dateline(d) == answer)
}

/// `verbatim`, and `verbatim_ws` with white space counted: share of the characters of the truth in
/// paragraphs that the answer has as a paragraph, letter for letter, in whatever article. Equal
/// paragraphs need as many of them.
fn verbatim(c: &Comparison<'_>, form: fn(&str) -> String) -> Share {
    let texts = |articles: &[Article]| -> Vec<String> {
        articles.iter().flat_map(|a| &a.paragraphs).map(|p: &Paragraph| form(&p.text)).collect()
    };
    let mut answer = Bag::of(texts(c.answer));
    let mut verbatim = Share::default();
    for text in texts(&c.truth.articles) {
        let len = text.chars().count();
        verbatim += Share { part: if answer.take(&text) { len } else { 0 }, whole: len };
    }
    verbatim
}

/// `cer`, and `cer_ws` with white space counted (runs as one): character error rate, the edits that
/// turn the partner's whole body into that of the truth (V. I. Levenshtein, 1966), as a share of its characters.
/// A body merged with another or cut in two therefore counts in full, but never more than once
/// over: at most all characters of a body are wrong.
fn edits(c: &Comparison<'_>, form: fn(&str) -> String, between: &str) -> Share {
    let body = |article: &Article| article.paragraphs.iter().map(|p| form(&p.text)).collect::<Vec<_>>().join(between);
    let mut edits = Share::default();
    for (article, partner) in c.pairs() {
        let truth = body(article);
        let len = truth.chars().count();
        let distance = strsim::levenshtein(&truth, &partner.map_or_else(String::new, body));
        edits += Share { part: distance.min(len), whole: len };
    }
    edits
}

/// The share of those that are right.
fn share<T>(all: impl Iterator<Item = T>, is_right: impl Fn(&T) -> bool) -> Share {
    let mut share = Share::default();
    for one in all {
        share += Share { part: usize::from(is_right(&one)), whole: 1 };
    }
    share
}

/// Strings, each as often as it occurs.
pub(super) struct Bag(BTreeMap<String, usize>);

impl Bag {
    pub(super) fn of(strings: impl IntoIterator<Item = String>) -> Bag {
        let mut bag = BTreeMap::new();
        strings.into_iter().for_each(|s| *bag.entry(s).or_default() += 1);
        Bag(bag)
    }

    fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// How many strings both have, one for one.
    fn common(&self, other: &Bag) -> usize {
        self.0.iter().map(|(s, &n)| n.min(other.0.get(s).copied().unwrap_or(0))).sum()
    }

    /// Takes one such string out; false if there is none left.
    pub(super) fn take(&mut self, string: &str) -> bool {
        match self.0.get_mut(string) {
            Some(n) if *n > 0 => {
                *n -= 1;
                true
            }
            _ => false,
        }
    }
}
