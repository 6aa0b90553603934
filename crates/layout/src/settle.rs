//! What lines are to the lines around them, where form alone tells: items of briefs, captions that run on, bylines
//! on two lines, names alone, who speaks, verse.

use crate::credits;
use crate::furniture::is_forecast;
use crate::glyphs::{Class, Glyph, Raw};
use crate::lines::{End, Kind, Look};

/// Settles all that lines do not tell by themselves.
pub(crate) fn all(raw: &Raw, looks: &mut [Look]) {
    bullets(raw, looks);
    forecasts(raw, looks);
    captions(raw, looks);
    credited_captions(raw, looks);
    wrapped_bylines(raw, looks);
    bare_names(raw, looks);
    speakers(raw, looks);
    verse(raw, looks);
}

/// Marks open captions, but also the items of briefs: then there are several, and they are longer.
fn bullets(raw: &Raw, looks: &mut [Look]) {
    const LONG: usize = 32;
    const SHORT: usize = 16;
    let mut marks: Vec<(char, usize, usize, usize)> = Vec::new();
    for i in 0..looks.len() {
        let first = raw.lines[i].of(&raw.glyphs)[0];
        if first.class != Class::Mark || !matches!(looks[i].kind, Kind::Caption | Kind::Text) {
            continue;
        }
        let reach = (i..looks.len().min(i + 12))
            .take_while(|&k| k == i || raw.lines[k].of(&raw.glyphs)[0].class != Class::Mark);
        let (mut size, mut next) = (0, usize::MAX);
        for k in reach {
            size += raw.lines[k].len();
            if looks[k].end == End::Stop || looks[k].stops > 0 && looks[k].end == End::None {
                next = k + 1;
                break;
            }
        }
        let in_row = usize::from(raw.lines.get(next).is_some_and(|l| l.of(&raw.glyphs)[0].c == first.c));
        match marks.iter_mut().find(|m| m.0 == first.c) {
            Some(m) => *m = (m.0, m.1 + 1, m.2 + size, m.3 + in_row),
            None => marks.push((first.c, 1, size, in_row)),
        }
    }
    // Briefs stand one below the other; where several do without a gap, short ones are briefs, too.
    marks.retain(|m| {
        m.1 >= 2 && m.2 >= LONG * m.1 && m.3 * 2 + 1 >= m.1 || m.1 >= 3 && m.3 + 1 >= m.1 && m.2 >= SHORT * m.1
    });
    if marks.is_empty() {
        return;
    }
    for (line, look) in raw.lines.iter().zip(looks) {
        let first = line.of(&raw.glyphs)[0].c;
        if matches!(look.kind, Kind::Caption | Kind::Text) && marks.iter().any(|m| m.0 == first) {
            look.kind = Kind::Text;
            look.bullet = true;
        }
    }
}

/// Lines of a weather forecast head no article.
fn forecasts(raw: &Raw, looks: &mut [Look]) {
    for (line, look) in raw.lines.iter().zip(looks) {
        if look.kind == Kind::Text && look.stops + look.commas == 0 && look.end != End::Stop {
            let glyphs = line.of(&raw.glyphs);
            // Their first characters, and those of winds and temperatures.
            let may_be = matches!(glyphs[0].c, '今' | '明' | '最' | '天' | '气' | '多' | '偏' | '相')
                || matches!(glyphs[glyphs.len() - 1].c, '级' | '℃' | '%' | '％');
            if may_be && is_forecast(glyphs) {
                look.kind = Kind::Furniture;
            }
        }
    }
}

/// A caption opened by a mark runs on to its first full stop, if that comes soon.
fn captions(raw: &Raw, looks: &mut [Look]) {
    let mut i = 0;
    while i < looks.len() {
        let glyphs = raw.lines[i].of(&raw.glyphs);
        let look = looks[i];
        if look.kind != Kind::Caption || glyphs[0].class != Class::Mark || look.end == End::Stop || look.stops > 0 {
            i += 1;
            continue;
        }
        let reach = (i + 1..looks.len().min(i + 5))
            .take_while(|&k| matches!(looks[k].kind, Kind::Text | Kind::Caption) && !looks[k].lead);
        let last = reach
            .into_iter()
            .find(|&k| looks[k].end == End::Stop || looks[k].stops > 0 || looks[k].kind == Kind::Caption);
        match last {
            // A caption of one line may lack the full stop; then a new mark follows, or other text.
            Some(k) if raw.lines[k].of(&raw.glyphs)[0].class != Class::Mark => {
                for look in &mut looks[i + 1..=k] {
                    look.kind = Kind::Caption;
                }
                i = k + 1;
            }
            _ => i += 1,
        }
    }
}

