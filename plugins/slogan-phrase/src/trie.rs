//! The phrase machine: at every character, all lexicon phrases that begin there, in one pass.
//!
//! A trie of characters behind a small table of what two characters in a row can be in a phrase: most
//! positions of a page are settled by one look at the table. A trie is used and not an Aho-Corasick
//! machine because it can pass over a separator that print may leave out or exchange (完整、准确、全面 and
//! 完整准确全面 are one path) instead of holding every form, and because all matches are wanted, also
//! overlapping ones. A walk is bounded by the longest phrase, so the pass is linear in the page.
//!
//! Phrases are added one by one. Their first two characters are looked up at once; from there on a node
//! knows its first child itself, and only where paths fork is there a look into a map, so that most of a
//! walk reads one node after the other.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::letter::{self, Letter, begins_ideograph, is_joint};

/// Separators that may stand after the first or second character of a phrase: “四个”意识.
const EARLY_JOINTS: [Letter; 3] = [letter::of('、'), letter::of('，'), letter::of('”')];

/// Places of the table of pairs: with fewer, too many share one; with more, it would not stay at hand
/// while a page is read.
const PAIRS: usize = 1 << PAIR_BITS;
const PAIR_BITS: u32 = 17;

/// What two characters in a row can be in print, by bit: the first and second of a phrase of three or
/// more, the second and third, a phrase of their own. Each place of the table has `ANY`, too, so that one
/// shift and one `and` with the pair before tell of both ways to begin, see [`Trie::pass`].
const HEAD: u8 = 1;
const NEXT: u8 = HEAD << 1;
const ANY: u8 = 8;
const WHOLE: u8 = ANY << 1;

/// The first and second of a phrase that is known, whether it is looked for or not, see [`Trie::note`].
const NOTED: u8 = 32;

/// Phrases by their characters.
pub(crate) struct Trie<V> {
    /// What pairs of characters can be, by [`place`].
    pairs: Vec<u8>,
    /// The first two letters of phrases → the node they lead to.
    starts: FxHashMap<u64, u32>,
    /// First letters that a separator may follow in print.
    parted: FxHashSet<Letter>,
    nodes: Vec<Node>,
    /// Node and letter → child, for all children but the first of a node.
    forks: FxHashMap<u64, u32>,
    values: Vec<Value<V>>,
    /// Every way in which phrases begin, until they are marked in `pairs`.
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

/// The first letters of a phrase, and the node that two of them lead to.
#[derive(Clone, Copy)]
struct Head {
    first: Letter,
    second: Letter,
    /// 0 for a phrase of two.
    third: Letter,
    node: u32,
}

/// The last character of a pass, and what it and the one before can be.
#[derive(Default)]
pub(crate) struct Last {
    mixed: u32,
    pair: u8,
}

/// Where phrases may begin, seen from a character: with it as the third or the second, or both.
#[derive(Clone, Copy)]
pub(crate) struct Reached(u8);

impl Reached {
    /// True if a phrase may begin.
    #[inline(always)]
    pub(crate) fn any(self) -> bool {
        self.0 != 0
    }
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Trie {
            pairs: vec![ANY; PAIRS],
            starts: FxHashMap::default(),
            parted: FxHashSet::default(),
            nodes: Vec::new(),
            forks: FxHashMap::default(),
            values: Vec::new(),
            heads: Vec::new(),
        }
    }
}

impl<V: Copy> Trie<V> {
    /// Makes room for so many phrases and letters.
    pub(crate) fn reserve(&mut self, phrases: usize, letters: usize) {
        self.starts.reserve(phrases / 2);
        self.nodes.reserve(letters);
        self.forks.reserve(phrases);
        self.values.reserve(phrases);
        self.heads.reserve(phrases);
    }

