//! The tables `keyness` and `comparison`: words of the corpus against others.

use banmian_core::TableSink;

use super::{rounded, significant, tag};
use crate::association::{Share, odds_ratio, percent_difference};
use crate::cells::Totals;
use crate::compare::{Compared, Kind, Pair, compare};
use crate::fuller::Fuller;
use crate::plan::{Plan, Reference};
use crate::slices::Slice;

banmian_core::table! {
    /// A word whose frequency in the target is compared with that in a reference, the most surely overused first,
    /// the most surely underused last.
    pub struct Key<'w> as "keyness" {
        /// The word.
        word: &'w str,
        /// Its part of speech in jieba's tag set; empty for a word that the reference alone has.
        pos: &'w str,
        /// Occurrences in the target.
        count: u64,
        /// Occurrences in the reference.
        reference_count: u64,
        /// Occurrences per 10,000 tokens of the target.
        per_10k: f64,
        /// Occurrences per 10,000 tokens of the reference.
        reference_per_10k: f64,
        /// Articles of the target with the word.
        articles: u64,
        /// Articles of the reference with the word; empty here and in the last columns if the reference does not tell.
        reference_articles: Option<u64>,
        /// Log-likelihood G² of the occurrences (Rayson and Garside).
        g2: f64,
        /// Its chance if there were no difference, corrected for the number of words (Holm).
        p_adjusted: f64,
        /// Evidence for a difference as BIC: above 2 positive, above 6 strong, above 10 very strong.
        bic: f64,
        /// Binary logarithm of the ratio of rates: 1 is twice as frequent. A count of 0 is taken as one half.
        log_ratio: f64,
        /// Lower end of its 95 % interval; empty if the target lacks the word.
        log_ratio_low: Option<f64>,
        /// Upper end; empty if the reference lacks the word.
        log_ratio_high: Option<f64>,
        /// Conservative log ratio: the end nearer to 0 of an interval corrected for the number of words; 0 if it holds 0.
        lrc: f64,
        /// Difference of rates in percent of that of the reference (%DIFF); empty if the reference lacks the word.
        difference_percent: Option<f64>,
        /// Odds ratio; empty where it is infinite.
        odds_ratio: Option<f64>,
        /// G² of the articles with the word (all four cells).
        articles_g2: Option<f64>,
        /// Its chance, corrected.
        articles_p_adjusted: Option<f64>,
        /// Log ratio of the shares of articles.
        articles_log_ratio: Option<f64>,
        /// `positive` or `negative` keyword (p_adjusted below 0.05); `lockword` if the whole interval lies within ±0.5;
        /// else empty.
        kind: &'w str,
        /// True if tokens show a difference and articles do not: perhaps the work of one long article.
        disagree: Option<bool>,
        /// What it is compared with.
        reference: &'w str,
    }
}

banmian_core::table! {
    /// A word of two slices of the corpus, those surely of the first slice first, those of the second last.
    pub struct Comparison<'w> as "comparison" {
        /// The word.
        word: &'w str,
        /// Its part of speech in jieba's tag set.
        pos: &'w str,
        /// Occurrences in the first slice.
        count_a: u64,
        /// Occurrences in the second slice.
        count_b: u64,
        /// Occurrences per 10,000 tokens of the first.
        per_10k_a: f64,
        /// Occurrences per 10,000 tokens of the second.
        per_10k_b: f64,
        /// Articles of the first with the word.
        articles_a: u64,
        /// Articles of the second with the word.
        articles_b: u64,
        /// Log-likelihood G² of the occurrences.
        g2: f64,
        /// Its chance if there were no difference, corrected for the number of words (Holm).
        p_adjusted: f64,
        /// Binary logarithm of the ratio of rates, first to second.
        log_ratio: f64,
        /// Lower end of its 95 % interval; empty if the first lacks the word.
        log_ratio_low: Option<f64>,
        /// Upper end; empty if the second lacks the word.
        log_ratio_high: Option<f64>,
        /// Conservative log ratio; 0 if no difference is sure.
        lrc: f64,
        /// `a` or `b` where it is more frequent, `alike` if surely as frequent in both, else empty.
        more_in: &'w str,
        /// True if tokens show a difference and articles do not.
        disagree: Option<bool>,
        /// The first slice.
        slice_a: &'w str,
        /// The second slice.
        slice_b: &'w str,
    }
}

