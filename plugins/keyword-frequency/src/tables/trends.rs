//! The tables `trends` and `trend_tests`: words by period.

use banmian_core::TableSink;

use super::{rounded, significant};
use crate::association::Share;
use crate::corpus_parts::numbered;
use crate::fuller::Fuller;
use crate::plan::Plan;
use crate::trend::{Trend, wilson};

banmian_core::table! {
    /// A word in a period.
    pub struct TrendRow<'w> as "trends" {
        /// The word.
        word: &'w str,
        /// The period: a month as YYYY-MM or a year.
        period: &'w str,
        /// Occurrences.
        count: u64,
        /// Tokens of the period.
        tokens: u64,
        /// Occurrences per 10,000 tokens.
        per_10k: f64,
        /// Lower end of its 95 % interval (Wilson).
        per_10k_low: f64,
        /// Upper end.
        per_10k_high: f64,
        /// Change of the rate against the period before; empty in the first.
        change: Option<f64>,
        /// True if the period has less than a tenth of the tokens of the middle one: its rates say little.
        thin: bool,
    }
}

banmian_core::table! {
    /// Whether a word rises or falls over the periods, the surest first.
    pub struct TrendTest<'w> as "trend_tests" {
        /// The word.
        word: &'w str,
        /// Occurrences in all periods.
        count: u64,
        /// Periods.
        periods: u64,
        /// Mann and Kendall's S: pairs of periods that rise, less those that fall.
        s: i64,
        /// Its normal deviate, corrected for ties and continuity.
        z: f64,
        /// Its chance if there were no trend. With fewer than ten periods a rough figure.
        p: f64,
        /// Sen's slope: change of the rate per 10,000 tokens from period to period.
        slope: f64,
    }
}

/// The number of a word, and its occurrences by period.
pub(crate) type Series = (u32, Vec<Share>);

/// Words by period: occurrences and tokens of each.
pub(crate) fn series(plan: &Plan, words_of: &Fuller<'_>) -> Option<(Vec<String>, Vec<Series>)> {
    let grouping = plan.trends.as_ref()?;
    let counts = words_of.counts;
    // Pages without a date belong to no period.
    let mut cells = counts.sorted_cells();
    cells.retain(|c| !c.key[1].starts_with('#'));
    let names: Vec<String> = cells.iter().map(|c| grouping.name(&c.key)).collect();
    let (period_of, n_periods) = numbered(names.iter());
    let mut periods = vec![String::new(); n_periods];
    let mut tokens = vec![0; n_periods];
    for ((cell, name), &period) in cells.iter().zip(&names).zip(&period_of) {
        periods[period as usize].clone_from(name);
        tokens[period as usize] += cell.totals.tokens;
    }
    let totals = words_of.totals_of_words();
    let mut words = Vec::new();
    let wanted = |form: u32| match plan.nodes.is_empty() {
        true => totals[form as usize].count >= plan.trend_min_count,
        false => plan.nodes.contains(words_of.get(form).0),
    };
    words_of.by_word(&cells, &totals, wanted, |form, postings| {
        let mut shares: Vec<Share> = tokens.iter().map(|&of| Share { count: 0, of }).collect();
        for &(cell, count) in postings {
            shares[period_of[cell as usize] as usize].count += u64::from(count);
        }
        words.push((form, shares));
    });
    words.sort_unstable_by_key(|&(form, _)| (std::cmp::Reverse(totals[form as usize].count), words_of.get(form).0));
    Some((periods, words))
}

/// Writes both.
pub(crate) fn write(plan: &Plan, words_of: &Fuller<'_>, out: &mut TableSink<'_>) {
    let Some((periods, words)) = series(plan, words_of) else { return };
    let mut sizes: Vec<u64> = words.first().map_or(Vec::new(), |(_, shares)| shares.iter().map(|s| s.of).collect());
    sizes.sort_unstable();
    let middle = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let mut tests = Vec::new();
    for (form, shares) in &words {
        let word = words_of.get(*form).0;
        let mut before: Option<f64> = None;
        for (period, &share) in periods.iter().zip(shares) {
            let (low, high) = wilson(share);
            let per_10k = share.rate() * 10_000.0;
            out.row(TrendRow {
                word,
                period,
                count: share.count,
                tokens: share.of,
                per_10k: rounded(per_10k),
                per_10k_low: rounded(low * 10_000.0),
                per_10k_high: rounded(high * 10_000.0),
                change: before.map(|b| rounded(per_10k - b)),
                thin: share.of * 10 < middle,
            });
            before = Some(per_10k);
        }
        let trend = Trend::of(shares);
        let count = shares.iter().map(|s| s.count).sum();
        tests.push((
            trend.p,
            word,
            TrendTest {
                word,
                count,
                periods: shares.len() as u64,
                s: trend.s,
                z: rounded(trend.z),
                p: significant(trend.p),
                slope: rounded(trend.slope),
            },
        ));
    }
    tests.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    tests.into_iter().for_each(|(_, _, row)| out.row(row));
}
