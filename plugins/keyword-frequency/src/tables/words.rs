//! The table `words`: counts, rates, weights and dispersion, from the merged summary.

use banmian_core::TableSink;

use super::{beginning, rounded, tag};
use crate::cells::FormTotals;
use crate::corpus_parts::CorpusParts;
use crate::dispersion::Dispersion;
use crate::fuller::Fuller;
use crate::plan::Plan;

banmian_core::table! {
    /// A word of the corpus, the most frequent first.
    pub struct Word<'w> as "words" {
        /// The word.
        word: &'w str,
        /// Its part of speech in jieba's tag set: n noun, v verb, vn verbal noun, nr person, ns place …
        pos: &'w str,
        /// Occurrences in the parts of the page that are read.
        count: u64,
        /// Articles it occurs in; occurrences in unattached text count for none.
        articles: u64,
        /// Pages it occurs on.
        pages: u64,
        /// Papers it occurs in, those whose name is known.
        papers: u64,
        /// Occurrences per 10,000 tokens; tokens are all words but punctuation and space.
        per_10k: f64,
        /// TF-IDF: occurrences per 10,000 tokens × ln(articles of the corpus / articles with the word).
        /// High for words frequent in few articles, 0 for words of every article or of none.
        tfidf: f64,
        /// Parts of the corpus it occurs in (by default issues).
        range: u64,
        /// Juilland's D, from 0 (one part) to 1 (even). Empty here and in the next four if there is but one part.
        juilland_d: Option<f64>,
        /// Carroll's D2, from 0 (one part) to 1 (even).
        carroll_d2: Option<f64>,
        /// Gries's deviation of proportions, from 0 (as the sizes of the parts) to nearly 1 (one small part).
        dp: Option<f64>,
        /// DP divided by its greatest value in these parts.
        dp_norm: Option<f64>,
        /// DP from 0 (as even as a word of this count can be) to 1 (as uneven as it can be). Empty if it can be
        /// in one way only.
        dp_adjusted: Option<f64>,
        /// In plain words: `too few` (fewer than 5 occurrences), `burst` (more than half in one article),
        /// `spread` (dp_adjusted at most 0.5; with one part, three articles or more), else `uneven`.
        verdict: &'w str,
    }
}

/// What is known of a word before it is written: as little as can be, for there may be millions.
struct Known {
    word: u32,
    /// Of its letters, as [`beginning`] has it.
    beginning: u64,
    count: u64,
    papers: u32,
    range: u32,
    measures: Measures,
    verdict: &'static str,
}

/// Those of dispersion.
struct Measures {
    juilland_d: Measure,
    carroll_d2: Measure,
    dp: Measure,
    dp_norm: Measure,
    dp_adjusted: Measure,
}

/// A measure from 0 to 1 in ten-thousandths, which are the digits that are written.
#[derive(Clone, Copy)]
struct Measure(u16);

impl Measure {
    const NONE: Measure = Measure(u16::MAX);

    fn of(measure: Option<f64>) -> Self {
        measure.map_or(Measure::NONE, |x| Measure((x * 10_000.0).round() as u16))
    }

    fn get(self) -> Option<f64> {
        (self.0 != Measure::NONE.0).then(|| f64::from(self.0) / 10_000.0)
    }
}

/// Writes the words by count, then in order of code points.
pub(crate) fn write(plan: &Plan, counts: &Fuller<'_>, out: &mut TableSink<'_>) {
    let mut corpus = CorpusParts::new(&plan.columns, counts.counts);
    let totals = counts.totals_of_words();
    let wanted = |form: u32| totals[form as usize].count >= plan.min_count.max(1);
    let mut words = Vec::with_capacity((0..).take(totals.len()).filter(|&form| wanted(form)).count());
    let cells = std::mem::take(&mut corpus.cells);
    counts.by_word(&cells, &totals, wanted, |word, postings| {
        let (papers, found) = corpus.of_postings(postings);
        let total = totals[word as usize];
        let (form, facts) = counts.get(word);
        words.push(Known {
            word,
            beginning: beginning(form),
            count: total.count,
            papers,
            range: found.range,
            measures: Measures {
                juilland_d: Measure::of(found.juilland_d),
                carroll_d2: Measure::of(found.carroll_d2),
                dp: Measure::of(found.dp),
                dp_norm: Measure::of(found.dp_norm),
                dp_adjusted: Measure::of(found.dp_adjusted),
            },
            verdict: verdict(total, &found, facts.most.into()),
        });
    });
    words.sort_unstable_by(|a, b| {
        let by_number = (b.count, a.beginning).cmp(&(a.count, b.beginning));
        by_number.then_with(|| counts.get(a.word).0.cmp(counts.get(b.word).0))
    });
    for known in &words {
        let (word, facts) = counts.get(known.word);
        let articles = totals[known.word as usize].articles;
        let measures = &known.measures;
        out.row(Word {
            word,
            pos: tag(&facts.pos),
            count: known.count,
            articles,
            pages: facts.pages.into(),
            papers: known.papers.into(),
            per_10k: rounded(corpus.totals.per_10k(known.count)),
            tfidf: rounded(corpus.totals.tfidf(known.count, articles)),
            range: known.range.into(),
            juilland_d: measures.juilland_d.get(),
            carroll_d2: measures.carroll_d2.get(),
            dp: measures.dp.get(),
            dp_norm: measures.dp_norm.get(),
            dp_adjusted: measures.dp_adjusted.get(),
            verdict: known.verdict,
        });
    }
}

/// Fewer occurrences say nothing of dispersion.
const FEW: u64 = 5;

fn verdict(total: FormTotals, found: &Dispersion, most_in_one: u64) -> &'static str {
    let spread = match found.dp {
        Some(_) => found.dp_adjusted.is_some_and(|dp| dp <= 0.5),
        None => total.articles >= 3,
    };
    match total.count {
        ..FEW => "too few",
        count if most_in_one * 2 > count => "burst",
        _ if spread => "spread",
        _ => "uneven",
    }
}
