//! How evenly a word is spread over the parts of a corpus. Formulas and sources: docs/methods/keyword-frequency.md.

use rustc_hash::FxHashMap;

/// The sizes of the parts, in tokens, and what all words need of them.
pub(crate) struct Parts {
    sizes: Vec<u64>,
    total: u64,
    least: u64,
    /// Sizes, the greatest first, and their sums up to each.
    falling: Vec<u64>,
    falling_sums: Vec<u64>,
    /// Least and greatest DP that a word of so many occurrences can have.
    extremes: FxHashMap<u64, (f64, f64)>,
    /// Room for the rates of one word.
    rates: Vec<f64>,
}

/// Measures of one word. None where a measure is not defined: with fewer than two parts, say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Dispersion {
    /// Parts it occurs in.
    pub(crate) range: u32,
    /// Juilland's D.
    pub(crate) juilland_d: Option<f64>,
    /// Carroll's D2.
    pub(crate) carroll_d2: Option<f64>,
    /// Gries's deviation of proportions.
    pub(crate) dp: Option<f64>,
    /// DP over its greatest value in this corpus.
    pub(crate) dp_norm: Option<f64>,
    /// DP between its least and greatest value for a word of this frequency.
    pub(crate) dp_adjusted: Option<f64>,
}

impl Parts {
    /// Parts of these sizes; those without tokens are no parts.
    pub(crate) fn new(sizes: Vec<u64>) -> Self {
        let mut falling: Vec<u64> = sizes.iter().copied().filter(|&s| s > 0).collect();
        falling.sort_unstable_by(|a, b| b.cmp(a));
        let sums = falling.iter().scan(0, |sum, &size| {
            *sum += size;
            Some(*sum)
        });
        let falling_sums: Vec<u64> = sums.collect();
        let total = falling_sums.last().copied().unwrap_or(0);
        let least = falling.last().copied().unwrap_or(0);
        Parts { sizes, total, least, falling, falling_sums, extremes: FxHashMap::default(), rates: Vec::new() }
    }

    /// The measures of a word with these occurrences: index of the part and how many, each part once,
    /// none with zero.
    pub(crate) fn dispersion(&mut self, occurrences: &[(u32, u64)]) -> Dispersion {
        let n = self.falling.len();
        let range = occurrences.len() as u32;
        let count: u64 = occurrences.iter().map(|o| o.1).sum();
        if n < 2 || count == 0 {
            return Dispersion { range, ..Dispersion::default() };
        }
        let (n_parts, frequency, total) = (n as f64, count as f64, self.total as f64);
        let size = |part: u32| self.sizes[part as usize] as f64;
        let mut rate_sum = 0.0;
        self.rates.clear();
        self.rates.extend(occurrences.iter().map(|&(part, c)| {
            let rate = c as f64 / size(part);
            rate_sum += rate;
            rate
        }));
        let mean = rate_sum / n_parts;
        let (mut square_sum, mut entropy, mut dp) = (0.0, 0.0, 0.0);
        for (&(part, c), &rate) in occurrences.iter().zip(&self.rates) {
            square_sum += (rate - mean).powi(2);
            let share = rate / rate_sum;
            entropy -= share * share.ln();
            // What stands above its expected share equals what stands below.
            dp += (c as f64 / frequency - size(part) / total).max(0.0);
        }
        square_sum += (n - occurrences.len()) as f64 * mean * mean;
        let variation = (square_sum / n_parts).sqrt() / mean;
        let dp_norm = dp / (1.0 - self.least as f64 / total);
        let (lowest, highest) = self.extremes_for(count);
        // Adding zero takes the sign from a zero.
        let unit = |x: f64| Some(x.clamp(0.0, 1.0) + 0.0);
        Dispersion {
            range,
            juilland_d: unit(1.0 - variation / (n_parts - 1.0).sqrt()),
            carroll_d2: unit(entropy / n_parts.ln()),
            dp: unit(dp),
            dp_norm: unit(dp_norm),
            dp_adjusted: (highest - lowest > 1e-12).then(|| ((dp - lowest) / (highest - lowest)).clamp(0.0, 1.0)),
        }
    }

    /// The least and the greatest DP that `count` occurrences can have in these parts.
    fn extremes_for(&mut self, count: u64) -> (f64, f64) {
        if let Some(&known) = self.extremes.get(&count) {
            return known;
        }
        let found = (self.lowest_dp(count), self.highest_dp(count));
        self.extremes.insert(count, found);
        found
    }

