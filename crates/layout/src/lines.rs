//! What each printed line looks like: width, ends, punctuation, and whether it is furniture, a jump
//! line, a byline or a caption.
//!
//! Lines are judged alone here. What they are to each other is the work of [`crate::columns`].

use crate::characters::{Count, Sorts, Tally, hint};
use crate::credits;
use crate::datelines;
use crate::furniture::{self, Candidate, Hints};
use crate::glyphs::{Class, Glyph, Line, Raw};
use crate::settle;

/// What a line is, as far as it tells by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Running text or headline.
    Text,
    /// Paper name, date, imprint.
    Furniture,
    /// 下转第三版 and the like.
    Jump,
    /// Names of those who wrote or photographed.
    Byline,
    /// First line of a caption, opened by a mark or closed by a credit.
    Caption,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Full stop, question mark …, also inside closing quotes.
    Stop,
    /// Comma or enumeration comma.
    Comma,
    /// Colon.
    Colon,
    /// Closing bracket or quotation mark, dash, ellipsis.
    Soft,
    /// A point read for a comma or full stop by a machine.
    Point,
    /// Opening bracket: the line must go on.
    Open,
    /// No mark.
    None,
}

/// The look of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) kind: Kind,
    /// Width in half-width units, spaces left out, at most [`WIDEST`].
    pub(crate) width: u16,
    pub(crate) end: End,
    /// Full stops before the end.
    pub(crate) stops: u8,
    /// Commas (not 、) before the end.
    pub(crate) commas: u8,
    /// Enumeration commas before the end.
    pub(crate) pauses: u8,
    /// True if a mark opens it that opens several long paragraphs of the page (an item of briefs or a list), or
    /// who speaks (问：, 答：).
    pub(crate) bullet: bool,
    /// True if it is a line of verse: a paragraph of its own.
    pub(crate) verse: bool,
    /// True if it names a day: 15日, 近日.
    pub(crate) day: bool,
    /// Groups of figures parted by gaps.
    pub(crate) figures: u8,
    /// Gaps between Chinese characters, where the line is not letter-spaced.
    pub(crate) gaps: u8,
    /// True if single characters stand apart.
    pub(crate) spaced: bool,
    /// True if a dateline opens it.
    pub(crate) lead: bool,
    /// Latin letters and digits, in half-width units.
    pub(crate) narrow: u16,
    /// True if it holds a colon.
    pub(crate) colon: bool,
    /// True if it holds 图.
    pub(crate) picture: bool,
}

/// Lines at least this wide (in half-width units) were never set in a newspaper column.
pub(crate) const WIDEST: u16 = 160;

/// Cuts bylines and jump marks off the ends of lines, then looks at every line.
pub(crate) fn look_at(raw: &mut Raw) -> Vec<Look> {
    cut_tails(raw);
    let mut text = String::new();
    let count = raw.lines.len();
    let mut looks: Vec<Look> = Vec::with_capacity(count);
    let sorts = Sorts::table();
    for (i, line) in raw.lines.iter().enumerate() {
        let glyphs = line.of(&raw.glyphs);
        let tally = sorts.tally(glyphs, READ);
        let mut look = measure(glyphs, &tally, line.bytes.1 == 0);
        let edge = i < EDGE || i + EDGE >= count;
        look.kind = kind_of(glyphs, &tally, &look, edge, line, &mut text);
        // The last line of a report may hold nothing but its author: （王小川 李山）.
        let n = glyphs.len();
        if look.kind == Kind::Text
            && (4..=24).contains(&n)
            && matches!(glyphs[0].c, '（' | '(')
            && matches!(glyphs[n - 1].c, '）' | ')')
            && (credits::line_byline(&glyphs[1..n - 1], true).is_some()
                || credits::signature(&glyphs[1..n - 1]).is_some())
        {
            look.end = End::Stop;
        }
        looks.push(look);
    }
    settle::all(raw, &mut looks);
    looks
}

/// How many lines from top and bottom count as the edge of a page.
const EDGE: usize = 12;

/// Only the first part of an endless line matters.
const READ: usize = 400;

