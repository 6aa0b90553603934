//! Paragraphs that other matter cuts in two are joined again, where column, wording and place all agree.

use crate::blocks::{Block, Sort};
use crate::clauses::tears;
use crate::content::{Pairs, runs_on};
use crate::explain::Log;
use crate::glyphs::{Glyph, Raw};
use crate::lines::{End, Look};

/// How many blocks ahead the rest of a cut paragraph is looked for.
const RESUME_REACH: usize = 24;
/// Least evidence for joining the two parts of a cut paragraph.
const RESUME_LEAST: f32 = 2.0;

/// Joins paragraphs that were cut by other matter, and counts them.
pub(crate) fn resume(raw: &Raw, looks: &[Look], pairs: &Pairs, blocks: &mut Vec<Block>, log: &mut Log) -> u32 {
    part_at_blanks(raw, looks, blocks);
    let mut gone = vec![false; blocks.len()];
    for b in 1..blocks.len() {
        if is_rest(raw, looks, blocks, b) {
            let line = blocks[b].lines[0];
            log.say(raw, &[line], "join", 1.0, || "the last line of the sentence that breaks off above".to_owned());
            blocks[b - 1].lines.push(line);
            blocks[b - 1].closed = true;
            gone[b] = true;
        }
    }
    // Where paragraphs begin two characters short, one that does not is rather the rest of another.
    let several = |b: &&Block| b.sort == Sort::Para && b.opened && b.lines.len() > 1;
    let flush = blocks.iter().filter(several).filter(|b| b.flush).count();
    let odd_flush = flush * 10 < blocks.iter().filter(several).count() * 3;
    let mut a = 0;
    // What was joined may break off again: then its own next part alone goes on with it.
    let mut again = false;
    // Parts that were parted here, and found nothing better than each other.
    let mut own_parts = 0;
    while a < blocks.len() {
        let open = !gone[a] && blocks[a].sort == Sort::Para && is_open(&blocks[a], looks);
        let rest = if open { rest_of(raw, looks, pairs, blocks, &gone, a, odd_flush, again) } else { None };
        again = rest.is_some();
        match rest {
            Some((score, b)) => {
                own_parts += u32::from(is_own(blocks, a, b));
                join(raw, blocks, &mut gone, (a, b), score, log);
            }
            None => a += 1,
        }
    }
    orphan(raw, looks, blocks, &mut gone, log);
    let joined = gone.iter().filter(|g| **g).count() as u32;
    if joined > 0 {
        let mut keep = gone.iter();
        blocks.retain(|_| !keep.next().copied().unwrap_or(false));
    }
    joined - own_parts
}

/// True if a block was parted from another at the empty line below it.
fn is_own(blocks: &[Block], a: usize, b: usize) -> bool {
    blocks[b].parted.is_some() && blocks[b].parted == blocks[a].lines.last().copied()
}

/// The block that goes on best where a paragraph breaks off, and the evidence; its `own` next part alone, if so wished.
#[expect(clippy::too_many_arguments, reason = "all of the page is evidence here")]
fn rest_of(
    raw: &Raw,
    looks: &[Look],
    pairs: &Pairs,
    blocks: &[Block],
    gone: &[bool],
    a: usize,
    odd_flush: bool,
    own_alone: bool,
) -> Option<(f32, usize)> {
    let mut best: Option<(f32, usize)> = None;
    let torn = is_torn(raw, looks, blocks, a);
    for b in a + 1..blocks.len().min(a + 1 + RESUME_REACH) {
        let back = torn && fills(raw, looks, &blocks[b]) && comes_back(blocks, a, b);
        let odd = (odd_flush && blocks[b].flush || back) && blocks[b].lines.len() > 1 && !blocks[a].closed;
        // A single line begins in mid-sentence only if a known word spans the cut.
        let single = blocks[b].lines.len() == 1 && !blocks[a].closed && spans_word(raw, pairs, &blocks[a], &blocks[b]);
        if gone[b] || blocks[b].sort != Sort::Para {
            continue;
        }
        // Or where the cut tears a word of the dictionary.
        let torn_word = || {
            let flush = raw.lines[blocks[b].lines[0] as usize].indent < 3 && !blocks[b].lead;
            flush && !blocks[a].closed && tears_word(raw, &blocks[a], &blocks[b])
        };
        // Or where what is quoted breaks off, and its end is met.
        let quoted = || quotes_on(raw, looks, &blocks[a], &blocks[b]);
        if blocks[b].opened && !odd && !single && !torn_word() && !quoted() {
            continue;
        }
        // What was parted from another text by an empty line alone goes on with a sentence that is cut for sure.
        let own = is_own(blocks, a, b);
        if own_alone && !own || blocks[b].parted.is_some() && !own && !cut_short(raw, looks, blocks, a) {
            continue;
        }
        let score = resume_score(raw, pairs, &blocks[a], &blocks[b], b - a) + if back { TORN } else { 0.0 };
        let score = if own { score.max(RESUME_LEAST) } else { score };
        if score >= RESUME_LEAST && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, b));
        }
    }
    best
}

