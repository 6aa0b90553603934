//! Values by key, and the numbers of texts that keys and values hold.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// What is counted for a key, in the order in which the keys came.
#[derive(Clone, Debug)]
pub(crate) struct Tally<K, V> {
    entries: Vec<(K, V)>,
    places: FxHashMap<K, u32>,
}

/// Something that is counted: several are put together in any order. `before` tells the order of texts by their numbers.
pub(crate) trait Count {
    fn merge(&mut self, other: Self, before: impl Fn(u32, u32) -> bool + Copy);
}

/// Something that holds numbers of texts.
pub(crate) trait Numbered {
    /// Shows each number, to be looked at or changed.
    fn each_number(&mut self, see: &mut impl FnMut(&mut u32));
}

impl<K, V> Default for Tally<K, V> {
    fn default() -> Self {
        Tally { entries: Vec::new(), places: FxHashMap::default() }
    }
}

impl<K: Copy + Eq + Hash, V: Count> Tally<K, V> {
    /// Adds to what is counted for a key.
    pub(crate) fn add(&mut self, key: K, value: V, before: impl Fn(u32, u32) -> bool + Copy) {
        let next = u32::try_from(self.entries.len()).expect("fewer keys than 4 billion");
        let place = *self.places.entry(key).or_insert(next);
        match self.entries.get_mut(place as usize) {
            Some((_, known)) => known.merge(value, before),
            None => self.entries.push((key, value)),
        }
    }
}

impl<K: Numbered + Copy, V: Numbered + Copy> Tally<K, V> {
    /// All keys with what is counted for them, with other numbers.
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
