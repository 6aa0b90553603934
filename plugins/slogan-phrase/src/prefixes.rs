//! Phrases by fingerprint, and their beginnings: what the phrase machine asks while it walks.
//!
//! A beginning of three letters tells how many more to take before there is something to look for, and so does one of six. Both that and
//! whether a phrase may be there are told by tables small enough to stay at hand, in which others may share a place; the table of
//! the phrases themselves is looked at for what is there, and for hardly anything else.

use crate::shape::{Fingerprint, Shape};

/// Bits of the table of bits: 64 KiB.
const SEEN_BITS: u32 = 19;

/// Bits of the table of lengths: 128 KiB.
const LENGTHS_BITS: u32 = 16;

/// The last bit of a length: so many letters more, or any number above.
const LONGEST: u32 = 15;

/// Least places of the table of phrases.
const LEAST: usize = 64;

/// Phrases, and beginnings that a separator may follow.
pub(crate) struct Prefixes<V> {
    /// A bit for each of them.
    seen: Vec<u64>,
    /// By beginning of three or six letters, a bit for how many more there are to the end of a phrase or to the beginning of six.
    lengths: Vec<u16>,
    /// Open addressing: what is known is at the first free place from its own on. A quarter of the places are free at least.
    places: Vec<Known>,
    /// How many are taken.
    taken: usize,
    values: Vec<Value<V>>,
}

/// What is known of a phrase or a beginning.
#[derive(Clone, Copy, Default)]
struct Known {
    fingerprint: Fingerprint,
    /// 1 + the first value of the phrase; 0 for what is none.
    value: u32,
    /// A separator may follow.
    joint: bool,
}

/// One of the values of a phrase.
struct Value<V> {
    value: V,
    /// 1 + the next value of the same phrase; 0 after the last.
    next: u32,
}

impl<V> Default for Prefixes<V> {
    fn default() -> Self {
        Prefixes {
            seen: vec![0; 1 << (SEEN_BITS - 6)],
            lengths: vec![0; 1 << LENGTHS_BITS],
            places: vec![Known::default(); LEAST],
            taken: 0,
            values: Vec::new(),
        }
    }
}

impl<V: Copy> Prefixes<V> {
    /// Makes room for so many phrases.
    pub(crate) fn reserve(&mut self, phrases: usize) {
        self.values.reserve(phrases);
        self.grow((phrases * 2).next_power_of_two());
    }

    /// Adds a phrase with what it stands for.
    pub(crate) fn insert(&mut self, shape: &Shape, value: V) {
        let mut more = |prefix: Fingerprint, letters: u32| self.lengths[length(prefix)] |= 1 << letters.min(LONGEST);
        match shape.letters {
            0..=2 => {}
            3..=6 => more(shape.third, shape.letters - 3),
            _ => {
                more(shape.third, 3);
                more(shape.sixth, shape.letters - 6);
            }
        }
        let new = u32::try_from(self.values.len()).expect("lexicons are smaller than 4 GiB") + 1;
        let next = std::mem::replace(&mut self.at(shape.fingerprint).value, new);
        self.values.push(Value { value, next });
    }

    /// Lets a separator follow a beginning.
    pub(crate) fn allow_joint(&mut self, prefix: Fingerprint) {
        self.at(prefix).joint = true;
    }

    /// Notes a phrase of which nothing is asked but whether it [may be there](Self::may_have).
    pub(crate) fn note(&mut self, phrase: Fingerprint) {
        let (word, bit) = seen(phrase);
        self.seen[word] |= 1 << bit;
    }

    /// False for nearly everything that is not there.
    #[inline]
    pub(crate) fn may_have(&self, phrase: Fingerprint) -> bool {
        let (word, bit) = seen(phrase);
        self.seen[word] >> bit & 1 != 0
    }

    /// A bit for each length at which to look for what begins with the `taken` letters of a beginning of three or six. Bit 63 stands for
    /// all lengths from there on.
    #[inline]
    pub(crate) fn lengths(&self, prefix: Fingerprint, taken: u32) -> u64 {
        let bits = u64::from(self.lengths[length(prefix)]);
        (bits | 0_u64.wrapping_sub(bits >> LONGEST << LONGEST)) << taken
    }

    /// The first of what a phrase stands for; 0 for nothing.
    #[inline]
    pub(crate) fn first_value(&self, phrase: Fingerprint) -> u32 {
        let known = &self.places[self.place(phrase)];
        if known.fingerprint == phrase { known.value } else { 0 }
    }

    /// What a phrase stands for, by the first of it.
    #[inline]
    pub(crate) fn values(&self, first: u32) -> impl Iterator<Item = V> {
        let mut next = first;
        std::iter::from_fn(move || {
            let value = &self.values[next.checked_sub(1)? as usize];
            next = value.next;
            Some(value.value)
        })
    }

    /// True if a separator may follow.
    #[inline]
    pub(crate) fn allows_joint(&self, prefix: Fingerprint) -> bool {
        self.may_have(prefix) && {
            let known = &self.places[self.place(prefix)];
            known.joint && known.fingerprint == prefix
        }
    }

    /// The place of a phrase or beginning, or the free one where it would be.
    #[inline]
    fn place(&self, prefix: Fingerprint) -> usize {
        let last = self.places.len() - 1;
        let mut place = (prefix.0 >> (64 - self.places.len().ilog2())) as usize;
        while self.places[place].fingerprint != prefix && self.places[place].fingerprint.0 != 0 {
            place = (place + 1) & last;
        }
        place
    }

    fn at(&mut self, prefix: Fingerprint) -> &mut Known {
        if self.taken * 4 >= self.places.len() * 3 {
            self.grow(self.places.len() * 2);
        }
        let place = self.place(prefix);
        if self.places[place].fingerprint != prefix {
            self.places[place].fingerprint = prefix;
            self.taken += 1;
            self.note(prefix);
        }
        &mut self.places[place]
    }

    fn grow(&mut self, to: usize) {
        let before = std::mem::replace(&mut self.places, vec![Known::default(); to.max(LEAST)]);
        for known in before.into_iter().filter(|known| known.fingerprint.0 != 0) {
            let place = self.place(known.fingerprint);
            self.places[place] = known;
        }
    }
}

/// Word and bit in the table of bits.
#[inline]
fn seen(phrase: Fingerprint) -> (usize, u32) {
    let bit = phrase.0 >> (64 - SEEN_BITS);
    ((bit / 64) as usize, (bit % 64) as u32)
}

/// The place in the table of lengths.
#[inline]
fn length(prefix: Fingerprint) -> usize {
    (prefix.0 >> (64 - LENGTHS_BITS)) as usize
}
