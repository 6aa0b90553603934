//! Words looked up at a place in a line, forwards from their first or backwards from their last
//! character.
//!
//! A handful of look-ups happen around each role, so a map by one character and a short list is
//! enough; no automaton is needed here.

use rustc_hash::FxHashMap;

/// Words with a value each, longest first under their first and last character.
#[derive(Clone, Debug)]
pub(crate) struct WordSet<T> {
    by_first: FxHashMap<char, Vec<u32>>,
    by_last: FxHashMap<char, Vec<u32>>,
    exact: FxHashMap<Box<[char]>, u32>,
    entries: Vec<(Box<[char]>, T)>,
}

impl<T> Default for WordSet<T> {
    fn default() -> Self {
        WordSet {
            by_first: FxHashMap::default(),
            by_last: FxHashMap::default(),
            exact: FxHashMap::default(),
            entries: Vec::new(),
        }
    }
}

impl<T: Copy> WordSet<T> {
    /// Adds a word; false if it was there (the first value stays) or is empty.
    pub(crate) fn add(&mut self, word: &str, value: T) -> bool {
        let chars: Box<[char]> = word.chars().collect();
        let (Some(&first), Some(&last)) = (chars.first(), chars.last()) else { return false };
        if self.exact.contains_key(&chars) {
            return false;
        }
        let index = u32::try_from(self.entries.len()).expect("fewer words than 4 billion");
        self.exact.insert(chars.clone(), index);
        let len = chars.len();
        self.entries.push((chars, value));
        for list in [self.by_first.entry(first).or_default(), self.by_last.entry(last).or_default()] {
            // Longest first, so that the first hit of a search is the longest.
            let at = list.partition_point(|&i| self.entries[i as usize].0.len() >= len);
            list.insert(at, index);
        }
        true
    }

    /// The longest word that starts at `at`: its length and value.
    pub(crate) fn at(&self, chars: &[char], at: usize) -> Option<(usize, T)> {
        let list = self.by_first.get(chars.get(at)?)?;
        list.iter().find_map(|&i| {
            let (word, value) = &self.entries[i as usize];
            chars[at..].starts_with(word).then_some((word.len(), *value))
        })
    }

    /// The longest word that ends at `end` and does not start before `floor`.
    pub(crate) fn ending(&self, chars: &[char], floor: usize, end: usize) -> Option<(usize, T)> {
        if end <= floor {
            return None;
        }
        let list = self.by_last.get(&chars[end - 1])?;
        list.iter().find_map(|&i| {
            let (word, value) = &self.entries[i as usize];
            chars[floor..end].ends_with(word).then_some((word.len(), *value))
        })
    }

    /// The value of exactly this word.
    pub(crate) fn get(&self, word: &[char]) -> Option<T> {
        self.exact.get(word).map(|&i| self.entries[i as usize].1)
    }

    /// True if exactly this word is in the set.
    pub(crate) fn contains(&self, word: &[char]) -> bool {
        self.exact.contains_key(word)
    }
}
