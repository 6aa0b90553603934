//! The phrase machine: at every character, all lexicon phrases that begin there, in one pass.
//!
//! A small table of what two characters in a row can be in a phrase settles most positions of a page by one look. From the others on
//! the letters are taken into a fingerprint; those of the first three and of the first six letters of a phrase tell at which lengths to
//! look for it. It is no Aho-Corasick machine because print may leave out or exchange
//! a separator (完整、准确、全面 and 完整准确全面 are one phrase), and because all matches are wanted, also overlapping ones. A
//! walk is bounded by the longest phrase, so the pass is linear in the page.

use rustc_hash::FxHashSet;

use crate::letter::{self, Letter, begins_ideograph, is_joint};
use crate::prefixes::Prefixes;
use crate::shape::{Fingerprint, Shape};
use crate::text::HAN;

/// Separators that may stand after the first or second character of a phrase: “四个”意识.
const EARLY_JOINTS: [Letter; 3] = [letter::of('、'), letter::of('，'), letter::of('”')];

/// Separators that print may put in a row: ”、“.
const MOST_JOINTS: u32 = 3;

/// Places of the table of pairs: with fewer, too many share one; with more, it would not stay at hand
/// while a page is read.
const PAIRS: usize = 1 << PAIR_BITS;
const PAIR_BITS: u32 = 17;

/// What two characters in a row can be in print, by bit: the first and second of a phrase of three or
/// more, the second and third, a phrase of their own. Each place of the table has `ANY`, too, so that one
/// shift and one `and` with the pair before tell of both ways to begin, see [`Machine::pass`]; so `WHOLE` comes after it.
const HEAD: u8 = 1;
const NEXT: u8 = HEAD << 1;
const ANY: u8 = 8;
const WHOLE: u8 = HEAD << WHOLE_TO_HEAD;
const WHOLE_TO_HEAD: u32 = 4;

/// The first and second of a phrase that is known, whether it is looked for or not, see [`Machine::note`].
const NOTED: u8 = 32;

/// Phrases by their characters.
pub(crate) struct Machine<V> {
    /// What pairs of characters can be, by [`place`].
    pairs: Vec<u8>,
    /// First letters that a separator may follow in print.
    parted: FxHashSet<Letter>,
    prefixes: Prefixes<V>,
    /// The first two letters of every phrase, until [`finish`](Self::finish).
    heads: Vec<[Letter; 2]>,
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

impl<V> Default for Machine<V> {
    fn default() -> Self {
        Machine {
            pairs: vec![ANY; PAIRS],
            parted: FxHashSet::default(),
            prefixes: Prefixes::default(),
            heads: Vec::new(),
        }
    }
}

impl<V: Copy> Machine<V> {
    /// Makes room for so many phrases.
    pub(crate) fn reserve(&mut self, phrases: usize) {
        self.prefixes.reserve(phrases);
        self.heads.reserve(phrases);
    }

    /// Adds a phrase of two or more letters, its shape, and what it stands for; one phrase may stand for several
    /// things. Separators are no letters, but may stand where they stand. [`finish`](Self::finish) comes
    /// after the last.
    pub(crate) fn insert(&mut self, phrase: &str, shape: &Shape, value: V) {
        let [Some(first), Some(second), third] = start(phrase) else { return };
        self.heads.push([first, second]);
        if let Some(third) = third {
            self.mark(first, second, HEAD);
            self.mark(second, third, NEXT);
        } else {
            self.mark(first, second, WHOLE);
        }
        self.prefixes.insert(shape, value);
        if shape.joints {
            self.allow_joints(phrase);
        }
    }

    /// Notes after which letters of a phrase a separator stands.
    fn allow_joints(&mut self, phrase: &str) {
        let mut prefix = Fingerprint::default();
        let mut last = 0;
        let mut taken = 0;
        for letter in letter::letters(phrase) {
            if !is_joint(letter) {
                prefix = prefix.then(letter);
                (last, taken) = (letter, taken + 1);
                continue;
            }
            match taken {
                0 => {}
                1 => _ = self.parted.insert(last),
                _ => self.prefixes.allow_joint(prefix),
            }
            if taken == 2 {
                EARLY_JOINTS.iter().for_each(|&joint| self.mark(last, joint, NEXT));
            }
        }
    }

