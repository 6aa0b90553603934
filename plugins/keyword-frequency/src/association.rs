//! Measures of a difference between two corpora, from whole numbers.
//! Formulas and sources: docs/methods/keyword-frequency.md.

use statrs::function::beta::{beta_reg, ln_beta};
use statrs::function::erf::erfc;

/// How often something occurs among how many: `count` ≤ `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) count: u64,
    pub(crate) of: u64,
}

impl Share {
    /// Occurrences per one; 0 of nothing.
    pub(crate) fn rate(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.count as f64 / self.of as f64 }
    }
}

/// Observed × ln(observed / expected); nothing observed tells nothing.
fn term(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
}

/// G² of occurrences in two corpora, in the form of Rayson and Garside.
pub(crate) fn g2_of_tokens(a: Share, b: Share) -> f64 {
    let (f, n) = ((a.count + b.count) as f64, (a.of + b.of) as f64);
    let side = |share: Share| term(share.count as f64, f * (share.of as f64 / n));
    (2.0 * (side(a) + side(b))).max(0.0)
}

/// G² of all four cells (Dunning): for shares that may be large.
pub(crate) fn g2_of_table(a: Share, b: Share) -> f64 {
    let n = (a.of + b.of) as f64;
    let with = (a.count + b.count) as f64;
    let side = |share: Share| {
        let of = share.of as f64;
        let missing = (share.of - share.count) as f64;
        term(share.count as f64, with * of / n) + term(missing, (n - with) * of / n)
    };
    (2.0 * (side(a) + side(b))).max(0.0)
}

/// The chance of a G² as great or greater where there is no difference (χ², one degree of freedom).
pub(crate) fn p_of_g2(g2: f64) -> f64 {
    erfc((g2 / 2.0).sqrt())
}

/// Chances corrected for so many tests at once, by Holm.
pub(crate) fn holm(chances: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&a, &b| chances[a].total_cmp(&chances[b]));
    let (mut corrected, mut most) = (vec![0.0; chances.len()], 0.0f64);
    for (rank, &i) in order.iter().enumerate() {
        most = most.max((chances[i] * (chances.len() - rank) as f64).min(1.0));
        corrected[i] = most;
    }
    corrected
}

/// Log ratio (Hardie): the binary logarithm of the ratio of rates; a count of zero is taken as one half.
pub(crate) fn log_ratio(a: Share, b: Share) -> f64 {
    let rate = |s: Share| if s.count == 0 { 0.5 / s.of as f64 } else { s.rate() };
    (rate(a) / rate(b)).log2()
}

/// The lower bound of the log ratio with a chance `alpha` / 2 to lie too high; none if the word is not in `a`.
pub(crate) fn log_ratio_from(a: Share, b: Share, alpha: f64) -> Option<f64> {
    let logit = (a.count > 0).then(|| beta_quantile_logit(a.count as f64, b.count as f64 + 1.0, alpha / 2.0))?;
    Some(logit / std::f64::consts::LN_2 + (b.of as f64 / a.of as f64).log2())
}

/// The upper bound; none if the word is not in `b`.
pub(crate) fn log_ratio_to(a: Share, b: Share, alpha: f64) -> Option<f64> {
    log_ratio_from(b, a, alpha).map(|bound| -bound)
}

/// ln(x / (1 − x)) of the x below which a beta variable lies with this chance, at most one half.
///
/// By Newton's method on the logarithm of the chance, kept within bounds that close in; statrs has the
/// distribution function, but its inverse is good to five digits alone.
fn beta_quantile_logit(a: f64, b: f64, chance: f64) -> f64 {
    let at = |t: f64| 1.0 / (1.0 + (-t).exp());
    let log_beta = ln_beta(a, b);
    let (mut low, mut high) = (-800.0f64, 40.0f64);
    let mut t = (a / b).ln() - 2.0 * (1.0 / a + 1.0 / b).sqrt();
    for _ in 0..200 {
        let x = at(t);
        let below = beta_reg(a, b, x.clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON));
        if below < chance {
            low = t
        } else {
            high = t
        }
        // d below / d t: the density in logits.
        let slope = (a * x.ln() + b * at(-t).ln() - log_beta).exp();
        let step = if below > 0.0 && slope > 0.0 { (below / chance).ln() * below / slope } else { f64::INFINITY };
        let next = if step.is_finite() && low < t - step && t - step < high { t - step } else { (low + high) / 2.0 };
        if (next - t).abs() <= 1e-13 * t.abs().max(1.0) {
            return next;
        }
        t = next;
    }
    t
}

