//! Words looked up at a place in a line, forwards from their first or backwards from their last
//! character.
//!
//! A handful of look-ups happen around each role, and most find nothing: bits by the outer character and by two
//! of them say so at once, without a look at what lies farther off. For the rest, the words with the same two characters
//! at that end form a chain.

/// Words with a value each, longest first in their chains.
#[derive(Clone, Debug)]
pub(crate) struct WordSet<T> {
    forwards: Index,
    backwards: Index,
    entries: Vec<Entry<T>>,
    /// The characters of all words.
    chars: Vec<char>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    start: u32,
    len: u32,
    value: T,
    /// The next entry of the same chain, forwards and backwards; [`NONE`] at the end.
    next: [u32; 2],
}

/// The chains of one direction.
#[derive(Clone, Debug)]
struct Index {
    /// Two bits a character, [`LONGER`] and [`ALONE`]; those beyond the basic plane fall together with others.
    outers: Box<[u8; CODES / 4]>,
    /// By the two outer characters of words of two characters or more, one bit for many pairs.
    pairs: Box<[u64; PAIRS / 64]>,
    /// The first entry of each chain, by the two outer characters.
    heads: Vec<u32>,
    /// Which of the links of an entry is used.
    way: usize,
}

const NONE: u32 = u32::MAX;
/// A word of two characters or more begins (or ends) with the character.
const LONGER: u8 = 1;
/// The character is a word.
const ALONE: u8 = 2;
const PAIRS: usize = 1 << 13;
const CODES: usize = 0x1_0000;
/// Fewest chains of an index; they are doubled as words are added.
const FEWEST: usize = 256;

impl Index {
    fn new(way: usize) -> Index {
        let outers = vec![0; CODES / 4].into_boxed_slice().try_into().expect("two bits for each code");
        let pairs = Box::new([0; PAIRS / 64]);
        Index { outers, pairs, heads: vec![NONE; FEWEST], way }
    }

    /// Where the bits of a character are, and how far from the lowest.
    #[inline]
    fn bits(outer: char) -> (usize, usize) {
        let code = outer as usize % CODES;
        (code / 4, code % 4 * 2)
    }

    #[inline]
    fn mixed(outer: char, inner: char) -> usize {
        (outer as usize).wrapping_mul(0x9E37_79B9) ^ (inner as usize).wrapping_mul(0x85EB_CA6B)
    }

    /// The chain of words with these two outer characters; those of one character have a line feed for the inner.
    #[inline]
    fn chain(&self, outer: char, inner: char) -> usize {
        (Index::mixed(outer, inner) >> 8) & (self.heads.len() - 1)
    }

    /// Where the bit of a pair is.
    #[inline]
    fn pair(outer: char, inner: char) -> (usize, u64) {
        let bit = (Index::mixed(outer, inner) >> 16) % PAIRS;
        (bit / 64, 1 << (bit % 64))
    }

    /// What words begin (or end) with the character: [`LONGER`], [`ALONE`], both or none.
    #[inline]
    fn with(&self, outer: char) -> u8 {
        let (i, shift) = Index::bits(outer);
        self.outers[i] >> shift & (LONGER | ALONE)
    }

    /// False if no word begins (or ends) with these two characters.
    #[inline]
    fn may(&self, outer: char, inner: char) -> bool {
        let (i, bit) = Index::pair(outer, inner);
        self.pairs[i] & bit != 0
    }

    /// Puts an entry into its chain, after those that are as long or longer.
    fn link<T>(&mut self, entries: &mut [Entry<T>], new: u32, outer: char, inner: char) {
        let len = entries[new as usize].len;
        let (i, shift) = Index::bits(outer);
        self.outers[i] |= if len > 1 { LONGER } else { ALONE } << shift;
        let (i, bit) = Index::pair(outer, inner);
        self.pairs[i] |= bit;
        let chain = self.chain(outer, inner);
        let (mut before, mut after) = (NONE, self.heads[chain]);
        while let Some(entry) = entries.get(after as usize).filter(|e| e.len >= len) {
            (before, after) = (after, entry.next[self.way]);
        }
        entries[new as usize].next[self.way] = after;
        match entries.get_mut(before as usize) {
            Some(before) => before.next[self.way] = new,
            None => self.heads[chain] = new,
        }
    }
}

impl<T> Default for WordSet<T> {
    fn default() -> Self {
        WordSet { forwards: Index::new(0), backwards: Index::new(1), entries: Vec::new(), chars: Vec::new() }
    }
}

impl<T: Copy> WordSet<T> {
    /// Adds a word; false if it was there (the first value stays) or is empty.
    pub(crate) fn add(&mut self, word: &str, value: T) -> bool {
        let small = |n: usize| u32::try_from(n).expect("fewer words than 4 billion");
        let start = self.chars.len();
        self.chars.extend(word.chars());
        let len = self.chars.len() - start;
        if len == 0 || self.get(&self.chars[start..]).is_some() {
            self.chars.truncate(start);
            return false;
        }
        self.entries.push(Entry { start: small(start), len: small(len), value, next: [NONE; 2] });
        if self.entries.len() > self.forwards.heads.len() {
            self.spread();
        } else {
            self.link(self.entries.len() - 1);
        }
        true
    }

    /// Doubles the number of chains.
    fn spread(&mut self) {
        let chains = self.forwards.heads.len() * 2;
        self.forwards.heads = vec![NONE; chains];
        self.backwards.heads = vec![NONE; chains];
        (0..self.entries.len()).for_each(|entry| self.link(entry));
    }

