//! The search for role nouns over the text of a page: at each character the longest listed word.
//!
//! All words have two characters or more. A mark by the bytes of the first two settles nearly every
//! place at once, without decoding them, and the branches of a tree the rest; an automaton over bytes
//! is several times slower on Chinese text, whose bytes say little. Traditional characters are folded
//! on the way, so that every mixture of spellings is found.

use rustc_hash::FxHashMap;

use crate::characters::{Characters, Forms};

const CODES: usize = 0x2_0000;
/// The bytes of two characters of three.
const SIX: u64 = 0xFFFF_FFFF_FFFF;
/// Where three such characters have their first bytes, and what tells their length there.
const THREE_LEADS: u64 = 0x00F0_0000_F000_00F0;
const THREE_THREES: u64 = 0x00E0_0000_E000_00E0;
/// No node, no word.
const NONE: u32 = u32::MAX;

/// Listed words, found leftmost and longest, without overlaps.
pub(crate) struct Search {
    /// Not 0 for the mixed bytes of each two characters that begin a word, in all their forms.
    marks: Box<[u8; CODES]>,
    /// The node of each two characters that begin a word, by their bytes.
    begins: FxHashMap<u64, u32>,
    /// The ASCII characters that are first or second in a word.
    ascii: [bool; 128],
    nodes: Vec<Node>,
}

/// A place in the tree of words: the characters so far, which may be a word.
#[derive(Clone, Copy)]
struct Node {
    /// The number of the word that ends here.
    word: u32,
    /// The character that leads here from the node before.
    by: char,
    /// The first node after this one, and the next one beside it.
    child: u32,
    sibling: u32,
}

/// A word found: its bytes and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) word: usize,
}

/// What three characters in a row tell at a glance.
enum Look {
    /// No word begins in so many bytes.
    Barren(usize),
    /// The bytes of each with the character behind it, if a word may begin so, else 0; and how many
    /// bytes this speaks of.
    Begins([u64; 3], usize),
    /// Not all of them have three bytes, or the one behind them must be looked at closely.
    Others,
}

/// Where to go on.
enum Step {
    /// Over so many bytes, in which no word begins.
    Over(usize),
    /// Two characters that may begin a word: their bytes, how many, and the length of the first.
    Begin(u64, usize, usize),
}

/// Place among the marks of the bytes of two characters, the first byte lowest.
fn mixed(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 47) as usize
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
    bytes & THREE_LEADS & SIX == THREE_THREES & SIX
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("fewer words than 4 billion")
}

