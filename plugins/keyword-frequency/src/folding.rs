//! Spellings that count as one: letters of either case or width, numbers.

use crate::settings::Settings;

/// What numbers count as.
const NUMBER: &str = "#";

/// What is folded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folding {
    case: bool,
    width: bool,
    numbers: bool,
}

impl Folding {
    pub(crate) fn new(settings: &Settings) -> Self {
        Folding { case: settings.fold_case, width: settings.fold_width, numbers: settings.fold_numbers }
    }

    /// The folded form of a word; none if it holds nothing that could be folded.
    #[inline]
    pub(crate) fn form(self, word: &str) -> Option<String> {
        // Ideographs alone, as most words are: two of them, or any number.
        match word.as_bytes() {
            [0xE4..=0xE9, _, _, 0xE4..=0xE9, _, _] => None,
            bytes if bytes.chunks(3).all(|bytes| matches!(bytes, [0xE4..=0xE9, _, _])) => None,
            _ => self.form_of_letters(word),
        }
    }

    /// True if the word is a number that counts as `#`.
    pub(crate) fn is_folded_number(self, word: &[u8]) -> bool {
        // Both widths of 0 to 9; the rest of words begin otherwise.
        let begins = matches!(word, [b'0'..=b'9', ..] | [0xEF, 0xBC, 0x90..=0x99, ..]);
        let is_number = || std::str::from_utf8(word).is_ok_and(|word| self.fold(word) == NUMBER);
        self.numbers && begins && is_number()
    }

    /// True if a form is that of numbers.
    pub(crate) fn is_number(self, form: &str) -> bool {
        self.numbers && form == NUMBER
    }

    fn form_of_letters(self, word: &str) -> Option<String> {
        let may_change = word.bytes().any(|b| b < 0x80 || b == 0xEF) || (self.case && !word.is_ascii());
        (may_change && (self.case || self.width || self.numbers)).then(|| self.fold(word))
    }

    fn fold(self, word: &str) -> String {
        let narrow = |c: char| match c {
            // The wide forms stand in the order of ASCII.
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            other => other,
        };
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%');
        if self.numbers
            && word.chars().map(narrow).all(is_number)
            && word.chars().map(narrow).any(|c| c.is_ascii_digit())
        {
            return NUMBER.to_owned();
        }
        let narrowed = word.chars().map(|c| if self.width { narrow(c) } else { c });
        if self.case { narrowed.flat_map(char::to_lowercase).collect() } else { narrowed.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::Folding;

    #[test]
    fn what_is_folded_is_said_by_the_settings() {
        let all = Folding { case: true, width: true, numbers: true };
        let none = Folding { case: false, width: false, numbers: false };
        for (word, folded) in [
            ("ＧＤＰ", "gdp"),
            ("1,234.5", "#"),
            ("２０２３", "#"),
            ("卡拉OK", "卡拉ok"),
            ("会议", "会议"),
            ("Éa", "éa"),
        ] {
            assert_eq!(all.form(word).as_deref().unwrap_or(word), folded);
            assert_eq!(none.form(word), None);
        }
        assert_eq!(Folding { case: false, ..all }.form("ＧＤＰ").as_deref(), Some("GDP"));
    }
}
