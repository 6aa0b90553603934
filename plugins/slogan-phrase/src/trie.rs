//! The phrase machine: at every character, all lexicon phrases that begin there, in one pass.
//!
//! A trie of characters behind a bitmap of first pairs: most positions of a page are settled by one
//! look at a 16 KiB bitmap. A trie is used and not an Aho-Corasick machine because it can pass over a
//! separator that print may leave out or exchange (完整、准确、全面 and 完整准确全面 are one path)
//! instead of holding every form, and because all matches are wanted, also overlapping ones.

use rustc_hash::FxHashMap;

const BITMAP_BITS: u32 = 17;

/// Phrases by their characters.
#[derive(Default)]
pub(crate) struct Trie {
    /// Pairs of characters that begin a phrase.
    bitmap: Vec<u64>,
    /// (node, character) → node; the root is node 0.
    edges: FxHashMap<u64, u32>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    /// 1 + what ends here; 0 for nothing.
    value: u32,
    /// A separator may stand here in print.
    joint: bool,
}

/// Marks that print may leave out inside a formulation, or put where the lexicon has another.
pub(crate) fn is_joint(c: char) -> bool {
    matches!(c, '、' | '，' | '·' | ' ' | '　' | '“' | '”' | '"' | '‘' | '’' | '「' | '」')
}

impl Trie {
    /// Adds a phrase and what it stands for; returns the value that the same letters have already.
    pub(crate) fn insert(&mut self, phrase: &str, value: u32) -> Option<u32> {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
            self.bitmap = vec![0; 1 << (BITMAP_BITS - 6)];
        }
        let mut node = 0;
        let mut previous = None;
        let mut length = 0;
        for c in phrase.chars() {
            if is_joint(c) {
                if length > 0 {
                    self.nodes[node as usize].joint = true;
                }
                continue;
            }
            length += 1;
            if length == 2 {
                let first = previous.unwrap_or(c);
                self.mark(first, c);
                if self.nodes[node as usize].joint {
                    for joint in ['、', '，', '”'] {
                        self.mark(first, joint);
                    }
                }
            }
            let next = u32::try_from(self.nodes.len()).expect("lexicons are smaller than 4 GiB");
            let target = *self.edges.entry(edge(node, c)).or_insert(next);
            if target == next {
                self.nodes.push(Node::default());
            }
            node = target;
            previous = Some(c);
        }
        let end = &mut self.nodes[node as usize];
        if end.value != 0 {
            return Some(end.value - 1);
        }
        end.value = value + 1;
        None
    }

    fn mark(&mut self, first: char, second: char) {
        let bit = pair_bit(first, second);
        self.bitmap[bit >> 6] |= 1 << (bit & 63);
    }

    /// Calls `found` with start, end and value of every phrase in `text`, in order of start, the
    /// shorter first.
    pub(crate) fn scan(&self, text: &str, mut found: impl FnMut(usize, usize, u32)) {
        if self.nodes.is_empty() {
            return;
        }
        let mut previous = '\n';
        let mut previous_at = 0;
        for (at, c) in text.char_indices() {
            let bit = pair_bit(previous, c);
            if self.bitmap[bit >> 6] >> (bit & 63) & 1 == 1 {
                self.walk(text, previous_at, &mut found);
            }
            previous = c;
            previous_at = at;
        }
    }

    /// Follows the text from `start` as far as phrases go.
    fn walk(&self, text: &str, start: usize, found: &mut impl FnMut(usize, usize, u32)) {
        let mut node = 0;
        // Two separators in a row (”、“) may stand between words, not more.
        let mut passed = 0;
        for (offset, c) in text[start..].char_indices() {
            let Some(&next) = self.edges.get(&edge(node, c)) else {
                if self.nodes[node as usize].joint && passed < 3 && is_joint(c) {
                    passed += 1;
                    continue;
                }
                return;
            };
            passed = 0;
            node = next;
            let value = self.nodes[node as usize].value;
            if value != 0 {
                found(start, start + offset + c.len_utf8(), value - 1);
            }
        }
    }
}

fn edge(node: u32, c: char) -> u64 {
    u64::from(node) << 32 | u64::from(c as u32)
}

fn pair_bit(first: char, second: char) -> usize {
    let mixed = (first as u32).wrapping_mul(0x9E37_79B1) ^ (second as u32).wrapping_mul(0x85EB_CA6B);
    (mixed >> (32 - BITMAP_BITS)) as usize
}
