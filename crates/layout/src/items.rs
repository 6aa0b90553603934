//! Which paragraphs belong together: the page cut into items.
//!
//! Every gap between two paragraphs is weighed: a dateline behind it, a byline or jump before it,
//! display lines in it, a change of column, and how much the text before and after is about the same
//! thing. Without evidence a gap is no end of an article.

use crate::blocks::{Block, Sort};
use crate::content::{Likeness, Pairs, Stretch};
use crate::coverage::Content;
use crate::credits;
use crate::explain::Log;
use crate::few::Few;
use crate::glyphs::{Class, Glyph, Raw};
use crate::lines::Look;
use crate::phrases::starts_with;
use crate::sightings::Sightings;

/// Display lines that stand together, as blocks.
pub(crate) type Run = Few<usize, 4>;

/// Paragraphs, and the section headings between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    /// Blocks of the body in reading order: paragraphs and section headings.
    pub(crate) body: Few<usize, 12>,
    /// True for a box below a label (相关链接): part of no article.
    pub(crate) boxed: bool,
}

/// The page cut into items.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) items: Vec<Item>,
    /// Display lines that are no section headings, as runs with nothing but bylines and furniture inside.
    pub(crate) runs: Vec<Run>,
}

/// What is seen at the gap between two paragraphs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gap {
    pub(crate) heads: Run,
    pub(crate) score: f32,
    pub(crate) reason: Vec<(&'static str, f32)>,
    /// True if somebody wants the reasons.
    told: bool,
    /// True if the display lines are the headline of the text before.
    pub(crate) after: bool,
    /// True if the display lines name a box.
    pub(crate) label: bool,
}

impl Gap {
    fn add(&mut self, why: &'static str, by: f32) {
        self.score += by;
        if self.told {
            self.reason.push((why, by));
        }
    }
}

/// The texts on both sides of a gap, and what compares them; kept from gap to gap.
#[derive(Debug, Default)]
struct Sides {
    like: Likeness,
    old: Stretch,
    new: Stretch,
    head: Stretch,
}

/// A gap without any evidence is no end of an article: about one paragraph in twenty ends one.
const BASE: f32 = -2.9;

/// Characters looked at on each side of a gap.
const REACH: usize = 360;

/// Lines of a section heading. More display lines inside a text are a list or a box.
const MOST_SECTION_LINES: usize = 3;

/// Cuts the page into items.
pub(crate) fn outline(
    raw: &Raw,
    looks: &[Look],
    pairs: &Pairs,
    blocks: &[Block],
    sightings: &Sightings,
    log: &mut Log,
) -> Outline {
    let paras: Vec<usize> = (0..blocks.len()).filter(|&b| blocks[b].sort == Sort::Para).collect();
    let mut out = Outline::default();
    let mut section = vec![false; blocks.len()];
    if let Some(&first) = paras.first() {
        let mut sides = Sides::default();
        let page = Page { explains: log.wanted(), ..Page::look(raw, looks, blocks, sightings, &paras) };
        let mut item = Item { body: [first].into_iter().collect(), boxed: false };
        let mut headed = blocks[..first].iter().any(|b| b.sort == Sort::Head);
        for w in paras.windows(2) {
            let gap = weigh(raw, looks, pairs, blocks, &paras, &item, headed, (w[0], w[1]), &page, &mut sides);
            let split = gap.score > 0.0;
            if log.wanted() && (split || !gap.heads.is_empty() || gap.score > -1.5) {
                let ends = blocks[w[0]].lines.last().into_iter().chain(blocks[w[1]].lines.first());
                let lines: Vec<u32> = ends.copied().collect();
                log.say(raw, &lines, if split { "split" } else { "same article" }, gap.score.abs(), || words(&gap));
            }
            // 一、… above a text that began on another page is its section heading.
            let opens = split
                && gap.heads.len() <= MOST_SECTION_LINES
                && gap.heads.first().is_some_and(|&h| is_numbered(&blocks[h].head_glyphs(raw, 8)));
            if split {
                out.items.push(std::mem::take(&mut item));
                headed = !gap.heads.is_empty() && !gap.after;
                item.boxed = gap.label && !blocks[w[1]].lead && gap.heads.len() <= 2;
            }
            if opens || !split && gap.heads.len() <= MOST_SECTION_LINES {
                for &h in gap.heads.iter() {
                    section[h] = true;
                    item.body.push(h);
                }
            }
            item.body.push(w[1]);
        }
        out.items.push(item);
    }
    let mut run = Run::default();
    for (b, block) in blocks.iter().enumerate() {
        match block.sort {
            Sort::Head if !section[b] => run.push(b),
            Sort::Byline | Sort::Furniture => {}
            _ => {
                if !run.is_empty() {
                    out.runs.push(std::mem::take(&mut run));
                }
            }
        }
    }
    if !run.is_empty() {
        out.runs.push(run);
    }
    out
}