    fn link(&mut self, entry: usize) {
        let word = word_of(&self.chars, &self.entries[entry]);
        let (first, last) = (word[0], word[word.len() - 1]);
        let (second, last_but_one) = match word.len() {
            1 => ('\n', '\n'),
            len => (word[1], word[len - 2]),
        };
        let new = u32::try_from(entry).expect("fewer words than 4 billion");
        self.forwards.link(&mut self.entries, new, first, second);
        self.backwards.link(&mut self.entries, new, last, last_but_one);
    }

    /// The first entry of a chain that is wanted.
    fn find(&self, index: &Index, outer: char, inner: char, wanted: impl Fn(&[char]) -> bool) -> Option<(usize, T)> {
        let mut next = index.heads[index.chain(outer, inner)];
        while let Some(entry) = self.entries.get(next as usize) {
            let word = word_of(&self.chars, entry);
            if wanted(word) {
                return Some((word.len(), entry.value));
            }
            next = entry.next[index.way];
        }
        None
    }

    /// The longest word that starts at `at`: its length and value.
    #[inline]
    pub(crate) fn at(&self, chars: &[char], at: usize) -> Option<(usize, T)> {
        let first = *chars.get(at)?;
        let with = self.forwards.with(first);
        if with == 0 {
            return None;
        }
        let rest = &chars[at + 1..];
        if with & LONGER != 0
            && let Some(&second) = rest.first()
            && self.forwards.may(first, second)
            && let Some(found) = self.starting(first, second, rest)
        {
            return Some(found);
        }
        (with & ALONE != 0).then(|| self.alone(&self.forwards, first)).flatten()
    }

    /// The longest word of `first` and what `rest` begins with, which is `second`.
    fn starting(&self, first: char, second: char, rest: &[char]) -> Option<(usize, T)> {
        self.find(&self.forwards, first, second, |word| {
            word[0] == first && word.len() > 1 && rest.len() >= word.len() - 1 && same(&word[1..], rest)
        })
    }

    /// The longest word that ends at `end` and does not start before `floor`.
    #[inline]
    pub(crate) fn ending(&self, chars: &[char], floor: usize, end: usize) -> Option<(usize, T)> {
        if end <= floor {
            return None;
        }
        let last = chars[end - 1];
        let with = self.backwards.with(last);
        if with == 0 {
            return None;
        }
        let before = &chars[floor..end - 1];
        if with & LONGER != 0
            && let Some(&inner) = before.last()
            && self.backwards.may(last, inner)
            && let Some(found) = self.ended(before, inner, last)
        {
            return Some(found);
        }
        (with & ALONE != 0).then(|| self.alone(&self.backwards, last)).flatten()
    }

    /// The longest word of what `before` ends with, which is `inner`, and `last`.
    fn ended(&self, before: &[char], inner: char, last: char) -> Option<(usize, T)> {
        self.find(&self.backwards, last, inner, |word| {
            let head = &word[..word.len() - 1];
            let fits = word[head.len()] == last && !head.is_empty() && before.len() >= head.len();
            fits && same(head, &before[before.len() - head.len()..])
        })
    }

    /// The word of one character.
    fn alone(&self, index: &Index, c: char) -> Option<(usize, T)> {
        self.find(index, c, '\n', |word| word == [c])
    }

    /// The value of exactly this word.
    #[inline]
    pub(crate) fn get(&self, word: &[char]) -> Option<T> {
        let first = *word.first()?;
        let second = word.get(1).copied().unwrap_or('\n');
        if self.forwards.with(first) == 0 || !self.forwards.may(first, second) {
            return None;
        }
        self.find(&self.forwards, first, second, |listed| listed.len() == word.len() && same(listed, word))
            .map(|(_, value)| value)
    }

    /// True if exactly this word is in the set.
    #[inline]
    pub(crate) fn contains(&self, word: &[char]) -> bool {
        self.get(word).is_some()
    }
}

fn word_of<'a, T>(chars: &'a [char], entry: &Entry<T>) -> &'a [char] {
    &chars[entry.start as usize..][..entry.len as usize]
}

/// True if `text` begins with `word`; words are too short for a call to compare memory.
fn same(word: &[char], text: &[char]) -> bool {
    word.iter().zip(text).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::WordSet;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn the_longest_word_is_found_from_both_ends() {
        let mut set = WordSet::default();
        let words = ["会", "委员会", "常务委员会", "委", "大会", "长"];
        assert!(words.iter().zip(0..).all(|(word, value)| set.add(word, value)));
        assert!(!set.add("大会", 9) && !set.add("", 9), "twice, and empty");
        let line = chars("人大常务委员会委员长大会");
        assert_eq!(set.ending(&line, 0, 7), Some((5, 2)));
        assert_eq!(set.ending(&line, 3, 7), Some((3, 1)), "no farther than the floor");
        assert_eq!(set.ending(&line, 6, 7), Some((1, 0)));
        assert_eq!(set.ending(&line, 7, 7), None);
        assert_eq!((set.at(&line, 4), set.at(&line, 7), set.at(&line, 8)), (Some((3, 1)), Some((1, 3)), None));
        assert_eq!((set.at(&line, 11), set.at(&line, 12)), (Some((1, 0)), None));
        assert_eq!((set.get(&chars("大会")), set.get(&chars("大"))), (Some(4), None));
    }

    #[test]
    fn many_words_stay_what_they_are() {
        let mut set = WordSet::default();
        let words: Vec<String> = (0..2000u32).map(|n| format!("{n}号{}", n % 7)).collect();
        assert!(words.iter().enumerate().all(|(n, word)| set.add(word, n)));
        for (n, word) in words.iter().enumerate() {
            let line = chars(word);
            assert_eq!((set.get(&line), set.at(&line, 0)), (Some(n), Some((line.len(), n))));
            assert_eq!(set.ending(&line, 0, line.len()), Some((line.len(), n)));
        }
    }
}
