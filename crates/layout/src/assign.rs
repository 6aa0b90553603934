//! Which headline belongs to which body: a one-to-one assignment of one main unit to each item, and
//! of the units around it.
//!
//! A headline restates its article. So the evidence is, first, how many pairs of neighbouring
//! characters of the unit occur in the item, rare ones and those of the lead counting more; then the
//! place of the dateline; then where on this page headlines stand to their bodies, which is learnt
//! from the sure ones. Positions on paper, once known, are one more term of the same sum.

use crate::blocks::{Block, Sort};
use crate::coverage::Content;
use crate::datelines;
use crate::explain::Log;
use crate::few::Few;
use crate::frames::{MOST_FRAMED, frames};
use crate::glyphs::{Glyph, Raw};
use crate::items::Item;
use crate::matching;
use crate::phrases::{contains, ends_with};
use crate::units::Unit;

/// How a unit stands to an item on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
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
    ground: f32,
    stand: Stand,
    pub(crate) score: f32,
}

/// Headline units of an item, in page order, and which of them holds the article down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) units: Few<usize, MOST_UNITS>,
    pub(crate) anchor: Option<usize>,
    /// True if the anchor stands right above the body, where headline groups are printed in order.
    pub(crate) before: bool,
    /// Lead coverage of each unit, for the slots.
    pub(crate) leads: Few<f32, MOST_UNITS>,
}

/// Least score of a main unit.
const MAIN_LEAST: f32 = 2.1;
/// Least score of a main unit for an item that no surer one claims.
const ONLY_LEAST: f32 = 0.7;
/// Least score of a further unit, its neighbourhood counted.
const JOIN_LEAST: f32 = 2.1;
/// Most units of a headline group.
const MOST_UNITS: usize = 5;

/// Assigns units to items.
pub(crate) fn assign(
    raw: &Raw,
    blocks: &[Block],
    items: &[Item],
    units: &[Unit],
    content: &Content,
    log: &mut Log,
) -> Vec<Group> {
    let mut groups = vec![Group::default(); items.len()];
    if items.is_empty() || units.is_empty() {
        return groups;
    }
    let mut bonds = bonds(raw, blocks, items, units, content);
    bonds.share_in_frames();
    let prior = learn_stand(&bonds, units.len());
    for bond in &mut bonds.all {
        bond.score += prior[bond.stand as usize];
    }
    // One main unit an item.
    let edges: Vec<(usize, usize, f32)> = bonds
        .all
        .iter()
        .filter(|b| b.score >= MAIN_LEAST)
        .map(|b| (b.unit, b.item, b.score - MAIN_LEAST + 0.1))
        .collect();
    let chosen = matching::best(units.len(), items.len(), &edges);
    let mut owner: Vec<Option<usize>> = chosen.clone();
    for (u, item) in chosen.iter().enumerate() {
        if let Some(i) = *item {
            groups[i].units.push(u);
            groups[i].anchor = Some(u);
            if log.wanted() {
                let bond = bonds.find(u, i);
                log.say(raw, &lines(&units[u]), "headline", bond.map_or(0.0, |b| b.score), || reason(bond, &prior));
            }
        }
    }
    claim_rest(raw, units, &bonds, &prior, &mut owner, &mut groups, log);
    join_rest(raw, units, &bonds, &prior, &mut owner, &mut groups, log);
    for (i, group) in groups.iter_mut().enumerate() {
        group.units.sort_unstable();
        group.before = group.anchor.and_then(|a| bonds.find(a, i)).is_some_and(|b| b.stand == Stand::Before);
        group.leads = group.units.iter().map(|&u| bonds.find(u, i).map_or(0.0, |b| b.lead)).collect();
    }
    for (u, unit) in units.iter().enumerate().filter(|(u, _)| owner[*u].is_none()) {
        let best = bonds.of_unit(u).iter().max_by(|a, b| a.score.total_cmp(&b.score));
        log.say(raw, &lines(unit), "unattached", MAIN_LEAST - best.map_or(0.0, |b| b.score), || {
            format!("no article is sure enough; best {}", reason(best, &prior))
        });
    }
    groups
}

