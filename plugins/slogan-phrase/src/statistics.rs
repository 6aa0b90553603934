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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{share, wilson};

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
