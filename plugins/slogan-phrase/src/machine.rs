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

/// A place of a page where phrases may begin.
pub(crate) struct Place {
    /// The letter from which that is seen, in bytes.
    pub(crate) at: usize,
    /// Its piece.
    pub(crate) piece: usize,
    pub(crate) reached: Reached,
}

/// The lengths to look at where letters are not three ideographs in a row.
const UNKNOWN: u64 = u64::MAX;

/// A walk along the letters of a text.
struct Walk {
    start: usize,
    /// The next letter.
    at: usize,
    /// Of the letters taken.
    prefix: Fingerprint,
    taken: u32,
    /// A bit for each length at which to look.
    lengths: u64,
}

/// A phrase that may be there.
#[derive(Clone, Copy)]
struct Asked {
    phrase: Fingerprint,
    start: usize,
    end: usize,
    piece: usize,
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
    /// with it as the third. All that begins is found from the places where it may, by [`find`](Self::find).
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

    /// Calls `found` with piece, start, end and value of every phrase that begins where `reached` says; `end_of` tells where a piece ends.
    ///
    /// Each step is taken for all of a page before the next, so that the processor waits for many places of memory at once.
    pub(crate) fn find(
        &self,
        text: &str,
        reached: &[Place],
        end_of: impl Fn(usize) -> usize,
        mut found: impl FnMut(usize, usize, usize, V),
    ) {
        let text = text.as_bytes();
        let begun: Vec<(Fingerprint, u64)> = reached.iter().map(|place| self.begun(text, place)).collect();
        let mut asked: Vec<Asked> = Vec::with_capacity(reached.len());
        for (place, &(prefix, lengths)) in reached.iter().zip(&begun) {
            let text = &text[..end_of(place.piece)];
            let second = letter::start_before(text, place.at);
            if place.reached.0 & NEXT != 0 && lengths != 0 {
                let start = letter::start_before(text, second);
                let begun = Walk { start, at: place.at + HAN, prefix, taken: 3, lengths };
                let walk = if lengths == UNKNOWN { self.begin(text, start, 0) } else { Some(begun) };
                walk.into_iter().for_each(|walk| self.walk(text, place.piece, walk, &mut asked));
            }
            if place.reached.0 & WHOLE != 0 {
                let walk = self.begin(text, second, 1 << 2);
                walk.into_iter().for_each(|walk| self.walk(text, place.piece, walk, &mut asked));
            }
        }
        // Of the phrases that are asked for, those that are there and few others, pushed together without a guess which.
        let mut kept = 0;
        for i in 0..asked.len() {
            asked[kept] = asked[i];
            kept += usize::from(self.prefixes.may_have(asked[i].phrase));
        }
        asked.truncate(kept);
        let values: Vec<u32> = asked.iter().map(|asked| self.prefixes.first_value(asked.phrase)).collect();
        for (asked, &first) in asked.iter().zip(&values) {
            self.prefixes.values(first).for_each(|value| found(asked.piece, asked.start, asked.end, value));
        }
    }

    /// The beginning of which the letter at a place is the third, and at which lengths to look for what begins so: none for most.
    #[inline]
    fn begun(&self, text: &[u8], place: &Place) -> (Fingerprint, u64) {
        let letters = place.at.checked_sub(2 * HAN).and_then(|start| text.get(start..place.at + HAN));
        let Some([a, b, c]) = letters.map(|text| text.as_chunks::<HAN>().0) else {
            return (Fingerprint::default(), UNKNOWN);
        };
        // Separators may stand between letters.
        if !begins_ideograph(a[0]) || !begins_ideograph(b[0]) || !begins_ideograph(c[0]) {
            return (Fingerprint::default(), UNKNOWN);
        }
        let letters = [a, b, c].map(|&[a, b, c]| Letter::from_le_bytes([a, b, c, 0]));
        let prefix = letters.into_iter().fold(Fingerprint::default(), Fingerprint::then);
        (prefix, self.prefixes.lengths(prefix, 3))
    }

    /// Begins a walk at the first letter of a phrase, which `lengths` says may end at the second.
    fn begin(&self, text: &[u8], start: usize, lengths: u64) -> Option<Walk> {
        let (first, length) = letter::first(&text[start..])?;
        let prefix = Fingerprint::default().then(first);
        Some(Walk { start, at: start + length, prefix, taken: 1, lengths: lengths | 1 << 3 })
    }

    /// Asks for every phrase that a walk may come to.
    fn walk(&self, text: &[u8], piece: usize, mut walk: Walk, asked: &mut Vec<Asked>) {
        let mut letters = letter::Letters::of(&text[walk.at..]);
        let mut joints = 0;
        if walk.taken == 3 && walk.lengths & 1 << 3 != 0 {
            asked.push(Asked { phrase: walk.prefix, start: walk.start, end: walk.at, piece });
        }
        // Of the longest phrases nothing but the end is known.
        while walk.taken >= 63 || walk.lengths >> (walk.taken + 1) != 0 {
            let Some(letter) = letters.next() else { return };
            if is_joint(letter) {
                let allowed = match walk.taken {
                    1 => letter::first(&text[walk.start..]).is_some_and(|(first, _)| self.parted.contains(&first)),
                    _ => self.prefixes.allows_joint(walk.prefix),
                };
                if joints == MOST_JOINTS || !allowed {
                    return;
                }
                joints += 1;
                continue;
            }
            joints = 0;
            walk.prefix = walk.prefix.then(letter);
            walk.taken += 1;
            match walk.taken {
                3 => walk.lengths = self.prefixes.lengths(walk.prefix, 3),
                6 => walk.lengths |= self.prefixes.lengths(walk.prefix, 6),
                _ => {}
            }
            if walk.lengths >> walk.taken.min(63) & 1 != 0 {
                let end = text.len() - letters.rest().len();
                asked.push(Asked { phrase: walk.prefix, start: walk.start, end, piece });
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
