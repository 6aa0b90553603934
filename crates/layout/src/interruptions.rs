//! Headlines that stand in the middle of a sentence, where a column breaks or one article is set into another.
//!
//! The joint reading of lines takes a few short lines inside a paragraph for badly set lines of it. Two things tell
//! that they are not: empty lines above and below, in a paragraph that has no others; or letters set apart, on a page
//! that does not set apart the letters of its texts.

use crate::blocks::{Block, Sort};
use crate::clauses::tears;
use crate::content::{Pairs, runs_on};
use crate::costs::first_token;
use crate::explain::Log;
use crate::glyphs::{HAN, Raw};
use crate::lines::{End, Look};
use crate::units::is_couplet;

/// Most lines of a headline that interrupts a paragraph.
const MOST_LINES: usize = 3;
/// Half-width units by which each of them is narrower than the column, at least.
const NARROWER: u16 = 4;
/// Where more than one line in so many lines of paragraphs has its letters set apart, they are the page's own way.
const SPACED_EACH: usize = 30;

/// Widest name of an author, in half-width units.
const WIDEST_NAME: u16 = 8;

/// Least share of their words that the text below says again, if it is their article.
const SAID_BELOW: f32 = 0.25;

/// Takes such lines out of their paragraphs; each becomes a display line behind the paragraph.
pub(crate) fn take_out(raw: &Raw, looks: &[Look], pairs: &Pairs, blocks: &mut Vec<Block>, log: &mut Log) {
    let paragraphs = || blocks.iter().filter(|b| b.sort == Sort::Para).flat_map(|b| b.lines.iter());
    let spaced = paragraphs().filter(|&&l| looks[l as usize].spaced).count();
    let letters_tell = spaced <= 1 + paragraphs().count() / SPACED_EACH;
    let insets = insets(raw, looks, pairs, blocks, log);
    let mut b = 0;
    while b < blocks.len() {
        let run = interruption(raw, looks, &blocks[b], letters_tell);
        let Some((start, end)) = run else {
            b += 1;
            continue;
        };
        let taken: Vec<u32> = blocks[b].lines[start..end].to_vec();
        log.say(raw, &taken, "headline inside a paragraph", 1.0, || {
            "short lines set apart, and the sentence goes on below them".to_owned()
        });
        let old = blocks[b].clone();
        let heads = taken.iter().map(|&line| head(line));
        let next = blocks[b + 1..].iter().filter(|k| k.sort == Sort::Para).take(2);
        let below = old.lines[end..].iter().chain(next.flat_map(|k| k.lines.iter()));
        if opens_below(raw, &taken, &old.lines[..start], below) {
            blocks[b] = Block { lines: old.lines[..start].iter().copied().collect(), closed: false, ..old.clone() };
            let below = Block { lines: old.lines[end..].iter().copied().collect(), opened: true, lead: false, ..old };
            blocks.splice(b + 1..b + 1, heads.chain([below]));
        } else {
            // The paragraph is looked at again: it may be interrupted twice.
            blocks[b].lines = old.lines[..start].iter().chain(&old.lines[end..]).copied().collect();
            blocks.splice(b + 1..b + 1, heads);
        }
    }
    blocks.extend(insets);
}

/// Takes lines out of paragraphs that only their place in the text layer put there. Whose headline they are their words
/// tell, and not that place; so they become the last display lines of the page.
fn insets(raw: &Raw, looks: &[Look], pairs: &Pairs, blocks: &mut [Block], log: &mut Log) -> Vec<Block> {
    let mut out = Vec::new();
    for block in blocks.iter_mut().filter(|b| b.sort == Sort::Para && b.lines.len() >= 3) {
        let Some((start, end)) = narrow(raw, looks, pairs, block) else { continue };
        let taken: Vec<u32> = block.lines[start..end].to_vec();
        log.say(raw, &taken, "headline inside a paragraph", 1.0, || {
            "short lines between full ones, and the sentence goes on below them".to_owned()
        });
        block.lines = block.lines[..start].iter().chain(&block.lines[end..]).copied().collect();
        out.extend(taken.into_iter().map(head));
    }
    out
}