/// The evidence at a gap in words.
fn words(gap: &Gap) -> String {
    if gap.reason.is_empty() {
        return "nothing speaks for a new article".to_owned();
    }
    let parts: Vec<String> = gap.reason.iter().map(|(why, by)| format!("{why} {by:+.1}")).collect();
    parts.join(", ")
}

/// What the page does as a whole.
#[derive(Debug, Default)]
struct Page {
    /// Share of display runs before a paragraph that are followed by a dateline.
    dated: f32,
    /// True if somebody wants the reasons.
    explains: bool,
    /// How far columns keep their width on this page: 1, and less where text runs around pictures.
    justified: f32,
    /// Paragraphs that open with a dateline.
    leads: usize,
    /// How far headlines of this page stand apart from their bodies, 0 to 1.
    apart: f32,
    /// What each display line shares with each paragraph.
    content: Content,
    /// The row of `content` of each display block.
    row: Vec<Option<usize>>,
    /// The column of `content` of each paragraph block.
    column: Vec<usize>,
    /// For each paragraph, the best share of a display line elsewhere that fits it best of all.
    told: Vec<f32>,
    /// Number of display runs between paragraphs, by (lines, width of the longest in four-character steps).
    forms: Vec<((usize, u16, bool), u16)>,
}

impl Page {
    fn look(raw: &Raw, looks: &[Look], blocks: &[Block], sightings: &Sightings, paras: &[usize]) -> Page {
        let (mut with, mut all) = (0.0, 0.0);
        let mut forms: Vec<((usize, u16, bool), u16)> = Vec::new();
        for w in paras.windows(2) {
            let heads: Run = (w[0] + 1..w[1]).filter(|&b| blocks[b].sort == Sort::Head).collect();
            if heads.is_empty() || forms.len() > 200 {
                continue;
            }
            all += 1.0;
            if blocks[w[1]].lead {
                with += 1.0;
            } else {
                let form = form_of(raw, looks, blocks, &heads);
                match forms.iter_mut().find(|f| f.0 == form) {
                    Some(f) => f.1 += 1,
                    None => forms.push((form, 1)),
                }
            }
        }
        let mut page = Page { dated: with / (all + 1.0), forms, ..Page::default() };
        let (mut ragged, mut long) = (0.0f32, 0.0f32);
        for &p in paras.iter().filter(|&&p| blocks[p].lines.len() >= 5) {
            let inner = &blocks[p].lines[1..blocks[p].lines.len() - 1];
            let width = |l: u32| looks[l as usize].width;
            long += 1.0;
            ragged += f32::from(u8::from(inner.windows(2).any(|w| width(w[0]).abs_diff(width(w[1])) >= 5)));
        }
        page.justified = 1.0 - 0.7 * (2.0 * ragged / (long + 3.0)).min(1.0);
        page.leads = paras.iter().filter(|&&p| blocks[p].lead).count();
        page.restatements(raw, looks, blocks, sightings, paras);
        page
    }

