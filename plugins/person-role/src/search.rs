//! The search for role nouns over the text of a page: at each character the longest listed word.
//!
//! All words have two characters or more. A bit by the bytes of the first two settles nearly every
//! place at once, without decoding them, and a map the rest; an automaton over bytes is several times
//! slower on Chinese text, whose bytes say little. Traditional characters are folded on the way, so
//! that every mixture of spellings is found.

use rustc_hash::FxHashMap;

use crate::characters::Characters;

const CODES: usize = 0x4_0000;

/// Listed words, found leftmost and longest, without overlaps.
pub(crate) struct Search {
    /// A bit for the mixed bytes of each two characters that begin a word, in all their forms.
    pairs: Box<[u64; CODES / 64]>,
    /// The ASCII characters that are first or second in a word.
    ascii: [bool; 128],
    /// Where the words with each first two characters (folded) stand in `words`.
    lists: FxHashMap<u32, (u32, u32)>,
    /// Words by their first two characters, longest first.
    words: Vec<Word>,
    /// The characters after the first two, of all words.
    rests: Vec<char>,
}

#[derive(Clone, Copy)]
struct Word {
    /// The rest of the word in `rests`.
    rest: (u32, u32),
    number: u32,
}

/// A word found: its bytes and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) word: usize,
}

fn pair(first: char, second: char) -> u32 {
    // Characters beyond the basic plane fall together and are told apart by the rest of the word.
    ((first as u32) << 16) | (second as u32 & 0xFFFF)
}

/// Place in the table of bits of the bytes of two characters, the first byte lowest.
fn mixed(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 46) as usize
}

/// The bytes of two characters as a number.
fn bytes_of(first: char, second: char) -> u64 {
    let mut bytes = [0; 8];
    let len = first.encode_utf8(&mut bytes).len();
    second.encode_utf8(&mut bytes[len..]);
    u64::from_le_bytes(bytes)
}

/// True if the first six of these bytes are two characters of three bytes.
fn are_two(bytes: u64) -> bool {
    bytes & 0x0000_0000_F000_00F0 == 0x0000_0000_E000_00E0
}

impl Search {
    /// A search for `words`, whose numbers are their places in the list. Words of one character are
    /// never found; of equal words the first counts.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, characters: &Characters) -> Search {
        let mut search = Search {
            pairs: Box::new([0; CODES / 64]),
            ascii: [false; 128],
            lists: FxHashMap::default(),
            words: Vec::new(),
            rests: Vec::new(),
        };
        let small = |n: usize| u32::try_from(n).expect("fewer words than 4 billion");
        let forms = characters.forms();
        let mut entries = Vec::new();
        for (number, word) in words.enumerate() {
            let mut chars = word.chars().map(|c| characters.fold(c));
            let (Some(a), Some(b)) = (chars.next(), chars.next()) else { continue };
            let start = small(search.rests.len());
            search.rests.extend(chars);
            let rest = (start, small(search.rests.len()));
            entries.push((pair(a, b), u32::MAX - (rest.1 - start), Word { rest, number: small(number) }));
            for first in forms.get(&a).into_iter().flatten().chain([&a]) {
                search.note_ascii(*first);
                for second in forms.get(&b).into_iter().flatten().chain([&b]) {
                    search.note_ascii(*second);
                    let bit = mixed(bytes_of(*first, *second));
                    search.pairs[bit / 64] |= 1 << (bit % 64);
                }
            }
        }
        entries.sort_unstable_by_key(|&(pair, shortness, word)| (pair, shortness, word.number));
        search.words.extend(entries.iter().map(|(.., word)| *word));
        for (i, &(pair, ..)) in entries.iter().enumerate() {
            let list = search.lists.entry(pair).or_insert((small(i), 0));
            list.1 = small(i + 1);
        }
        search
    }

    fn note_ascii(&mut self, c: char) {
        if let Some(used) = self.ascii.get_mut(c as usize) {
            *used = true;
        }
    }

    /// Hands every word of `text` to `found`, in order.
    pub(crate) fn each(&self, text: &str, characters: &Characters, mut found: impl FnMut(Found)) {
        const SIX: u64 = 0xFFFF_FFFF_FFFF;
        let mut rest = text.as_bytes();
        loop {
            // Nearly all places: two characters of three bytes each that begin no word.
            while let Some(next) = rest.first_chunk::<8>().map(|b| u64::from_le_bytes(*b)) {
                if !are_two(next) || self.may_begin(next & SIX) {
                    break;
                }
                rest = &rest[3..];
            }
            let Some(&lead) = rest.first() else { return };
            // Digits, spaces and line feeds begin no word and are no second character of one.
            let plain = |byte: u8| byte.is_ascii() && !self.ascii[usize::from(byte)];
            if plain(lead) {
                rest = &rest[1..];
                continue;
            }
            if lead & 0xF0 == 0xE0 && rest.get(3).is_none_or(|&byte| plain(byte)) {
                rest = &rest[3..];
                continue;
            }
            let start = text.len() - rest.len();
            let mut chars = text[start..].chars();
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return };
            let mut step = first.len_utf8();
            if self.may_begin(bytes_of(first, second))
                && let Some((after, word)) = self.longest(first, second, chars.as_str(), characters)
            {
                let end = text.len() - after;
                found(Found { start, end, word });
                step = end - start;
            }
            rest = &rest[step..];
        }
    }

    fn may_begin(&self, bytes: u64) -> bool {
        let bit = mixed(bytes);
        self.pairs[bit / 64] & (1 << (bit % 64)) != 0
    }

    /// The longest word that begins with these two characters: the bytes of `text` after it, and its number.
    fn longest(&self, first: char, second: char, text: &str, characters: &Characters) -> Option<(usize, usize)> {
        let &(from, to) = self.lists.get(&pair(characters.fold(first), characters.fold(second)))?;
        self.words[from as usize..to as usize].iter().find_map(|word| {
            let mut after = text.chars();
            let rest = &self.rests[word.rest.0 as usize..word.rest.1 as usize];
            let fits = rest.iter().all(|&r| after.next().is_some_and(|c| characters.fold(c) == r));
            fits.then_some((after.as_str().len(), word.number as usize))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Search;
    use crate::characters::Characters;

    fn found(words: &[&str], text: &str) -> Vec<String> {
        let mut characters = Characters::default();
        characters.fold_to('書', '书');
        characters.fold_to('記', '记');
        let search = Search::new(words.iter().copied(), &characters);
        let mut out = Vec::new();
        search.each(text, &characters, |f| out.push(text[f.start..f.end].to_owned()));
        out
    }

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(found(&["书记", "书记处", "主席"], "书记处书记，主席书"), ["书记处", "书记", "主席"]);
    }

    #[test]
    fn traditional_and_mixed_spellings_are_found() {
        assert_eq!(found(&["书记"], "書記、書记、书記"), ["書記", "書记", "书記"]);
    }

    #[test]
    fn a_word_at_the_end_is_found_and_a_cut_one_is_not() {
        assert_eq!(found(&["CEO", "首席执行官"], "首席执行CEO"), ["CEO"]);
        assert!(found(&["主席"], "主").is_empty());
    }
}
