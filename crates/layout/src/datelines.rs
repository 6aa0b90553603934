//! Where a report came from: the dateline (电头), 本报洮阳讯, 【本报讯】, 新华社北京12月30日电.
//!
//! A closed form: an outlet, perhaps a place and a date, and 讯 or 电, in or without brackets.

use std::sync::LazyLock;

use crate::glyphs::{Class, Glyph};
use crate::phrases::{Charset, ends_with, starts_with};

/// A dateline at the start of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// First glyph, brackets left out.
    pub(crate) start: usize,
    /// One past the last glyph, brackets left out.
    pub(crate) end: usize,
    /// Where the text goes on, brackets passed.
    pub(crate) after: usize,
}

/// Most characters from the outlet to 讯 or 电: 中央人民广播电台北京十二月三十一日讯.
const DATELINE_REACH: usize = 24;

/// True if a dateline may open with this character; all others are refused at once.
pub(crate) fn may_open(first: &Glyph) -> bool {
    static OPENINGS: LazyLock<Charset> = LazyLock::new(|| Charset::of("本据據新中人法路美塔德共"));
    if first.class == Class::Han { OPENINGS.has(first.c) } else { first.class == Class::Open }
}

/// Reads a dateline (电头): 本报洮阳讯, 【本报讯】, 据新华社北京12月30日电.
#[inline]
pub(crate) fn dateline(glyphs: &[Glyph]) -> Option<Dateline> {
    let first = glyphs.first()?;
    if may_open(first) { dateline_after(first, glyphs) } else { signed(glyphs) }
}

/// True if a dateline opens the glyphs, which may hold the report and the bracket of a signed one.
pub(crate) fn opens(glyphs: &[Glyph], signed_one: bool) -> bool {
    let first = &glyphs[0];
    if may_open(first) { dateline_after(first, glyphs).is_some() } else { signed_one && signed(glyphs).is_some() }
}

/// The same where the first glyph may open one.
fn dateline_after(first: &Glyph, glyphs: &[Glyph]) -> Option<Dateline> {
    let bracket = first.class == Class::Open && !matches!(first.c, '“' | '‘' | '《' | '「' | '『' | '〈');
    if bracket && let Some(found) = reported_from(glyphs) {
        return Some(found);
    }
    let start = usize::from(bracket);
    let head = &glyphs[start..glyphs.len().min(start + DATELINE_REACH)];
    let outlet = outlet_end(head);
    if !bracket && outlet == 0 {
        return None;
    }
    for (i, g) in head.iter().enumerate() {
        if !matches!(g.class, Class::Han | Class::Digit | Class::Letter) && !matches!(g.c, '×' | '·' | '.' | '-') {
            if bracket && i >= 3 && g.class == Class::Close && ends_report(&head[..i]) {
                return Some(Dateline { start, end: start + i, after: start + i + 1 });
            }
            return None;
        }
        let next = head.get(i + 1).map(|g| g.c);
        if i < outlet.max(1) || !matches!(g.c, '讯' | '訊' | '电' | '電') {
            continue;
        }
        if matches!(head[i - 1].c, '通' | '簡' | '简' | '资' | '資' | '发' | '發' | '供' | '停') && g.c != '电'
        {
            continue;
        }
        let word_goes_on = matches!(g.c, '电' | '電')
            && matches!(
                next,
                Some('话' | '話' | '视' | '視' | '影' | '子' | '力' | '信' | '台' | '臺' | '厂' | '网' | '站')
            );
        if word_goes_on || next.is_some_and(|c| matches!(c, '员' | '員' | '号' | '息')) {
            return None;
        }
        if head[..i].windows(2).any(|w| matches!(w[0].c, '记' | '記') && w[1].c == '者') {
            return None;
        }
        let mut after = start + i + 1;
        if bracket {
            match glyphs.get(after) {
                Some(g) if g.class == Class::Close => after += 1,
                _ => continue,
            }
        }
        return Some(Dateline { start, end: start + i + 1, after });
    }
    None
}

/// Most characters of a bracket that names reporter and place.
const REPORTED_REACH: usize = 30;

/// The bracket of Taiwan's papers, which names the reporter first: 【記者王小川／河洮報導】. The place and what follows it are the
/// dateline.
fn reported_from(glyphs: &[Glyph]) -> Option<Dateline> {
    const ROLES: &[&str] = &["記者", "记者", "本報", "特派", "實習"];
    if !matches!(glyphs.get(1).map(|g| g.c), Some('記' | '记' | '本' | '特' | '實')) {
        return None;
    }
    let inside = &glyphs[1..glyphs.len().min(REPORTED_REACH)];
    let end = inside.iter().position(|g| g.class == Class::Close)?;
    let slash = inside[..end].iter().rposition(|g| matches!(g.c, '／' | '/'))?;
    let place = &inside[slash + 1..end];
    let reports = place.len() >= 4 && ["報導", "報道", "报道", "報", "訊"].iter().any(|r| ends_with(place, r));
    let named = ROLES.iter().any(|r| starts_with(inside, r));
    (reports && named).then_some(Dateline { start: slash + 2, end: end + 1, after: end + 2 })
}

/// Most characters of a paper's own name before 讯: 科技观察讯.
const NAME_REACH: usize = 8;

/// A dateline that names the paper in its own short way, where a reporter in brackets follows: 晚报讯（记者…）.
fn signed(glyphs: &[Glyph]) -> Option<Dateline> {
    const ROLES: &[&str] =
        &["记者", "記者", "通讯员", "通訊員", "实习", "實習", "见习", "見習", "特约", "本报", "首席"];
    let end = glyphs.iter().take(NAME_REACH + 1).position(|g| g.class != Class::Han).filter(|&end| end >= 3)?;
    let report = |g: &Glyph| matches!(g.c, '讯' | '訊' | '电' | '電');
    let named = report(&glyphs[end - 1]) && !glyphs[..end - 1].iter().any(report);
    let signed = matches!(glyphs[end].c, '（' | '(') && ROLES.iter().any(|r| starts_with(&glyphs[end + 1..], r));
    (named && signed).then_some(Dateline { start: 0, end, after: end })
}

/// True if a bracketed word is a report mark: 明報專訊, 本報報道.
fn ends_report(head: &[Glyph]) -> bool {
    let n = head.len();
    n >= 3
        && (matches!(head[n - 1].c, '讯' | '訊' | '电' | '電')
            || matches!(head[n - 2].c, '报' | '報') && matches!(head[n - 1].c, '道' | '导' | '導'))
}

/// How many glyphs name the outlet at the start: 本报, 据新华社, 中新社.
fn outlet_end(head: &[Glyph]) -> usize {
    let from = usize::from(matches!(head.first().map(|g| g.c), Some('据' | '據')));
    let at = |i: usize| head.get(from + i).map_or(' ', |g| g.c);
    if at(0) == '本' && matches!(at(1), '报' | '報' | '刊' | '社' | '台' | '臺' | '网' | '站') {
        return from + 2;
    }
    (1..=6)
        .find(|&i| {
            matches!(at(i), '社')
                || i >= 3 && matches!(at(i), '报' | '報') && matches!(at(i - 1), '日' | '时' | '時' | '晚')
        })
        .map_or(0, |i| from + i + 1)
}