/// A word in target and reference.
struct Candidate<'w> {
    word: &'w str,
    pos: [u8; 4],
    pair: Pair,
    /// Articles of both sides; 0 where they are not told.
    articles: (u64, u64),
}

/// Occurrences and articles of a slice, by the number of the word.
struct Sliced {
    totals: Totals,
    words: Vec<(u64, u64)>,
}

fn sliced(words: &Fuller<'_>, slice: &Slice) -> Sliced {
    let (totals, words) = words.of_slice(slice);
    Sliced { totals, words }
}

/// Writes `keyness`, if there is a reference, and `comparison`, if there are two slices.
pub(crate) fn write(plan: &Plan, counts: &Fuller<'_>, out: &mut TableSink<'_>) {
    if let Some(keyness) = &plan.keyness {
        let target = sliced(counts, &keyness.target);
        let (candidates, name) = match &keyness.reference {
            Reference::Slice(slice) => {
                let reference = sliced(counts, slice);
                (between(counts, &target, &reference, plan.keyness_min_count), slice.name())
            }
            Reference::Outside(outside) => (against(plan, counts, &target, outside), outside.name().to_owned()),
        };
        sorted(&candidates, |candidate, compared| out.row(key(candidate, compared, &name)));
    }
    if let Some((a, b)) = &plan.compare {
        let candidates = between(counts, &sliced(counts, a), &sliced(counts, b), plan.keyness_min_count);
        let names = (a.name(), b.name());
        sorted(&candidates, |candidate, compared| out.row(comparison(candidate, compared, &names)));
    }
}

/// The words that occur often enough in two slices together.
fn between<'w>(counts: &'w Fuller<'_>, a: &Sliced, b: &Sliced, least: u64) -> Vec<Candidate<'w>> {
    let numbers = (0..a.words.len()).filter(|&i| a.words[i].0 + b.words[i].0 >= least);
    let share = |count, of| Share { count, of };
    // A side without text has nothing to compare.
    let comparable = a.totals.tokens > 0 && b.totals.tokens > 0;
    let with_articles = a.totals.articles > 0 && b.totals.articles > 0;
    let candidate = |i: usize| {
        let (word, facts) = counts.get(i as u32);
        let tokens = (share(a.words[i].0, a.totals.tokens), share(b.words[i].0, b.totals.tokens));
        let articles = (share(a.words[i].1, a.totals.articles), share(b.words[i].1, b.totals.articles));
        Candidate {
            word,
            pos: facts.pos,
            pair: Pair { tokens, articles: with_articles.then_some(articles) },
            articles: (a.words[i].1, b.words[i].1),
        }
    };
    numbers.filter(|_| comparable).map(candidate).collect()
}

/// The words of the target and, from a reference that can list its own, those that one would expect there.
fn against<'w>(
    plan: &'w Plan,
    counts: &'w Fuller<'_>,
    target: &Sliced,
    outside: &'w crate::reference::Outside,
) -> Vec<Candidate<'w>> {
    let totals = (target.totals, outside.tokens(), outside.articles().filter(|&n| n > 0));
    let pair = |(count, articles): (u64, u64), (other, other_articles): (u64, Option<u64>)| {
        let tokens = (Share { count, of: totals.0.tokens }, Share { count: other.min(totals.1), of: totals.1 });
        let own = Share { count: articles, of: totals.0.articles };
        let articles = totals.2.zip(other_articles).map(|(of, count)| (own, Share { count: count.min(of), of }));
        Pair { tokens, articles: articles.filter(|_| own.of > 0) }
    };
    if totals.0.tokens == 0 || totals.1 == 0 {
        return Vec::new();
    }
    // No dictionary has a word for all numbers.
    let is_told = |i: usize| outside.counts_numbers() || !plan.folding.is_number(counts.get(i as u32).0);
    let mut candidates: Vec<Candidate<'w>> = (0..target.words.len())
        .filter(|&i| target.words[i].0 >= plan.keyness_min_count && is_told(i))
        .map(|i| {
            let (word, facts) = counts.get(i as u32);
            Candidate {
                word,
                pos: facts.pos,
                pair: pair(target.words[i], outside.count(word)),
                articles: (target.words[i].1, 0),
            }
        })
        .collect();
    for (word, count, articles) in outside.words() {
        let expected = count as f64 / totals.1 as f64 * totals.0.tokens as f64;
        if expected >= plan.keyness_min_count as f64 && plan.counts_outside(word) && counts.number(word).is_none() {
            candidates.push(Candidate { word, pos: [0; 4], pair: pair((0, 0), (count, articles)), articles: (0, 0) });
        }
    }
    candidates
}

