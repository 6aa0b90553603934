//! What is known of single characters: their simplified form and what they do in names.
//!
//! One flat table by code point, so that folding a line and asking for a class cost one look-up a
//! character.

/// Classes of characters, as bits.
pub(crate) mod class {
    /// A surname borne often.
    pub(crate) const SURNAME: u16 = 1;
    /// A surname that is more often a common word.
    pub(crate) const RARE_SURNAME: u16 = 2;
    /// Used in given names.
    pub(crate) const GIVEN: u16 = 4;
    /// Used to write foreign names by sound.
    pub(crate) const SOUND: u16 = 8;
    /// A function word that no given name ends in: 的, 说, 曾.
    pub(crate) const FUNCTION: u16 = 16;
    /// A function word that a given name seldom ends in: 与, 和, 为.
    pub(crate) const SOFT_FUNCTION: u16 = 32;
    /// Names of bodies and places end in it: 县, 局.
    pub(crate) const BODY: u16 = 64;
    /// Begins a name of any kind.
    pub(crate) const BEGINS: u16 = 256;
    /// A surname of Vietnam, with up to three given characters.
    pub(crate) const VIETNAMESE: u16 = 128;
}

/// What a stretch of text may hold, as bits; most rules that ask for it can then be left out.
pub(crate) mod sight {
    /// A character printed in its traditional form.
    pub(crate) const TRADITIONAL: u8 = 1;
    /// The dot of foreign names.
    pub(crate) const DOT: u8 = 2;
    /// The bracket that opens a title: 《.
    pub(crate) const TITLE: u8 = 4;
    /// A character of the verbs that give a role, or the bracket that a role may stand in: 任, 是, （.
    pub(crate) const GIVES: u8 = 8;
}

const SIZE: usize = 0x1_0000;

/// What is known of all characters of the basic plane.
#[derive(Clone, Debug)]
pub(crate) struct Characters {
    /// By code.
    known: Box<[Known; SIZE]>,
    /// The characters that may be folded to others.
    folded: Vec<u16>,
}

/// What is known of a character: in one place, since who asks for one asks for the others.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// What it is folded to.
    folded: char,
    /// Its classes, as a folded one.
    class: u16,
    /// What seeing it printed means.
    sights: u8,
}

impl Default for Characters {
    fn default() -> Self {
        let known = |code| Known { folded: char::from_u32(code).unwrap_or_default(), class: 0, sights: 0 };
        let known: Vec<Known> = (0..).take(SIZE).map(known).collect();
        let known = known.into_boxed_slice().try_into().expect("a table of that size");
        let mut characters = Characters { known, folded: Vec::new() };
        // Only these blocks hold what is folded: Latin, dots, marks, kana, full width.
        for code in [0..=0xFF, 0x2022..=0x22C5, 0x3000..=0x30FB, 0xFF00..=0xFFFF].into_iter().flatten() {
            let (printed, to) = (char::from_u32(u32::from(code)), char::from_u32(u32::from(fold_width(code))));
            if let (Some(printed), Some(to)) = (printed, to) {
                characters.fold_to(printed, to);
            }
        }
        for own in "·《〈任选免辞聘（是".chars() {
            characters.known[own as usize].sights = sight_of(own, own);
        }
        for (text, bit) in [
            ("的了着说在等则曾及把被让就都也又还并且或但这那将任兼系是称指其他她们所得地您你我起", class::FUNCTION),
            ("与和同向对从由以于到因今昨表要会为作率家时谈讲问听", class::SOFT_FUNCTION),
            ("县市省区局部委院校党政厅处科室团队厂镇乡街司协", class::BODY),
        ] {
            text.chars().for_each(|c| characters.mark(c, bit));
        }
        characters
    }
}

/// Full-width letters, digits and the marks that matter to ASCII; the dots of foreign names to one.
fn fold_width(code: u16) -> u16 {
    match code {
        // Brackets, comma and colon: one form for each, so that rules need to know one only.
        0x28 => '（' as u16,
        0x29 => '）' as u16,
        0x2C => '，' as u16,
        0x3A => '：' as u16,
        0x3B => '；' as u16,
        0xFF10..=0xFF19 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A | 0xFF0D => code - 0xFEE0,
        0x2022 | 0x2027 | 0xFF0E | 0x30FB | 0x2219 | 0xFF65 | 0x22C5 => 0xB7,
        0x300C => '“' as u16,
        0x300D => '”' as u16,
        0x3000 | 0x09 | 0xA0 => b' ' as u16,
        _ => code,
    }
}