/// Joins block `b` to block `a`; what stands below it and goes on with it comes along.
fn join(raw: &Raw, blocks: &mut [Block], gone: &mut [bool], (a, b): (usize, usize), score: f32, log: &mut Log) {
    let tail = blocks[b].clone();
    log.say(raw, &tail.lines, "join", score, || {
        "this begins in mid-sentence; an earlier paragraph of the same column width breaks off where it fits".to_owned()
    });
    let head = &mut blocks[a];
    head.lines.extend(tail.lines.iter().copied());
    head.closed = tail.closed;
    gone[b] = true;
    // The paragraphs below the second part go on with it, before what cut the text in two.
    let column = blocks[a].column;
    let goes_on = |k: &Block| match k.sort {
        Sort::Para => !k.lead && (k.opened || k.lines.len() > 1) && k.column.abs_diff(column) <= 2,
        Sort::Byline | Sort::Jump => true,
        _ => false,
    };
    let reach = blocks.len().min(b + 1 + RESUME_REACH);
    let end = (b + 1..reach).find(|&k| gone[k] || !goes_on(&blocks[k])).unwrap_or(reach);
    let shift = b - a;
    blocks[a + 1..end].rotate_left(shift);
    gone[a + 1..end].rotate_left(shift);
}

/// Parts paragraphs that run across an empty line in mid-sentence, on pages that leave hardly any line empty inside a
/// paragraph: there the next part may be the rest of another text. What fits nothing better is joined again.
fn part_at_blanks(raw: &Raw, looks: &[Look], blocks: &mut Vec<Block>) {
    let blank = |l: &u32| raw.lines[*l as usize].blank;
    let paras = || blocks.iter().filter(|b| b.sort == Sort::Para);
    let inner: usize = paras().map(|b| b.lines.len() - 1).sum();
    let blanks: usize = paras().map(|b| b.lines.iter().skip(1).filter(|l| blank(l)).count()).sum();
    if blanks == 0 || blanks * BLANK_EACH > inner {
        return;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len() + blanks);
    for block in blocks.drain(..) {
        let cuts = blanks_inside(raw, looks, &block);
        if cuts.is_empty() {
            out.push(block);
            continue;
        }
        let ends = cuts.iter().copied().chain([block.lines.len()]);
        for (start, end) in [0].into_iter().chain(cuts.iter().copied()).zip(ends) {
            let (first, last) = (start == 0, end == block.lines.len());
            out.push(Block {
                lines: block.lines[start..end].iter().copied().collect(),
                opened: first && block.opened,
                closed: last && block.closed,
                flush: !first || block.flush,
                lead: first && block.lead,
                parted: start.checked_sub(1).map(|above| block.lines[above]),
                sort: block.sort,
                column: block.column,
            });
        }
    }
    *blocks = out;
}

/// The lines of a paragraph that stand below an empty line in mid-sentence.
fn blanks_inside(raw: &Raw, looks: &[Look], block: &Block) -> Vec<usize> {
    let inside = |k: &usize| {
        let above = &looks[block.lines[k - 1] as usize];
        raw.lines[block.lines[*k] as usize].blank && matches!(above.end, End::None | End::Comma | End::Open)
    };
    (1..block.lines.len()).filter(|_| block.sort == Sort::Para).filter(inside).collect()
}

