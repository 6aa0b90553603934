//! From a paragraph to the lines of a narrow column, with the traces that justified type leaves in
//! a text layer: gaps around digits and in short names, lines spaced letter by letter.

use fastrand::Rng;

use super::random::chance;

/// How the type of a page is set.
pub(super) struct Setting {
    /// Characters in a line of the usual column.
    pub(super) width: u32,
    /// What stands before the first line of a paragraph.
    pub(super) indent: &'static str,
    /// Chance in a thousand of a gap between an ideograph and a digit.
    pub(super) digit_gaps: u32,
    /// True if names of two characters are printed as wide as those of three.
    pub(super) name_gaps: bool,
    /// Chance in a thousand that a line is spaced letter by letter.
    pub(super) spaced_lines: u32,
}

/// Puts gaps around digits.
pub(super) fn gap_digits(rng: &mut Rng, text: &str, per_mille: u32) -> String {
    if per_mille == 0 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut last = None::<char>;
    for c in text.chars() {
        let edge = |a: char, b: char| a.is_ascii_digit() && is_ideograph(b);
        if last.is_some_and(|l| edge(l, c) || edge(c, l)) && chance(rng, per_mille) {
            out.push(' ');
        }
        out.push(c);
        last = Some(c);
    }
    out
}

/// 江远 becomes 江 远; longer names stay.
pub(super) fn gap_name(name: &str, gap: char) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next(), characters.next()) {
        (Some(first), Some(second), None) => format!("{first}{gap}{second}"),
        _ => name.to_owned(),
    }
}

/// Breaks a text into lines of so many ideographs. Digits and Latin words are not broken, closing
/// marks hang over the end of a line, opening ones go to the next.
pub(crate) fn wrap(text: &str, width: u32) -> Vec<String> {
    let limit = 2 * width;
    let mut lines = Vec::new();
    let (mut line, mut columns) = (String::new(), 0);
    let characters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < characters.len() {
        let first = characters[at];
        let mut end = at + 1;
        while is_latin(first) && end < characters.len() && is_latin(characters[end]) {
            end += 1;
        }
        let unit: String = characters[at..end].iter().collect();
        let unit_columns: u32 = characters[at..end].iter().map(|&c| columns_of(c)).sum();
        let opens = matches!(first, '“' | '（' | '《');
        let room = if opens { columns + unit_columns + 2 } else { columns + unit_columns };
        if room > limit && !closes(first) && columns > 0 {
            lines.push(std::mem::take(&mut line));
            columns = 0;
            if first == ' ' {
                at = end;
                continue;
            }
        }
        line += &unit;
        columns += unit_columns;
        at = end;
    }
    if !line.trim().is_empty() {
        lines.push(line);
    }
    lines
}

/// Spaces a line letter by letter.
pub(super) fn space_out(line: &str) -> String {
    let spaced: Vec<String> = line.chars().filter(|c| *c != ' ').map(String::from).collect();
    spaced.join(" ")
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-')
}

fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn closes(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：' | '？' | '！' | '”' | '）' | '》' | '℃')
}

fn columns_of(c: char) -> u32 {
    if c.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_with_no_closing_mark_and_break_no_number() {
        assert_eq!(
            wrap("全县新修水渠1280.5公里，受益群众（含移民）增加。", 8),
            ["全县新修水渠", "1280.5公里，受益", "群众（含移民）增", "加。"]
        );
    }

    #[test]
    fn short_names_alone_get_a_gap() {
        assert_eq!((gap_name("江远", ' ').as_str(), gap_name("江小远", ' ').as_str()), ("江 远", "江小远"));
        assert_eq!(space_out("思想共识"), "思 想 共 识");
    }
}
