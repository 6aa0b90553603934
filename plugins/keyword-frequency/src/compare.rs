//! Words of two corpora compared: all measures of a word, and what they come to in plain words.

use crate::association::{Share, g2_of_table, g2_of_tokens, holm, log_ratio, log_ratio_from, log_ratio_to, p_of_g2};

/// A word in two corpora.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) tokens: (Share, Share),
    /// None if one side does not tell.
    pub(crate) articles: Option<(Share, Share)>,
}

/// What the comparison of a word comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Compared {
    pub(crate) g2: f64,
    pub(crate) p: f64,
    pub(crate) log_ratio: f64,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Conservative log ratio: the bound nearer to 0, corrected for many tests; 0 if the interval holds 0.
    pub(crate) lrc: f64,
    pub(crate) bic: f64,
    pub(crate) articles: Option<ByArticles>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ByArticles {
    pub(crate) g2: f64,
    pub(crate) p: f64,
    pub(crate) log_ratio: f64,
}

/// What a difference is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// More frequent in the first.
    Positive,
    /// Less frequent in the first.
    Negative,
    /// As frequent in both, surely to within a factor of √2.
    Lockword,
    /// None of these can be said.
    Open,
}

/// Chance of a mistake that is taken, over all words together.
const ALPHA: f64 = 0.05;
/// How far the log ratio of a lockword may lie from 0.
const LOCKED: f64 = 0.5;

/// Compares all words of two corpora, which are tested together.
pub(crate) fn compare(pairs: &[Pair]) -> Vec<Compared> {
    let tests = pairs.len().max(1) as f64;
    let by_articles = |(a, b): (Share, Share)| {
        let g2 = g2_of_table(a, b);
        ByArticles { g2, p: p_of_g2(g2), log_ratio: log_ratio(a, b) }
    };
    let one = |pair: &Pair| {
        let (a, b) = pair.tokens;
        let g2 = g2_of_tokens(a, b);
        let bound_low = log_ratio_from(a, b, ALPHA / tests).unwrap_or(0.0).max(0.0);
        let bound_high = log_ratio_to(a, b, ALPHA / tests).unwrap_or(0.0).min(0.0);
        Compared {
            g2,
            p: p_of_g2(g2),
            log_ratio: log_ratio(a, b),
            low: log_ratio_from(a, b, ALPHA),
            high: log_ratio_to(a, b, ALPHA),
            lrc: bound_low + bound_high,
            bic: g2 - ((a.of + b.of) as f64).ln(),
            articles: pair.articles.map(by_articles),
        }
    };
    let mut compared: Vec<Compared> = pairs.iter().map(one).collect();
    let corrected = holm(&compared.iter().map(|c| c.p).collect::<Vec<_>>());
    compared.iter_mut().zip(corrected).for_each(|(c, p)| c.p = p);
    let with_articles: Vec<usize> = (0..compared.len()).filter(|&i| compared[i].articles.is_some()).collect();
    let chances: Vec<f64> = with_articles.iter().filter_map(|&i| compared[i].articles.map(|a| a.p)).collect();
    for (i, p) in with_articles.into_iter().zip(holm(&chances)) {
        if let Some(articles) = &mut compared[i].articles {
            articles.p = p;
        }
    }
    compared
}

impl Compared {
    /// What the difference is called.
    pub(crate) fn kind(&self) -> Kind {
        let locked = self.low.is_some_and(|l| l >= -LOCKED) && self.high.is_some_and(|h| h <= LOCKED);
        match () {
            () if self.p < ALPHA && self.log_ratio > 0.0 => Kind::Positive,
            () if self.p < ALPHA && self.log_ratio < 0.0 => Kind::Negative,
            () if locked => Kind::Lockword,
            () => Kind::Open,
        }
    }

    /// True if the tokens show a difference that the articles do not: one long article may have made it.
    pub(crate) fn disagrees(&self) -> Option<bool> {
        let articles = self.articles?;
        let same = articles.p < ALPHA && (articles.log_ratio > 0.0) == (self.log_ratio > 0.0);
        Some(matches!(self.kind(), Kind::Positive | Kind::Negative) && !same)
    }
}
