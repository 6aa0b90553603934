//! Truth and answer of one page side by side: which article of the answer is which of the truth.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use banmian_core::ArticleKind;

use super::align::{self, Strip};
use super::fold;
use super::truth::{Article, Headline, PageTruth};

/// From which likeness on two headline lines are taken for the same line with small faults.
pub(super) const LIKE: f64 = 0.8;
/// From which share of common characters on two bodies are taken for the same.
pub(super) const SAME: f64 = 0.5;
/// Bodies shorter than this may be found by their headline alone.
const SHORT: usize = 40;

/// The lines of a headline group, folded: kicker, main headline, deck.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots(pub(super) [String; 3]);

impl Slots {
    pub(super) fn of(headline: &Headline) -> Slots {
        Slots([&headline.kicker, &headline.main, &headline.deck].map(|line| fold::headline(line)))
    }

    pub(super) fn main(&self) -> &str {
        &self.0[1]
    }

    /// The lines that are printed.
    pub(super) fn printed(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str).filter(|line| !line.is_empty())
    }

    /// Lines of this, a reading of the truth, that the answer has in the same slot.
    pub(super) fn hits(&self, answer: &Slots) -> usize {
        self.0.iter().zip(&answer.0).filter(|(a, b)| !a.is_empty() && a == b).count()
    }
}

/// Truth and answer of a page, aligned.
pub(super) struct Comparison<'a> {
    pub(super) truth: &'a PageTruth,
    pub(super) answer: &'a [Article],
    /// Bodies of the truth, and behind them its neutral texts.
    pub(super) truth_strip: Strip,
    pub(super) answer_strip: Strip,
    /// For each character of the answer, its twin in the truth.
    pub(super) twins: Vec<Option<usize>>,
    pub(super) overlaps: Overlaps,
    /// For each article of the truth, the one of the answer that it is compared with.
    pub(super) partners: Vec<Option<usize>>,
}

/// How many characters the articles of truth and answer share.
#[derive(Default)]
pub(super) struct Overlaps {
    /// Common characters by articles of truth and answer; none are left out.
    pub(super) shared: BTreeMap<(usize, usize), usize>,
    /// Characters of each article of the truth.
    pub(super) truth: Vec<usize>,
    /// Characters of each article of the answer, but those aligned to neutral text.
    pub(super) answer: Vec<usize>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(truth: &'a PageTruth, answer: &'a [Article]) -> Comparison<'a> {
        let neutral: Vec<String> = truth.neutral.iter().map(|t| fold::closed(t)).collect();
        let truth_strip = Strip::of(&bodies(&truth.articles), &neutral);
        let answer_strip = Strip::of(&bodies(answer), &[]);
        let twins = align::twins(&truth_strip, &answer_strip);
        let overlaps = Overlaps::count(truth.articles.len(), answer.len(), &truth_strip, &answer_strip, &twins);
        let mut comparison =
            Comparison { truth, answer, truth_strip, answer_strip, twins, overlaps, partners: Vec::new() };
        comparison.partners = comparison.find_partners();
        comparison
    }

    /// Each article of the truth with the article of the answer it is compared with.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'a Article, Option<&'a Article>)> {
        let (truth, answer) = (self.truth, self.answer);
        truth.articles.iter().zip(&self.partners).map(|(t, partner)| (t, partner.map(|a| &answer[a])))
    }

    /// The partner of an article is the one that holds most of its characters, whatever else it
    /// holds. A picture or a text of a few words may have no body in common with anything: it is
    /// found by its main headline among the articles that nothing else is matched with.
    fn find_partners(&self) -> Vec<Option<usize>> {
        let matched: BTreeSet<usize> = self.overlaps.one_to_one().into_iter().flatten().map(|(a, _)| a).collect();
        let by_headline = |article: &Article, len: usize| {
            let main = fold::headline(&article.headline.main);
            if main.is_empty() || len >= SHORT && article.kind != Some(ArticleKind::Photo) {
                return None;
            }
            let like = |a: &Article| strsim::normalized_levenshtein(Slots::of(&a.headline).main(), &main) >= LIKE;
            (0..self.answer.len()).find(|a| !matched.contains(a) && like(&self.answer[*a]))
        };
        let articles = self.truth.articles.iter().zip(&self.overlaps.truth).enumerate();
        articles.map(|(t, (article, &len))| self.overlaps.largest(t).or_else(|| by_headline(article, len))).collect()
    }
}

