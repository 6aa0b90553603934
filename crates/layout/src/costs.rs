//! What each line costs as each part of a paragraph, and as a display line; what a break costs.
//!
//! Costs are negative natural logarithms of rough odds, so that they add up.

use crate::columns::FAR;
use crate::content::{Pairs, begins_inside, runs_on};
use crate::glyphs::{Class, Glyph, HAN, Line, Raw, width_of};
use crate::habits::Habits;
use crate::lines::{End, Kind, Look, WIDEST};
use crate::openings::{goes_on, opens_with_speaker};
use crate::stories::is_label;

/// Cost of a line being `d` half-width units narrower (or wider, if negative) than its column.
/// Lines are excused by up to a character for hanging punctuation and half-width runs.
fn misfit(d: i32) -> f32 {
    // Text set around a picture is no dearer the further it goes.
    const COSTS: [f32; 11] = [4.2, 2.2, 0.7, 0.0, 0.0, 0.0, 0.8, 1.6, 2.4, 3.2, 4.2];
    COSTS[(d.clamp(-4, 6) + 4) as usize]
}

/// Costs of going on, and of breaking, between two text lines.
pub(crate) fn break_costs(
    raw: &Raw,
    looks: &[Look],
    pairs: &Pairs,
    p: usize,
    i: usize,
    habits: &Habits,
) -> (f32, f32, f32) {
    let line = &raw.lines[i];
    let evidence = runs_on(pairs, raw.lines[p].of(&raw.glyphs), line.of(&raw.glyphs));
    let mut join = (-evidence).max(0.0);
    let mut cut = evidence.max(0.0);
    if line.blank {
        join += habits.blank_inside;
        cut += habits.blank_break.max(0.0);
    } else {
        cut += habits.no_blank_break + (-habits.blank_break).max(0.0);
    }
    if i > p + 1 {
        // Furniture, a caption or a byline stands between.
        let byline = (p + 1..i).any(|k| looks[k].kind == Kind::Byline);
        join += if byline { 3.0 } else { 1.0 };
    }
    if line.indent >= 3 && raw.lines[p].indent < 3 {
        join += habits.indent_inside.min(habits.indent_inside * (1.2 - habits.indent[0] * 0.3)).max(0.5);
    }
    if looks[p].end == End::Stop && opens_with_speaker(line.of(&raw.glyphs)) {
        join += SPEAKER;
    }
    let inside = begins_inside(line.of(&raw.glyphs));
    (join, cut, (cut - inside).max(0.0))
}

/// Cost of going on where a speaker is named behind a full stop.
const SPEAKER: f32 = 1.2;

/// Costs of widths that do not fit, where habits and the next line excuse some; worked out once a page.
pub(crate) struct Fit {
    /// By the half-width units that the next line's first token would have needed.
    excused: [Misfits; 17],
}

/// A cost for each difference of width from -8 to 20: beyond, all cost the same, and so do all below -4,
/// which are told apart for first lines. More than 16 is excused by no token.
type Misfits = [f32; 29];

/// The index of a difference of width among [`Misfits`]; that of a first line stands [`INDENT`] before it.
fn misfit_slot(d: i32) -> usize {
    (d.clamp(-4, 20) + 8) as usize
}

/// Half-width units that the first line of a paragraph is shorter, where no indent is printed.
const INDENT: usize = 4;

/// What a line wider than its column costs as the last or only one of a paragraph.
const STRAY: Misfits = {
    let mut costs = [0.0; 29];
    costs[4] = 4.2 + 1.0;
    costs[5] = 2.2 + 1.0;
    costs
};

/// 1 for lines well short of their column.
const SHORT: Misfits = {
    let mut short = [0.0; 29];
    let mut slot = 8 + 6;
    while slot < short.len() {
        short[slot] = 1.0;
        slot += 1;
    }
    short
};