/// A caption without a mark: one sentence, from the beginning of a line, with the photographer behind its full stop.
/// 消防队员头朝下探入井中救 / 人。本报记者 李 山 摄.
fn credited_captions(raw: &Raw, looks: &mut [Look]) {
    let glyphs = |k: usize| raw.lines[k].of(&raw.glyphs);
    for i in 1..looks.len() {
        if !glyphs(i).last().is_some_and(|g| matches!(g.c, '摄' | '攝')) || glyphs(i).len() > MOST_CREDIT {
            continue;
        }
        // The credit stands behind the text's last line, runs over from it, or has a line that it shares with the text.
        let behind = raw.lines[i].tail && looks[i].kind == Kind::Byline;
        let over =
            matches!((glyphs(i - 1).last().map(|g| g.c), glyphs(i)[0].c), (Some('记'), '者') | (Some('通'), '讯'));
        let shares = glyphs(i).iter().any(|g| g.class == Class::Stop) && looks[i].kind != Kind::Furniture;
        if !behind && !over && !shares {
            continue;
        }
        let last = if shares { i } else { i - 1 };
        let mut first = last;
        let goes_up = |k: usize| {
            let above = &looks[k - 1];
            above.kind == Kind::Text
                && matches!(above.end, End::None | End::Comma | End::Open)
                && above.stops == 0
                && !above.lead
                && !looks[k].lead
                && raw.lines[k].indent < 3
        };
        while first > 0 && last - first < MOST_CAPTION && goes_up(first) {
            first -= 1;
        }
        let size: usize = (first..=last).map(|k| glyphs(k).len()).sum();
        // A text of more lines, or below a title, is the text of a picture that is an article of its own.
        let titled = first > 0 && {
            let above = &looks[first - 1];
            above.kind == Kind::Text
                && matches!(above.end, End::None | End::Soft)
                && above.width + 4 <= looks[first].width
        };
        let fits = last - first < MOST_CAPTION && size <= MOST_CAPTIONED && !looks[first].lead && !titled;
        let opens = raw.lines[first].indent < 3 || first == last;
        if fits && opens && (first..=last).all(|k| matches!(looks[k].kind, Kind::Text | Kind::Caption | Kind::Byline)) {
            for look in &mut looks[first..=i] {
                look.kind = Kind::Caption;
            }
        }
    }
}

/// Most characters of a line that ends with a credit, and most lines and characters of such a caption.
const MOST_CREDIT: usize = 60;
const MOST_CAPTION: usize = 3;
const MOST_CAPTIONED: usize = 56;

/// A byline whose names stand on the line below its role: □某报首席记者 / 李 山 摄.
fn wrapped_bylines(raw: &Raw, looks: &mut [Look]) {
    for i in 1..looks.len() {
        let (old, new) = (raw.lines[i - 1].of(&raw.glyphs), raw.lines[i].of(&raw.glyphs));
        if old.len() > 20 || new.len() > 12 || looks[i - 1].kind == Kind::Byline || looks[i].kind == Kind::Furniture {
            continue;
        }
        let open = old[0].class == Class::Mark || matches!(old[0].c, '本');
        let role = matches!(old[old.len() - 1].c, '者' | '员' | '員');
        if open && role && credits::line_byline(new, true).is_some() {
            looks[i - 1].kind = Kind::Byline;
            looks[i].kind = Kind::Byline;
        }
    }
}

