//! Characters by their bytes: what the pass over a page compares and looks up, without decoding any.

/// A character as its UTF-8 bytes, the first of them lowest. Nothing but equality means anything.
pub(crate) type Letter = u32;

/// The letter that a text begins with, and its bytes; none if it is empty.
///
/// `bytes` must be UTF-8 from its first byte on.
#[inline]
pub(crate) fn first(bytes: &[u8]) -> Option<(Letter, usize)> {
    let lead = *bytes.first()?;
    // Three bytes make an ideograph or a mark: nearly every character of a page.
    if lead & 0xF0 == 0xE0 {
        let &[a, b, c] = bytes.first_chunk()?;
        return Some((Letter::from_le_bytes([a, b, c, 0]), 3));
    }
    let len = match lead {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        _ => 4,
    };
    let letter = bytes.get(..len)?.iter().rev().fold(0, |letter, &b| letter << 8 | Letter::from(b));
    Some((letter, len))
}

/// The letters of a text.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = Letter> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let (letter, len) = first(rest)?;
        rest = &rest[len..];
        Some(letter)
    })
}

/// The letter of a character.
pub(crate) const fn of(c: char) -> Letter {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes);
    Letter::from_le_bytes(bytes)
}

/// True for a byte that begins an ideograph (U+4000 to U+9FFF): nearly every character of a page.
#[inline(always)]
pub(crate) fn begins_ideograph(byte: u8) -> bool {
    matches!(byte, 0xE4..=0xE9)
}

/// Marks that print may leave out inside a formulation, or put where the lexicon has another.
#[inline]
pub(crate) fn is_joint(letter: Letter) -> bool {
    // The low byte is the first: ideographs need one look.
    !begins_ideograph(letter as u8) && JOINTS.contains(&letter)
}

/// Every [`is_joint`].
pub(crate) const JOINTS: [Letter; 12] = [
    of('、'),
    of('，'),
    of('·'),
    of(' '),
    of('　'),
    of('“'),
    of('”'),
    of('"'),
    of('‘'),
    of('’'),
    of('「'),
    of('」'),
];

#[cfg(test)]
mod tests {
    use super::{first, letters, of};

    #[test]
    fn letters_are_the_characters_of_a_text() {
        let text = "共建“一带一路”，é🀄n";
        assert!(letters(text).eq(text.chars().map(of)));
        assert_eq!(first("".as_bytes()), None);
    }
}