/// Measures a line.
fn measure(glyphs: &[Glyph], tally: &Tally, gapped: bool) -> Look {
    let n = glyphs.len();
    let read = &glyphs[..n.min(READ)];
    // What a line ends with is told apart.
    let last = if n <= READ { Sorts::table().tally(&glyphs[n - 1..], 1) } else { Tally::default() };
    let inside = |count: Count| tally.of(count) - last.of(count);
    let noted = |hint: u32| tally.hints & hint != 0;
    let mut commas = inside(Count::Comma);
    if noted(hint::POINT) {
        // Machines read a comma or full stop as a point.
        let comma = |w: &&[Glyph]| w[0].class == Class::Han && w[1].c == '.';
        commas += glyphs[..n.min(READ + 1) - 1].windows(2).filter(comma).count() as u32;
    }
    let (figures, gaps, spaced) = if gapped { gaps(read) } else { (0, 0, false) };
    Look {
        kind: Kind::Text,
        width: (2 * read.len() as u32 - tally.of(Count::Short)).min(u32::from(WIDEST)) as u16,
        end: end_of(glyphs),
        stops: inside(Count::Stop).min(255) as u8,
        commas: commas.min(255) as u8,
        pauses: (inside(Count::Pause) + tally.of(Count::Paren)).min(255) as u8,
        day: noted(hint::DAY) && (0..read.len()).any(|i| read[i].c == '日' && ends_day(glyphs, i)),
        bullet: false,
        verse: false,
        figures,
        gaps,
        spaced,
        lead: datelines::opens(glyphs, noted(hint::REPORT) && tally.of(Count::Paren) > 0),
        narrow: tally.of(Count::Latin).min(999) as u16,
        colon: noted(hint::COLON),
        picture: noted(hint::PICTURE),
    }
}

/// The gaps between figures and between Chinese characters of a line, and whether it is letter-spaced.
fn gaps(glyphs: &[Glyph]) -> (u8, u8, bool) {
    let (mut figures, mut gaps, mut spaces) = (0usize, 0usize, 0usize);
    for w in glyphs.windows(2).filter(|w| w[1].gap > 0) {
        spaces += 1;
        figures += usize::from(w[0].class == Class::Digit && w[1].class == Class::Digit);
        gaps += usize::from(w[0].class == Class::Han && w[1].class == Class::Han);
    }
    let spaced = glyphs.len() >= 4 && spaces * 10 >= glyphs.len() * 6;
    (figures.min(255) as u8, if spaced { 0 } else { gaps.min(255) as u8 }, spaced)
}

/// True if the 日 at a place closes a day: 15日, 二十日, 近日, 日前.
fn ends_day(glyphs: &[Glyph], at: usize) -> bool {
    let numeral = |c: char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇');
    at.checked_sub(1).is_some_and(|b| {
        glyphs[b].class == Class::Digit
            // 一日 alone is any day.
            || numeral(glyphs[b].c) && b > 0 && (glyphs[b - 1].c == '月' || numeral(glyphs[b - 1].c))
            || matches!(glyphs[b].c, '近' | '昨' | '今' | '连')
            || glyphs.get(at + 1).is_some_and(|g| g.c == '前')
    })
}

/// How a line ends, closing marks looked through.
pub(crate) fn end_of(glyphs: &[Glyph]) -> End {
    // A full stop and the author in brackets: 丰收在望。（王小川 李山）
    if matches!(glyphs.last().map(|g| g.c), Some('）' | ')')) {
        let reach = glyphs.len().saturating_sub(16);
        if let Some(open) = glyphs[reach..].iter().rposition(|g| matches!(g.c, '（' | '('))
            && (reach + open).checked_sub(1).is_some_and(|i| glyphs[i].class == Class::Stop)
        {
            return End::Stop;
        }
    }
    let mut closed = false;
    for g in glyphs.iter().rev().take(4) {
        match g.class {
            Class::Close => closed = true,
            Class::Stop if g.c == '；' || g.c == ';' => return if closed { End::Soft } else { End::Stop },
            Class::Stop => return End::Stop,
            _ if closed => return End::Soft,
            Class::Comma => return if matches!(g.c, '：' | ':') { End::Colon } else { End::Comma },
            Class::Open => return End::Open,
            Class::Other if matches!(g.c, '.' | '．') => return End::Point,
            Class::Other if matches!(g.c, '—' | '…' | '─' | '―') => return End::Soft,
            _ => return End::None,
        }
    }
    End::Soft
}

/// What a line is by itself.
fn kind_of(glyphs: &[Glyph], tally: &Tally, look: &Look, edge: bool, line: &Line, text: &mut String) -> Kind {
    let n = glyphs.len();
    if let Some(end) = furniture::jump(glyphs)
        && end + 3 >= n
    {
        return Kind::Jump;
    }
    if look.stops == 0 && look.commas == 0 && !matches!(look.end, End::Comma) && n <= 120 {
        let hints = Hints::of(glyphs, tally, line.bytes.1 == 0);
        if look.end != End::Stop && furniture::is_furniture(&Candidate { glyphs, edge, hints: &hints }, text) {
            return Kind::Furniture;
        }
        let parted = n <= 16 || hints.gap || glyphs[0].class == Class::Mark;
        if n <= 40 && look.end != End::Stop && hints.role && parted && credits::line_byline(glyphs, false).is_some() {
            return Kind::Byline;
        }
    }
    if credits::author_note(glyphs) || credits::nameless(glyphs) {
        return Kind::Byline;
    }
    // ■ 王小川
    if glyphs[0].class == Class::Mark
        && (3..=9).contains(&n)
        && look.end == End::None
        && credits::line_byline(glyphs, true).is_some()
    {
        return Kind::Byline;
    }
    let marked = matches!(glyphs[0].c, '■' | '▲' | '△' | '▼' | '▽' | '▶' | '◀' | '►' | '◄') && n >= 3;
    if marked && !line.tail {
        return Kind::Caption;
    }
    let credit = matches!(glyphs[n - 1].c, '摄' | '攝') && n >= 12 && (look.gaps > 0 || n <= 80);
    if credit && (look.stops == 0 || credits::credited(glyphs)) {
        return Kind::Caption;
    }
    Kind::Text
}

