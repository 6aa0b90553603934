//! The search for role nouns over the text of a page: at each character the longest listed word.
//!
//! All words have two characters or more. A bit by the first two settles nearly every place at once,
//! and a map the rest; an automaton over bytes is several times slower on Chinese text, whose bytes
//! say little. Traditional characters are folded on the
//! way, so that every mixture of spellings is found.

use std::str::CharIndices;

use rustc_hash::FxHashMap;

use crate::characters::Characters;

const CODES: usize = 0x1_0000;

/// Listed words, found leftmost and longest, without overlaps.
pub(crate) struct Search {
    /// A bit for the mixed codes of each two characters that begin a word, in all their forms.
    pairs: Box<[u64]>,
    /// Words by their first two characters (folded), longest first: the rest, and the number.
    words: FxHashMap<u32, Vec<Rest>>,
}

/// A word without its first two characters, and its number.
type Rest = (Box<[char]>, u32);

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

/// Place of two characters in the table of bits.
fn mixed(first: char, second: char) -> usize {
    ((first as usize).wrapping_mul(0x9E37) ^ (second as usize)) & (CODES - 1)
}

impl Search {
    /// A search for `words`, whose numbers are their places in the list. Words of one character are
    /// never found; of equal words the first counts.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, characters: &Characters) -> Search {
        let mut search = Search { pairs: vec![0; CODES / 64].into_boxed_slice(), words: FxHashMap::default() };
        let mut forms: FxHashMap<char, Vec<char>> = FxHashMap::default();
        for c in (0..=u32::from(u16::MAX)).filter_map(char::from_u32) {
            forms.entry(characters.fold(c)).or_default().push(c);
        }
        for (number, word) in words.enumerate() {
            let chars: Vec<char> = word.chars().map(|c| characters.fold(c)).collect();
            let &[a, b, ref rest @ ..] = chars.as_slice() else { continue };
            for &first in forms.get(&a).map_or(&[a][..], |f| f) {
                for &second in forms.get(&b).map_or(&[b][..], |f| f) {
                    let bit = mixed(first, second);
                    search.pairs[bit / 64] |= 1 << (bit % 64);
                }
            }
            let list = search.words.entry(pair(a, b)).or_default();
            let at = list.partition_point(|(other, _)| other.len() >= rest.len());
            list.insert(at, (rest.into(), u32::try_from(number).expect("fewer words than 4 billion")));
        }
        search
    }

    /// Hands every word of `text` to `found`, in order.
    pub(crate) fn each(&self, text: &str, characters: &Characters, mut found: impl FnMut(Found)) {
        let mut chars = text.char_indices();
        let Some((mut start, mut first)) = chars.next() else { return };
        while let Some((at, second)) = chars.next() {
            let bit = mixed(first, second);
            if self.pairs[bit / 64] & (1 << (bit % 64)) != 0
                && let Some((after, end, word)) = self.longest(first, second, &chars, characters)
            {
                found(Found { start, end, word });
                chars = after;
                match chars.next() {
                    Some((next, c)) => (start, first) = (next, c),
                    None => return,
                }
                continue;
            }
            (start, first) = (at, second);
        }
    }

    /// The longest word that begins with these two characters, and what follows it.
    fn longest<'t>(
        &self,
        first: char,
        second: char,
        chars: &CharIndices<'t>,
        characters: &Characters,
    ) -> Option<(CharIndices<'t>, usize, usize)> {
        let list = self.words.get(&pair(characters.fold(first), characters.fold(second)))?;
        list.iter().find_map(|(rest, word)| {
            let mut after = chars.clone();
            let fits = rest.iter().all(|&r| after.next().is_some_and(|(_, c)| characters.fold(c) == r));
            fits.then(|| (after.clone(), after.offset(), *word as usize))
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
