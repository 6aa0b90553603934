//! The phrase machine: at every character, all lexicon phrases that begin there, in one pass.
//!
//! A trie of characters behind a small table of what two characters in a row can be in a phrase: most
//! positions of a page are settled by one look at the table. A trie is used and not an Aho-Corasick
//! machine because it can pass over a separator that print may leave out or exchange (完整、准确、全面 and
//! 完整准确全面 are one path) instead of holding every form, and because all matches are wanted, also
//! overlapping ones. A walk is bounded by the longest phrase, so the pass is linear in the page.
//!
//! Phrases are added one by one. A node knows its first child itself; only where paths fork is there a
//! look into a map, so that most of a walk reads one node after the other.

use rustc_hash::FxHashMap;

use crate::letter::{self, Letter, is_joint};

/// Separators that may stand after the first or second character of a phrase: “四个”意识.
const EARLY_JOINTS: [Letter; 3] = [letter::of('、'), letter::of('，'), letter::of('”')];

/// Places of the table of pairs: what has more would not stay at hand while a page is read.
const PAIRS: usize = 1 << 16;

/// What two characters in a row can be in print, by bit: the first and second of a phrase of three or
/// more, the second and third, a phrase of their own. Each place of the table has `ANY`, too, so that one
/// shift and one `and` with the pair before tell of both ways to begin, see [`Trie::step`].
const HEAD: u8 = 1;
const NEXT: u8 = HEAD << 1;
const ANY: u8 = 8;
const WHOLE: u8 = ANY << 1;

const ROOT: u32 = 0;

/// Phrases by their characters.
pub(crate) struct Trie<V> {
    /// What pairs of characters can be, by [`pair`].
    pairs: Vec<u8>,
    nodes: Vec<Node>,
    /// Node and letter → child, for all children but the first of a node.
    forks: FxHashMap<u64, u32>,
    values: Vec<Value<V>>,
    /// Every way in which phrases begin.
    heads: Vec<Head>,
}

#[derive(Clone, Copy, Default)]
struct Node {
    /// Letter of the first child, or 0.
    letter: Letter,
    /// The first child.
    child: u32,
    /// 1 + the first value of what ends here; 0 for nothing.
    value: u32,
    /// There are other children.
    forks: bool,
    /// A separator may stand here in print.
    joint: bool,
}

/// One of the values of a phrase.
struct Value<V> {
    value: V,
    /// 1 + the next value of the same phrase; 0 after the last.
    next: u32,
}

/// The first letters of a phrase, and the nodes they lead to.
#[derive(Clone, Copy)]
struct Head {
    letters: [Letter; 2],
    nodes: [u32; 2],
    /// 0 for a phrase of two.
    third: Letter,
}

/// The last two characters of a pass, see [`Trie::step`].
#[derive(Default)]
pub(crate) struct Last {
    letters: u64,
    pair: u8,
}

/// Where phrases may begin, seen from a character: with it as the third or the second, or both.
pub(crate) struct Reached(u8);

impl Reached {
    /// True if a phrase may begin.
    #[inline(always)]
    pub(crate) fn any(&self) -> bool {
        self.0 != 0
    }
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Trie {
            pairs: vec![ANY; PAIRS],
            nodes: vec![Node::default()],
            forks: FxHashMap::default(),
            values: Vec::new(),
            heads: Vec::new(),
        }
    }
}

impl<V: Copy> Trie<V> {
    /// Makes room for so many phrases and letters.
    pub(crate) fn reserve(&mut self, phrases: usize, letters: usize) {
        self.nodes.reserve(letters);
        self.forks.reserve(phrases);
        self.values.reserve(phrases);
        self.heads.reserve(phrases);
    }

    /// Adds a phrase of two or more letters and what it stands for; one phrase may stand for several
    /// things. Separators are no letters, but may stand where they stand. [`finish`](Self::finish) comes after the last.
    pub(crate) fn insert(&mut self, phrase: &str, value: V) {
        let mut node = ROOT;
        let mut depth = 0;
        let mut head = Head { letters: [0; 2], nodes: [0; 2], third: 0 };
        for letter in letter::letters(phrase) {
            if is_joint(letter) {
                self.nodes[node as usize].joint |= node != ROOT;
                continue;
            }
            let (next, new) = self.child_or_new(node, letter);
            node = next;
            match depth {
                0 | 1 => {
                    head.letters[depth] = letter;
                    head.nodes[depth] = node;
                }
                2 if new => self.heads.push(Head { third: letter, ..head }),
                _ => {}
            }
            depth += 1;
        }
        if depth < 2 {
            return;
        }
        if depth == 2 {
            self.heads.push(head);
        }
        // The values of one phrase in the order in which they came.
        let new = index(self.values.len()) + 1;
        self.values.push(Value { value, next: 0 });
        let mut last = self.nodes[node as usize].value;
        if last == 0 {
            self.nodes[node as usize].value = new;
            return;
        }
        while self.values[last as usize - 1].next != 0 {
            last = self.values[last as usize - 1].next;
        }
        self.values[last as usize - 1].next = new;
    }

