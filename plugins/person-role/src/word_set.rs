//! Words looked up at a place in a line, forwards from their first or backwards from their last
//! character.
//!
//! A handful of look-ups happen around each role, so a map by one character and a short list is
//! enough; no automaton is needed here.

use rustc_hash::FxHashMap;

/// Words with a value each, longest first under their first and last character.
#[derive(Clone, Debug)]
pub(crate) struct WordSet<T> {
    /// A bit for each character that begins or ends a word: most look-ups end here.
    begins: Box<[u64]>,
    ends: Box<[u64]>,
    by_first: FxHashMap<char, Vec<u32>>,
    by_last: FxHashMap<char, Vec<u32>>,
    exact: FxHashMap<Box<[char]>, u32>,
    entries: Vec<(Box<[char]>, T)>,
}

const CODES: usize = 0x1_0000;

/// Place of a character in the bits; those beyond the basic plane fall together with others.
fn bit(c: char) -> (usize, u64) {
    let code = c as usize & (CODES - 1);
    (code / 64, 1 << (code % 64))
}

impl<T> Default for WordSet<T> {
    fn default() -> Self {
        WordSet {
            begins: vec![0; CODES / 64].into_boxed_slice(),
            ends: vec![0; CODES / 64].into_boxed_slice(),
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
        self.begins[bit(first).0] |= bit(first).1;
        self.ends[bit(last).0] |= bit(last).1;
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
        let first = *chars.get(at)?;
        if self.begins[bit(first).0] & bit(first).1 == 0 {
            return None;
        }
        let list = self.by_first.get(&first)?;
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
        let last = chars[end - 1];
        if self.ends[bit(last).0] & bit(last).1 == 0 {
            return None;
        }
        let list = self.by_last.get(&last)?;
        list.iter().find_map(|&i| {
            let (word, value) = &self.entries[i as usize];
            chars[floor..end].ends_with(word).then_some((word.len(), *value))
        })
    }

    /// The value of exactly this word.
    pub(crate) fn get(&self, word: &[char]) -> Option<T> {
        let first = *word.first()?;
        if self.begins[bit(first).0] & bit(first).1 == 0 {
            return None;
        }
        self.exact.get(word).map(|&i| self.entries[i as usize].1)
    }

    /// True if exactly this word is in the set.
    pub(crate) fn contains(&self, word: &[char]) -> bool {
        self.get(word).is_some()
    }
}
