//! Whether a rate rises or falls over periods. Formulas and sources: docs/methods/keyword-frequency.md.

use statrs::function::erf::erfc;

use crate::association::Share;

/// A test for a trend and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Trend {
    /// Mann and Kendall's S.
    pub(crate) s: i64,
    pub(crate) z: f64,
    pub(crate) p: f64,
    /// Sen's slope, per 10,000 and period.
    pub(crate) slope: f64,
}

impl Trend {
    /// The trend of shares in the order of their periods.
    pub(crate) fn of(shares: &[Share]) -> Trend {
        // Compared as fractions: rates that are equal must not differ by rounding.
        let order = |a: &Share, b: &Share| {
            (u128::from(a.count) * u128::from(b.of)).cmp(&(u128::from(b.count) * u128::from(a.of)))
        };
        let (mut s, mut slopes) = (0, Vec::new());
        for (i, a) in shares.iter().enumerate() {
            for (steps, b) in (1..).zip(&shares[i + 1..]) {
                s += order(b, a) as i64;
                slopes.push((b.rate() - a.rate()) * 10_000.0 / f64::from(steps));
            }
        }
        let mut sorted: Vec<Share> = shares.to_vec();
        sorted.sort_by(order);
        let spread = |n: usize| (n as f64) * (n as f64 - 1.0) * (2.0 * n as f64 + 5.0);
        let ties: f64 = sorted.chunk_by(|a, b| order(a, b).is_eq()).map(|tied| spread(tied.len())).sum();
        let variance = (spread(shares.len()) - ties) / 18.0;
        let z = if s == 0 || variance <= 0.0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() };
        Trend { s, z, p: erfc(z.abs() / std::f64::consts::SQRT_2), slope: median(&mut slopes) }
    }
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        n if n % 2 == 1 => numbers[half],
        _ => f64::midpoint(numbers[half - 1], numbers[half]),
    }
}

/// The normal deviate beyond which 2.5 % lie.
const Z_95: f64 = 1.959_963_984_540_054;

/// Wilson's interval for a share, 95 %.
pub(crate) fn wilson(share: Share) -> (f64, f64) {
    if share.of == 0 {
        return (0.0, 1.0);
    }
    let (p, n) = (share.rate(), share.of as f64);
    let z2 = Z_95 * Z_95;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z_95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}
