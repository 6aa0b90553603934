//! The beginnings of phrases by fingerprint: what the phrase machine asks while it walks.
//!
//! One table with a place for each beginning of three and of six letters, for each phrase, and for each beginning that a separator
//! may follow. A bit for each of them, in a table small enough to stay at hand, answers nearly all questions about what is not there.

use crate::shape::{Fingerprint, Shape};

/// Bits of the table of bits: 64 KiB.
const SEEN_BITS: u32 = 19;

/// Bit of [`Known`]: a separator may follow.
const JOINT: u32 = 1 << 31;

/// Bits of [`Known`]: how many letters more than here there are to a phrase, or to the next beginning; the last of them stands for as
/// many or more.
const LONGEST: u32 = 30;

/// Least places of the table.
const LEAST: usize = 64;

/// Beginnings of phrases.
pub(crate) struct Prefixes<V> {
    seen: Vec<u64>,
    /// Open addressing: a beginning is at the first free place from its own on. Half of the places are free at least.
    places: Vec<Known>,
    /// How many are taken.
    taken: usize,
    values: Vec<Value<V>>,
}

/// What is known of a beginning.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known {
    fingerprint: Fingerprint,
    /// 1 + the first value of the phrase it is; 0 if it is none.
    value: u32,
    /// Lengths of the phrases that begin so, see [`LONGEST`], and [`JOINT`].
    bits: u32,
}

/// One of the values of a phrase.
struct Value<V> {
    value: V,
    /// 1 + the next value of the same phrase; 0 after the last.
    next: u32,
}

impl Known {
    /// A bit for each length at which there is more to find, if so many letters are `taken`. Bit 63 stands for all from there on.
    #[inline]
    pub(crate) fn lengths(&self, taken: u32) -> u64 {
        let bits = u64::from(self.bits & !JOINT) << taken.min(32);
        if self.bits >> LONGEST & 1 == 0 { bits } else { bits | u64::MAX << (taken + LONGEST).min(63) }
    }
}

impl<V> Default for Prefixes<V> {
    fn default() -> Self {
        Prefixes {
            seen: vec![0; 1 << (SEEN_BITS - 6)],
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
        // A phrase comes with two beginnings, which others share.
        self.grow((phrases * 4).next_power_of_two());
    }

    /// Adds a phrase with what it stands for.
    pub(crate) fn insert(&mut self, shape: &Shape, value: V) {
        let more = |bits: u32| 1 << bits.min(LONGEST);
        match shape.letters {
            0..=3 => {}
            4..=6 => self.at(shape.third).bits |= more(shape.letters - 3),
            _ => {
                self.at(shape.third).bits |= more(3);
                self.at(shape.sixth).bits |= more(shape.letters - 6);
            }
        }
        let new = u32::try_from(self.values.len()).expect("lexicons are smaller than 4 GiB") + 1;
        let first = std::mem::replace(&mut self.at(shape.fingerprint).value, new);
        self.values.push(Value { value, next: first });
    }

    /// Lets a separator follow a beginning.
    pub(crate) fn allow_joint(&mut self, prefix: Fingerprint) {
        self.at(prefix).bits |= JOINT;
    }

    /// Notes a phrase of which nothing is asked but whether it [may be there](Self::may_have).
    pub(crate) fn note(&mut self, prefix: Fingerprint) {
        let bit = (prefix.0 >> (64 - SEEN_BITS)) as usize;
        self.seen[bit / 64] |= 1 << (bit % 64);
    }

    /// False for nearly everything that is not there.
    #[inline]
    pub(crate) fn may_have(&self, prefix: Fingerprint) -> bool {
        let bit = (prefix.0 >> (64 - SEEN_BITS)) as usize;
        self.seen[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// What is known of a beginning.
    #[inline]
    pub(crate) fn get(&self, prefix: Fingerprint) -> Option<&Known> {
        if !self.may_have(prefix) {
            return None;
        }
        let known = &self.places[self.place(prefix)];
        (known.fingerprint == prefix).then_some(known)
    }

    /// True if a separator may follow.
    #[inline]
    pub(crate) fn allows_joint(&self, prefix: Fingerprint) -> bool {
        self.get(prefix).is_some_and(|known| known.bits & JOINT != 0)
    }

    /// What a phrase stands for.
    #[inline]
    pub(crate) fn values(&self, known: &Known) -> impl Iterator<Item = V> {
        let mut next = known.value;
        std::iter::from_fn(move || {
            let value = &self.values[next.checked_sub(1)? as usize];
            next = value.next;
            Some(value.value)
        })
    }

    /// The place of a beginning, or the free one where it would be.
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
        if self.taken * 2 >= self.places.len() {
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