/// A name alone on a line right after the end of a text, or right before one, is a byline.
fn bare_names(raw: &Raw, looks: &mut [Look]) {
    for i in 0..looks.len() {
        let line = &raw.lines[i];
        let glyphs = line.of(&raw.glyphs);
        if looks[i].kind != Kind::Text
            || glyphs.len() > 8
            || glyphs.len() < 2
            || looks[i].end != End::None
            || !line.tail && i == 0
        {
            continue;
        }
        if line.tail && glyphs.len() <= 3 {
            looks[i].kind = Kind::Byline;
            continue;
        }
        // A full stop may be lost; then the line before ends well short of its column.
        let lost = i > 1
            && looks[i - 1].kind == Kind::Text
            && looks[i - 1].width + 5 < looks[i - 2].width
            && looks[i - 1].width > 8;
        let settled = lost
            || i > 0
                && matches!(looks[i - 1].end, End::Stop | End::Soft)
                && looks[i - 1].kind == Kind::Text
                && looks[i - 1].width > looks[i].width;
        let next_is_text = looks.get(i + 1).is_some_and(|l| l.kind == Kind::Text && l.width < 30 && l.end == End::Stop);
        if !settled || next_is_text {
            continue;
        }
        if credits::is_surname(glyphs[0].c) && credits::line_byline(glyphs, true).is_some() {
            looks[i].kind = Kind::Byline;
        }
    }
}

/// Who speaks opens the paragraphs of an interview: 问：…, 记者：…, 王小川：… Words before a colon count as a speaker
/// if they open lines after a full stop again and again, and another one does, too.
fn speakers(raw: &Raw, looks: &mut [Look]) {
    let mut names: Vec<(&[Glyph], usize)> = Vec::new();
    let starts = |i: usize| i == 0 || !matches!(looks[i - 1].end, End::Comma | End::Open);
    for i in (0..looks.len()).filter(|&i| looks[i].kind == Kind::Text) {
        let Some(name) = speaker(raw, looks, i).filter(|_| starts(i)) else { continue };
        match names.iter().position(|n| same(n.0, name)) {
            Some(n) => names[n].1 += 1,
            None if names.len() < MOST_SPEAKERS => names.push((name, 1)),
            None => {}
        }
    }
    names.retain(|n| n.1 >= 2);
    if names.len() < 2 {
        return;
    }
    for i in 0..looks.len() {
        let name = speaker(raw, looks, i).filter(|_| looks[i].kind == Kind::Text);
        let follows = i > 0 && matches!(looks[i - 1].end, End::Comma | End::Open);
        if name.is_some_and(|name| !follows && names.iter().any(|n| same(n.0, name))) {
            looks[i].bullet = true;
        }
    }
}

/// Speakers of a page that are remembered.
const MOST_SPEAKERS: usize = 64;

/// The Chinese characters before a colon near the start of a line.
#[inline]
fn speaker<'a>(raw: &'a Raw, looks: &[Look], line: usize) -> Option<&'a [Glyph]> {
    if !looks[line].colon {
        return None;
    }
    let glyphs = raw.lines[line].of(&raw.glyphs);
    let colon = glyphs.iter().take(6).position(|g| matches!(g.c, '：' | ':' | '∶'))?;
    let name = &glyphs[..colon];
    (!name.is_empty() && name.iter().all(|g| g.class == Class::Han)).then_some(name)
}

fn same(a: &[Glyph], b: &[Glyph]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.c == b.c)
}

/// Verse: short lines in a row that all end with a mark, as lines of prose do by chance only; or short lines of
/// free verse, without marks and each of another length.
fn verse(raw: &Raw, looks: &mut [Look]) {
    let mut from = 0;
    while from < looks.len() {
        let marked = looks[from].end != End::None;
        let size = if marked { marked_lines(looks, from) } else { free_lines(looks, from) };
        let least = if marked { LEAST_VERSE } else { LEAST_FREE };
        let verse = size >= least
            && if marked { is_marked_verse(looks, from, size) } else { is_free_verse(raw, looks, from, size) };
        for look in &mut looks[from..from + if verse { size } else { 0 }] {
            look.verse = true;
        }
        // Too few lines are too few from the next one on, too.
        from += if verse || size < least { size.max(1) } else { 1 };
    }
}

/// How many lines in a row might be lines of verse that end with marks.
fn marked_lines(looks: &[Look], from: usize) -> usize {
    run(looks, from, |l| {
        (10..=30).contains(&l.width)
            && matches!(l.end, End::Comma | End::Stop | End::Colon | End::Soft)
            && l.stops + l.commas + l.pauses + u8::from(l.narrow > 0) == 0
    })
}

fn is_marked_verse(looks: &[Look], from: usize, size: usize) -> bool {
    looks[from..from + size].iter().filter(|l| l.end == End::Comma).count() * 4 >= size
}

