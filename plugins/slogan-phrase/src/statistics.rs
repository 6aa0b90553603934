//! Shares with their uncertainty, and tests against a base rate.

/// The normal quantile of an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval of 95 % for a share of `hits` in `of` (Wilson 1927, *Journal of the American Statistical Association*
/// 22); from 0 to 1 where there is nothing.
pub(crate) fn wilson(hits: u64, of: u64) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, p, z2) = (of as f64, hits as f64 / of as f64, Z * Z);
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // At the ends the formula gives exactly 0 and 1 but for rounding.
    let low = if hits == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if hits == of { 1.0 } else { (centre + half).min(1.0) };
    (low, high)
}

/// A share, 0 of nothing.
pub(crate) fn share(hits: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { hits as f64 / of as f64 }
}

/// Six decimals: what a reader can use, and the same digits on every platform.
pub(crate) fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// Logarithms of factorials, from 0 on.
pub(crate) struct Factorials(Vec<f64>);

impl Factorials {
    /// Up to `most`.
    pub(crate) fn up_to(most: u64) -> Self {
        let mut sum = 0.0;
        let logs = (1..=most).map(|n| {
            sum += (n as f64).ln();
            sum
        });
        Factorials(std::iter::once(0.0).chain(logs).collect())
    }

    fn log_choose(&self, n: u64, k: u64) -> f64 {
        let log = |i: u64| self.0.get(i as usize).copied().unwrap_or(0.0);
        log(n) - log(k) - log(n - k)
    }

    /// How probable it is that `hits` or fewer (`low`), or as many or more, of `of` articles have a phrase that `all_hits` of
    /// `all` have, if articles were shuffled: Fisher's exact test, one-sided (R. A. Fisher 1934, *Statistical Methods for Research Workers*).
    ///
    /// `hits ≤ of ≤ all`, `hits ≤ all_hits ≤ all`, and `all` at most what the table was made for.
    pub(crate) fn tail(&self, hits: u64, of: u64, all_hits: u64, all: u64, low: bool) -> f64 {
        let least = (of + all_hits).saturating_sub(all);
        let most = of.min(all_hits);
        let whole = self.log_choose(all, of);
        let term = |k: u64| (self.log_choose(all_hits, k) + self.log_choose(all - all_hits, of - k) - whole).exp();
        let sum: f64 = if low { (least..=hits).map(term).sum() } else { (hits..=most).map(term).sum() };
        sum.min(1.0)
    }
}

/// Which of many tests stand if of those that stand at most the share `rate` may be false (Benjamini and Hochberg 1995, *Journal of the
/// Royal Statistical Society* B 57): the greatest probability that stands, or none.
pub(crate) fn threshold(probabilities: &mut [f64], rate: f64) -> Option<f64> {
    probabilities.sort_by(f64::total_cmp);
    let tests = probabilities.len() as f64;
    let stands = |(i, p): &(usize, f64)| *p <= (*i + 1) as f64 / tests * rate;
    probabilities.iter().copied().enumerate().rfind(stands).map(|(_, p)| p)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Factorials, share, threshold, wilson};

    #[test]
    fn the_interval_is_that_of_the_textbook() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (hits, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(hits, of);
            assert!((found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5, "{hits} of {of}: {found:?}");
        }
    }

    #[test]
    fn the_test_is_that_of_the_tea_tasting_lady() {
        let factorials = Factorials::up_to(8);
        // Three of four cups right: 17 of 70 ways; all four: 1 of 70.
        assert!((factorials.tail(3, 4, 4, 8, false) - 17.0 / 70.0).abs() < 1e-9);
        assert!((factorials.tail(4, 4, 4, 8, false) - 1.0 / 70.0).abs() < 1e-9);
        assert!((factorials.tail(0, 4, 4, 8, true) - 1.0 / 70.0).abs() < 1e-9);
    }

    #[test]
    fn of_many_tests_few_stand() {
        // The example of Benjamini and Hochberg 1995, section 3.
        let mut p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        assert_eq!(threshold(&mut p, 0.05), Some(0.0095));
        assert_eq!(threshold(&mut [0.5, 0.9], 0.05), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_stays_between_0_and_1(of in 0u64..5000, part in 0u64..5000) {
            let hits = part.min(of);
            let (low, high) = wilson(hits, of);
            prop_assert!(0.0 <= low && low < high && high <= 1.0);
            prop_assert!(of == 0 || low <= share(hits, of) && share(hits, of) <= high);
        }
    }
}
