//! The tables `collocations` and `ngrams`.

use std::collections::BTreeMap;

use banmian_core::TableSink;

use super::rounded;
use crate::attraction::Together;
use crate::cells::{FormTotals, Targets};
use crate::corpus_parts::CorpusParts;
use crate::fuller::Fuller;
use crate::plan::Plan;
use crate::summary::{Examples, Summary};

banmian_core::table! {
    /// A word near a node, by node, the strongest first.
    pub struct Collocation<'w> as "collocations" {
        /// The node.
        node: &'w str,
        /// The word near it.
        collocate: &'w str,
        /// Occurrences of the collocate near the node; each counts once, however many nodes are near.
        together: u64,
        /// Occurrences of the node.
        node_count: u64,
        /// Occurrences of the collocate.
        count: u64,
        /// 14 + log₂ of the Dice coefficient; comparable between corpora.
        log_dice: f64,
        /// Mutual information: binary logarithm of observed over expected.
        mi: f64,
        /// The same with the observed cubed: rare pairs do not lead.
        mi3: f64,
        /// t score.
        t_score: f64,
        /// Log-likelihood G².
        g2: f64,
        /// ΔP of the collocate, given the node: how much more likely it is near the node than elsewhere.
        delta_p_collocate: f64,
        /// ΔP of the node's neighbourhood, given the collocate.
        delta_p_node: f64,
        /// Up to three places of sentences with both, chosen by content: page, and first character in its clean text.
        /// Empty if no nodes are named.
        examples: String,
    }
}

banmian_core::table! {
    /// A run of words (with spaces between) or of characters, the most frequent first.
    pub struct Ngram<'w> as "ngrams" {
        /// The words or characters.
        ngram: &'w str,
        /// How many words or characters.
        n: u64,
        /// Occurrences.
        count: u64,
        /// Occurrences per 10,000 tokens.
        per_10k: f64,
        /// Articles it occurs in.
        articles: u64,
        /// Parts of the corpus it occurs in.
        range: u64,
        /// True for a lexical bundle: three words or more, 20 times or more in a million tokens, in five articles or more.
        bundle: bool,
    }
}

/// Writes both.
pub(crate) fn write(plan: &Plan, summary: &Summary, words: &Fuller<'_>, out: &mut TableSink<'_>) {
    if plan.collocations {
        collocations(plan, summary, words, |row| out.row(row));
    }
    if plan.writes_ngrams() {
        ngrams(plan, summary, out);
    }
}

/// Words near each other.
pub(crate) struct Near<'s> {
    pub(crate) node: &'s str,
    /// Its number among words.
    pub(crate) collocate: u32,
    pub(crate) counts: Together,
    /// The forms of the pair: more than one if the collocate is cut in several ways.
    forms: Vec<u32>,
}

/// Every pair that is frequent enough, as whole numbers.
pub(crate) fn pairs<'s>(plan: &Plan, summary: &'s Summary, words: &Fuller<'_>) -> Vec<Near<'s>> {
    let totals = summary.pairs.totals_of_forms(&Targets::default());
    let of_words = words.totals_of_words();
    let tokens: u64 = summary.words.cells().iter().map(|c| c.totals.tokens).sum();
    let of = |form: &str| summary.pairs.forms.number(form).map_or(0, |n| totals[n as usize].count);
    let mut by_pair: BTreeMap<(&str, u32), (u64, Vec<u32>)> = BTreeMap::new();
    for (number, &FormTotals { count, .. }) in (0..).zip(&totals) {
        let (form, _) = summary.pairs.forms.get(number);
        let Some((node, collocate)) = form.split_once('\t').filter(|(_, c)| !c.is_empty()) else { continue };
        let Some(own) = summary.words.forms.number(collocate) else { continue };
        let pair = by_pair.entry((node, words.target(own))).or_default();
        pair.0 += count;
        pair.1.push(number);
    }
    let mut pairs = Vec::new();
    for ((node, collocate), (together, forms)) in by_pair {
        // None for the second part of a word whose first part is counted.
        let count = of_words.get(collocate as usize).map_or(0, |w| w.count);
        if together >= plan.collocation_min_count && count > 0 {
            let (node_count, window) = (of(node), of(&format!("{node}\t")));
            let counts = Together { together, window, node: node_count, collocate: count, tokens };
            pairs.push(Near { node, collocate, counts, forms });
        }
    }
    pairs
}

fn collocations<'s>(plan: &Plan, summary: &'s Summary, words: &'s Fuller<'_>, mut take: impl FnMut(Collocation<'s>)) {
    let mut rows: Vec<Collocation<'s>> = Vec::new();
    for Near { node, collocate, counts, forms } in pairs(plan, summary, words) {
        let found = counts.attraction();
        let mut examples = Examples::default();
        let of_forms = forms.iter().filter_map(|&form| summary.examples.get(summary.pairs.forms.get(form).0));
        of_forms.for_each(|more| examples.merge(more.clone()));
        rows.push(Collocation {
            node,
            collocate: words.get(collocate).0,
            together: counts.together,
            node_count: counts.node,
            count: counts.collocate,
            log_dice: rounded(found.log_dice),
            mi: rounded(found.mi),
            mi3: rounded(found.mi3),
            t_score: rounded(found.t),
            g2: rounded(found.g2),
            delta_p_collocate: rounded(found.delta_p_collocate),
            delta_p_node: rounded(found.delta_p_node),
            examples: examples.places().join("; "),
        });
    }
    rows.sort_by(|a, b| {
        let strongest = b.log_dice.total_cmp(&a.log_dice);
        a.node.cmp(b.node).then(strongest).then(a.collocate.cmp(b.collocate))
    });
    rows.into_iter().for_each(&mut take);
}

fn ngrams(plan: &Plan, summary: &Summary, out: &mut TableSink<'_>) {
    let counts = &summary.grams;
    let mut corpus = CorpusParts::new(&plan.columns, &summary.grams);
    let tokens: u64 = summary.words.cells().iter().map(|c| c.totals.tokens).sum();
    let totals = counts.totals_of_forms(&Targets::default());
    let cells = std::mem::take(&mut corpus.cells);
    let mut rows = Vec::new();
    let wanted = |form: u32| totals[form as usize].count >= plan.ngram_min_count;
    counts.by_form(&cells, &totals, &Targets::default(), wanted, |form, postings| {
        let range = corpus.of_postings(postings).1.range;
        if u64::from(range) >= plan.ngram_min_range {
            rows.push((form, u64::from(range)));
        }
    });
    rows.sort_unstable_by_key(|&(form, _)| (std::cmp::Reverse(totals[form as usize].count), counts.forms.get(form).0));
    for (form, range) in rows {
        let ngram = counts.forms.get(form).0;
        let FormTotals { count, articles, .. } = totals[form as usize];
        let words = ngram.contains(' ');
        let n = if words { ngram.split(' ').count() } else { ngram.chars().count() } as u64;
        let often = count as f64 * 1e6 >= 20.0 * tokens as f64;
        let per_10k = if tokens == 0 { 0.0 } else { count as f64 * 10_000.0 / tokens as f64 };
        let bundle = words && n >= 3 && often && articles >= 5;
        out.row(Ngram { ngram, n, count, per_10k: rounded(per_10k), articles, range, bundle });
    }
}
