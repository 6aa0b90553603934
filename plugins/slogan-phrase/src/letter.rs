//! Characters by their bytes: what the pass over a page compares and looks up, without decoding any.

/// A character as its UTF-8 bytes, the first of them lowest. Nothing but equality means anything.
pub(crate) type Letter = u32;

/// The letter that a text begins with, and its bytes; none if it is empty.
///
/// `bytes` must be UTF-8 from its first byte on.
#[inline]
pub(crate) fn first(bytes: &[u8]) -> Option<(Letter, usize)> {
    // Three bytes make an ideograph or a mark: nearly every character of a page. Four are read at once.
    if let Some(letter) = bytes.first_chunk().map(|&four| Letter::from_le_bytes(four))
        && letter & 0xF0 == 0xE0
    {
        return Some((letter & 0xFF_FFFF, 3));
    }
    let lead = *bytes.first()?;
    if lead < 0x80 {
        return Some((Letter::from(lead), 1));
    }
    let len = match lead {
        0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    };
    let letter = bytes.get(..len)?.iter().rev().fold(0, |letter, &b| letter << 8 | Letter::from(b));
    Some((letter, len))
}

/// Where the character that ends before `at` begins; 0 if there is none.
#[inline]
pub(crate) fn start_before(text: &[u8], at: usize) -> usize {
    let before = &text[..at];
    match before {
        // Nearly every character.
        [.., lead, _, _] if lead & 0xF0 == 0xE0 => at - 3,
        _ => before.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(0),
    }
}

/// The letters of a text.
pub(crate) fn letters(text: &str) -> Letters<'_> {
    Letters(text.as_bytes())
}

/// The letters of a text, one by one.
pub(crate) struct Letters<'t>(&'t [u8]);

impl<'t> Letters<'t> {
    /// The letters of `text`, which must be UTF-8 from its first byte on.
    pub(crate) fn of(text: &'t [u8]) -> Self {
        Letters(text)
    }

    /// The bytes after the last letter taken.
    pub(crate) fn rest(&self) -> &'t [u8] {
        self.0
    }
}

impl Iterator for Letters<'_> {
    type Item = Letter;

    #[inline]
    fn next(&mut self) -> Option<Letter> {
        let (letter, len) = first(self.0)?;
        self.0 = self.0.get(len..).unwrap_or_default();
        Some(letter)
    }
}

/// The letter of a character.
pub(crate) const fn of(c: char) -> Letter {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes);
    Letter::from_le_bytes(bytes)
}

/// The character of a letter.
#[inline]
pub(crate) fn character(letter: Letter) -> char {
    let (second, third) = (letter >> 8 & 0x3F, letter >> 16 & 0x3F);
    let code = match letter & 0xFF {
        0..0x80 => letter,
        0x80..0xE0 => (letter & 0x1F) << 6 | second,
        0xE0..0xF0 => (letter & 0xF) << 12 | second << 6 | third,
        _ => (letter & 7) << 18 | second << 12 | third << 6 | letter >> 24 & 0x3F,
    };
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
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
pub(crate) const JOINTS: [Letter; 12] =
    [of('、'), of('，'), of('·'), of(' '), of('　'), of('“'), of('”'), of('"'), of('‘'), of('’'), of('「'), of('」')];

#[cfg(test)]
mod tests {
    use super::{character, first, letters, of};

    #[test]
    fn letters_are_the_characters_of_a_text() {
        let text = "共建“一带一路”，é🀄n";
        assert!(letters(text).eq(text.chars().map(of)));
        assert!(letters(text).map(character).eq(text.chars()));
        assert_eq!(first("".as_bytes()), None);
    }
}