    /// Looks up which paragraph each display line restates.
    fn restatements(&mut self, raw: &Raw, looks: &[Look], blocks: &[Block], sightings: &Sightings, paras: &[usize]) {
        let heads: Vec<usize> = (0..blocks.len()).filter(|&b| blocks[b].sort == Sort::Head).collect();
        // A display block is one line.
        let units: Vec<&[Glyph]> =
            heads.iter().map(|&h| raw.lines[blocks[h].lines[0] as usize].of(&raw.glyphs)).collect();
        let items: Vec<&[usize]> = paras.chunks(1).collect();
        self.content = Content::of(raw, blocks, sightings, &items, &units, 3.0);
        self.row = vec![None; blocks.len()];
        self.column = vec![0; blocks.len()];
        self.told = vec![0.0; paras.len()];
        for (r, &h) in heads.iter().enumerate() {
            self.row[h] = Some(r);
        }
        for (c, &p) in paras.iter().enumerate() {
            self.column[p] = c;
        }
        let mut before = 0.0;
        for (r, &h) in heads.iter().enumerate() {
            // Mottos are taken from the middle of a text as often as from its opening.
            if looks[blocks[h].lines[0] as usize].gaps > 0 || units[r].len() < 7 {
                continue;
            }
            let Some((best, share, second)) = self.content.best(r) else { continue };
            // Paragraphs around it, up to the next display line, are weighed where the line stands.
            let below = paras.partition_point(|&p| p < h);
            let after = heads[r + 1..].iter().find(|&&k| paras.get(below).is_some_and(|&p| k > p));
            let until = after.map_or(paras.len(), |&k| paras.partition_point(|&p| p < k));
            let ahead = heads[..r].iter().rev().find(|&&k| below.checked_sub(1).is_some_and(|b| k < paras[b]));
            let since = ahead.map_or(0, |&k| paras.partition_point(|&p| p < k));
            if share < 0.3 || share - second < 0.12 {
                continue;
            }
            if best == below {
                before += 1.0;
            }
            if !(below..until).contains(&best) && (best != since || best >= below) {
                self.told[best] = self.told[best].max(share);
            }
        }
        // A list tells many things about one paragraph; each paragraph counts once.
        let far = self.told.iter().filter(|t| **t > 0.0).count() as f32;
        self.apart = far / (far + 3.0 * before + 0.5);
    }

    /// The share of display lines that a paragraph holds, the best of them.
    fn share(&self, heads: &[usize], para: usize) -> f32 {
        heads.iter().filter_map(|&h| self.row[h]).map(|r| self.content.share(r, self.column[para])).fold(0.0, f32::max)
    }

    /// How many runs look like this one.
    fn alike(&self, form: (usize, u16, bool)) -> u16 {
        self.forms
            .iter()
            .filter(|f| f.0.0 == form.0 && f.0.1.abs_diff(form.1) <= 1 && f.0.2 == form.2)
            .map(|f| f.1)
            .sum()
    }
}

/// The look of a run of display lines: how many, how long, with a gap or not.
fn form_of(raw: &Raw, looks: &[Look], blocks: &[Block], heads: &[usize]) -> (usize, u16, bool) {
    let longest = heads.iter().map(|&h| looks[blocks[h].lines[0] as usize].width).max().unwrap_or(0);
    let gap = heads.iter().any(|&h| looks[blocks[h].lines[0] as usize].gaps > 0);
    let _ = raw;
    (heads.len(), longest / 8, gap)
}

