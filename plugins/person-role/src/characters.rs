//! What is known of single characters: their simplified form and what they do in names.
//!
//! Two flat tables by code point, so that folding a line and asking for a class cost one look-up a
//! character.

use rustc_hash::FxHashMap;

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

const SIZE: usize = 0x1_0000;

/// The tables.
#[derive(Clone, Debug)]
pub(crate) struct Characters {
    fold: Box<[char]>,
    class: Box<[u16]>,
}

impl Default for Characters {
    fn default() -> Self {
        let mut fold: Box<[char]> =
            (0..=u16::MAX).map(|code| char::from_u32(u32::from(code)).unwrap_or_default()).collect();
        // Only these blocks hold what is folded: Latin, dots, marks, kana, full width.
        for code in [0..=0xFF, 0x2022..=0x22C5, 0x3000..=0x30FB, 0xFF00..=0xFFFF].into_iter().flatten() {
            fold[usize::from(code)] = char::from_u32(u32::from(fold_width(code))).unwrap_or_default();
        }
        let mut characters = Characters { fold, class: vec![0; SIZE].into_boxed_slice() };
        for (text, bit) in [
            ("的了着说在等则曾及把被让就都也又还并且或但这那将任兼系是称指其他她们所得地您你我起", class::FUNCTION),
            ("与和同向对从由以于到因今昨表要会为作率家", class::SOFT_FUNCTION),
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

impl Characters {
    /// Folds `traditional` to `simplified` from now on.
    pub(crate) fn fold_to(&mut self, traditional: char, simplified: char) {
        if let Some(form) = self.fold.get_mut(traditional as usize) {
            *form = simplified;
        }
    }

    /// Adds a class to a character.
    pub(crate) fn mark(&mut self, c: char, bit: u16) {
        if let Some(class) = self.class.get_mut(c as usize) {
            *class |= bit;
        }
    }

    /// The other forms of characters that have some, by the folded one.
    pub(crate) fn forms(&self) -> FxHashMap<char, Vec<char>> {
        let mut forms: FxHashMap<char, Vec<char>> = FxHashMap::default();
        let others = self.fold.iter().zip(0..).filter(|&(&folded, code)| folded as u32 != code);
        for (&folded, code) in others {
            if let Some(form) = char::from_u32(code) {
                forms.entry(folded).or_default().push(form);
            }
        }
        forms
    }

    /// The folded character.
    pub(crate) fn fold(&self, c: char) -> char {
        self.fold.get(c as usize).copied().unwrap_or(c)
    }

    /// True if the (folded) character has one of the classes.
    pub(crate) fn is(&self, c: char, bits: u16) -> bool {
        self.class.get(c as usize).is_some_and(|&class| class & bits != 0)
    }
}

/// True for Chinese characters.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{20000}'..='\u{2FA1F}')
}

/// True for what ends a name or an organization: marks, spaces, symbols.
pub(crate) fn is_mark(c: char) -> bool {
    !is_han(c) && !c.is_alphanumeric() && c != '·'
}