/// What it means that a character is printed and folded to another or to itself.
fn sight_of(printed: char, folded: char) -> u8 {
    let traditional = if is_han(printed) && printed != folded { sight::TRADITIONAL } else { 0 };
    traditional
        | match folded {
            '·' => sight::DOT,
            '《' | '〈' => sight::TITLE,
            '任' | '选' | '免' | '辞' | '聘' | '（' | '是' => sight::GIVES,
            _ => 0,
        }
}

impl Characters {
    /// Folds `traditional` to `simplified` from now on.
    pub(crate) fn fold_to(&mut self, traditional: char, simplified: char) {
        let Ok(code) = u16::try_from(traditional as u32) else { return };
        let known = &mut self.known[usize::from(code)];
        if traditional == simplified && known.folded == simplified {
            return;
        }
        known.folded = simplified;
        self.folded.push(code);
        known.sights = sight_of(traditional, simplified);
    }

    /// Adds a class to a character.
    pub(crate) fn mark(&mut self, c: char, bit: u16) {
        if let Some(known) = self.known.get_mut(c as usize) {
            known.class |= bit;
        }
    }

    /// The forms in which characters are printed.
    pub(crate) fn forms(&self) -> Forms {
        let printed = self.folded.iter().filter_map(|&code| char::from_u32(u32::from(code)));
        let mut others: Vec<(char, char)> = printed.map(|c| (self.fold(c), c)).filter(|(to, c)| to != c).collect();
        others.sort_unstable();
        others.dedup();
        Forms { others }
    }

    /// The folded character.
    #[inline]
    pub(crate) fn fold(&self, c: char) -> char {
        self.known.get(c as usize).map_or(c, |known| known.folded)
    }

    /// The folded character of a code of the basic plane, and what seeing it printed means (see [`sight`]).
    #[inline]
    pub(crate) fn read(&self, code: u16) -> (char, u8) {
        let Known { folded, sights, .. } = self.known[usize::from(code)];
        (folded, sights)
    }

    /// What stands somewhere in a text.
    pub(crate) fn sights(&self, text: &str) -> u8 {
        let mut seen = 0;
        let mut rest = text.as_bytes();
        loop {
            rest = match rest {
                [a @ 0xE0..=0xEF, b, c, after @ ..] => {
                    seen |= self.known[usize::from(code_of(*a, *b, *c))].sights;
                    after
                }
                [a @ 0xC0..=0xDF, b, after @ ..] => {
                    seen |= self.known[usize::from(code_of(0, *a, *b) & 0x7FF)].sights;
                    after
                }
                [a, after @ ..] => {
                    seen |= if a.is_ascii() { self.known[usize::from(*a)].sights } else { 0 };
                    after
                }
                [] => return seen,
            };
        }
    }

    /// True if the (folded) character has one of the classes.
    #[inline]
    pub(crate) fn is(&self, c: char, bits: u16) -> bool {
        self.known.get(c as usize).is_some_and(|known| known.class & bits != 0)
    }
}

/// The code of a character of three bytes.
#[inline]
pub(crate) fn code_of(a: u8, b: u8, c: u8) -> u16 {
    u16::from(a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F)
}

/// The characters that are folded to others.
pub(crate) struct Forms {
    /// Folded and printed, by the folded one.
    others: Vec<(char, char)>,
}

impl Forms {
    /// All forms of a folded character, itself first.
    pub(crate) fn of(&self, folded: char) -> impl Iterator<Item = char> + '_ {
        let from = self.others.partition_point(|&(to, _)| to < folded);
        let others = self.others[from..].iter().take_while(move |&&(to, _)| to == folded);
        std::iter::once(folded).chain(others.map(|&(_, printed)| printed))
    }
}

/// True for Chinese characters.
#[inline]
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{20000}'..='\u{2FA1F}')
}

/// True for letters, digits and Chinese characters; the commonest are known without asking Unicode.
pub(crate) fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// True for what ends a name or an organization: marks, spaces, symbols.
#[inline]
pub(crate) fn is_mark(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' | '·' => false,
        // The common marks, for which Unicode need not be asked.
        '\0'..='\u{7F}' => !c.is_ascii_alphanumeric(),
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => true,
        '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => true,
        _ => !is_han(c) && !c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_han, is_letter, is_mark};

    #[test]
    fn short_cuts_say_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_mark(c), !is_han(c) && !c.is_alphanumeric() && c != '·', "{c:?}");
        }
    }
}
