//! A second look at the cuts between articles, once headlines are known.
//!
//! A headline that found no article although one paragraph restates it says that an article begins near that
//! paragraph, if the text around it has a headline that restates another of its paragraphs.

use crate::assign::{Group, is_kicker_form};
use crate::blocks::{Block, Sort};
use crate::content::{Likeness, Pairs, Stretch};
use crate::coverage::{Holders, LEAST_PAIRS, best, share};
use crate::explain::Log;
use crate::glyphs::{Class, Raw};
use crate::items::{Item, stretch};
use crate::openings::{goes_on, names_person};
use crate::sightings::Told;
use crate::units::Unit;

/// Least share of a headline that a paragraph must hold to begin an article for it.
const LEAST_SHARE: f32 = 0.42;
/// Least evidence for a cut.
const LEAST: f32 = 0.4;
/// What is asked more of a line that stands beside the headline of the text.
const BESIDE: f32 = 1.4;
/// Paragraphs between two that are restated, at most: more are two headlines of one long text.
const REACH: usize = 8;

/// Cuts items in two where two headlines restate different paragraphs of them. True if it did.
#[expect(clippy::too_many_arguments, reason = "all of the page is evidence here")]
pub(crate) fn split(
    raw: &Raw,
    pairs: &Pairs,
    blocks: &[Block],
    heads: &Told,
    items: &mut Vec<Item>,
    units: &[Unit],
    groups: &[Group],
    log: &mut Log,
) -> bool {
    let mut anchors = vec![false; units.len()];
    for anchor in groups.iter().filter_map(|g| g.anchor) {
        anchors[anchor] = true;
    }
    let left = (0..units.len()).filter(|&u| !anchors[u] && may_head(&units[u]));
    let left: Vec<usize> = left.take(MOST_LEFT + 1).collect();
    if left.is_empty() || left.len() > MOST_LEFT || items.iter().all(|i| i.body.len() < 2) {
        return false;
    }
    let paras: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .flat_map(|(i, item)| item.body.iter().map(move |&b| (i, b)))
        .filter(|p| blocks[p.1].sort == Sort::Para)
        .collect();
    let bodies: Vec<[usize; 1]> = paras.iter().map(|p| [p.1]).collect();
    let bodies: Vec<&[usize]> = bodies.iter().map(|b| &b[..]).collect();
    let mut holders = Holders::of(heads.sightings(), &bodies);
    // What a unit shares with each paragraph.
    let mut row = |unit: usize| {
        let mut row = Vec::new();
        holders.compare(heads.ids().of(unit), LEAST_PAIRS, &mut row);
        row
    };
    let mut cuts: Vec<(usize, usize, f32)> = Vec::new();
    let mut sides = Sides::default();
    for u in left {
        let told = row(u);
        let Some((p, most, second)) = best(&told) else { continue };
        let item = paras[p].0;
        if most < LEAST_SHARE || most - second < 0.05 || items[item].boxed || cuts.iter().any(|c| c.0 == item) {
            continue;
        }
        // The paragraph of this item that its own headline restates.
        let range = paras.partition_point(|x| x.0 < item)..paras.partition_point(|x| x.0 <= item);
        let Some(anchor) = groups[item].anchor else { continue };
        let known = row(anchor);
        let (own, q) =
            range.clone().map(|k| (share(&known, k), k)).fold((0.0, p), |a, b| if b.0 > a.0 { b } else { a });
        if q == p || own < LEAST_SHARE || share(&known, p) > 0.6 * own || share(&told, q) > 0.6 * most {
            continue;
        }
        let (from, to) = (p.min(q), p.max(q));
        if to - from > REACH {
            continue;
        }
        let chain: Vec<usize> = paras[range.clone()].iter().map(|x| x.1).collect();
        let at = (from + 1..=to).map(|k| {
            let score = sides.weigh(raw, pairs, blocks, &chain, k - range.start) + if k == to { 1.0 } else { 0.0 };
            (score + 2.0 * (most.min(own) - LEAST_SHARE), k)
        });
        let Some((score, k)) = at.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        // Kicker and deck stand beside their headline, and restate other paragraphs than it does.
        let beside = units[u].run == units[anchor].run && units[u].blocks.0.abs_diff(units[anchor].blocks.0) <= 2;
        if score > LEAST + if beside { BESIDE } else { 0.0 } {
            log.say(raw, &[blocks[paras[k].1].lines[0]], "split", score, || {
                let text = |u: usize| units[u].glyphs.iter().map(|g| g.c).collect::<String>();
                format!("two headlines restate different paragraphs of this text: {} and {}", text(anchor), text(u))
            });
            cuts.push((item, paras[k].1, score));
        }
    }
    cuts.sort_unstable_by_key(|c| (c.0, c.1));
    for &(item, block, score) in cuts.iter().rev() {
        let Some(mut at) = items[item].body.iter().position(|&b| b == block) else { continue };
        // A section heading goes with the text below it.
        while at > 1 && blocks[items[item].body[at - 1]].sort == Sort::Head {
            at -= 1;
        }
        let body = &items[item].body;
        let rest = Item { body: body[at..].iter().copied().collect(), boxed: false, sure: score };
        items[item].body = body[..at].iter().copied().collect();
        items[item].sure = items[item].sure.min(score);
        items.insert(item + 1, rest);
    }
    !cuts.is_empty()
}

/// Headlines without an article that are looked at; a page with more of them is a list.
const MOST_LEFT: usize = 24;

/// True for a unit that can be the only headline of an article.
fn may_head(unit: &Unit) -> bool {
    let g = &unit.glyphs;
    g.len() >= 7
        && !unit.couplet
        && !names_person(g)
        && !is_kicker_form(g)
        && g[0].class != Class::Open
        && !matches!(g[0].c, '—' | '─' | '―')
}

/// The texts on both sides of a gap.
#[derive(Debug, Default)]
struct Sides {
    like: Likeness,
    old: Stretch,
    new: Stretch,
}

impl Sides {
    /// Evidence that an article begins with the `k`th paragraph of a chain.
    fn weigh(&mut self, raw: &Raw, pairs: &Pairs, blocks: &[Block], chain: &[usize], k: usize) -> f32 {
        let (before, after) = (&blocks[chain[k - 1]], &blocks[chain[k]]);
        let mut score = 0.3;
        score += match before.column.abs_diff(after.column) {
            0..=2 => 0.0,
            _ => 1.2,
        };
        if goes_on(&after.head_glyphs(raw, 4)) {
            score -= 2.0;
        }
        if !after.opened || !before.closed {
            score -= 2.0;
        }
        // A report that opens with a dateline is rarely followed by one without.
        if blocks[chain[0]].lead && !after.lead {
            score -= 0.7;
        }
        stretch(raw, blocks, chain[..k].iter().rev().copied(), &mut self.old);
        stretch(raw, blocks, chain[k..].iter().copied(), &mut self.new);
        score - 3.6 * self.like.between(pairs, &self.old, &self.new).min(1.2)
    }
}