/// Cuts off what stands at a line's end but belongs to no line of text: a byline behind the last
/// full stop, a jump mark; and a jump mark at its start.
fn cut_tails(raw: &mut Raw) {
    // Names behind the last full stop with surnames not in the list are believed where others stand so.
    let mut habit = 0;
    let mut doubtful: Vec<(usize, usize, bool)> = Vec::new();
    let mut cuts: Vec<(usize, usize, bool)> = Vec::new();
    for (i, line) in raw.lines.iter().enumerate() {
        let glyphs = line.of(&raw.glyphs);
        let n = glyphs.len();
        if let Some(end) = furniture::jump(glyphs)
            && end + 3 < n
        {
            cuts.push((i, end, false));
            continue;
        }
        if n < 6 {
            continue;
        }
        // A line without gaps can only end with a jump mark in brackets.
        let closes = glyphs[n - 2..].iter().any(furniture::closes_jump);
        if line.bytes.1 > 0 && !closes {
            continue;
        }
        let (from, to) = if line.bytes.1 > 0 { (n.saturating_sub(16), n - 5) } else { (n.saturating_sub(24), n) };
        let from = from.max(2);
        let mut at = None;
        for k in (from..to).rev() {
            let g = &glyphs[k];
            let opens = closes & (g.class == Class::Open);
            if !opens & (g.gap == 0) {
                continue;
            }
            if g.gap > 0 && n - k >= 2 && ends_sentence(&glyphs[..k]) {
                let tail = &glyphs[k..];
                let known = credits::is_surname(tail[0].c) && tail.len() <= 8;
                if credits::line_byline(tail, known).is_some() {
                    at = Some(k);
                    habit += 1;
                } else if (2..=3).contains(&tail.len()) && tail.iter().all(|g| g.class == Class::Han) {
                    doubtful.push((i, k, true));
                }
                break;
            }
            if opens
                && (6..=16).contains(&(n - k))
                && k > 2
                && furniture::jump(&glyphs[k..]).is_some_and(|e| k + e + 1 >= n)
            {
                at = Some(k);
                break;
            }
        }
        if let Some(k) = at {
            cuts.push((i, k, true));
        }
    }
    if habit >= 2 {
        cuts.append(&mut doubtful);
        cuts.sort_unstable();
    }
    if cuts.is_empty() {
        return;
    }
    let mut lines = Vec::with_capacity(raw.lines.len() + cuts.len());
    let mut next = cuts.iter().peekable();
    for (i, line) in raw.lines.iter().enumerate() {
        match next.next_if(|c| c.0 == i) {
            Some(&(_, k, tail)) => {
                let cut = line.start + k as u32;
                let (column, byte) = raw.spot(line, cut);
                lines.push(Line { end: cut, bytes: (line.bytes.0, 0), ..*line });
                lines.push(Line { start: cut, column, bytes: (byte, 0), blank: false, indent: 0, tail, ..*line });
            }
            None => lines.push(*line),
        }
    }
    raw.lines = lines;
}

/// True if a full stop ends the glyphs, perhaps in closing quotes.
fn ends_sentence(glyphs: &[Glyph]) -> bool {
    match glyphs {
        [.., a, b] => b.class == Class::Stop || b.class == Class::Close && a.class == Class::Stop,
        [a] => a.class == Class::Stop,
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        let mut raw = Raw::read(text);
        look_at(&mut raw).iter().map(|l| l.kind).collect()
    }

    #[test]
    fn lines_tell_what_they_are() {
        use Kind::{Byline, Caption, Furniture, Jump, Text};
        assert_eq!(kinds("2023年5月1日 星期一\n本报记者 王小川"), [Furniture, Byline]);
        assert_eq!(kinds("乡亲们的日子一天比一天好。 李山\n全县"), [Text, Byline, Text]);
        assert_eq!(kinds("各项工作有序推进。（下转第三版）"), [Text, Jump]);
        assert_eq!(kinds("（上接第一版）各级干部"), [Jump, Text]);
        assert_eq!(kinds("■市民在河边散步。\n孩子们在广场上放风筝 李山 摄"), [Caption, Caption]);
    }

    #[test]
    fn letter_spaced_lines_have_no_gaps() {
        let mut raw = Raw::read("思 想 共 识 ， 努 力 营 造\n重视学习 提升能力");
        let looks = look_at(&mut raw);
        assert_eq!((looks[0].spaced, looks[0].gaps, looks[1].gaps), (true, 0, 1));
    }
}