/// The paragraphs of articles, folded and closed.
fn bodies(articles: &[Article]) -> Vec<Vec<String>> {
    articles.iter().map(|a| a.paragraphs.iter().map(|p| fold::closed(&p.text)).collect()).collect()
}

/// The reading of the headline group, of those the truth gives, that agrees best with the answer:
/// each line in its slot counts for it, each other line a tenth against it.
pub(super) fn best_reading(article: &Article, answer: &Slots) -> Slots {
    let fit = |reading: &Slots| {
        let hits = reading.hits(answer);
        10 * hits as i64 - (reading.printed().count() - hits) as i64
    };
    let mut best = Slots::of(&article.headline);
    for reading in article.alt_headlines.iter().map(Slots::of) {
        if fit(&reading) > fit(&best) {
            best = reading;
        }
    }
    best
}

impl Overlaps {
    fn count(n_truth: usize, n_answer: usize, truth: &Strip, answer: &Strip, twins: &[Option<usize>]) -> Overlaps {
        let mut overlaps = Overlaps { truth: vec![0; n_truth], answer: vec![0; n_answer], shared: BTreeMap::new() };
        for piece in &truth.pieces {
            if let Some(t) = piece.article {
                overlaps.truth[t] += piece.range.len();
            }
        }
        for (at, twin) in twins.iter().enumerate() {
            let Some(a) = answer.article(at) else { continue };
            match twin.map(|twin| truth.article(twin)) {
                Some(None) => {}
                Some(Some(t)) => {
                    overlaps.answer[a] += 1;
                    *overlaps.shared.entry((t, a)).or_default() += 1;
                }
                None => overlaps.answer[a] += 1,
            }
        }
        overlaps
    }

    /// The article of the answer that holds most characters of an article of the truth; of equals
    /// the first.
    fn largest(&self, t: usize) -> Option<usize> {
        let mut largest = (None, 0);
        for (&(_, a), &n) in self.shared.range((t, 0)..(t + 1, 0)) {
            if n > largest.1 {
                largest = (Some(a), n);
            }
        }
        largest.0
    }

    /// Common characters of two articles, as a share of those that either has (P. Jaccard, 1901).
    pub(super) fn jaccard(&self, t: usize, a: usize) -> f64 {
        let shared = self.shared.get(&(t, a)).copied().unwrap_or(0);
        let either = self.truth[t] + self.answer[a] - shared;
        if either == 0 { 0.0 } else { shared as f64 / either as f64 }
    }

    /// For each article of the truth the one of the answer matched with it, and their Jaccard index.
    ///
    /// Each has at most one match. The pair that is most alike is matched first, then the next of
    /// those left; of equal pairs the last on the page.
    pub(super) fn one_to_one(&self) -> Vec<Option<(usize, f64)>> {
        let mut pairs: Vec<_> = self.shared.keys().map(|&(t, a)| (self.jaccard(t, a), t, a)).collect();
        pairs.sort_by(|x, y| match y.0.total_cmp(&x.0) {
            Ordering::Equal => (y.1, y.2).cmp(&(x.1, x.2)),
            order => order,
        });
        let mut of_truth = vec![None; self.truth.len()];
        let mut used = vec![false; self.answer.len()];
        for (index, t, a) in pairs {
            if of_truth[t].is_none() && !used[a] {
                of_truth[t] = Some((a, index));
                used[a] = true;
            }
        }
        of_truth
    }
}