/// Takes the headline of the text above off the paragraph below it, where both were read as one: a first line
/// well short of its column, without marks, whose words the paragraphs above say and the rest of its own does not.
pub(crate) fn take_off(raw: &Raw, looks: &[Look], blocks: &mut Vec<Block>, log: &mut Log) {
    let rests: Vec<usize> = (1..blocks.len()).filter(|&b| heads_rest(raw, looks, blocks, b)).collect();
    let found: Vec<usize> =
        (1..blocks.len()).filter(|b| rests.binary_search(b).is_ok() || heads_above(raw, looks, blocks, *b)).collect();
    if found.is_empty() {
        return;
    }
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len() + found.len());
    for (b, mut block) in blocks.drain(..).enumerate() {
        if found.binary_search(&b).is_ok() {
            let line = block.lines[0];
            log.say(raw, &[line], "headline above a paragraph", 1.0, || {
                "a short line that says the words of the text above".to_owned()
            });
            block.lines = block.lines[1..].iter().copied().collect();
            if rests.binary_search(&b).is_ok() {
                (block.opened, block.flush) = (false, true);
            }
            out.push(head(line));
        }
        out.push(block);
    }
    *blocks = out;
}

/// Half-width units that an indent takes.
const INDENT: u16 = 4;
/// Paragraphs above that a headline below them is looked for in.
const ABOVE: usize = 10;
/// Least share of its words that they say.
const SAID_ABOVE: f32 = 0.75;

/// True if the first line of a paragraph only stands above the rest of another, which its second line goes on with: a
/// cut before tears a word there.
fn heads_rest(raw: &Raw, looks: &[Look], blocks: &[Block], b: usize) -> bool {
    let block = &blocks[b];
    if block.sort != Sort::Para || block.lines.len() < 2 || block.lead {
        return false;
    }
    let (first, second) = (block.lines[0] as usize, block.lines[1] as usize);
    let look = &looks[first];
    let glyphs = |l: usize| raw.lines[l].of(&raw.glyphs);
    let bare = matches!(look.end, End::None | End::Soft)
        && look.stops + look.commas + look.pauses == 0
        && raw.lines[first].indent < 3;
    if !bare || glyphs(first).len() < LEAST_ABOVE || tears(glyphs(first), glyphs(second)) {
        return false;
    }
    let broken = |a: &&Block| a.sort == Sort::Para && !a.closed && a.end(looks) == End::None;
    blocks[b.saturating_sub(ABOVE)..b].iter().filter(broken).any(|a| {
        let last = a.lines[a.lines.len() - 1] as usize;
        tears(glyphs(last), glyphs(second)) && !tears(glyphs(last), glyphs(first))
    })
}

/// Fewest characters of such a line.
const LEAST_ABOVE: usize = 6;

fn heads_above(raw: &Raw, looks: &[Look], blocks: &[Block], b: usize) -> bool {
    let block = &blocks[b];
    let first = &raw.lines[block.lines[0] as usize];
    let look = &looks[block.lines[0] as usize];
    let short = look.width + INDENT + 3 <= block.column && first.indent < 3 && (6..=22).contains(&first.len());
    let bare = look.end == End::None && look.stops + look.commas + look.pauses == 0 && !look.lead;
    if block.sort != Sort::Para || block.lines.len() < 3 || !short || !bare || blocks[b - 1].sort != Sort::Para {
        return false;
    }
    let words: Vec<u32> = raw.pairs(first).iter().copied().filter(|p| p & HAN != 0).collect();
    let said = |lines: &[u32]| {
        words.iter().filter(|w| lines.iter().any(|l| raw.pairs(&raw.lines[*l as usize]).contains(w))).count() as f32
    };
    let above: Vec<u32> = blocks[b.saturating_sub(ABOVE)..b].iter().flat_map(|k| k.lines.iter().copied()).collect();
    let least = SAID_ABOVE * words.len().max(5) as f32;
    said(&above) >= least && said(&block.lines[1..]) * 2.0 <= least
}

/// A display line.
fn head(line: u32) -> Block {
    Block {
        sort: Sort::Head,
        lines: [line].into_iter().collect(),
        column: 0,
        opened: true,
        closed: true,
        flush: false,
        lead: false,
        parted: None,
    }
}