impl Fit {
    pub(crate) fn of(habits: &Habits) -> Fit {
        let plain: Misfits = std::array::from_fn(|slot| misfit(slot as i32 - 8).min(habits.stray));
        let mut excused = [plain; 17];
        for (short_ok, row) in excused.iter_mut().enumerate() {
            for d in 2..short_ok {
                row[d + 8] = misfit(d as i32).min(0.4);
            }
        }
        Fit { excused }
    }

    /// The costs where the next token needs so much room.
    fn row(&self, short_ok: i32) -> &Misfits {
        &self.excused[short_ok.clamp(0, 16) as usize]
    }
}

/// What a line costs in each role, before the width of its column is known.
pub(crate) struct LineCosts<'a> {
    /// Cost as a display line.
    pub(crate) head: f32,
    width: i32,
    /// Costs of misfits; see [`Fit`].
    excused: &'a Misfits,
    /// True if it was never set in a column, or is a line of verse.
    long: bool,
    /// Cost of any place in a paragraph.
    body: f32,
    /// Cost of its end where the paragraph goes on, where it ends, and where the line is the whole of it.
    inner: f32,
    closing: f32,
    whole: f32,
    start: Start,
    /// Cost of its indent, if it is the whole of a paragraph.
    indent: f32,
    /// Cost of an opening in the middle of a paragraph.
    lead: f32,
    /// What is taken off for a last line without its full stop that falls well short of its column.
    lost: f32,
}

/// What a first line costs for its indent.
enum Start {
    /// A drop cap: one or two characters alone, the text goes on beside them.
    Flat,
    /// An indent is printed, at this cost.
    Printed(f32),
    /// None is printed, at this cost; one was lost, or the paragraph begins without.
    Bare { cost: f32, lost: f32, flush: f32 },
}

/// Costs of the end of a line by [`End`]: where the paragraph goes on, where it ends, and as a display line.
const ENDS: [[f32; 3]; 7] = {
    let mut ends = [[0.0; 3]; 7];
    ends[End::Stop as usize] = [3.0, 0.1, 5.0];
    ends[End::Comma as usize] = [1.7, 7.0, 5.0];
    ends[End::Colon as usize] = [3.0, 2.5, 2.0];
    ends[End::Soft as usize] = [1.8, 2.2, 0.6];
    ends[End::Point as usize] = [1.0, 1.2, 2.5];
    ends[End::Open as usize] = [4.0, 9.0, 6.0];
    ends[End::None as usize] = [0.15, 6.2, 0.1];
    ends
};

