//! What one look at a phrase tells of it, and phrases as numbers.

use crate::letter::{self, Letter, begins_ideograph, is_joint};

/// The letters of a phrase as one number, taken letter by letter, so that thousands of phrases need no text of their own to be
/// told apart. Two phrases of a lexicon share one by chance once in some hundred thousand million lexicons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint(pub(crate) u64);

impl Fingerprint {
    /// The fingerprint of a phrase.
    pub(crate) fn of(phrase: &str) -> Fingerprint {
        let letters = letter::letters(phrase).filter(|&letter| !is_joint(letter));
        letters.fold(Fingerprint::default(), Fingerprint::then)
    }

    /// The fingerprint with one letter more.
    #[inline(always)]
    pub(crate) fn then(self, letter: Letter) -> Fingerprint {
        Fingerprint((self.0.rotate_left(23) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}

/// What one look at a phrase tells of it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Shape {
    /// Of all letters.
    pub(crate) fingerprint: Fingerprint,
    /// Of the first three, and of the first six.
    pub(crate) third: Fingerprint,
    pub(crate) sixth: Fingerprint,
    /// How many letters: all characters but separators and quotation marks.
    pub(crate) letters: u32,
    /// It has an ellipsis.
    pub(crate) gap: bool,
    /// It has several members: a 、 or ，.
    pub(crate) members: bool,
    /// It has separators or quotation marks.
    pub(crate) joints: bool,
}

impl Shape {
    pub(crate) fn of(phrase: &str) -> Shape {
        let mut shape = Shape::default();
        let mut rest = phrase.as_bytes();
        loop {
            // Ideographs: nearly all there is.
            while let Some(&[a, b, c]) = rest.first_chunk()
                && begins_ideograph(a)
            {
                shape.take(Letter::from_le_bytes([a, b, c, 0]));
                rest = &rest[3..];
            }
            let Some((letter, length)) = letter::first(rest) else { break };
            rest = &rest[length..];
            if is_joint(letter) {
                shape.joints = true;
                shape.members |= letter == const { letter::of('、') } || letter == const { letter::of('，') };
            } else {
                shape.gap |= letter == const { letter::of('…') };
                shape.take(letter);
            }
        }
        shape
    }

    #[inline]
    fn take(&mut self, letter: Letter) {
        self.letters += 1;
        self.fingerprint = self.fingerprint.then(letter);
        match self.letters {
            3 => self.third = self.fingerprint,
            6 => self.sixth = self.fingerprint,
            _ => {}
        }
    }
}