/// Percentage difference of rates (%DIFF); none if the word is not in `b`.
pub(crate) fn percent_difference(a: Share, b: Share) -> Option<f64> {
    (b.count > 0).then(|| (a.rate() - b.rate()) / b.rate() * 100.0)
}

/// Odds ratio; none if it is infinite.
pub(crate) fn odds_ratio(a: Share, b: Share) -> Option<f64> {
    let odds = |s: Share| s.count as f64 / (s.of - s.count) as f64;
    (b.count > 0 && a.count < a.of && b.count < b.of).then(|| odds(a) / odds(b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn share(count: u64, of: u64) -> Share {
        Share { count, of }
    }

    /// Hardie, Log Ratio – an informal introduction (2014): 0.0006 against 0.0002 is three times as much; twice as
    /// much is 1, four times 2, and half as much −1.
    #[test]
    fn the_log_ratios_of_hardie() {
        assert!((log_ratio(share(600, 1_000_000), share(200, 1_000_000)) - 3f64.log2()).abs() < 1e-12);
        for (ratio, expected) in [(1, 0.0), (2, 1.0), (4, 2.0), (8, 3.0), (32, 5.0)] {
            assert_eq!(log_ratio(share(10 * ratio, 5000), share(10, 5000)), expected);
            assert_eq!(log_ratio(share(10, 5000), share(10 * ratio, 5000)), -expected);
        }
    }

    /// What Paul Rayson's calculator (ucrel.lancs.ac.uk/llwizard.html) gives, as printed in the tests of the CLiC
    /// concordancer (University of Birmingham): words of the body in 116,000 words of Dickens against 5,451,382.
    #[test]
    fn the_calculator_of_rayson() {
        let of_dickens =
            [(540, 7525, 534.64), (227, 3635, 183.53), (29, 504, 20.50), (431, 5892, 437.88), (16, 650, 0.32)];
        let with_zeros = [
            (share(540, 116_000), share(0, 5_451_382), 4180.78),
            (share(7, 10_000), share(0, 100_000), 33.57),
            (share(10, 150), share(10, 150), 0.0),
        ];
        let examples = of_dickens.map(|(a, b, printed)| (share(a, 116_000), share(b, 5_451_382), printed));
        for (a, b, printed) in examples.into_iter().chain(with_zeros) {
            assert!((g2_of_tokens(a, b) - printed).abs() <= 0.005, "{a:?} {b:?}: {}", g2_of_tokens(a, b));
        }
    }

    /// Dunning 1993, first row of his table of bigrams ("the swiss"): 110 of 221, 2,442 of 31,556 otherwise.
    #[test]
    fn the_first_bigram_of_dunning() {
        let (a, b) = (share(110, 110 + 2442), share(111, 111 + 29_114));
        assert!((g2_of_table(a, b) - 270.72).abs() <= 0.005);
    }

    proptest! {
        #[test]
        fn g2_is_no_less_than_zero_and_symmetric(a in 0u64..500, b in 0u64..500, n in 500u64..5000, m in 500u64..5000) {
            prop_assume!(a + b > 0);
            let (x, y) = (share(a, n), share(b, m));
            for g2 in [g2_of_tokens, g2_of_table] {
                prop_assert!(g2(x, y) >= 0.0);
                prop_assert!((g2(x, y) - g2(y, x)).abs() < 1e-9);
                prop_assert!((0.0..=1.0).contains(&p_of_g2(g2(x, y))));
            }
            prop_assert!((log_ratio(x, y) + log_ratio(y, x)).abs() < 1e-9);
            let (low, high) = (log_ratio_from(x, y, 0.05), log_ratio_to(x, y, 0.05));
            prop_assert_eq!(low.is_some(), a > 0);
            prop_assert_eq!(high.is_some(), b > 0);
            prop_assert!(low.is_none_or(|l| l.is_finite() && l <= log_ratio(x, y) + 1e-9 || b == 0));
            prop_assert!(high.is_none_or(|h| h.is_finite() && h >= log_ratio(x, y) - 1e-9 || a == 0));
        }
    }

    #[test]
    fn equal_rates_differ_by_nothing() {
        let (a, b) = (share(30, 1000), share(60, 2000));
        assert!(g2_of_tokens(a, b) < 1e-12 && g2_of_table(a, b) < 1e-12);
        assert_eq!(log_ratio(a, b), 0.0);
        assert_eq!(percent_difference(a, b), Some(0.0));
    }
}