/// Items left without headline take the unit that fits them best, if it fits nothing else better.
fn claim_rest(
    raw: &Raw,
    units: &[Unit],
    bonds: &Bonds,
    prior: &[f32; 3],
    owner: &mut [Option<usize>],
    groups: &mut [Group],
    log: &mut Log,
) {
    let mut rest: Vec<&Bond> = bonds
        .all
        .iter()
        .filter(|b| {
            owner[b.unit].is_none() && groups[b.item].units.is_empty() && b.score >= ONLY_LEAST && b.share > 0.1
        })
        .collect();
    rest.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.unit, a.item).cmp(&(b.unit, b.item))));
    for bond in rest {
        let rival =
            bonds.of_unit(bond.unit).iter().filter(|b| b.item != bond.item).map(|b| b.score).fold(0.0, f32::max);
        if owner[bond.unit].is_none() && groups[bond.item].units.is_empty() && bond.score >= rival + 0.4 {
            owner[bond.unit] = Some(bond.item);
            groups[bond.item].units.push(bond.unit);
            groups[bond.item].anchor = Some(bond.unit);
            log.say(raw, &lines(&units[bond.unit]), "headline", bond.score, || {
                format!("the best of what is left for this article; {}", reason(Some(bond), prior))
            });
        }
    }
}

/// Gives further units to the item of a neighbour in their run.
fn join_rest(
    raw: &Raw,
    units: &[Unit],
    bonds: &Bonds,
    prior: &[f32; 3],
    owner: &mut [Option<usize>],
    groups: &mut [Group],
    log: &mut Log,
) {
    let mut runs: Vec<u32> = vec![0; units.last().map_or(0, |u| u.run + 1)];
    for unit in units {
        runs[unit.run] += 1;
    }
    // A few rounds, so that a chain of kicker, main and deck can grow from its anchor.
    for round in 0..MOST_UNITS {
        let mut joined = false;
        for u in 0..units.len() {
            if owner[u].is_some() {
                continue;
            }
            let side = |v: Option<usize>| {
                v.filter(|&v| v < units.len() && units[v].run == units[u].run).and_then(|v| owner[v].map(|i| (v, i)))
            };
            let neighbours = [side(u.checked_sub(1)), side(Some(u + 1))];
            let mut best: Option<(f32, usize)> = None;
            for (v, i) in neighbours.into_iter().flatten() {
                if groups[i].units.len() >= MOST_UNITS {
                    continue;
                }
                let touch =
                    units[u].blocks.0.abs_diff(units[v].blocks.1).min(units[v].blocks.0.abs_diff(units[u].blocks.1))
                        <= 2;
                let bond = bonds.find(u, i);
                let content = bond.map_or(0.0, |b| 6.0 * b.share + b.place + b.ground);
                let stand = bond.map_or(0.0, |b| prior[b.stand as usize] * 0.5);
                let small = runs[units[u].run] <= 4;
                let motto = small && touch && units[u].couplet;
                let framed = bonds.frames[u].is_some() && bonds.frames[u] == bonds.frames[v];
                let form =
                    form_bonus(&units[u].glyphs) + if motto { 0.8 } else { 0.0 } + if framed { FRAMED } else { 0.0 };
                // Place alone is not enough: weather, numbers and slogans of the paper stand there too.
                if content + form < 0.6 {
                    continue;
                }
                let score = content + stand + form + if touch { 1.0 } else { 0.3 } - 0.3 * round as f32;
                if best.is_none_or(|(s, _)| score > s) {
                    best = Some((score, i));
                }
            }
            // The few lines right above a body are its headline group.
            let least = match best.and_then(|(_, i)| bonds.find(u, i)) {
                Some(b) if b.stand == Stand::Before && runs[units[u].run] <= 3 => JOIN_LEAST - 0.5,
                _ if runs[units[u].run] <= 4 && units[u].couplet => JOIN_LEAST - 0.4,
                _ => JOIN_LEAST,
            };
            // Another item that the unit fits better keeps it free of this one.
            let rival = bonds
                .of_unit(u)
                .iter()
                .filter(|b| Some(b.item) != best.map(|x| x.1))
                .map(|b| {
                    // An article with its headline right above it hardly wants another line from afar.
                    let anchor = groups[b.item].anchor.and_then(|a| bonds.find(a, b.item));
                    let served = prior[0] > 0.8 && anchor.is_some_and(|a| a.stand == Stand::Before);
                    b.score - if served && b.stand == Stand::Far { 2.5 } else { 0.0 }
                })
                .fold(0.0, f32::max);
            if let Some((score, i)) = best.filter(|(s, _)| *s >= least && *s + 0.5 >= rival) {
                owner[u] = Some(i);
                groups[i].units.push(u);
                joined = true;
                log.say(raw, &lines(&units[u]), "headline", score, || {
                    format!("stands beside the headline of this article; {}", reason(bonds.find(u, i), prior))
                });
            }
        }
        if !joined {
            break;
        }
    }
    // Units of a swapped or scattered group that stand alone but fit one item only.
    for u in 0..units.len() {
        if owner[u].is_some() {
            continue;
        }
        let mut scores: Vec<(f32, usize)> = bonds.of_unit(u).iter().map(|b| (b.score, b.item)).collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let Some(&(best, i)) = scores.first() else { continue };
        let second = scores.get(1).map_or(0.0, |s| s.0);
        // A headline right before its body has its group around it; far matter is a list or a box.
        let settled =
            groups[i].anchor.and_then(|a| bonds.find(a, i)).is_some_and(|b| b.stand == Stand::Before && prior[0] > 0.8);
        if !settled && best >= 3.4 && best - second >= 1.5 && groups[i].units.len() < MOST_UNITS {
            owner[u] = Some(i);
            groups[i].units.push(u);
            log.say(raw, &lines(&units[u]), "headline", best, || {
                format!("fits this article alone; {}", reason(bonds.find(u, i), prior))
            });
        }
    }
}

