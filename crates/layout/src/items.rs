//! Which paragraphs belong together: the page cut into items.
//!
//! Every gap between two paragraphs is weighed: a dateline behind it, a byline or jump before it,
//! display lines in it, a change of column, and how much the text before and after is about the same
//! thing. Without evidence a gap is no end of an article.

use crate::blocks::{Block, Sort};
use crate::content::{Likeness, Pairs, Stretch};
use crate::credits;
use crate::explain::Log;
use crate::few::Few;
use crate::glyphs::{Class, Raw};
use crate::lines::Look;
use crate::openings::{goes_on, is_numbered, opens_with_dash, opens_with_time};
use crate::overview::{Page, form_of};
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
    /// Evidence for the least sure of the decisions that made it: to go on at a gap inside, to end at one of its ends.
    pub(crate) sure: f32,
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
const BASE: f32 = -3.5;

/// Evidence beyond doubt.
const SUREST: f32 = 5.0;

/// What a change of column tells more where columns of the page change their width between paragraphs only.
const STEADY: f32 = 0.6;

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
        let mut item = Item { body: [first].into_iter().collect(), boxed: false, sure: SUREST };
        let mut headed = blocks[..first].iter().any(|b| b.sort == Sort::Head);
        for w in paras.windows(2) {
            let gap = weigh(raw, looks, pairs, blocks, &paras, &item, headed, (w[0], w[1]), &page, &mut sides);
            let split = gap.score > 0.0;
            item.sure = item.sure.min(gap.score.abs());
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
                let next = Item { sure: gap.score.min(SUREST), ..Item::default() };
                out.items.push(std::mem::replace(&mut item, next));
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
        release(raw, blocks, &page, &mut out.items, &mut section);
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

/// Takes out of the items what stands in them like a section heading but is the headline of another one: another
/// text restates it, and this one does not.
fn release(raw: &Raw, blocks: &[Block], page: &Page, items: &mut [Item], section: &mut [bool]) {
    // The item of each paragraph, in the order of the paragraphs.
    let paras = items.iter().enumerate().flat_map(|(i, item)| item.body.iter().map(move |&b| (b, i)));
    let mut owner = vec![0; items.iter().map(|i| i.body.len()).sum()];
    for (b, i) in paras.filter(|p| blocks[p.0].sort == Sort::Para) {
        owner[page.column[b]] = i;
    }
    for (i, item) in items.iter_mut().enumerate() {
        let strange = |h: usize| {
            let Some(row) = page.row[h].filter(|_| blocks[h].len(raw) >= LEAST_HEADLINE) else { return false };
            let (mut own, mut best) = (0.0f32, 0.0f32);
            for &(para, share, _) in page.content.row(row) {
                best = best.max(share);
                if owner[para] == i {
                    own = own.max(share);
                }
            }
            best >= STRANGE_LEAST && own < STRANGE_OWN * best
        };
        let out: Vec<usize> = item.body.iter().copied().filter(|&b| section[b] && strange(b)).collect();
        if out.is_empty() {
            continue;
        }
        for &h in &out {
            section[h] = false;
        }
        item.body = item.body.iter().copied().filter(|&b| blocks[b].sort == Sort::Para || section[b]).collect();
    }
}

/// Least characters of a headline that is told from a section heading by its words.
const LEAST_HEADLINE: usize = 7;
/// Least share of it that a paragraph elsewhere holds.
const STRANGE_LEAST: f32 = 0.5;
/// Most that its own text holds, set against that.
const STRANGE_OWN: f32 = 0.4;

/// The evidence at a gap in words.
fn words(gap: &Gap) -> String {
    if gap.reason.is_empty() {
        return "nothing speaks for a new article".to_owned();
    }
    let parts: Vec<String> = gap.reason.iter().map(|(why, by)| format!("{why} {by:+.1}")).collect();
    parts.join(", ")
}

/// What speaks for a column of briefs.
const BRIEFS: f32 = 3.0;
/// Less text above them is their own dateline or label.
const LEAST_BEFORE_BRIEFS: usize = 16;

/// True if a deck with a dash (——记某县某乡党委书记某某) stands above the first paragraph of an item: features have section
/// headings.
fn is_feature(raw: &Raw, blocks: &[Block], item: &Item) -> bool {
    let above = blocks[..item.body[0]].iter().rev().take_while(|k| k.sort != Sort::Para);
    above.filter(|k| k.sort == Sort::Head).any(|k| opens_with_dash(raw.lines[k.lines[0] as usize].of(&raw.glyphs)))
}

/// What that takes off the evidence of one short display line.
const FEATURE: f32 = 1.0;
/// Half-width units of the widest such line.
const WIDEST_SECTION: u16 = 30;

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
            Sort::Byline => gap.add("a byline stands below the display line", 2.2),
            Sort::Jump => gap.add("a jump line stands between", 4.0),
            Sort::Caption => gap.add("a caption stands between", 0.3),
            Sort::Furniture => gap.add("furniture stands between", 0.3),
            Sort::Para => {}
        }
    }
    if after.lead {
        return gap;
    }
    if let Some(k) = byline_first {
        let has = |characters: [char; 3]| blocks[k].each(raw).any(|g| characters.contains(&g.c));
        let paras_so_far = item.body.iter().filter(|&&b| blocks[b].sort == Sort::Para).count();
        let line = raw.lines[blocks[k].lines[0] as usize].of(&raw.glyphs);
        if credits::author_note(line) && has(['者', '笔', '筆']) {
            gap.add("a note on the author ends the text before", 4.2);
            signed = true;
        } else if has(['/', '／', '／']) {
            // 本报记者 某某/文 某某/图 is printed below the headline or its introduction.
            gap.add("a byline of writer and photographer", if paras_so_far <= 2 && headed { -1.5 } else { 0.5 });
        } else if has(['者', '员', '員']) {
            gap.add("a byline stands below the text before", 2.6);
        } else {
            gap.add("a name ends the text before", 4.2);
            signed = true;
        }
    } else if matches!(before.each(raw).next_back().map(|g| g.c), Some('）' | ')'))
        && !credits::closing_names(&before.tail_glyphs(raw, 48)).is_empty()
    {
        gap.add("names in brackets end the text before", 4.2);
    }
    if !before.closed {
        gap.add("the paragraph before is unfinished", -0.5);
    }
    let marked = |k: &Block| {
        let line = k.lines[0] as usize;
        looks[line].bullet && raw.lines[line].of(&raw.glyphs)[0].class == Class::Mark
    };
    let scrap = before.len(raw) < LEAST_BEFORE_BRIEFS;
    if marked(after) && !marked(before) && !scrap && blocks.get(b + 1).is_some_and(marked) {
        gap.add("briefs follow", BRIEFS);
    }
    if !gap.heads.is_empty() {
        let below = blocks[b..].iter().take_while(|k| k.sort != Sort::Head).filter(|k| k.sort == Sort::Para);
        let mut size = 0;
        for para in below.take(4) {
            size += para.len(raw);
        }
        if size < 60 {
            gap.add("little text follows before the next display line", -1.2);
        }
    }
    if crate::stories::is_picture_text(raw, looks, after) {
        gap.add("the text of a picture follows", 2.8);
    }
    if let Some(geometry) = &raw.geometry {
        for (why, by) in geometry.gap(raw, blocks, (a, b), &gap.heads) {
            gap.add(why, by);
        }
    }
    let mut change = before.column.abs_diff(after.column);
    // One character more or less is a change only where the lines leave no doubt of their measure.
    if change <= 2 {
        let known = |k: usize| page.measures[page.column[k]];
        let above =
            item.body.iter().rev().filter(|&&k| blocks[k].sort == Sort::Para).take(NEAR).find_map(|&k| known(k));
        let below = (b..blocks.len()).take_while(|&k| blocks[k].sort == Sort::Para && (k == b || !blocks[k].lead));
        let below = || below.take(NEAR).find_map(known);
        if let Some(old) = above
            && let Some(new) = below()
            && old.abs_diff(new) >= 2
        {
            change = 3;
        }
    }
    if gap.heads.is_empty() {
        // Lines enough on both sides to know their columns.
        let steady = if before.lines.len().min(after.lines.len()) >= 2 { STEADY * page.steady } else { 0.0 };
        match change {
            0..=2 => {}
            3..=4 => gap.add("the column changes a little", (1.8 + steady) * page.justified),
            _ => gap.add("the column changes", (1.8 + steady) * page.justified),
        }
    } else {
        heads(raw, looks, blocks, &mut gap, change, signed, page);
        let width = looks[blocks[gap.heads[0]].lines[0] as usize].width;
        if gap.heads.len() == 1 && width <= WIDEST_SECTION && is_feature(raw, blocks, item) {
            gap.add("a deck stands above this text: features have section headings", -FEATURE);
        }
    }
    let empty = |l: u32| raw.lines[l as usize].blank;
    if gap.heads.is_empty() && byline_first.is_none() {
        if empty(after.lines[0]) {
            gap.add("an empty line stands between", 1.4 * page.blank[0]);
        } else {
            gap.add("no empty line stands between", page.blank[1]);
        }
    }
    if let Some(&first) = gap.heads.first()
        && (empty(blocks[first].lines[0]) || empty(after.lines[0]))
    {
        gap.add("an empty line parts the display line from the text", 1.5 * page.blank_head);
    }
    if [before, after].iter().all(|k| looks[k.lines[0] as usize].bullet) && gap.heads.is_empty() {
        gap.add("one mark opens both paragraphs", -2.0);
    }
    if after.lines.iter().take(2).any(|&l| looks[l as usize].day) {
        gap.add("a day is named where the paragraph opens", 1.6);
    } else if opens_with_time(raw.lines[after.lines[0] as usize].of(&raw.glyphs)) {
        gap.add("a time is named where the paragraph opens", 1.2);
    }
    if goes_on(raw.lines[after.lines[0] as usize].of(&raw.glyphs)) {
        gap.add("the paragraph opens as one that goes on", -1.2);
    }
    let told = page.told[page.column[b]];
    if told > 0.25 {
        gap.add("a headline elsewhere restates this paragraph", page.apart * (6.6 * (told - 0.1)).min(3.8));
        if page.leads >= 2 && blocks[item.body[0]].lead {
            gap.add("articles of this page open with datelines", -1.5);
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
    if most <= 0.0 || least > 0.0 {
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

/// Paragraphs beside a gap in which the measure of its column is looked for.
const NEAR: usize = 4;

/// Evidence of the likeness of the texts before and after a gap.
fn topic(likeness: f32) -> f32 {
    1.8 - 5.0 * likeness.min(0.7)
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
            Some(("words of the display line known before", -0.4 * known))
        } else {
            let why = "the display line restates the opening of the text above, which has no headline";
            self.is_after().then_some((why, 4.0 * (self.above - 0.2)))
        };
        let below = (self.below > 0.22 && self.below >= self.above)
            .then_some(("the display line restates the paragraph below", (3.2 * (self.below - 0.15)).min(3.2)));
        [above, below]
    }
}

/// Evidence from the display lines in a gap: headline or section heading?
fn heads(raw: &Raw, looks: &[Look], blocks: &[Block], gap: &mut Gap, change: u16, signed: bool, page: &Page) {
    let lines = gap.heads.len();
    let longest = gap.heads.iter().map(|&h| looks[blocks[h].lines[0] as usize].width).max().unwrap_or(0);
    gap.add("display lines stand between", 3.1);
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
    gap.add("length of the display line", ((f32::from(longest) - 24.0) * 0.06).clamp(-0.9, 1.0));
    let alike = page.alike(form_of(raw, looks, blocks, &gap.heads));
    if lines >= 2 && longest >= 20 && alike < 3 {
        gap.add("several display lines", 0.3);
    }
    if gap.heads.iter().any(|&h| opens_with_dash(raw.lines[blocks[h].lines[0] as usize].of(&raw.glyphs))) {
        gap.add("a dash opens a deck", 1.5);
    }
    match change {
        0..=2 => gap.add("the column stays", -0.6),
        3..=4 => gap.add("the column changes a little", 1.3),
        _ => gap.add("the column changes", 1.9),
    }
    // Below a signed text a like line is the next headline.
    if alike >= 2 && longest <= 44 && !signed {
        let by = [-0.9, -2.0, -2.6][usize::from(alike.min(4)) - 2];
        gap.add("one of a series of like display lines", by);
    }
    gap.add("datelines follow the headlines of this page", -page.dated);
}

/// The first characters of a chain of paragraphs, gathered in `out`.
pub(crate) fn stretch(raw: &Raw, blocks: &[Block], chain: impl Iterator<Item = usize>, out: &mut Stretch) {
    out.clear();
    for b in chain {
        if out.len() >= REACH {
            break;
        }
        out.add(raw, &blocks[b].lines, REACH - out.len());
    }
}
