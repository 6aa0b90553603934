//! What speaks for a headline unit and an item: the words they share, the place in the dateline, where both stand.
//!
//! The evidence is gathered here, unit by unit; [`crate::assign`] chooses.

use crate::blocks::{Block, Sort};
use crate::coverage::Content;
use crate::datelines;
use crate::frames::{MOST_FRAMED, frames};
use crate::glyphs::{Glyph, Raw};
use crate::items::Item;
use crate::openings::opens_with_dash;
use crate::phrases::{contains, ends_with};
use crate::units::Unit;

/// How a unit stands to an item on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    Before,
    After,
    Far,
}

/// A score of a unit for an item, with its parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bond {
    pub(crate) unit: usize,
    pub(crate) item: usize,
    /// Share of the unit's pairs in the item, weighted by rarity, from 0 to about 1.3.
    pub(crate) share: f32,
    /// The same for the first characters of the item, unweighted.
    pub(crate) lead: f32,
    /// Evidence of the place in the dateline.
    pub(crate) place: f32,
    /// Evidence of where it stands on paper.
    pub(crate) ground: f32,
    pub(crate) stand: Stand,
    pub(crate) score: f32,
}

/// How much of what speaks for its neighbours in the frame speaks for a unit.
const SHARED: f32 = 0.8;

/// What it adds to the score of a headline that the deck beside it says all its words of the article.
const DECK_SAYS: f32 = 3.0;
/// Least share of its words, by rarity, that the article of a deck must say of the headline beside it.
const LEAST_SAID: f32 = 0.1;

/// All bonds with some evidence, sorted by unit and item.
pub(crate) struct Bonds {
    pub(crate) all: Vec<Bond>,
    /// Where those of each unit end.
    ends: Vec<usize>,
    /// The frame of each unit, if it stands in one.
    pub(crate) frames: Vec<Option<usize>>,
}

impl Bonds {
    /// Lets units of one frame speak for each other's articles.
    pub(crate) fn share_in_frames(&mut self) {
        let frames = &self.frames;
        let mut more = Vec::new();
        for (k, bond) in self.all.iter().enumerate() {
            let Some(frame) = frames[bond.unit] else { continue };
            let mates = frames.iter().enumerate().skip(frame).take(MOST_FRAMED);
            let mates = mates.filter(|(u, f)| **f == Some(frame) && *u != bond.unit);
            let best = mates.filter_map(|(u, _)| self.find(u, bond.item)).map(|b| b.score).fold(0.0, f32::max);
            more.push((k, SHARED * best));
        }
        for (k, by) in more {
            self.all[k].score += by;
        }
    }

    /// For each unit whether it is a deck with a dash beside its main headline, which then stands for both in the
    /// assignment: what the deck says of its article speaks for the headline.
    pub(crate) fn let_decks_speak(&mut self, units: &[Unit]) -> Vec<bool> {
        let mut decks = vec![false; units.len()];
        for d in (0..units.len()).filter(|&d| opens_with_dash(&units[d].glyphs)) {
            let beside = |m: usize| {
                units.get(m).is_some_and(|u| u.run == units[d].run && !opens_with_dash(&u.glyphs))
                    && units[m.min(d)].blocks.1 + 1 == units[m.max(d)].blocks.0
            };
            let Some(best) = self.of_unit(d).iter().max_by(|a, b| a.score.total_cmp(&b.score)) else { continue };
            let (item, share) = (best.item, best.share);
            // A headline that fits another article better is not its own.
            let fits = |m: usize| {
                let bonds = self.of_unit(m);
                let others = bonds.iter().filter(|b| b.item != item).map(|b| b.score).fold(0.0, f32::max);
                let own = bonds.iter().find(|b| b.item == item && b.share > LEAST_SAID);
                own.is_some_and(|b| b.score + DECK_SAYS * share.min(1.0) >= others)
            };
            let mut sides = [d.checked_sub(1), Some(d + 1)].into_iter().flatten();
            let Some(main) = sides.find(|&m| beside(m) && fits(m)) else { continue };
            decks[d] = true;
            if let Some(bond) = self.all.iter_mut().find(|b| b.unit == main && b.item == item) {
                bond.score += DECK_SAYS * share.min(1.0);
            }
        }
        decks
    }