impl<'a> LineCosts<'a> {
    pub(crate) fn of(
        raw: &Raw,
        looks: &[Look],
        i: usize,
        next: Option<usize>,
        habits: &Habits,
        fit: &'a Fit,
    ) -> LineCosts<'a> {
        let look = &looks[i];
        let line = &raw.lines[i];
        let glyphs = line.of(&raw.glyphs);
        // Running text has a mark every nine characters or so; headlines have few.
        let marks = look.stops | look.commas | look.pauses;
        let bare = (marks == 0) & !matches!(look.end, End::Stop | End::Comma | End::Point);
        // A pause in a list of names is as good in a headline.
        let light = bare || (look.stops | look.commas == 0) & !matches!(look.end, End::Stop | End::Comma | End::Point);
        let mut body = match (bare, light) {
            (true, _) => (f32::from(look.width) / 18.0).min(3.0),
            (_, true) => 0.7,
            _ => 0.3,
        };
        if bare && look.narrow * 2 > look.width && look.gaps + look.figures >= 2 {
            // A row of a table.
            body += 4.0;
        }
        body += 1.1 * f32::from(look.gaps.min(2));
        // At the end of a block a text may end without its full stop: cut, or misread.
        let edge = next.is_none_or(|n| n > i + 1);
        let [inner, closing, _] = ENDS[look.end as usize];
        let closing = if edge & (look.end == End::None) { 4.5 } else { closing };
        let plain = habits.plain & (look.end == End::Stop);
        let (inner, whole) = if plain { (6.0, 0.3) } else { (inner, 3.2) };
        let [with_indent, without] = habits.indent;
        let printed = line.indent >= 3;
        let start = if look.width <= 4 && glyphs.iter().all(|g| g.class == Class::Han) {
            Start::Flat
        } else if printed {
            Start::Printed(with_indent)
        } else {
            Start::Bare { cost: without, lost: habits.lost, flush: habits.flush }
        };
        let alone = || next.is_some_and(|n| looks[n].width > 2) && (i == 0 || looks[i - 1].width > 2);
        let lonely = look.width <= 2 && alone();
        // What stands last in a text that was never set in columns is no headline.
        let last = if habits.plain && next.is_none() && i > 0 { 5.0 } else { 0.0 };
        let restated = if light && look.end != End::Open { restated(raw, looks, i) } else { 0.0 };
        LineCosts {
            head: last - restated + head_cost(look, glyphs, bare, printed && with_indent < without, lonely),
            width: i32::from(look.width),
            excused: fit.row(next.map_or(0, |n| first_token(raw, &raw.lines[n]))),
            long: look.width >= WIDEST || look.verse,
            body,
            inner,
            closing,
            whole,
            start,
            indent: if printed { with_indent } else { without }.min(2.0),
            lead: if look.lead || look.bullet { 6.0 } else { 0.0 },
            // Machine-read pages lose full stops; a line well short of its column may still be the last.
            lost: if look.end == End::None && !edge { -1.0 } else { 0.0 },
        }
    }

    /// The cost as first, middle, last and only line of a paragraph in a column of some width.
    #[inline]
    pub(crate) fn in_column(&self, width: u16) -> [f32; 4] {
        if self.long {
            return [FAR, FAR, FAR, 0.3];
        }
        let d = i32::from(width) - self.width;
        let slot = misfit_slot(d);
        let (full, short, stray) = (self.excused[slot], self.excused[slot - INDENT], STRAY[slot]);
        let lost = self.lost * SHORT[slot];
        let first = match self.start {
            Start::Flat => 3.6,
            Start::Printed(cost) => cost + short,
            Start::Bare { cost, lost, flush } => {
                let (lost, flush) = (lost + short, flush + full);
                cost + if lost < flush { lost } else { flush }
            }
        };
        [
            self.body + first + self.inner,
            self.body + full + self.inner + self.lead,
            self.body + stray + 2.2 + self.closing + self.lead + lost,
            self.body + stray + self.whole + self.closing + self.indent,
        ]
    }
}

/// Two halves of one length with a comma between: 高位推动，层层落实.
fn is_balanced(glyphs: &[Glyph]) -> bool {
    let n = glyphs.len();
    (7..=15).contains(&n)
        && n % 2 == 1
        && matches!(glyphs[n / 2].c, '，' | ',')
        && glyphs.iter().enumerate().all(|(i, g)| i == n / 2 || g.class == Class::Han)
}

/// True if what is quoted goes on below the line.
fn is_quoting(glyphs: &[Glyph]) -> bool {
    let mark = glyphs.iter().rev().find(|g| matches!(g.c, '“' | '”' | '「' | '」' | '『' | '』'));
    mark.is_some_and(|g| matches!(g.c, '“' | '「' | '『'))
}

/// True for the title of a box, with its label: 新闻链接：丢了井盖怎么办.
fn labelled(glyphs: &[Glyph]) -> bool {
    let colon = glyphs.iter().take(LONGEST_LABEL + 1).position(|g| matches!(g.c, '：' | ':'));
    colon.is_some_and(|at| is_label(&glyphs[..at]))
}

/// Most characters of a label.
const LONGEST_LABEL: usize = 4;

/// What is taken off the cost of such a line as a display line.
const LABELLED: f32 = 3.0;

/// Cost of the comma of such a line as a display line.
const BALANCED: f32 = 0.5;