/// What it tells of a line that it stands in one frame with the headline of an article.
const FRAMED: f32 = 1.4;
/// How much of what speaks for its neighbours in the frame speaks for a unit.
const SHARED: f32 = 0.8;

/// Forms that are never a headline alone: a deck with a dash, a kicker that ends in 强调.
fn form_bonus(glyphs: &[Glyph]) -> f32 {
    let bracketed = matches!(glyphs[0].c, '（' | '(') && matches!(glyphs[glyphs.len() - 1].c, '）' | ')');
    if matches!(glyphs[0].c, '—' | '─' | '―') || bracketed || is_kicker_form(glyphs) { 1.0 } else { 0.0 }
}

/// A kicker by its form: 王某某在调研时强调.
pub(crate) fn is_kicker_form(glyphs: &[Glyph]) -> bool {
    // The last characters of the words below.
    if !matches!(glyphs.last().map(|g| g.c), Some('调' | '出' | '求' | '示' | '調' | '说' | '為' | '为' | '：' | '上'))
    {
        return false;
    }
    ["强调", "指出", "要求", "表示", "強調", "提出", "时说", "認為", "认为", "：", "基础上"]
        .iter()
        .any(|e| ends_with(glyphs, e))
}

/// All bonds with some evidence, sorted by unit and item.
struct Bonds {
    all: Vec<Bond>,
    /// Where those of each unit end.
    ends: Vec<usize>,
    /// The frame of each unit, if it stands in one.
    frames: Vec<Option<usize>>,
}

impl Bonds {
    /// Lets units of one frame speak for each other's articles.
    fn share_in_frames(&mut self) {
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

    /// The bonds of one unit.
    fn of_unit(&self, unit: usize) -> &[Bond] {
        &self.all[unit.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[unit]]
    }

    fn find(&self, unit: usize, item: usize) -> Option<&Bond> {
        self.of_unit(unit).iter().find(|b| b.item == item)
    }
}

fn lines(unit: &Unit) -> Vec<u32> {
    unit.lines.iter().map(|l| l.0).collect()
}

fn reason(bond: Option<&Bond>, prior: &[f32; 3]) -> String {
    let Some(b) = bond else { return "nothing but its place speaks for it".to_owned() };
    let stand = match b.stand {
        Stand::Before => "stands right before the body",
        Stand::After => "stands right after the body",
        Stand::Far => "stands apart from the body",
    };
    let place = if b.place > 0.0 {
        ", names the place of the dateline"
    } else if b.place < 0.0 {
        ", names the place of another dateline"
    } else {
        ""
    };
    let ground = if b.ground > 0.0 {
        format!(", stands at this text on paper ({:+.1})", b.ground)
    } else if b.ground < 0.0 {
        format!(", stands at another text on paper ({:+.1})", b.ground)
    } else {
        String::new()
    };
    format!(
        "{:.0} % of its words, by rarity, occur in the body ({:.0} % in the lead), {stand} ({:+.1}){place}{ground}",
        100.0 * b.share.min(1.0),
        100.0 * b.lead.min(1.0),
        prior[b.stand as usize]
    )
}

/// Where headlines of this page stand to their bodies, as log odds against far away.
fn learn_stand(bonds: &Bonds, units: usize) -> [f32; 3] {
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
fn bonds(raw: &Raw, blocks: &[Block], items: &[Item], units: &[Unit], content: &Content) -> Bonds {
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
        out.all.extend(cells.iter().map(|&(item, share, lead)| {
            let place = match places[item] {
                Some(_) if named(item) => 3.0,
                Some(_) if some_named => -3.0,
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

/// For each unit what its place on paper says of each item; nothing where places are not known.
fn grounds(raw: &Raw, blocks: &[Block], items: &[Item], units: &[Unit]) -> Vec<Vec<f32>> {
    let Some(geometry) = &raw.geometry else { return Vec::new() };
    let ground = crate::geometry::Ground::of(geometry, raw, blocks, items);
    let place = |u: usize| geometry.around(raw, lines(&units[u]));
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