/// Weighs the gap between two paragraphs: above 0 an article ends there.
#[expect(clippy::too_many_arguments, reason = "all of the page is evidence here")]
fn weigh(
    raw: &Raw,
    looks: &[Look],
    pairs: &Pairs,
    blocks: &[Block],
    paras: &[usize],
    item: &Item,
    headed: bool,
    (a, b): (usize, usize),
    page: &Page,
    sides: &mut Sides,
) -> Gap {
    let mut gap = Gap { score: BASE, told: page.explains, ..Gap::default() };
    let (before, after) = (&blocks[a], &blocks[b]);
    if after.lead {
        gap.add("a dateline follows", 9.0);
    }
    let mut byline_first = None;
    let mut signed = false;
    for (k, block) in blocks.iter().enumerate().take(b).skip(a + 1) {
        match block.sort {
            Sort::Head => gap.heads.push(k),
            Sort::Byline if gap.heads.is_empty() => byline_first = Some(k),
            Sort::Byline => gap.add("a byline stands below the display line", 1.0),
            Sort::Jump => gap.add("a jump line stands between", 4.0),
            Sort::Caption => gap.add("a caption stands between", 0.3),
            Sort::Furniture => gap.add("furniture stands between", 0.3),
            Sort::Para => {}
        }
    }
    if let Some(k) = byline_first {
        let has = |characters: [char; 3]| blocks[k].each(raw).any(|g| characters.contains(&g.c));
        let paras_so_far = item.body.iter().filter(|&&b| blocks[b].sort == Sort::Para).count();
        if has(['/', '／', '／']) {
            // 本报记者 某某/文 某某/图 is printed below the headline or its introduction.
            gap.add("a byline of writer and photographer", if paras_so_far <= 2 && headed { -1.5 } else { 0.5 });
        } else if has(['者', '员', '員']) {
            gap.add("a byline stands below the text before", 1.8);
        } else {
            gap.add("a name ends the text before", 4.2);
            signed = true;
        }
    } else if matches!(before.each(raw).next_back().map(|g| g.c), Some('）' | ')'))
        && !credits::closing_names(&before.tail_glyphs(raw, 48)).is_empty()
    {
        gap.add("names in brackets end the text before", 4.2);
    }
    if !before.closed && !after.lead {
        gap.add("the paragraph before is unfinished", -0.5);
    }
    if !gap.heads.is_empty() && !after.lead {
        let below = blocks[b..].iter().take_while(|k| k.sort != Sort::Head).filter(|k| k.sort == Sort::Para);
        let mut size = 0;
        for para in below.take(4) {
            size += para.len(raw);
        }
        if size < 60 {
            gap.add("little text follows before the next display line", -1.2);
        }
    }
    if crate::stories::is_picture_text(raw, pairs, after) {
        gap.add("the text of a picture follows", 2.8);
    }
    let change = before.column.abs_diff(after.column);
    if gap.heads.is_empty() {
        match change {
            0..=2 => {}
            3..=4 => gap.add("the column changes a little", 1.5 * page.justified),
            _ => gap.add("the column changes", 1.8 * page.justified),
        }
    } else {
        heads(raw, looks, blocks, &mut gap, change, after.lead, signed, page);
    }
    let told = page.told[page.column[b]];
    if told > 0.25 && !after.lead {
        gap.add("a headline elsewhere restates this paragraph", page.apart * (6.0 * (told - 0.1)).min(3.4));
        if page.leads >= 2 && blocks[item.body[0]].lead {
            gap.add("articles of this page open with datelines", -2.0);
        }
        if goes_on(&after.head_glyphs(raw, 4)) {
            gap.add("the paragraph opens as one that goes on", -1.2);
        }
    }
    if gap.score > 4.0 || gap.score < BASE + 0.1 && gap.heads.is_empty() {
        return gap;
    }
    let first = item.body[0];
    let restated = (!gap.heads.is_empty()).then(|| Restated {
        headed,
        above: page.share(&gap.heads, first),
        below: page.share(&gap.heads, b),
    });
    gap.after = restated.as_ref().is_some_and(Restated::is_after);
    // What the text is about, on both sides: looked up where it may decide.
    let with = |likeness: f32, known: f32| {
        let parts = restated.iter().flat_map(|r| r.parts(known)).flatten();
        parts.fold(gap.score + topic(likeness), |sum, part| sum + part.1)
    };
    let (least, most) = (with(f32::MAX, 1.0), with(0.0, 0.0));
    if !gap.told && (most <= 0.0 || least > 0.0) {
        gap.score = most;
        return gap;
    }
    let Sides { like, old, new, head } = sides;
    stretch(raw, blocks, item.body.iter().rev().copied().filter(|&k| blocks[k].sort == Sort::Para), old);
    let at = paras.partition_point(|&p| p < b);
    stretch(raw, blocks, paras[at..].iter().copied().take_while(|&p| p == b || !blocks[p].lead), new);
    let likeness = like.between(pairs, old, new);
    gap.add("likeness of the texts", topic(likeness));
    if let Some(restated) = restated {
        head.clear();
        for &h in gap.heads.iter() {
            head.add(raw, &blocks[h].lines, usize::MAX);
        }
        let known = like.coverage(pairs, head, old);
        for (why, by) in restated.parts(known).into_iter().flatten() {
            gap.add(why, by);
        }
    }
    gap
}

/// Evidence of the likeness of the texts before and after a gap.
fn topic(likeness: f32) -> f32 {
    1.4 - 3.6 * likeness.min(1.2)
}

/// What the display lines in a gap say again.
struct Restated {
    /// True if the text above has a headline already.
    headed: bool,
    /// The share of the display lines that the opening of the text above holds, and the text below.
    above: f32,
    below: f32,
}

impl Restated {
    /// True if the display lines are rather the headline of the text above.
    fn is_after(&self) -> bool {
        !self.headed && self.above > 0.3 && self.above > self.below
    }