/// Lines inside paragraphs of which one stands below an empty line, at most, where empty lines part texts.
const BLANK_EACH: usize = 12;

/// True if a paragraph ends in mid-sentence at a line that fills its column, and not where its own next part begins.
fn cut_short(raw: &Raw, looks: &[Look], blocks: &[Block], a: usize) -> bool {
    let block = &blocks[a];
    let Some(&last) = block.lines.last() else { return false };
    let full = looks[last as usize].width + raw.lines[last as usize].indent.min(4) as u16 + 2 >= block.column;
    full && matches!(block.end(looks), End::None | End::Comma | End::Open)
}

/// True for a single line without its full stop right below a paragraph that breaks off at a full line, where no more text
/// follows: the stop was lost.
fn is_rest(raw: &Raw, looks: &[Look], blocks: &[Block], b: usize) -> bool {
    let (above, block) = (&blocks[b - 1], &blocks[b]);
    let (Some(&last), line) = (above.lines.last(), block.lines[0] as usize) else { return false };
    let para = above.sort == Sort::Para && block.sort == Sort::Para && above.lines.len() > 1 && block.lines.len() == 1;
    let full = looks[last as usize].width.abs_diff(above.column) <= 2;
    let ends = blocks.get(b + 1).is_none_or(|k| k.sort != Sort::Para);
    let short =
        raw.lines[line].indent == 0 && looks[line].width < above.column && !looks[line].bullet && !looks[line].verse;
    para && above.end(looks) == End::None && full && ends && short && looks[line].end == End::None
}

/// The one paragraph of a page that breaks off, and the one short line that is no paragraph and ends a sentence,
/// belong together, wherever they stand.
fn orphan(raw: &Raw, looks: &[Look], blocks: &mut [Block], gone: &mut [bool], log: &mut Log) {
    let para = |b: usize| blocks[b].sort == Sort::Para && !gone[b];
    let next = |b: usize| (b + 1..blocks.len()).find(|&k| !gone[k]);
    let broken = |b: &usize| {
        para(*b)
            && blocks[*b].lines.len() > 1
            && !blocks[*b].closed
            && blocks[*b].end(looks) == End::None
            && next(*b).is_none_or(|k| blocks[k].sort != Sort::Jump)
    };
    let single = |b: &usize| {
        let line = blocks[*b].lines[0] as usize;
        para(*b)
            && blocks[*b].lines.len() == 1
            && looks[line].end == End::Stop
            && !looks[line].bullet
            && !looks[line].verse
            && raw.lines[line].indent < 3
            && raw.lines[line].len() <= MOST_ORPHAN
            && (raw.lines[line].blank || b.checked_sub(1).is_none_or(|k| blocks[k].sort != Sort::Para))
            && next(*b).is_none_or(|k| !para(k) || raw.lines[blocks[k].lines[0] as usize].blank || blocks[k].lead)
    };
    let (mut heads, mut tails) = ((0..blocks.len()).filter(broken), (0..blocks.len()).filter(single));
    if let (Some(a), None, Some(b), None) = (heads.next(), heads.next(), tails.next(), tails.next())
        && a != b
    {
        let line = blocks[b].lines[0];
        log.say(raw, &[line], "join", 1.0, || {
            "the only loose end of a sentence, and one paragraph breaks off".to_owned()
        });
        blocks[a].lines.push(line);
        blocks[a].closed = true;
        gone[b] = true;
    }
}

/// Most characters of the loose end of a cut paragraph that is told by its loneliness.
const MOST_ORPHAN: usize = 20;

/// True if a paragraph breaks off: it was read so, or its last line has no closing mark.
fn is_open(block: &Block, looks: &[Look]) -> bool {
    !block.closed || matches!(block.end(looks), End::None | End::Comma | End::Open)
}

/// What it adds that a paragraph is torn for sure, and must go on somewhere.
const TORN: f32 = 1.0;

/// True if the first line of a paragraph is as wide as its column, or wider by the mark that hangs at its end.
fn fills(raw: &Raw, looks: &[Look], block: &Block) -> bool {
    let first = block.lines[0] as usize;
    raw.lines[first].indent == 0 && looks[first].width + 1 >= block.column
}