    /// Notes what pairs of characters can be, after the last phrase.
    pub(crate) fn finish(&mut self) {
        for [first, second] in std::mem::take(&mut self.heads) {
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
        self.pairs.iter_mut().for_each(|pair| *pair &= !(*pair >> WHOLE_TO_HEAD & HEAD));
    }

    /// Notes a phrase that is only asked for by itself.
    pub(crate) fn note(&mut self, phrase: &str, fingerprint: Fingerprint) {
        if let [Some(first), Some(second), _] = start(phrase) {
            self.mark(first, second, NOTED);
            self.prefixes.note(fingerprint);
        }
    }

    /// The fingerprint of a phrase; none for nearly all that were not [noted](Self::note).
    #[inline]
    pub(crate) fn noted(&self, phrase: &str) -> Option<Fingerprint> {
        let [Some(first), Some(second), _] = start(phrase) else { return None };
        // Hardly any phrase of a page begins like one of a lexicon.
        if self.pairs[place(mixed(first), mixed(second))] & NOTED == 0 {
            return None;
        }
        Some(Fingerprint::of(phrase)).filter(|&fingerprint| self.prefixes.may_have(fingerprint))
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
        if reached.0 & NEXT != 0 && self.may_begin(bytes, at) {
            self.walk_from(bytes, letter::start_before(bytes, second), 0, found);
        }
        if reached.0 & WHOLE != 0 {
            self.walk_from(bytes, second, 1 << 2, found);
        }
    }

    /// False if no phrase begins with the three letters of which the one at `at` is the third; of most places where a pair and a
    /// pair may begin one, that much is enough.
    #[inline]
    fn may_begin(&self, text: &[u8], at: usize) -> bool {
        let letters =
            at.checked_sub(2 * HAN).and_then(|start| text.get(start..at + HAN)).map(|text| text.as_chunks::<HAN>().0);
        let Some([a, b, c]) = letters else { return true };
        // Separators may stand between letters.
        if !begins_ideograph(a[0]) || !begins_ideograph(b[0]) || !begins_ideograph(c[0]) {
            return true;
        }
        let prefix = [a, b, c]
            .iter()
            .fold(Fingerprint::default(), |prefix, &&[a, b, c]| prefix.then(Letter::from_le_bytes([a, b, c, 0])));
        self.prefixes.may_begin(prefix)
    }

    /// Calls `found` for every phrase that begins at `start`; `lengths` has a bit for each length at which one may end, up to two letters.
    fn walk_from(&self, text: &[u8], start: usize, lengths: u64, found: &mut impl FnMut(usize, usize, V)) {
        let mut letters = letter::Letters::of(&text[start..]);
        let Some(first) = letters.next() else { return };
        let mut prefix = Fingerprint::default().then(first);
        // How many letters are taken, and at which lengths to look.
        let mut taken = 1;
        let mut lengths = lengths | 1 << 3;
        let mut joints = 0;
        while let Some(letter) = letters.next() {
            if is_joint(letter) {
                let allowed =
                    if taken == 1 { self.parted.contains(&first) } else { self.prefixes.allows_joint(prefix) };
                if joints == MOST_JOINTS || !allowed {
                    return;
                }
                joints += 1;
                continue;
            }
            joints = 0;
            prefix = prefix.then(letter);
            taken += 1;
            match taken {
                3 => lengths = self.prefixes.lengths(prefix, taken),
                6 => lengths |= self.prefixes.lengths(prefix, taken),
                _ => {}
            }
            if lengths >> taken.min(63) & 1 != 0 {
                let end = text.len() - letters.rest().len();
                self.prefixes.values(prefix).for_each(|value| found(start, end, value));
            }
            // Of the longest phrases nothing but the end is known.
            if taken < 63 && lengths >> (taken + 1) == 0 {
                return;
            }
        }
    }
}

/// The first three letters of a phrase.
#[inline]
fn start(phrase: &str) -> [Option<Letter>; 3] {
    // Three ideographs: nearly always.
    if let Some(&[a, b, c, d, e, f, g, h, i]) = phrase.as_bytes().first_chunk()
        && [a, d, g].into_iter().all(begins_ideograph)
    {
        return [[a, b, c], [d, e, f], [g, h, i]].map(|[a, b, c]| Some(Letter::from_le_bytes([a, b, c, 0])));
    }
    let mut letters = letter::letters(phrase).filter(|&l| !is_joint(l));
    [letters.next(), letters.next(), letters.next()]
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