/// Lines in the middle of a paragraph that are well short of its column, between lines that fill it, or that are two
/// halves with a gap between. Text around a picture has more of them, and marks in them.
fn narrow(raw: &Raw, looks: &[Look], pairs: &Pairs, block: &Block) -> Option<(usize, usize)> {
    let lines = &block.lines;
    let look = |k: usize| &looks[lines[k] as usize];
    let glyphs = |k: usize| raw.lines[lines[k] as usize].of(&raw.glyphs);
    let full = |k: usize| look(k).width + if k == 0 { INDENT + 2 } else { 2 } >= block.column;
    // What cannot be broken stands on the next line; the line before it ends early.
    let needed = |k: usize| first_token(raw, &raw.lines[lines[k + 1] as usize]).max(2) as u16;
    let plain =
        |k: usize| look(k).stops + look(k).commas + look(k).pauses == 0 && look(k).end == End::None && !look(k).lead;
    let halves = |k: usize| look(k).gaps == 1 && !look(k).spaced && plain(k) && is_couplet(glyphs(k), look(k));
    let short = |k: usize| {
        let l = look(k);
        plain(k)
            && l.gaps == 0
            && !l.spaced
            && l.width + needed(k) + NARROWER <= block.column
            && glyphs(k).len() >= LEAST_NARROW
    };
    let odd = |k: usize| halves(k) || short(k);
    let odd: Vec<usize> = (1..lines.len() - 1).filter(|&k| odd(k)).collect();
    let (&start, &last) = (odd.first()?, odd.last()?);
    let whole = odd.len() <= MOST_LINES && last - start + 1 == odd.len();
    let uneven = (1..lines.len() - 1).filter(|&k| !full(k) && !odd.contains(&k)).count();
    let goes_on = matches!(look(start - 1).end, End::None | End::Comma | End::Open);
    let between = full(start - 1) && (full(last + 1) || last + 2 == lines.len());
    // A word of the page that spans the break says that the line is text like the others.
    let spanned = |k: usize| runs_on(pairs, glyphs(k), glyphs(k + 1)) >= SPANNED;
    (whole && uneven == 0 && goes_on && between && !spanned(start - 1) && !spanned(last)).then_some((start, last + 1))
}

/// Least evidence that a word spans a break.
const SPANNED: f32 = 0.6;

/// Fewest characters of such a line.
const LEAST_NARROW: usize = 4;

/// True if the text below such lines is their own article: it says their words again, and the text above does not.
fn opens_below<'a>(raw: &Raw, taken: &[u32], above: &[u32], below: impl Iterator<Item = &'a u32> + Clone) -> bool {
    let pairs = |l: &u32| raw.pairs(&raw.lines[*l as usize]);
    let words: Vec<u32> = taken.iter().flat_map(pairs).copied().filter(|p| p & HAN != 0).collect();
    let said = |pair: u32| below.clone().any(|l| pairs(l).contains(&pair));
    let known = |pair: u32| above.iter().any(|l| pairs(l).contains(&pair));
    let below = words.iter().filter(|p| said(**p)).count();
    let above = words.iter().filter(|p| known(**p)).count();
    below as f32 >= SAID_BELOW * words.len().max(5) as f32 && below >= 2 * above
}

/// The first such lines of a block, as a range of its lines.
fn interruption(raw: &Raw, looks: &[Look], block: &Block, letters_tell: bool) -> Option<(usize, usize)> {
    let lines = &block.lines;
    if block.sort != Sort::Para || lines.len() < 3 {
        return None;
    }
    let look = |k: usize| &looks[lines[k] as usize];
    let blank = |k: usize| raw.lines[lines[k] as usize].blank;
    let bare = |k: usize| {
        let l = look(k);
        matches!(l.end, End::None | End::Soft)
            && l.figures == 0
            && l.stops + l.commas == 0
            && l.width + NARROWER <= block.column
    };
    let mut blanks = (1..lines.len()).filter(|&k| blank(k));
    let framed = match (blanks.next(), blanks.next(), blanks.next()) {
        (Some(from), Some(to), None) if (from..to).all(bare) && to - from <= MOST_LINES => Some((from, to)),
        _ => None,
    };
    let run = if framed.is_some() {
        framed
    } else if letters_tell {
        let start = (1..lines.len() - 1).find(|&k| look(k).spaced && bare(k))?;
        let end = (start..lines.len() - 1).find(|&k| !(look(k).spaced && bare(k))).unwrap_or(lines.len() - 1);
        // An author's name may stand above.
        let named = start > 1 && bare(start - 1) && look(start - 1).width <= WIDEST_NAME;
        (end - start <= MOST_LINES).then_some((start - usize::from(named), end))
    } else {
        None
    };
    // The sentence goes on across them.
    run.filter(|&(start, _)| matches!(look(start - 1).end, End::None | End::Comma | End::Open))
}