impl Search {
    /// A search for `words`, whose numbers are their places in the list. Words of one character are
    /// never found; of equal words the first counts.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, characters: &Characters, forms: &Forms) -> Search {
        let marks = vec![0; CODES].into_boxed_slice().try_into().expect("a mark for each code");
        let mut search = Search { marks, begins: FxHashMap::default(), ascii: [false; 128], nodes: Vec::new() };
        for (number, word) in words.enumerate() {
            let mut chars = word.chars().map(|c| characters.fold(c));
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else { continue };
            let known = search.begins.get(&bytes_of(first, second));
            let mut node = known.copied().unwrap_or_else(|| search.begin(first, second, forms));
            for c in chars {
                node = search.step(node, c).unwrap_or_else(|| search.grow(node, c));
            }
            let word = &mut search.nodes[node as usize].word;
            *word = (*word).min(small(number));
        }
        search
    }

    /// A node for two characters that no word began with so far, found by all their forms.
    fn begin(&mut self, first: char, second: char, forms: &Forms) -> u32 {
        let node = self.add_node(second);
        for a in forms.of(first) {
            self.note_ascii(a);
            for b in forms.of(second) {
                self.note_ascii(b);
                let bytes = bytes_of(a, b);
                self.marks[mixed(bytes)] = 1;
                self.begins.insert(bytes, node);
            }
        }
        node
    }

    fn add_node(&mut self, by: char) -> u32 {
        self.nodes.push(Node { word: NONE, by, child: NONE, sibling: NONE });
        small(self.nodes.len() - 1)
    }

    /// A new node after `node`.
    fn grow(&mut self, node: u32, by: char) -> u32 {
        let new = self.add_node(by);
        self.nodes[new as usize].sibling = std::mem::replace(&mut self.nodes[node as usize].child, new);
        new
    }

    /// The node that `c` leads to.
    fn step(&self, node: u32, c: char) -> Option<u32> {
        let mut next = self.nodes[node as usize].child;
        while let Some(child) = self.nodes.get(next as usize) {
            if child.by == c {
                return Some(next);
            }
            next = child.sibling;
        }
        None
    }

    fn note_ascii(&mut self, c: char) {
        if let Some(used) = self.ascii.get_mut(c as usize) {
            *used = true;
        }
    }

    /// Hands every word of `text` to `found`, in order.
    pub(crate) fn each(&self, text: &str, characters: &Characters, mut found: impl FnMut(Found)) {
        let mut at = 0;
        while let Some(next) = self.next(text, at, characters) {
            found(next);
            at = next.end;
        }
    }

    /// True if any word stands in the text.
    pub(crate) fn is_in(&self, text: &str, characters: &Characters) -> bool {
        self.next(text, 0, characters).is_some()
    }

    /// The first word from byte `from` on.
    fn next(&self, text: &str, from: usize, characters: &Characters) -> Option<Found> {
        let bytes = text.as_bytes();
        let word = |at: usize, begin: u64, len: usize| {
            let (after, word) = self.follow(*self.begins.get(&begin)?, &text[at + len..], characters)?;
            Some(Found { start: at, end: text.len() - after, word })
        };
        let mut at = from;
        loop {
            let rest = bytes.get(at..)?;
            let step = match rest.first_chunk().map_or(Look::Others, |chunk| self.look(chunk)) {
                // Nearly all places: no word begins here.
                Look::Barren(step) => step,
                Look::Begins(begins, step) => {
                    let places = [at, at + 3, at + 6].into_iter().zip(begins).filter(|&(_, begin)| begin != 0);
                    if let Some(found) = places.filter_map(|(at, begin)| word(at, begin, 6)).next() {
                        return Some(found);
                    }
                    step
                }
                Look::Others => match self.look_closely(text, at) {
                    Step::Over(len) => len,
                    Step::Begin(begin, len, first) => match word(at, begin, len) {
                        None => first,
                        found => return found,
                    },
                },
            };
            at += step;
        }
    }

    /// The next step where characters of other lengths, or the end of the text, are near.
    fn look_closely(&self, text: &str, at: usize) -> Step {
        let rest = &text.as_bytes()[at..];
        let Some(&lead) = rest.first() else { return Step::Over(1) };
        if self.is_plain(lead) {
            return Step::Over(1);
        }
        if lead & 0xF0 == 0xE0 && rest.get(3).is_none_or(|&byte| self.is_plain(byte)) {
            return Step::Over(4);
        }
        if let Some(eight) = rest.first_chunk().map(|bytes| u64::from_le_bytes(*bytes)).filter(|&bytes| are_two(bytes))
        {
            let begin = eight & SIX;
            return if self.may_begin(begin) == 0 { Step::Over(3) } else { Step::Begin(begin, 6, 3) };
        }
        let mut chars = text[at..].chars();
        let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return Step::Over(rest.len()) };
        let (begin, len) = (bytes_of(first, second), first.len_utf8());
        if self.may_begin(begin) == 0 { Step::Over(len) } else { Step::Begin(begin, len + second.len_utf8(), len) }
    }

    /// True for digits, spaces and line feeds, which begin no word and are no second character of one.
    fn is_plain(&self, byte: u8) -> bool {
        byte.is_ascii() && !self.ascii[usize::from(byte)]
    }

    fn may_begin(&self, bytes: u64) -> u8 {
        self.marks[mixed(bytes)]
    }

    /// Looks at the first three of four characters.
    fn look(&self, chunk: &[u8; 12]) -> Look {
        let eight = |at: usize| chunk[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        // The first two characters, the two in the middle, and the last two.
        let (first, middle, last) = (eight(0), eight(3) & SIX, eight(4) >> 16);
        let (last, step) = match () {
            () if first & THREE_LEADS != THREE_THREES => return Look::Others,
            () if are_two(last) => (last, 9),
            () if self.is_plain(chunk[9]) => (0, 10),
            () => return Look::Others,
        };
        let pairs = [first & SIX, middle, last];
        let marks = pairs.map(|pair| self.may_begin(pair));
        if marks[0] | marks[1] | marks[2] == 0 {
            return Look::Barren(step);
        }
        let begins = |i: usize| if marks[i] == 0 { 0 } else { pairs[i] };
        Look::Begins([begins(0), begins(1), begins(2)], step)
    }

    /// The longest word from a node on.
    fn follow(&self, mut node: u32, text: &str, characters: &Characters) -> Option<(usize, usize)> {
        let mut after = text.chars();
        let mut longest = None;
        loop {
            let word = self.nodes[node as usize].word;
            if word != NONE {
                longest = Some((after.as_str().len(), word as usize));
            }
            if self.nodes[node as usize].child == NONE {
                return longest;
            }
            let Some(next) = after.next().and_then(|c| self.step(node, characters.fold(c))) else { return longest };
            node = next;
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
        let search = Search::new(words.iter().copied(), &characters, &characters.forms());
        let mut out = Vec::new();
        search.each(text, &characters, |f| out.push(text[f.start..f.end].to_owned()));
        out
    }

    #[test]
    fn the_longest_word_counts() {
        assert_eq!(found(&["书记", "书记处", "主席"], "书记处书记，主席书"), ["书记处", "书记", "主席"]);
        assert_eq!(found(&["部长", "部长助理办公室", "助理"], "部长助理办公厅"), ["部长", "助理"]);
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

    #[test]
    fn a_word_is_found_wherever_the_steps_of_the_search_fall() {
        for before in ["", "一", "一二", "一二三", "1一", "，12", "é一二", "𠮷一"] {
            for after in ["", "\n", "甲", "甲乙丙丁"] {
                let text = format!("{before}{before}主席{after}");
                assert_eq!(found(&["主席", " 男"], &text), ["主席"], "{text}");
            }
        }
    }
}