    /// The bonds of one unit.
    pub(crate) fn of_unit(&self, unit: usize) -> &[Bond] {
        &self.all[unit.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[unit]]
    }

    pub(crate) fn find(&self, unit: usize, item: usize) -> Option<&Bond> {
        self.of_unit(unit).iter().find(|b| b.item == item)
    }
}

/// Where headlines of this page stand to their bodies, as log odds against far away.
pub(crate) fn learn_stand(bonds: &Bonds, units: usize) -> [f32; 3] {
    let mut counts = [4.0f32, 0.6, 0.5];
    let mut best: Vec<Option<(&Bond, f32)>> = vec![None; units];
    for b in &bonds.all {
        let slot = &mut best[b.unit];
        match slot {
            Some((top, second)) if b.score > top.score => *slot = Some((b, top.score.max(*second))),
            Some((_, second)) => *second = second.max(b.score),
            None => *slot = Some((b, 0.0)),
        }
    }
    // Each item counts once, by the unit that fits it best: lists fit one item many times.
    let mut sure: Vec<(usize, &Bond)> = best
        .into_iter()
        .flatten()
        .filter(|(top, second)| top.score >= 2.0 && top.score - second >= 1.2)
        .map(|(b, _)| (b.item, b))
        .collect();
    sure.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.score.total_cmp(&a.1.score)));
    sure.dedup_by_key(|s| s.0);
    for (_, bond) in sure {
        counts[bond.stand as usize] += 1.0;
    }
    let far = counts[2];
    counts.map(|c| (c / far).ln().clamp(-0.5, 2.6))
}

/// Gathers the bonds.
pub(crate) fn bonds(raw: &Raw, blocks: &[Block], items: &[Item], units: &[Unit], content: &Content) -> Bonds {
    let places: Vec<Option<String>> = items.iter().map(|i| place(raw, blocks, i)).collect();
    let stands = Stands::of(blocks, items);
    let grounds = grounds(raw, blocks, items, units);
    let mut out = Bonds {
        all: Vec::with_capacity(units.len() * 4),
        ends: Vec::with_capacity(units.len()),
        frames: frames(raw, units),
    };
    let mut cells: Vec<(usize, f32, f32)> = Vec::new();
    for (u, unit) in units.iter().enumerate() {
        let around = stands.around(unit);
        cells.clear();
        cells.extend(content.row(u).iter().filter(|c| !items[c.0].boxed));
        for near in [around.0, around.1].into_iter().flatten() {
            if !items[near].boxed && !cells.iter().any(|s| s.0 == near) {
                cells.push((near, 0.0, 0.0));
            }
        }
        let ground = grounds.get(u).map_or(&[][..], |g| &g[..]);
        for near in (0..ground.len()).filter(|&i| ground[i] > 0.0 && !items[i].boxed) {
            if !cells.iter().any(|s| s.0 == near) {
                cells.push((near, 0.0, 0.0));
            }
        }
        cells.sort_unstable_by_key(|c| c.0);
        let named = |i: usize| places[i].as_ref().is_some_and(|p| contains(&unit.glyphs, p));
        let some_named = cells.iter().any(|c| named(c.0));
        let feature = opens_with_dash(&unit.glyphs) && names_feature(&unit.glyphs);
        out.all.extend(cells.iter().map(|&(item, share, lead)| {
            let place = match places[item] {
                Some(_) if named(item) => 3.0,
                // ——河洮县政协协商民主纪实: features hardly open with the dateline of a report from elsewhere.
                Some(_) if some_named || feature => -3.0,
                _ => 0.0,
            };
            Bond {
                unit: u,
                item,
                share,
                lead,
                place,
                ground: ground.get(item).copied().unwrap_or(0.0),
                stand: stands.of_pair(around, unit, item),
                score: 5.2 * share + 1.3 * lead.min(1.0) + place + ground.get(item).copied().unwrap_or(0.0),
            }
        }));
        out.ends.push(out.all.len());
    }
    out
}

/// True for the deck of a feature: it ends with a word for one, or opens with 记.
fn names_feature(glyphs: &[Glyph]) -> bool {
    const ENDS: &[&str] = &["纪实", "側記", "侧记", "紀實", "纪事", "见闻", "掠影", "札记", "速写", "扫描"];
    let first = glyphs.iter().find(|g| !matches!(g.c, '—' | '─' | '―'));
    first.is_some_and(|g| matches!(g.c, '记' | '記')) || ENDS.iter().any(|e| ends_with(glyphs, e))
}