/// Every word that `keyness` compares, before its numbers are rounded.
#[cfg(test)]
pub(crate) fn compared(plan: &Plan, counts: &Fuller<'_>, mut take: impl FnMut(&str, &Pair, &Compared)) {
    let Some(keyness) = &plan.keyness else { return };
    let Reference::Slice(slice) = &keyness.reference else { return };
    let (target, reference) = (sliced(counts, &keyness.target), sliced(counts, slice));
    let candidates = between(counts, &target, &reference, plan.keyness_min_count);
    sorted(&candidates, |candidate, compared| take(candidate.word, &candidate.pair, compared));
}

/// Compares all and hands them on: surely overused first, surely underused last.
fn sorted<'w>(candidates: &[Candidate<'w>], mut take: impl FnMut(&Candidate<'w>, &Compared)) {
    let compared = compare(&candidates.iter().map(|c| c.pair).collect::<Vec<_>>());
    let mut rows: Vec<_> = candidates.iter().zip(&compared).collect();
    let signed_g2 = |c: &Compared| c.g2.copysign(c.log_ratio);
    rows.sort_by(|(a, x), (b, y)| {
        let by_measure = y.lrc.total_cmp(&x.lrc).then(signed_g2(y).total_cmp(&signed_g2(x)));
        by_measure.then(a.word.cmp(b.word))
    });
    rows.into_iter().for_each(|(candidate, compared)| take(candidate, compared));
}

fn key<'w>(candidate: &'w Candidate<'w>, compared: &Compared, reference: &'w str) -> Key<'w> {
    let (own, other) = candidate.pair.tokens;
    let articles = compared.articles;
    Key {
        word: candidate.word,
        pos: tag(&candidate.pos),
        count: own.count,
        reference_count: other.count,
        per_10k: rounded(own.rate() * 10_000.0),
        reference_per_10k: rounded(other.rate() * 10_000.0),
        articles: candidate.articles.0,
        reference_articles: candidate.pair.articles.map(|a| a.1.count),
        g2: rounded(compared.g2),
        p_adjusted: significant(compared.p),
        bic: rounded(compared.bic),
        log_ratio: rounded(compared.log_ratio),
        log_ratio_low: compared.low.map(rounded),
        log_ratio_high: compared.high.map(rounded),
        lrc: rounded(compared.lrc),
        difference_percent: percent_difference(own, other).map(rounded),
        odds_ratio: odds_ratio(own, other).map(rounded),
        articles_g2: articles.map(|a| rounded(a.g2)),
        articles_p_adjusted: articles.map(|a| significant(a.p)),
        articles_log_ratio: articles.map(|a| rounded(a.log_ratio)),
        kind: match compared.kind() {
            Kind::Positive => "positive",
            Kind::Negative => "negative",
            Kind::Lockword => "lockword",
            Kind::Open => "",
        },
        disagree: compared.disagrees(),
        reference,
    }
}

fn comparison<'w>(
    candidate: &'w Candidate<'w>,
    compared: &Compared,
    (slice_a, slice_b): &'w (String, String),
) -> Comparison<'w> {
    let (a, b) = candidate.pair.tokens;
    Comparison {
        word: candidate.word,
        pos: tag(&candidate.pos),
        count_a: a.count,
        count_b: b.count,
        per_10k_a: rounded(a.rate() * 10_000.0),
        per_10k_b: rounded(b.rate() * 10_000.0),
        articles_a: candidate.articles.0,
        articles_b: candidate.articles.1,
        g2: rounded(compared.g2),
        p_adjusted: significant(compared.p),
        log_ratio: rounded(compared.log_ratio),
        log_ratio_low: compared.low.map(rounded),
        log_ratio_high: compared.high.map(rounded),
        lrc: rounded(compared.lrc),
        more_in: match compared.kind() {
            Kind::Positive => "a",
            Kind::Negative => "b",
            Kind::Lockword => "alike",
            Kind::Open => "",
        },
        disagree: compared.disagrees(),
        slice_a,
        slice_b,
    }
}