    /// Each part has the whole of its due share, and what is left over goes to the greatest remainders: no
    /// other distribution has a lesser DP.
    fn lowest_dp(&self, count: u64) -> f64 {
        let (frequency, total) = (count as f64, u128::from(self.total));
        let greatest = self.falling.first().copied().unwrap_or(0);
        if u128::from(count) * u128::from(greatest) < total {
            // No share is as much as one: one in each of the greatest parts.
            return 1.0 - self.falling_sums[count as usize - 1] as f64 / self.total as f64;
        }
        let share = |size: &u64| u128::from(count) * u128::from(*size);
        let given: u64 = self.falling.iter().map(|s| (share(s) / total) as u64).sum();
        let mut remainders: Vec<u128> = self.falling.iter().map(|s| share(s) % total).collect();
        let left = (count - given) as usize;
        if left > 0 {
            remainders.select_nth_unstable_by(left - 1, |a, b| b.cmp(a));
        }
        let covered: u128 = remainders[..left].iter().sum();
        1.0 - (given as f64 + covered as f64 / self.total as f64) / frequency
    }

    /// All in the least part that can hold them; if none can, as if parts could be filled to the last word.
    fn highest_dp(&self, count: u64) -> f64 {
        let holding = self.falling.partition_point(|&s| s >= count);
        let least = holding.checked_sub(1).map_or(count, |part| self.falling[part]);
        1.0 - least as f64 / self.total as f64
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Parts;

    fn near(found: Option<f64>, printed: f64, digits: i32) {
        let found = found.expect("is defined");
        assert!((found - printed).abs() <= 0.5 * 10f64.powi(-digits), "{found} for {printed}");
    }

    /// The corpus of 50 letters in five parts of Gries 2008 (also Gries 2010): the letter a stands there
    /// once, twice, … five times. Printed: D 0.785, D2 0.938, DP 0.18; DPnorm after Lijffijt and Gries 2012.
    #[test]
    fn the_example_of_gries() {
        let mut parts = Parts::new(vec![9, 10, 10, 10, 11]);
        let a = parts.dispersion(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
        assert_eq!(a.range, 5);
        near(a.juilland_d, 0.785, 3);
        near(a.carroll_d2, 0.938, 3);
        near(a.dp, 0.18, 2);
        near(a.dp_norm, 0.22, 2);
    }

    #[test]
    fn measures_that_are_not_defined_are_none() {
        assert_eq!(Parts::new(vec![100]).dispersion(&[(0, 3)]).dp, None, "one part");
        assert_eq!(Parts::new(vec![100, 0]).dispersion(&[(0, 3)]).dp, None, "a part without tokens is none");
        assert_eq!(Parts::new(vec![5, 5]).dispersion(&[]).carroll_d2, None, "a word that does not occur");
    }

    proptest! {
        #[test]
        fn measures_stay_in_their_bounds(sizes in prop::collection::vec(1u64..50, 2..20), seed in prop::collection::vec(0u64..50, 20)) {
            let counts: Vec<u64> = sizes.iter().zip(&seed).map(|(&s, &c)| c % (s + 1)).collect();
            let occurrences: Vec<_> = (0..).zip(counts.iter().copied()).filter(|o| o.1 > 0).collect();
            let found = Parts::new(sizes.clone()).dispersion(&occurrences);
            prop_assert_eq!(found.range as usize, occurrences.len());
            let [d, d2, dp, norm] = [found.juilland_d, found.carroll_d2, found.dp, found.dp_norm];
            prop_assert_eq!(d.is_some(), !occurrences.is_empty());
            for value in [d, d2, dp, norm, found.dp_adjusted].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&value));
            }
            // No distribution of so many is more even than the one that counts as most even.
            let count: u64 = counts.iter().sum();
            if let Some(dp) = dp {
                let parts = Parts::new(sizes);
                prop_assert!(parts.lowest_dp(count) <= dp + 1e-12);
                prop_assert!(parts.lowest_dp(count) <= parts.highest_dp(count) + 1e-12);
            }
        }

        #[test]
        fn a_word_in_proportion_to_the_parts_is_spread_fully(sizes in prop::collection::vec(1u64..50, 2..20)) {
            let all: Vec<_> = (0..).zip(sizes.iter().copied()).collect();
            let found = Parts::new(sizes).dispersion(&all);
            prop_assert!(found.dp.unwrap() < 1e-12 && found.juilland_d.unwrap() > 1.0 - 1e-6 && found.carroll_d2.unwrap() > 1.0 - 1e-9);
        }
    }
}