/// How many lines in a row might be lines of free verse.
fn free_lines(looks: &[Look], from: usize) -> usize {
    run(looks, from, |l| {
        (6..=22).contains(&l.width)
            && l.end == End::None
            && l.stops + l.commas == 0
            && l.narrow == 0
            && l.gaps + l.figures == 0
            && !l.spaced
    })
}

fn is_free_verse(raw: &Raw, looks: &[Look], from: usize, size: usize) -> bool {
    let changes = || looks[from..from + size].windows(2).filter(|w| w[0].width.abs_diff(w[1].width) >= 2).count();
    let plain = |i: usize| raw.lines[i].of(&raw.glyphs).iter().all(|g| g.class == Class::Han);
    // A name above opens free verse; it is no part of it.
    signed(raw, looks, from) && changes() * 10 >= size * 6 && (from..from + size).all(plain)
}

/// True if the line above names an author.
fn signed(raw: &Raw, looks: &[Look], from: usize) -> bool {
    let Some(above) = from.checked_sub(1) else { return false };
    let glyphs = raw.lines[above].of(&raw.glyphs);
    looks[above].kind == Kind::Byline
        || credits::is_surname(glyphs[0].c) && credits::line_byline(glyphs, true).is_some()
}

/// Least lines of verse in a row.
const LEAST_VERSE: usize = 5;
/// Least lines of free verse in a row.
const LEAST_FREE: usize = 6;

/// Lines in a row that are looked at: a longer poem is read in parts.
const MOST_VERSE: usize = 60;

/// How many lines of text in a row are of a kind.
fn run(looks: &[Look], from: usize, kind: impl Fn(&Look) -> bool) -> usize {
    looks[from..]
        .iter()
        .take(MOST_VERSE)
        .take_while(|l| l.kind == Kind::Text && !l.lead && !l.bullet && kind(l))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::look_at;

    fn looks(text: &str) -> Vec<Look> {
        let mut raw = Raw::read(text);
        look_at(&mut raw)
    }

    #[test]
    fn a_sentence_with_its_photographer_is_a_caption() {
        use Kind::{Caption, Text};
        let kinds = |text: &str| looks(text).iter().map(|l| l.kind).collect::<Vec<_>>();
        assert_eq!(
            kinds("坐在水里，左脚肿得老高。他冲\n队员头朝下探入井中救\n人。　本报记者　李 山　摄\n上面喊。"),
            [Text, Caption, Caption, Caption, Text],
        );
        assert_eq!(kinds("村民在清点货物。　记\n者　王 小 川　摄\n摊主说"), [Caption, Caption, Text]);
        // A text with a title is no caption.
        let story = "果园春管忙\n本报讯　四月二十日，果农在园中给果树\n修枝、追肥、浇水，抓紧春管，今年全县果园面积\n又有增加。　李 山　摄";
        assert!(kinds(story)[..4].iter().all(|k| *k == Text));
    }

    #[test]
    fn speakers_open_paragraphs() {
        let page = "记者：今年的苹果怎么样？\n王小川：比去年好。春天没有遭冻，夏天雨\n水也足。\n记者：价钱呢？\n王小川：每斤多卖两毛。县里说：明年\n再建两座冷库。";
        let opens: Vec<bool> = looks(page).iter().map(|l| l.bullet).collect();
        assert_eq!(opens, [true, true, false, true, true, false]);
    }

    #[test]
    fn verse_is_a_paragraph_a_line() {
        let poem = "扁担挑起两筐霜，\n脚印踩出一道梁。\n问声大爷哪里去，\n山那边有新学堂。\n书包压弯羊肠路，\n灯火照亮半面墙。";
        assert!(looks(poem).iter().all(|l| l.verse));
        let prose = "会议指出，果业是全县农民增收的\n主要来源，要在品种、技术、市场，\n三个方面下功夫，县里将派干部。\n包村指导。";
        assert!(looks(prose).iter().all(|l| !l.verse));
        let free = "林小满\n井台上的月亮\n被谁打捞起来\n又轻轻放了回去\n吊桶还记得\n那一年的水声\n和早起的人\n说过的话";
        assert!(looks(free)[1..].iter().all(|l| l.verse));
    }
}
