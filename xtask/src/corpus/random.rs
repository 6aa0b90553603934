//! Chance that can be repeated: one stream of numbers for each thing made.
//!
//! Every page, article and name draws from a stream of its own, begun from the seed, a kind and a
//! number, so that none of them depends on how much was drawn for another. Only whole numbers are
//! used: floating-point functions differ between platforms.

use fastrand::Rng;

/// What a stream is for; streams of different kinds share nothing.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Paper = 1,
    Place,
    Town,
    Village,
    Road,
    School,
    Firm,
    Citizen,
    OfficeHolder,
    Tenure,
    Article,
    Jumble,
    Stock,
    Plant,
    Calendar,
    Reporter,
    Lexicon,
}

/// The stream of one thing.
pub(super) fn stream(seed: u64, kind: Kind, number: u64) -> Rng {
    Rng::with_seed(mix(mix(seed ^ (kind as u64).rotate_left(40)) ^ number))
}

/// The finalizer of SplitMix64: neighbouring numbers become unlike ones.
pub(super) fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// True with this chance in a thousand.
pub(super) fn chance(rng: &mut Rng, per_mille: u32) -> bool {
    rng.u32(0..1000) < per_mille
}

/// One of these, all alike.
pub(super) fn pick<'a, T>(rng: &mut Rng, items: &'a [T]) -> &'a T {
    &items[rng.u32(0..u32::try_from(items.len()).expect("lists here are short")) as usize]
}

/// One of these words, all alike.
pub(super) fn word<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    pick::<&'a str>(rng, words)
}

/// A rank below `n` by Zipf's law: first the power of two, then a number within it, so that each
/// doubling of the rank is as likely as any other.
pub(super) fn zipf(rng: &mut Rng, n: u64) -> u64 {
    let power = rng.u32(0..=n.max(1).ilog2());
    let low = 1u64 << power;
    rng.u64(low..=(2 * low - 1).min(n.max(1))) - 1
}

/// A rank below `n` by the Zipf-Mandelbrot law: as by [`zipf`], but without the few ranks that
/// would stand for a tenth of all draws, as no village and no firm does in a newspaper.
pub(super) fn zipf_mandelbrot(rng: &mut Rng, n: u64) -> u64 {
    const SHIFT: u64 = 31;
    loop {
        let rank = zipf(rng, n + SHIFT);
        if rank >= SHIFT {
            return rank - SHIFT;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn low_ranks_are_drawn_most_and_high_ones_are_drawn() {
        let mut rng = stream(1, Kind::Article, 0);
        let drawn: Vec<u64> = (0..10_000).map(|_| zipf(&mut rng, 1000)).collect();
        assert!(drawn.iter().all(|&r| r < 1000));
        let count = |range: std::ops::Range<u64>| drawn.iter().filter(|r| range.contains(r)).count();
        assert!(count(0..1) > count(9..10) * 4);
        assert!(count(500..1000) > 300);
    }
}
