//! Words looked up at a place in a line, forwards from their first or backwards from their last
//! character.
//!
//! A handful of look-ups happen around each role, and most find nothing: bits by the character and by
//! two characters say so at once, and short chains through the entries give the rest.

use rustc_hash::FxHashMap;

/// Words with a value each, longest first under their first and last character.
#[derive(Clone, Debug)]
pub(crate) struct WordSet<T> {
    /// Which characters and which two begin or end words.
    begins: Bits,
    ends: Bits,
    /// The first entry of the chain of a character.
    by_first: FxHashMap<char, u32>,
    by_last: FxHashMap<char, u32>,
    entries: Vec<Entry<T>>,
    /// The characters of all words.
    chars: Vec<char>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    start: u32,
    len: u32,
    value: T,
    /// The next entry, as long or shorter, with the same first or last character; [`NONE`] at the end.
    next_first: u32,
    next_last: u32,
}

const NONE: u32 = u32::MAX;
const CODES: usize = 0x1_0000;
const PAIRS: usize = 0x4000;

/// Bits for the characters that words begin (or end) with; characters beyond the basic plane fall
/// together with others.
#[derive(Clone, Debug)]
struct Bits {
    /// Characters of any word, then those that are a word alone.
    any: Box<[u64]>,
    alone: Box<[u64]>,
    pairs: Box<[u64]>,
}

fn place(code: usize) -> (usize, u64) {
    (code / 64, 1 << (code % 64))
}

fn mixed(outer: char, inner: char) -> usize {
    ((outer as usize).wrapping_mul(0x9E37) ^ (inner as usize).wrapping_mul(5)) & (PAIRS - 1)
}

fn set(bits: &mut [u64], code: usize) {
    let (i, bit) = place(code);
    bits[i] |= bit;
}

fn has(bits: &[u64], code: usize) -> bool {
    let (i, bit) = place(code);
    bits[i] & bit != 0
}

impl Default for Bits {
    fn default() -> Self {
        let zeros = |n| vec![0; n / 64].into_boxed_slice();
        Bits { any: zeros(CODES), alone: zeros(CODES), pairs: zeros(PAIRS) }
    }
}

impl Bits {
    fn add(&mut self, outer: char, inner: Option<char>) {
        set(&mut self.any, outer as usize % CODES);
        match inner {
            Some(inner) => set(&mut self.pairs, mixed(outer, inner)),
            None => set(&mut self.alone, outer as usize % CODES),
        }
    }

    /// False if no word begins with `outer` and, if it is longer, `inner`.
    fn may(&self, outer: char, inner: Option<char>) -> bool {
        let code = outer as usize % CODES;
        has(&self.any, code)
            && (has(&self.alone, code) || inner.is_some_and(|inner| has(&self.pairs, mixed(outer, inner))))
    }
}

impl<T> Default for WordSet<T> {
    fn default() -> Self {
        WordSet {
            begins: Bits::default(),
            ends: Bits::default(),
            by_first: FxHashMap::default(),
            by_last: FxHashMap::default(),
            entries: Vec::new(),
            chars: Vec::new(),
        }
    }
}

impl<T: Copy> WordSet<T> {
    /// Adds a word; false if it was there (the first value stays) or is empty.
    pub(crate) fn add(&mut self, word: &str, value: T) -> bool {
        let small = |n: usize| u32::try_from(n).expect("fewer words than 4 billion");
        let start = self.chars.len();
        self.chars.extend(word.chars());
        let word = &self.chars[start..];
        let (Some(&first), Some(&last)) = (word.first(), word.last()) else { return false };
        if self.get(word).is_some() {
            self.chars.truncate(start);
            return false;
        }
        let len = word.len();
        self.begins.add(first, word.get(1).copied());
        self.ends.add(last, len.checked_sub(2).map(|i| word[i]));
        let index = small(self.entries.len());
        let (first_head, last_head) =
            (*self.by_first.entry(first).or_insert(NONE), *self.by_last.entry(last).or_insert(NONE));
        self.entries.push(Entry { start: small(start), len: small(len), value, next_first: NONE, next_last: NONE });
        // Longest first, so that the first hit of a search is the longest.
        let (before, after) = self.slot(first_head, len, |e| e.next_first);
        self.entries[index as usize].next_first = after;
        match self.entries.get_mut(before as usize) {
            Some(before) => before.next_first = index,
            None => *self.by_first.entry(first).or_default() = index,
        }
        let (before, after) = self.slot(last_head, len, |e| e.next_last);
        self.entries[index as usize].next_last = after;
        match self.entries.get_mut(before as usize) {
            Some(before) => before.next_last = index,
            None => *self.by_last.entry(last).or_default() = index,
        }
        true
    }

    /// The entries of a chain between which a word of `len` characters belongs.
    fn slot(&self, head: u32, len: usize, next: impl Fn(&Entry<T>) -> u32) -> (u32, u32) {
        let (mut before, mut after) = (NONE, head);
        while let Some(entry) = self.entries.get(after as usize).filter(|e| e.len as usize >= len) {
            (before, after) = (after, next(entry));
        }
        (before, after)
    }

    fn word(&self, entry: &Entry<T>) -> &[char] {
        &self.chars[entry.start as usize..][..entry.len as usize]
    }

    /// The longest word that starts at `at`: its length and value.
    pub(crate) fn at(&self, chars: &[char], at: usize) -> Option<(usize, T)> {
        let rest = chars.get(at..)?;
        let first = *rest.first()?;
        if !self.begins.may(first, rest.get(1).copied()) {
            return None;
        }
        let mut next = *self.by_first.get(&first)?;
        while let Some(entry) = self.entries.get(next as usize) {
            let word = self.word(entry);
            if rest.len() >= word.len() && same(word, rest) {
                return Some((word.len(), entry.value));
            }
            next = entry.next_first;
        }
        None
    }

    /// The longest word that ends at `end` and does not start before `floor`.
    pub(crate) fn ending(&self, chars: &[char], floor: usize, end: usize) -> Option<(usize, T)> {
        if end <= floor {
            return None;
        }
        let before = &chars[floor..end];
        let last = *before.last()?;
        if !self.ends.may(last, before.len().checked_sub(2).map(|i| before[i])) {
            return None;
        }
        let mut next = *self.by_last.get(&last)?;
        while let Some(entry) = self.entries.get(next as usize) {
            let word = self.word(entry);
            if before.len() >= word.len() && same(word, &before[before.len() - word.len()..]) {
                return Some((word.len(), entry.value));
            }
            next = entry.next_last;
        }
        None
    }

    /// The value of exactly this word.
    pub(crate) fn get(&self, word: &[char]) -> Option<T> {
        let first = *word.first()?;
        if !self.begins.may(first, word.get(1).copied()) {
            return None;
        }
        let mut next = *self.by_first.get(&first)?;
        while let Some(entry) = self.entries.get(next as usize).filter(|e| e.len as usize >= word.len()) {
            if entry.len as usize == word.len() && same(self.word(entry), word) {
                return Some(entry.value);
            }
            next = entry.next_first;
        }
        None
    }

    /// True if exactly this word is in the set.
    pub(crate) fn contains(&self, word: &[char]) -> bool {
        self.get(word).is_some()
    }
}

/// True if `text` begins with `word`; words are too short for a call to compare memory.
fn same(word: &[char], text: &[char]) -> bool {
    word.iter().zip(text).all(|(a, b)| a == b)
}