    /// Adds a phrase of two or more letters and what it stands for; one phrase may stand for several
    /// things. Separators are no letters, but may stand where they stand. [`finish`](Self::finish) comes
    /// after the last.
    pub(crate) fn insert(&mut self, phrase: &str, value: V) {
        let mut first = 0;
        let mut node = None;
        // Waits for its third letter.
        let mut head = None;
        for letter in letter::letters(phrase) {
            if is_joint(letter) {
                match node {
                    Some(node) => self.nodes[node as usize].joint = true,
                    None if first != 0 => _ = self.parted.insert(first),
                    None => {}
                }
                continue;
            }
            let Some(here) = node else {
                if first == 0 {
                    first = letter;
                } else {
                    let start = self.start_or_new(first, letter);
                    node = Some(start);
                    head = Some(Head { first, second: letter, third: 0, node: start });
                }
                continue;
            };
            let (next, new) = self.child_or_new(here, letter);
            node = Some(next);
            if let Some(head) = head.take()
                && new
            {
                self.heads.push(Head { third: letter, ..head });
            }
        }
        self.heads.extend(head);
        if let Some(node) = node {
            self.add_value(node, value);
        }
    }

    /// The node that the first two letters of a phrase lead to, made if there is none.
    fn start_or_new(&mut self, first: Letter, second: Letter) -> u32 {
        let new = index(self.nodes.len());
        let start = *self.starts.entry(key(first, second)).or_insert(new);
        if start == new {
            self.nodes.push(Node::default());
        }
        start
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
            let child = *self.forks.entry(key(node, letter)).or_insert(new);
            if child != new {
                return (child, false);
            }
        }
        self.nodes.push(Node::default());
        (new, true)
    }

    /// Adds to what ends at a node, after what ends there already.
    fn add_value(&mut self, node: u32, value: V) {
        let new = index(self.values.len()) + 1;
        self.values.push(Value { value, next: 0 });
        let mut last = &mut self.nodes[node as usize].value;
        while let Some(i) = last.checked_sub(1) {
            last = &mut self.values[i as usize].next;
        }
        *last = new;
    }

    /// Notes what pairs of characters can be, after the last phrase.
    pub(crate) fn finish(&mut self) {
        for Head { first, second, third, node } in std::mem::take(&mut self.heads) {
            let node = self.nodes[node as usize];
            self.mark(first, second, if node.value == 0 { HEAD } else { WHOLE });
            if third != 0 {
                self.mark(second, third, NEXT);
            }
            if node.joint {
                EARLY_JOINTS.iter().for_each(|&joint| self.mark(second, joint, NEXT));
            }
            if self.parted.contains(&first) {
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

    /// Notes how a phrase begins that is only asked for by itself.
    pub(crate) fn note(&mut self, phrase: &str) {
        if let Some([first, second]) = start(phrase) {
            self.mark(first, second, NOTED);
        }
    }

    /// False if no phrase that was [noted](Self::note) begins like this one.
    #[inline]
    pub(crate) fn may_be_noted(&self, phrase: &str) -> bool {
        start(phrase).is_some_and(|[a, b]| self.pairs[place(mixed(a), mixed(b))] & NOTED != 0)
    }

    fn mark(&mut self, first: Letter, second: Letter, is: u8) {
        self.pairs[place(mixed(first), mixed(second))] |= is;
    }

    /// Takes one character more: tells whether a phrase may begin with it as the second character, or
    /// with it as the third. All that begins is found if [`walk`](Self::walk) is called for each that may.
    #[inline(always)]
    pub(crate) fn step(&self, last: &mut Last, letter: Letter) -> Reached {
        step(self.pairs.first_chunk().expect("the table is as long"), last, letter)
    }

    /// Takes ideographs as [`step`](Self::step) does, up to one from which a phrase may begin, or else to
    /// the next other character or the last of the text. Returns the bytes before that.
    ///
    /// A function of its own, since nearly all characters of a page go through it, and no more than fits
    /// the registers of a processor.
    #[inline(never)]
    pub(crate) fn pass(&self, last: &mut Last, text: &[u8]) -> (usize, Reached) {
        let pairs = self.pairs.first_chunk().expect("the table is as long");
        let mut here = Last { ..*last };
        let mut rest = text;
        let mut reached = Reached(0);
        // Four bytes are read at once, of which an ideograph is three.
        while let Some(&four) = rest.first_chunk::<4>() {
            let letter = Letter::from_le_bytes(four);
            if !begins_ideograph(letter as u8) {
                break;
            }
            reached = step(pairs, &mut here, letter & 0xFF_FFFF);
            if reached.any() {
                break;
            }
            rest = &rest[3..];
        }
        *last = here;
        (text.len() - rest.len(), reached)
    }

    /// Calls `found` with start, end and value of every phrase that begins where `reached` says, seen from
    /// the character at `at`, the shorter first.
    #[inline(never)]
    pub(crate) fn walk(&self, text: &str, at: usize, reached: Reached, found: &mut impl FnMut(usize, usize, V)) {
        let bytes = text.as_bytes();
        let second = letter::start_before(bytes, at);
        if reached.0 & NEXT != 0 {
            self.walk_from(bytes, letter::start_before(bytes, second), found);
        }
        if reached.0 & WHOLE != 0 {
            self.walk_from(bytes, second, found);
        }
    }

    fn walk_from(&self, text: &[u8], start: usize, found: &mut impl FnMut(usize, usize, V)) {
        let mut letters = letter::Letters::of(&text[start..]);
        let Some(first) = letters.next() else { return };
        // Two separators in a row (”、“) may stand between words, not more.
        let mut passed = 0;
        let mut node = loop {
            let Some(second) = letters.next() else { return };
            if let Some(&node) = self.starts.get(&key(first, second)) {
                break node;
            }
            if passed == 3 || !is_joint(second) || !self.parted.contains(&first) {
                return;
            }
            passed += 1;
        };
        passed = 0;
        loop {
            let here = &self.nodes[node as usize];
            if passed == 0 {
                let mut value = here.value;
                while let Some(here) = value.checked_sub(1).map(|i| &self.values[i as usize]) {
                    found(start, text.len() - letters.rest().len(), here.value);
                    value = here.next;
                }
            }
            let Some(letter) = letters.next() else { return };
            if let Some(next) = self.child(here, node, letter) {
                node = next;
                passed = 0;
            } else if here.joint && passed < 3 && is_joint(letter) {
                passed += 1;
            } else {
                return;
            }
        }
    }

    /// The child of a node by its letter.
    #[inline]
    fn child(&self, parent: &Node, node: u32, letter: Letter) -> Option<u32> {
        if parent.letter == letter {
            return Some(parent.child);
        }
        if parent.forks { self.forks.get(&key(node, letter)).copied() } else { None }
    }
}

/// The first two letters of a phrase.
#[inline]
fn start(phrase: &str) -> Option<[Letter; 2]> {
    let mut letters = letter::letters(phrase).filter(|&l| !is_joint(l));
    Some([letters.next()?, letters.next()?])
}

fn index(len: usize) -> u32 {
    u32::try_from(len).expect("lexicons are smaller than 4 GiB")
}

/// The key of a letter after another, or after a node.
fn key(before: u32, letter: Letter) -> u64 {
    u64::from(before) << 32 | u64::from(letter)
}

#[inline(always)]
fn step(pairs: &[u8; PAIRS], last: &mut Last, letter: Letter) -> Reached {
    let mixed = mixed(letter);
    let pair = pairs[place(last.mixed, mixed)];
    let reached = last.pair << 1 & pair;
    *last = Last { mixed, pair };
    Reached(reached)
}

#[inline(always)]
fn mixed(letter: Letter) -> u32 {
    letter.wrapping_mul(0x9E37_79B1)
}

/// The place of a pair of characters, by [`mixed`], in the table of pairs; some pairs share one.
#[inline(always)]
fn place(first: u32, second: u32) -> usize {
    (first.rotate_left(9) ^ second) as usize >> (32 - PAIR_BITS)
}
