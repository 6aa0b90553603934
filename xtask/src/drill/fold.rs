//! Forms of text in which two readings of the same print are equal.
//!
//! Text layers have one character in several forms: full and half width, curly and corner quotation
//! marks, dashes of every length, O or ○ for 〇 in a year. None of that is the layout's doing, so all
//! is compared in the compatibility form NFKC (Unicode Standard Annex 15) with one quotation mark, one
//! dash, one middle dot and one 〇.

use unicode_normalization::UnicodeNormalization;

/// Without any white space.
pub(super) fn closed(text: &str) -> String {
    zeros(plain(text).filter(|c| !c.is_whitespace()))
}

/// With each run of white space as one space, and none at the ends.
pub(super) fn spaced(text: &str) -> String {
    let text: String = plain(text).collect();
    zeros(text.split_whitespace().collect::<Vec<_>>().join(" ").chars())
}

/// A headline line: closed, without dashes and dots around it.
pub(super) fn headline(line: &str) -> String {
    closed(line).trim_matches(['-', '_', '·']).to_owned()
}

/// A dateline: closed, without brackets, marks of an opening, colons and commas.
pub(super) fn dateline(dateline: &str) -> String {
    closed(dateline).replace(['(', ')', '[', ']', '【', '】', '◆', '■', '★', '·', ':', ','], "")
}

/// A name: closed, without brackets and quotation marks.
pub(super) fn name(name: &str) -> String {
    closed(name).replace(['(', ')', '《', '》', '"', '\''], "")
}

/// The characters in NFKC with marks of one kind, without characters that show nothing.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    // Marks come first because NFKC takes some of them apart (… to three stops) and again because it
    // makes some (﹁ to 「).
    text.chars().map(mark).nfkc().map(mark).filter(|c| !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}'))
}

/// One of each kind of quotation mark, dash and middle dot.
fn mark(c: char) -> char {
    match c {
        '“' | '”' | '„' | '＂' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '﹒' | '・' | '•' | '‧' | '･' | '⋅' | '∙' | '●' => '·',
        '—' | '―' | '–' | '－' | '─' => '-',
        '～' => '~',
        '…' => '.',
        _ => c,
    }
}

/// 〇 for any round letter between Chinese digits (二O二三年, 二 ○ 二三), and for every ○.
fn zeros(text: impl Iterator<Item = char>) -> String {
    let text: Vec<char> = text.collect();
    let digit = |c: char| "一二三四五六七八九〇○".contains(c);
    let mut folded = String::with_capacity(text.len() * 3);
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        at += 1;
        if matches!(c, 'O' | 'o' | '0' | '○' | '〇') {
            let left = folded.strip_suffix(' ').unwrap_or(&folded);
            let space = usize::from(text.get(at) == Some(&' '));
            let before = left.chars().next_back().is_some_and(digit);
            let after = text.get(at + space).is_some_and(|&c| digit(c) || matches!(c, '年' | 'O'));
            if before && after {
                folded.truncate(left.len());
                at += space;
                folded.push('〇');
                continue;
            }
        }
        folded.push(if c == '○' { '〇' } else { c });
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_marks_and_spaces_do_not_count() {
        assert_eq!(closed("　　“１ 月 29\n日”——"), "\"1月29日\"--");
        assert_eq!(closed("「上落同行」"), closed("“上落同行”"));
        assert_eq!(spaced("　学习  提升\u{3000}能力 "), "学习 提升 能力");
        assert_eq!(headline("——访 罗琼·"), "访罗琼");
        assert_eq!(dateline("（本报嘉峪关讯）"), "本报嘉峪关讯");
        assert_eq!(name("（罗 琼）"), "罗琼");
    }

    #[test]
    fn round_letters_in_years_are_zeros() {
        assert_eq!(closed("二O二三年"), "二〇二三年");
        assert_eq!(spaced("二 O 二三年"), "二〇二三年");
        assert_eq!(closed("二○OO年"), "二〇〇〇年");
        // Not between digits: a letter is a letter.
        assert_eq!(closed("APO八"), "APO八");
        assert_eq!(closed("10年"), "10年");
    }
}
