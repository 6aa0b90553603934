//! The search for role nouns over the text of a page: at each character the longest listed word.
//!
//! All words have two characters or more. Each character has two sets of groups: those of the words
//! that it may begin, and those in which it may be the second. Two characters whose sets share no
//! group begin no word, which settles nine places in ten; the branches of a tree settle the rest.
//! The sets of the characters that print uses all the time stay near at hand, as those of their
//! thousands of pairs would not; an automaton over bytes is several times slower on Chinese text,
//! whose bytes say little. Traditional characters are folded on the way, so that every mixture of
//! spellings is found.

use rustc_hash::FxHashMap;

use crate::characters::{Characters, Forms, code_of};

/// Codes of the basic plane; characters beyond it are in no word.
const CODES: usize = 0x1_0000;
/// Groups of words.
const GROUPS: u32 = 8;
/// Where characters of three bytes have their first bytes, the one after the other, and what tells
/// their length there.
const LEADS: u64 = 0x00F0_0000_F000_00F0;
const THREES: u64 = 0x00E0_0000_E000_00E0;
/// The same of the fourth of them, in the number that begins with the fifth byte.
const LAST_LEAD: u64 = 0xF000_0000_0000;
const LAST_THREE: u64 = 0xE000_0000_0000;
/// No node, no word.
const NONE: u32 = u32::MAX;

/// Listed words, found leftmost and longest, without overlaps.
pub(crate) struct Search {
    /// Of each character: the groups of the words that it begins (low byte) and of those in which it
    /// is the second (high byte).
    groups: Box<[u16; CODES]>,
    /// The node of each two characters that begin a word, see [`pair_of`].
    begins: FxHashMap<u32, u32>,
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

/// Two characters of the basic plane as a number; none if one of them lies beyond.
fn pair_of(first: char, second: char) -> Option<u32> {
    let (first, second) = (u16::try_from(first as u32).ok()?, u16::try_from(second as u32).ok()?);
    Some(u32::from(first) << 16 | u32::from(second))
}

/// The code of the character of three bytes that a number begins with, the first byte lowest.
#[inline(always)]
fn code_at(bytes: u64) -> usize {
    (bytes as usize & 0xF) << 12 | (bytes >> 2) as usize & 0xFC0 | (bytes >> 16) as usize & 0x3F
}

/// The first eight and the last eight of twelve bytes, as numbers.
#[inline(always)]
fn halves(chunk: &[u8; 12]) -> (u64, u64) {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = *chunk;
    (u64::from_le_bytes([a, b, c, d, e, f, g, h]), u64::from_le_bytes([e, f, g, h, i, j, k, l]))
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("fewer words than 4 billion")
}

impl Search {
    /// A search for `words`, whose numbers are their places in the list. Words of one character are
    /// never found; of equal words the first counts.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>, characters: &Characters, forms: &Forms) -> Search {
        let groups = vec![0; CODES].into_boxed_slice().try_into().expect("a set for each code");
        let mut search = Search { groups, begins: FxHashMap::default(), nodes: Vec::new() };
        for (number, word) in words.enumerate() {
            let mut chars = word.chars().map(|c| characters.fold(c));
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else { continue };
            let Some(pair) = pair_of(first, second) else { continue };
            let known = search.begins.get(&pair).copied();
            let mut node = known.unwrap_or_else(|| search.begin(first, second, forms));
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
        // Words that begin alike are of one group.
        let group = 1u16 << (u32::from(first) % GROUPS);
        for (a, b) in forms.of(first).flat_map(|a| forms.of(second).map(move |b| (a, b))) {
            let Some(pair) = pair_of(a, b) else { continue };
            self.groups[a as usize] |= group;
            self.groups[b as usize] |= group << GROUPS;
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
        let mut at = from;
        // The groups of the character before, and its first byte.
        let (mut open, mut before) = (0, at);
        loop {
            let rest = bytes.get(at..)?;
            if let Some(chunk) = rest.first_chunk() {
                let (low, high) = halves(chunk);
                if low & LEADS == THREES && high & LAST_LEAD == LAST_THREE {
                    let a = self.groups[code_at(low)];
                    let b = self.groups[code_at(low >> 24)];
                    let c = self.groups[code_at(high >> 16)];
                    let d = self.groups[code_at(high >> 40)];
                    let begun = (open & a >> GROUPS, a & b >> GROUPS, b & c >> GROUPS, c & d >> GROUPS);
                    // Most places: no word begins here.
                    if begun.0 | begun.1 | begun.2 | begun.3 != 0 {
                        let word = |begun, at| if begun == 0 { None } else { self.word_at(text, at, characters) };
                        let found = word(begun.0, before).or_else(|| word(begun.1, at));
                        let found = found.or_else(|| word(begun.2, at + 3)).or_else(|| word(begun.3, at + 6));
                        if found.is_some() {
                            return found;
                        }
                    }
                    (open, before, at) = (d, at + 9, at + 12);
                    continue;
                }
            }
            let &lead = rest.first()?;
            // A character by itself, near others of other lengths.
            let (groups, len) = match rest {
                [..0x80, ..] => (self.groups[usize::from(lead)], 1),
                [0xE0..0xF0, b, c, ..] => (self.groups[usize::from(code_of(lead, *b, *c))], 3),
                _ => self.look_closely(text, at),
            };
            if open & groups >> GROUPS != 0
                && let Some(found) = self.word_at(text, before, characters)
            {
                return Some(found);
            }
            (open, before, at) = (groups, at, at + len);
        }
    }

    /// Groups and length of a character of two bytes or four.
    #[cold]
    fn look_closely(&self, text: &str, at: usize) -> (u16, usize) {
        let c = text[at..].chars().next().unwrap_or_default();
        (self.groups.get(c as usize).copied().unwrap_or(0), c.len_utf8())
    }

    /// The longest word that begins at a byte.
    fn word_at(&self, text: &str, at: usize, characters: &Characters) -> Option<Found> {
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
