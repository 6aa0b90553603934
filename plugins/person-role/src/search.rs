//! The search for role nouns over the text of a page: at each character the longest listed word.
//!
//! All words have two characters or more. What is known of each of two characters tells whether any word may begin with
//! them, which settles nearly all places; the branches of a tree settle the rest. The table of characters stays near at hand, as one of
//! pairs would not; an automaton over bytes is several times slower on Chinese text, whose bytes say
//! little. Traditional characters are folded on the way, so that every mixture of spellings is found.

use rustc_hash::FxHashMap;

use crate::characters::{Characters, Forms};

/// Bits of the second look; one in thirty is set by a thousand words with their forms.
const BITS: usize = 1 << 17;
/// Where characters of three bytes have their first bytes, the one after the other, and what tells
/// their length there.
const LEADS: u64 = 0x00F0_0000_F000_00F0;
const THREES: u64 = 0x00E0_0000_E000_00E0;
/// Characters told apart at the first look: by the last twelve bits of their codes, which are those of the last two bytes of
/// nearly all of them.
const LOOKS: usize = 1 << 12;
/// No node, no word.
const NONE: u32 = u32::MAX;

/// Listed words, found leftmost and longest, without overlaps.
pub(crate) struct Search {
    /// By character, see [`LOOKS`].
    looks: Box<[Look; LOOKS]>,
    /// By two characters: set if they are a word.
    whole: Bits,
    /// By three characters of three bytes each: set if some word begins with them.
    going_on: Bits,
    /// The node of each two characters that begin a word, see [`pair_of`].
    begins: FxHashMap<u32, u32>,
    nodes: Vec<Node>,
}

/// What characters are in words. Second characters are of sixteen kinds.
#[derive(Clone, Copy, Default)]
struct Look {
    /// The kinds of the second characters of words that begin with it.
    begins: u16,
    /// Its kind, if some word has it for the second character; else 0.
    second: u16,
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

/// Two characters of the basic plane as a number; none if one of them lies beyond.
fn pair_of(first: char, second: char) -> Option<u32> {
    let (first, second) = (u16::try_from(first as u32).ok()?, u16::try_from(second as u32).ok()?);
    Some(u32::from(first) << 16 | u32::from(second))
}

/// The place of the bit of some characters, whose bytes are in the number, by the multiplicative method.
#[inline(always)]
fn bit_of(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - BITS.ilog2())) as usize
}

/// The number of the first so many of eight bytes.
#[inline(always)]
fn first_of(bytes: u64, length: usize) -> u64 {
    bytes << (64 - 8 * length)
}

/// The number of nine bytes. Others have it, too, but seldom.
#[inline(always)]
fn nine(bytes: &[u8; 9]) -> u64 {
    eight(bytes, 0) ^ u64::from(bytes[8]) << 17
}

/// Eight bytes from a place on, the first one lowest.
#[inline(always)]
fn eight<const N: usize>(bytes: &[u8; N], at: usize) -> u64 {
    u64::from_le_bytes(*bytes[at..].first_chunk().expect("so many bytes"))
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("fewer words than 4 billion")
}

/// The place of the bit of two characters.
fn pair_bit([a, b]: [char; 2]) -> usize {
    let mut bytes = [0; 8];
    let length = a.encode_utf8(&mut bytes).len();
    let length = length + b.encode_utf8(&mut bytes[length..]).len();
    bit_of(first_of(u64::from_le_bytes(bytes), length))
}

/// The place of a character at the first look.
fn look_of(c: char) -> usize {
    c as usize % LOOKS
}

/// The kind of a second character, as a bit.
fn kind_of(c: char) -> u16 {
    1 << (look_of(c).wrapping_mul(0x9E37_79B9) >> 16 & 15)
}

/// A set of hashes.
struct Bits(Box<[u64; BITS / 64]>);