    /// The child of a node by its letter, made if there is none; true if it was made.
    fn child_or_new(&mut self, node: u32, letter: Letter) -> (u32, bool) {
        let new = index(self.nodes.len());
        let parent = &mut self.nodes[node as usize];
        if parent.letter == letter {
            return (parent.child, false);
        }
        if parent.letter == 0 {
            (parent.letter, parent.child) = (letter, new);
        } else {
            parent.forks = true;
            let child = *self.forks.entry(fork(node, letter)).or_insert(new);
            if child != new {
                return (child, false);
            }
        }
        self.nodes.push(Node::default());
        (new, true)
    }

    /// Notes what pairs of characters can be, after the last phrase.
    pub(crate) fn finish(&mut self) {
        for Head { letters: [first, second], nodes: [one, two], third } in std::mem::take(&mut self.heads) {
            let [one, two] = [one, two].map(|node| self.nodes[node as usize]);
            self.mark(first, second, if two.value == 0 { HEAD } else { HEAD | WHOLE });
            if third != 0 {
                self.mark(second, third, NEXT);
            }
            if two.joint {
                EARLY_JOINTS.iter().for_each(|&joint| self.mark(second, joint, NEXT));
            }
            if one.joint {
                for joint in EARLY_JOINTS {
                    self.mark(first, joint, HEAD);
                    self.mark(joint, second, NEXT);
                    // Two marks in a row: “双”、“多”.
                    EARLY_JOINTS.iter().for_each(|&more| self.mark(joint, more, NEXT));
                }
            }
        }
        // What begins with a phrase of two is found with it.
        for pair in self.pairs.iter_mut().filter(|pair| **pair & WHOLE != 0) {
            *pair &= !HEAD;
        }
    }

    fn mark(&mut self, first: Letter, second: Letter, is: u8) {
        self.pairs[pair(joined(joined(0, first), second))] |= is;
    }

    /// Takes one character more: tells whether a phrase may begin with it as the second character, or
    /// with it as the third. All that begins is found if [`walk`](Self::walk) is called for each that may.
    #[inline(always)]
    pub(crate) fn step(&self, last: &mut Last, letter: Letter) -> Reached {
        let pairs: &[u8; PAIRS] = self.pairs.first_chunk().expect("the table is as long");
        let letters = joined(last.letters, letter);
        let is = pairs[pair(letters)];
        let reached = last.pair << 1 & is;
        *last = Last { letters, pair: is };
        Reached(reached)
    }

    /// Calls `found` with start, end and value of every phrase that begins where `reached` says, seen from
    /// the character at `at`, the shorter first.
    #[inline(never)]
    pub(crate) fn walk(&self, text: &str, at: usize, reached: &Reached, found: &mut impl FnMut(usize, usize, V)) {
        let mut before = text[..at].char_indices().rev().map(|(start, _)| start);
        let [second, first] = [before.next(), before.next()];
        if reached.0 & NEXT != 0 {
            self.walk_from(text, first, found);
        }
        if reached.0 & WHOLE != 0 {
            self.walk_from(text, second, found);
        }
    }

    fn walk_from(&self, text: &str, start: Option<usize>, found: &mut impl FnMut(usize, usize, V)) {
        let Some(start) = start else { return };
        let mut rest = &text.as_bytes()[start..];
        let mut node = ROOT;
        // Two separators in a row (”、“) may stand between words, not more.
        let mut passed = 0;
        while let Some((letter, len)) = letter::first(rest) {
            rest = &rest[len..];
            if let Some(next) = self.child(node, letter) {
                node = next;
                passed = 0;
                let mut value = self.nodes[node as usize].value;
                while let Some(here) = value.checked_sub(1).map(|i| &self.values[i as usize]) {
                    found(start, text.len() - rest.len(), here.value);
                    value = here.next;
                }
            } else if self.nodes[node as usize].joint && passed < 3 && is_joint(letter) {
                passed += 1;
            } else {
                return;
            }
        }
    }

    /// The child of a node by its letter.
    #[inline]
    fn child(&self, node: u32, letter: Letter) -> Option<u32> {
        let parent = &self.nodes[node as usize];
        if parent.letter == letter {
            return Some(parent.child);
        }
        if parent.forks { self.forks.get(&fork(node, letter)).copied() } else { None }
    }
}

fn index(len: usize) -> u32 {
    u32::try_from(len).expect("lexicons are smaller than 4 GiB")
}

/// The key of a child among the forks.
fn fork(node: u32, letter: Letter) -> u64 {
    u64::from(node) << 32 | u64::from(letter)
}

/// The letters before, and one more: of each its first three bytes, which is all there is of nearly every one.
#[inline(always)]
fn joined(letters: u64, letter: Letter) -> u64 {
    letters << 24 | u64::from(letter & 0xFF_FFFF)
}

/// The place of the last two of these letters in the table of pairs; some pairs share one.
#[inline(always)]
fn pair(letters: u64) -> usize {
    // The low 16 bits of the factor are 0 and leave older letters out.
    (letters.wrapping_mul(0x9E37_79B9_7F4B << 16) >> 48) as usize
}