/// True if the page comes back at `b` to the column of `a`, right below text in another.
fn comes_back(blocks: &[Block], a: usize, b: usize) -> bool {
    let above = &blocks[b - 1];
    let other = above.sort == Sort::Para && above.closed && above.column.abs_diff(blocks[b].column) >= 3;
    other && blocks[a].column.abs_diff(blocks[b].column) <= 2
}

/// True if a headline breaks a paragraph off in the middle of a sentence, at a line that fills its column.
fn is_torn(raw: &Raw, looks: &[Look], blocks: &[Block], a: usize) -> bool {
    let block = &blocks[a];
    let Some(&last) = block.lines.last() else { return false };
    let full = looks[last as usize].width.abs_diff(block.column) <= 2 && raw.lines[last as usize].indent < 3;
    let below = blocks.get(a + 1).map(|b| b.sort);
    block.lines.len() > 1 && !block.closed && block.end(looks) == End::None && full && below == Some(Sort::Head)
}

/// True if the last character of `a` and the first of `b` stand together elsewhere on the page.
fn spans_word(raw: &Raw, pairs: &Pairs, a: &Block, b: &Block) -> bool {
    let (Some(&last), Some(&first)) = (a.lines.last(), b.lines.first()) else { return false };
    let (last, first) = (raw.lines[last as usize].of(&raw.glyphs), raw.lines[first as usize].of(&raw.glyphs));
    runs_on(pairs, last, first) >= 0.6
}

/// Evidence that `b` goes on where `a` stopped.
fn resume_score(raw: &Raw, pairs: &Pairs, a: &Block, b: &Block, distance: usize) -> f32 {
    let line = |l: Option<&u32>| l.map(|&l| raw.lines[l as usize].of(&raw.glyphs));
    let (Some(last), Some(first)) = (line(a.lines.last()), line(b.lines.first())) else { return 0.0 };
    let column = match a.column.abs_diff(b.column) {
        // The last line of a paragraph does not show its column.
        _ if b.lines.len() == 1 => 1.6,
        0..=1 => 2.5,
        2 => 1.0,
        3..=4 => -0.5,
        _ => -2.0,
    };
    let cut = if a.closed { 0.0 } else { 1.0 };
    column + cut + runs_on(pairs, last, first).min(2.0) + wording(raw, a, b) - 0.12 * distance as f32
}

/// What the words at the joint say: a word that the cut tears, and quotation marks that open above it and close below.
fn wording(raw: &Raw, a: &Block, b: &Block) -> f32 {
    let quotes = match (quote(a.each(raw).rev(), '“'), quote(b.each(raw), '”')) {
        (true, true) => QUOTED,
        (false, false) => 0.0,
        _ => UNQUOTED,
    };
    quotes + if tears_word(raw, a, b) { TORN_WORD } else { 0.0 }
}

/// What that adds, and what is taken off where one of the two marks is missing.
const TORN_WORD: f32 = 2.0;
const QUOTED: f32 = 1.5;
const UNQUOTED: f32 = -1.0;

/// True if a quotation is open where a paragraph breaks off, and the other one closes it.
fn quotes_on(raw: &Raw, looks: &[Look], a: &Block, b: &Block) -> bool {
    a.end(looks) == End::None
        && !a.closed
        && !b.lead
        && raw.lines[b.lines[0] as usize].indent < 3
        && quote(a.each(raw).rev().take(QUOTE_REACH), '“')
        && quote(b.each(raw).take(QUOTE_REACH), '”')
}

/// Characters beside the cut in which the marks of the quotation are looked for.
const QUOTE_REACH: usize = 40;

/// True if of quotation marks a text meets one of this kind first.
fn quote<'a>(mut glyphs: impl Iterator<Item = &'a Glyph>, kind: char) -> bool {
    glyphs.find(|g| matches!(g.c, '“' | '”')).is_some_and(|g| g.c == kind)
}

/// True if the end of `a` and the beginning of `b` are parts of a word of the dictionary.
fn tears_word(raw: &Raw, a: &Block, b: &Block) -> bool {
    let (Some(&last), Some(&first)) = (a.lines.last(), b.lines.first()) else { return false };
    tears(raw.lines[last as usize].of(&raw.glyphs), raw.lines[first as usize].of(&raw.glyphs))
}