impl Bits {
    fn new() -> Bits {
        Bits(vec![0; BITS / 64].into_boxed_slice().try_into().expect("so many numbers"))
    }

    fn set(&mut self, bit: usize) {
        self.0[bit / 64 % (BITS / 64)] |= 1 << (bit % 64);
    }

    #[inline(always)]
    fn has(&self, bit: usize) -> bool {
        self.0[bit / 64 % (BITS / 64)] >> (bit % 64) & 1 != 0
    }
}

impl Search {
    /// A search for `words`, whose numbers are their places in the list. Words of one character are
    /// never found; of equal words the first counts.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, characters: &Characters, forms: &Forms) -> Search {
        let looks = vec![Look::default(); LOOKS].into_boxed_slice().try_into().ok().expect("so many looks");
        let (whole, going_on) = (Bits::new(), Bits::new());
        let mut search = Search { looks, whole, going_on, begins: FxHashMap::default(), nodes: Vec::new() };
        for (number, word) in words.enumerate() {
            let mut chars = word.chars().map(|c| characters.fold(c));
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else { continue };
            let Some(pair) = pair_of(first, second) else { continue };
            let known = search.begins.get(&pair).copied();
            let mut node = known.unwrap_or_else(|| search.begin(first, second, forms));
            let pairs = forms.of(first).flat_map(|a| forms.of(second).map(move |b| [a, b]));
            match chars.clone().next() {
                None => pairs.for_each(|pair| search.whole.set(pair_bit(pair))),
                Some(third) if search.step(node, third).is_none() => {
                    let threes = pairs.flat_map(|[a, b]| forms.of(third).map(move |c| String::from_iter([a, b, c])));
                    let threes = threes.filter_map(|text| text.as_bytes().first_chunk().map(nine));
                    threes.for_each(|bytes| search.going_on.set(bit_of(bytes)));
                }
                Some(_) => {}
            }
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
        for (a, b) in forms.of(first).flat_map(|a| forms.of(second).map(move |b| (a, b))) {
            let Some(pair) = pair_of(a, b) else { continue };
            self.looks[look_of(a)].begins |= kind_of(b);
            self.looks[look_of(b)].second = kind_of(b);
            self.begins.insert(pair, node);
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
        // Of the character before.
        let (mut before, mut begins) = (from, 0);
        let mut at = from;
        loop {
            let six = |high: u8, low: u8| usize::from(high & 0x3F) << 6 | usize::from(low & 0x3F);
            let (look, length) = match bytes.get(at..)? {
                // Most of a page.
                [0xE0..=0xEF, b, c, ..] => (six(*b, *c), 3),
                [a @ 0..0x80, ..] => (usize::from(*a), 1),
                [a @ 0xC0..=0xDF, b, ..] => (six(a & 0x1F, *b), 2),
                [_, _, c, d, ..] => (six(*c, *d), 4),
                _ => return None,
            };
            let Look { begins: next, second } = self.looks[look];
            if begins & second != 0
                && let Some(found) = self.word_at(text, before, characters)
            {
                return Some(found);
            }
            (before, begins) = (at, next);
            at += length;
        }
    }

    /// The longest word that begins at a byte.
    fn word_at(&self, text: &str, at: usize, characters: &Characters) -> Option<Found> {
        if let Some(chunk) = text.as_bytes()[at..].first_chunk::<9>() {
            // Most words that are begun do not go on.
            let pair = first_of(eight(chunk, 0), 6);
            let threes = eight(chunk, 0) & LEADS == THREES;
            if threes && !self.whole.has(bit_of(pair)) && !self.going_on.has(bit_of(nine(chunk))) {
                return None;
            }
        }
        let mut chars = text[at..].chars();
        let pair = pair_of(chars.next()?, chars.next()?)?;
        let (after, word) = self.follow(*self.begins.get(&pair)?, chars.as_str(), characters)?;
        Some(Found { start: at, end: text.len() - after, word })
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