/// Cost of a line as a headline, section heading or list line.
fn head_cost(look: &Look, glyphs: &[Glyph], bare: bool, indented: bool, lonely: bool) -> f32 {
    if look.lead || look.verse || look.width >= WIDEST {
        return 30.0;
    }
    // Any width will do for a display line, so each single one is less likely than a column's own.
    let mut cost = if bare { 1.7 } else { 2.0 };
    cost += 4.0 * f32::from(look.stops.min(3));
    if look.commas > 0 {
        let comma = if is_balanced(glyphs) { BALANCED } else { 3.0 };
        cost += comma * f32::from(look.commas.min(3));
    }
    let last = glyphs[glyphs.len() - 1].c;
    let called = look.end == End::Stop && matches!(last, '！' | '？' | '!' | '?');
    cost += if called { 1.2 } else { ENDS[look.end as usize][2] };
    // 他续指，…: a speaker goes on, in a sentence; no headline does. Nor does one open with whoever says something, or
    // break off in the middle of what is quoted.
    if look.commas > 0 && (goes_on(glyphs) || opens_with_speaker(glyphs) || is_quoting(glyphs)) {
        cost += 3.0;
    }
    cost += if look.bullet { 3.0 } else { 0.0 };
    cost += if look.day { 1.5 } else { 0.0 };
    if labelled(glyphs) {
        cost -= LABELLED;
    }
    cost -= if look.spaced | (look.gaps > 0) { 1.0 } else { 0.0 };
    // Paragraphs of this page are indented; headlines are not.
    cost += if indented { 1.5 } else { 0.0 };
    cost += if lonely { 3.0 } else { 0.0 };
    // Hardly any display line is set wider than thirty characters.
    cost + (f32::from(look.width) - 60.0).max(0.0) * 0.12
}

/// How far the lines below say a line again, as those below a headline do: 0 to 1.6.
fn restated(raw: &Raw, looks: &[Look], i: usize) -> f32 {
    if raw.lines[i].len() < 5
        || looks[i].width > 60
        || i > 0
            && looks[i - 1].kind == Kind::Text
            && matches!(looks[i - 1].end, End::Comma | End::None)
            && looks[i - 1].commas > 0
    {
        return 0.0;
    }
    let mut seen = [false; 1024];
    let slot = |pair: u32| pair as usize & 1023;
    let mut n = 0;
    for line in raw.lines[i + 1..raw.lines.len().min(i + 8)].iter() {
        let below = raw.pairs(line);
        for &pair in &below[..below.len().min(60)] {
            seen[slot(pair)] = true;
        }
        n += line.len();
        if n > 110 {
            break;
        }
    }
    let (mut all, mut hits) = (0usize, 0usize);
    for &pair in raw.pairs(&raw.lines[i]).iter().filter(|p| **p & HAN != 0) {
        all += 1;
        hits += usize::from(seen[slot(pair)]);
    }
    // One pair in eight is met by chance.
    let share = hits as f32 / all.max(5) as f32;
    ((share - 0.2) * 3.5).clamp(0.0, 1.3)
}

/// Half-width units that the first token of a line would have needed at the end of the line before.
pub(crate) fn first_token(raw: &Raw, line: &Line) -> i32 {
    let glyphs = line.of(&raw.glyphs);
    let Some(first) = glyphs.first() else { return 0 };
    match first.class {
        Class::Digit | Class::Letter => glyphs
            .iter()
            .take_while(|g| {
                matches!(g.class, Class::Digit | Class::Letter) || matches!(g.c, '.' | '%' | '/' | ':' | '-')
            })
            .map(|g| width_of(g.c) as i32)
            .sum::<i32>()
            .min(16),
        // An opening mark takes its first character along.
        Class::Open => 4,
        _ => match glyphs.get(1) {
            Some(g) if matches!(g.class, Class::Close | Class::Comma | Class::Stop) => 2,
            _ => 0,
        },
    }
}