    /// The evidence, where the text above knows so much of the words, from 0 to 1; more is less.
    fn parts(&self, known: f32) -> [Option<(&'static str, f32)>; 2] {
        let above = if self.headed {
            Some(("words of the display line known before", -1.2 * known))
        } else {
            let why = "the display line restates the opening of the text above, which has no headline";
            self.is_after().then_some((why, 4.0 * (self.above - 0.2)))
        };
        let below = (self.below > 0.3 && self.below >= self.above)
            .then_some(("the display line restates the paragraph below", (4.0 * (self.below - 0.25)).min(4.0)));
        [above, below]
    }
}

/// Evidence from the display lines in a gap: headline or section heading?
#[expect(clippy::too_many_arguments, reason = "all of the page is evidence here")]
fn heads(
    raw: &Raw,
    looks: &[Look],
    blocks: &[Block],
    gap: &mut Gap,
    change: u16,
    lead: bool,
    signed: bool,
    page: &Page,
) {
    let lines = gap.heads.len();
    let longest = gap.heads.iter().map(|&h| looks[blocks[h].lines[0] as usize].width).max().unwrap_or(0);
    gap.add("display lines stand between", 2.9);
    let label = |h: &usize| {
        let line = raw.lines[blocks[*h].lines[0] as usize].of(&raw.glyphs);
        line.len() <= 10 && crate::stories::is_label(line)
    };
    if gap.heads.iter().any(label) {
        gap.label = true;
        gap.add("the display line names a box", 4.0);
    }
    let first = raw.lines[blocks[gap.heads[0]].lines[0] as usize].of(&raw.glyphs);
    if is_numbered(first) {
        gap.add("the display line is numbered", -4.0);
    }
    gap.add("length of the display line", ((f32::from(longest) - 24.0) * 0.09).clamp(-1.2, 1.5));
    let alike = page.alike(form_of(raw, looks, blocks, &gap.heads));
    if lines >= 2 && longest >= 20 && (lead || alike < 3) {
        gap.add("several display lines", 0.7);
    }
    if gap
        .heads
        .iter()
        .any(|&h| matches!(raw.glyphs[raw.lines[blocks[h].lines[0] as usize].start as usize].c, '—' | '─' | '―'))
    {
        gap.add("a dash opens a deck", 1.5);
    }
    match change {
        0..=2 => gap.add("the column stays", -1.1),
        3..=4 => gap.add("the column changes a little", 1.1),
        _ => gap.add("the column changes", 1.5),
    }
    if !lead {
        // Below a signed text a like line is the next headline.
        if alike >= 2 && longest <= 44 && !signed {
            let by = [-0.9, -2.0, -2.6][usize::from(alike.min(4)) - 2];
            gap.add("one of a series of like display lines", by);
        }
        gap.add("datelines follow the headlines of this page", -2.0 * page.dated);
    }
}

/// Openings of paragraphs that go on with a report: 会议强调, 他说, 据介绍.
fn goes_on(glyphs: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "会议", "會議", "他说", "她说", "他指", "他强", "他還", "他还", "据介", "据悉", "据了", "據悉", "此外", "同时",
        "同時", "为此", "目前", "随后", "隨後", "其中", "其间", "其次", "另外", "最后", "最後", "座谈", "与会", "报告",
        "大家", "对此", "在此", "但是", "然而", "因此", "下一", "截至", "翻查",
    ];
    OPENINGS.iter().any(|o| starts_with(glyphs, o))
}

/// 一、 （一） 1. 第一节
pub(crate) fn is_numbered(glyphs: &[Glyph]) -> bool {
    let at = |i: usize| glyphs.get(i).map_or(' ', |g| g.c);
    let numeral = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let open = usize::from(matches!(at(0), '（' | '(' | '第'));
    let digits = (open..open + 3).take_while(|&i| numeral(at(i))).count();
    if digits == 0 {
        return false;
    }
    let next = at(open + digits);
    match open {
        0 => matches!(next, '、' | '.' | '．') && glyphs.get(digits + 1).is_some_and(|g| g.class != Class::Digit),
        _ if at(0) == '第' => matches!(next, '章' | '节' | '節' | '条' | '條'),
        _ => matches!(next, '）' | ')'),
    }
}

/// The first characters of a chain of paragraphs, gathered in `out`.
fn stretch(raw: &Raw, blocks: &[Block], chain: impl Iterator<Item = usize>, out: &mut Stretch) {
    out.clear();
    for b in chain {
        if out.len() >= REACH {
            break;
        }
        out.add(raw, &blocks[b].lines, REACH - out.len());
    }
}
