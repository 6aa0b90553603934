//! Values by key, and the numbers of texts that keys and values hold.

/// What is counted by key.
///
/// What is added stands at the end, and is sorted in once there is more of it than of what is sorted: cheaper than to look for each
/// key among all others, which are far apart in memory.
#[derive(Clone, Debug)]
pub(crate) struct Tally<K, V> {
    entries: Vec<(K, V)>,
    /// So many of the first entries have different keys.
    n_settled: usize,
}

/// Entries that may come before any are sorted in.
const FIRST: usize = 1 << 16;

/// Something that is counted: several are put together in any order. `before` tells the order of texts by their numbers.
pub(crate) trait Count: Copy {
    fn merge(&mut self, other: Self, before: impl Fn(u32, u32) -> bool + Copy);
}

/// Something that holds numbers of texts.
pub(crate) trait Numbered {
    /// Shows each number, to be looked at or changed.
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32));
}

impl<K, V> Default for Tally<K, V> {
    fn default() -> Self {
        Tally { entries: Vec::new(), n_settled: 0 }
    }
}

impl<K: Ord + Copy, V: Count> Tally<K, V> {
    /// Adds to what is counted for a key.
    pub(crate) fn add(&mut self, key: K, value: V, before: impl Fn(u32, u32) -> bool + Copy) {
        self.entries.push((key, value));
        if self.entries.len() > FIRST + 2 * self.n_settled {
            self.entries = settled(std::mem::take(&mut self.entries), before);
            self.n_settled = self.entries.len();
        }
    }
}

/// Entries in the order of their keys, one for each.
pub(crate) fn settled<K: Ord + Copy, V: Count>(
    mut entries: Vec<(K, V)>,
    before: impl Fn(u32, u32) -> bool + Copy,
) -> Vec<(K, V)> {
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries.dedup_by(|(key, next), (known, kept)| {
        let same = key == known;
        if same {
            kept.merge(*next, before);
        }
        same
    });
    entries
}

impl<K: Numbered + Copy, V: Numbered + Copy> Tally<K, V> {
    /// All entries with other numbers, perhaps several for a key.
    pub(crate) fn renumbered(&self, numbers: &[u32]) -> impl Iterator<Item = (K, V)> {
        self.entries.iter().map(|entry| {
            let mut entry = *entry;
            entry.each_number(&mut |number| *number = numbers[*number as usize]);
            entry
        })
    }
}

impl<K: Numbered, V: Numbered> Numbered for (K, V) {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        self.0.each_number(see);
        self.1.each_number(see);
    }
}

impl Numbered for u32 {
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32)) {
        see(self);
    }
}

impl Numbered for u64 {
    fn each_number(&mut self, _see: &mut impl FnMut(&mut u32)) {}
}

impl Count for u64 {
    fn merge(&mut self, other: u64, _before: impl Fn(u32, u32) -> bool + Copy) {
        *self += other;
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST, Tally, settled};

    #[test]
    fn nothing_is_lost_where_much_is_sorted_in() {
        let before = |a, b| a < b;
        let (n, n_keys) = (5 * FIRST as u64, 1000);
        let mut tally: Tally<u64, u64> = Tally::default();
        (0..n).for_each(|i| tally.add(i * i % n_keys, i, before));
        assert!(tally.entries.len() < 2 * FIRST, "entries of one key are put together on the way");
        let sums = settled(tally.entries, before);
        let expected = |key| (0..n).filter(|i| i * i % n_keys == key).sum::<u64>();
        assert!(sums.iter().all(|&(key, sum)| sum == expected(key)));
        assert_eq!(sums.iter().map(|(_, sum)| sum).sum::<u64>(), (0..n).sum::<u64>());
    }
}