/// For each unit what its place on paper says of each item; nothing where places are not known.
fn grounds(raw: &Raw, blocks: &[Block], items: &[Item], units: &[Unit]) -> Vec<Vec<f32>> {
    let Some(geometry) = &raw.geometry else { return Vec::new() };
    let ground = crate::geometry::Ground::of(geometry, raw, blocks, items);
    let place = |u: usize| geometry.around(raw, units[u].lines.iter().map(|l| l.0));
    let upright = |u: usize| geometry.line(raw, units[u].lines[0].0).upright;
    let of = |u: usize| {
        // Lines stacked to one headline group stand where the group stands.
        let mut head = place(u);
        for towards in [-1isize, 1] {
            let mut k = u as isize + towards;
            while k >= 0 && (k as usize) < units.len() && units[k as usize].run == units[u].run {
                let other = place(k as usize);
                let apart = (other.top - head.bottom).max(head.top - other.bottom);
                if upright(k as usize) != upright(u)
                    || head.common_x(&other) <= 0
                    || apart > (2 * geometry.leading).max(other.height().min(head.height()))
                {
                    break;
                }
                head = head.with(&other);
                k += towards;
            }
        }
        ground.of_head(geometry, &head, upright(u))
    };
    (0..units.len()).map(of).collect()
}

/// The place in an item's dateline: 洮阳 of 本报洮阳讯.
fn place(raw: &Raw, blocks: &[Block], item: &Item) -> Option<String> {
    let first = item.body.iter().map(|&b| &blocks[b]).find(|b| b.sort == Sort::Para)?;
    if !first.each(raw).next().is_some_and(datelines::may_open) {
        return None;
    }
    let glyphs = first.head_glyphs(raw, 40);
    let d = datelines::dateline(&glyphs)?;
    let text: String = glyphs[d.start..d.end].iter().map(|g| g.c).collect();
    let text = text.trim_start_matches(['据', '據']);
    let after = ["社", "报", "報", "台", "臺", "刊"].iter().filter_map(|m| text.find(m).map(|i| i + m.len())).min()?;
    let place: String = text[after..]
        .chars()
        .take_while(|c| !c.is_ascii_digit() && !"〇一二三四五六七八九十讯訊电電日月专".contains(*c))
        .collect();
    // 北京 is where the agency sits, not what the news is about.
    (place.chars().count() >= 2 && place != "北京").then_some(place)
}

/// Where items begin and end, in blocks.
struct Stands {
    /// For each block that is a paragraph: its item. Else none.
    item_of: Vec<Option<u32>>,
    first: Vec<usize>,
    last: Vec<usize>,
    sorts: Vec<Sort>,
}

impl Stands {
    fn of(blocks: &[Block], items: &[Item]) -> Stands {
        let mut item_of = vec![None; blocks.len()];
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for (i, item) in items.iter().enumerate() {
            for &b in item.body.iter() {
                item_of[b] = Some(i as u32);
            }
            first.push(item.body.iter().copied().min().unwrap_or(0));
            last.push(item.body.iter().copied().max().unwrap_or(0));
        }
        Stands { item_of, first, last, sorts: blocks.iter().map(|b| b.sort).collect() }
    }

    /// The next item below and the last one above a unit, other display lines passed over.
    fn around(&self, unit: &Unit) -> (Option<usize>, Option<usize>) {
        const REACH: usize = 12;
        let below = (unit.blocks.1 + 1..self.sorts.len().min(unit.blocks.1 + 1 + REACH)).find_map(|b| self.item_of[b]);
        let above = (unit.blocks.0.saturating_sub(REACH)..unit.blocks.0).rev().find_map(|b| self.item_of[b]);
        (below.map(|i| i as usize), above.map(|i| i as usize))
    }

    /// How a unit stands to an item, given the items around it.
    fn of_pair(&self, (below, above): (Option<usize>, Option<usize>), unit: &Unit, item: usize) -> Stand {
        if below == Some(item) && self.first[item] > unit.blocks.1 {
            Stand::Before
        } else if above == Some(item) && self.last[item] < unit.blocks.0 {
            Stand::After
        } else {
            Stand::Far
        }
    }
}
