//! The search for role nouns over the text of a page: at each character the longest listed word.
//!
//! All words have two characters or more, and few characters begin one. So a bit by first character
//! and a map by the first two settle nearly every place at once; an automaton over bytes is several
//! times slower on Chinese text, whose bytes say little. Traditional characters are folded on the
//! way, so that every mixture of spellings is found.

use rustc_hash::FxHashMap;

use crate::characters::Characters;

const CODES: usize = 0x1_0000;

/// Listed words, found leftmost and longest, without overlaps.
pub(crate) struct Search {
    /// A bit for each character that begins a word, in all its forms.
    begins: Box<[u64]>,
    /// Words by their first two characters (folded), longest first: the rest, and the number.
    words: FxHashMap<u32, Vec<(Box<[char]>, u32)>>,
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

impl Search {
    /// A search for `words`, whose numbers are their places in the list. Words of one character are
    /// never found; of equal words the first counts.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, characters: &Characters) -> Search {
        let mut search = Search { begins: vec![0; CODES / 64].into_boxed_slice(), words: FxHashMap::default() };
        let mut first = vec![false; CODES];
        for (number, word) in words.enumerate() {
            let chars: Vec<char> = word.chars().map(|c| characters.fold(c)).collect();
            let &[a, b, ref rest @ ..] = chars.as_slice() else { continue };
            if let Some(flag) = first.get_mut(a as usize) {
                *flag = true;
            }
            let list = search.words.entry(pair(a, b)).or_default();
            let at = list.partition_point(|(other, _)| other.len() >= rest.len());
            list.insert(at, (rest.into(), u32::try_from(number).expect("fewer words than 4 billion")));
        }
        for code in 0..CODES {
            let folded = u32::try_from(code).ok().and_then(char::from_u32).map(|c| characters.fold(c));
            if folded.is_some_and(|c| first[c as usize & (CODES - 1)]) {
                search.begins[code / 64] |= 1 << (code % 64);
            }
        }
        search
    }

    fn may_begin(&self, c: char) -> bool {
        let code = c as usize;
        code < CODES && self.begins[code / 64] & (1 << (code % 64)) != 0
    }

    /// Hands every word of `text` to `found`, in order.
    pub(crate) fn each(&self, text: &str, characters: &Characters, mut found: impl FnMut(Found)) {
        let mut chars = text.char_indices();
        while let Some((start, c)) = chars.next() {
            if !self.may_begin(c) {
                continue;
            }
            let mut ahead = chars.clone();
            let Some((_, second)) = ahead.next() else { return };
            let Some(list) = self.words.get(&pair(characters.fold(c), characters.fold(second))) else { continue };
            for (rest, word) in list {
                let mut after = ahead.clone();
                if rest.iter().all(|&r| after.next().is_some_and(|(_, c)| characters.fold(c) == r)) {
                    found(Found { start, end: after.offset(), word: *word as usize });
                    chars = after;
                    break;
                }
            }
        }
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
