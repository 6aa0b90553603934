//! Which headline belongs to which body: a one-to-one assignment of one main unit to each item, and
//! of the units around it.
//!
//! A headline restates its article. So the evidence is, first, how many pairs of neighbouring
//! characters of the unit occur in the item, rare ones and those of the lead counting more; then the
//! place of the dateline; then where on this page headlines stand to their bodies, which is learnt
//! from the sure ones. Positions on paper, once known, are one more term of the same sum.

use crate::blocks::Block;
use crate::bonds::{Bond, Bonds, Stand, bonds, learn_stand};
use crate::coverage::Content;
use crate::explain::Log;
use crate::few::Few;
use crate::glyphs::{Class, Glyph, Raw};
use crate::items::Item;
use crate::matching;
use crate::openings::opens_with_dash;
use crate::phrases::{contains, ends_with};
use crate::slots::names_column;
use crate::units::Unit;

/// Headline units of an item, in page order, and which of them holds the article down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) units: Few<usize, MOST_UNITS>,
    pub(crate) anchor: Option<usize>,
    /// True if the anchor stands right above the body, where headline groups are printed in order.
    pub(crate) before: bool,
    /// What speaks for the anchor, and how much more than for its best rival elsewhere.
    pub(crate) score: f32,
    pub(crate) ahead: f32,
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
    let rows = rows(units);
    for bond in bonds.all.iter_mut().filter(|b| rows[b.unit]) {
        bond.score = NEVER;
    }
    let decks = bonds.let_decks_speak(units);
    // One main unit an item.
    let edges: Vec<(usize, usize, f32)> = bonds
        .all
        .iter()
        .filter(|b| b.score >= MAIN_LEAST && !decks[b.unit])
        .map(|b| (b.unit, b.item, b.score - MAIN_LEAST + 0.1))
        .collect();
    let chosen = matching::best(units.len(), items.len(), &edges);
    let owner: Vec<Option<usize>> = chosen.clone();
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
    let mut claims = Claims { raw, units, bonds: &bonds, prior: &prior, owner, groups, log };
    claims.claim_rest();
    claims.join_rest();
    claims.join_scattered();
    // What was just given has neighbours of its own.
    claims.join_rest();
    claims.fill(&rows);
    claims.complete(&rows);
    claims.join_heaps();
    claims.last_pair();
    let Claims { owner, mut groups, log, .. } = claims;
    for (i, group) in groups.iter_mut().enumerate() {
        group.units.sort_unstable();
        group.before = group.anchor.and_then(|a| bonds.find(a, i)).is_some_and(|b| b.stand == Stand::Before);
        if let Some(anchor) = group.anchor {
            group.score = bonds.find(anchor, i).map_or(0.0, |b| b.score);
            let elsewhere = bonds.of_unit(anchor).iter().filter(|b| b.item != i).map(|b| b.score);
            group.ahead = group.score - elsewhere.fold(0.0, f32::max);
        }
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

/// Units and items on their way to each other.
struct Claims<'a> {
    raw: &'a Raw<'a>,
    units: &'a [Unit<'a>],
    bonds: &'a Bonds,
    prior: &'a [f32; 3],
    /// The item of each unit.
    owner: Vec<Option<usize>>,
    groups: Vec<Group>,
    log: &'a mut Log,
}

impl Claims<'_> {
    /// Gives a unit to an item.
    fn give(&mut self, unit: usize, item: usize) {
        self.owner[unit] = Some(item);
        self.groups[item].units.push(unit);
    }

    /// Items left without headline take the unit that fits them best, if it fits nothing else better.
    fn claim_rest(&mut self) {
        let (units, bonds, prior) = (self.units, self.bonds, self.prior);
        let mut rest: Vec<&Bond> = bonds
            .all
            .iter()
            .filter(|b| {
                self.owner[b.unit].is_none()
                    && self.groups[b.item].units.is_empty()
                    && b.score >= ONLY_LEAST
                    && b.share > 0.1
            })
            .collect();
        rest.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.unit, a.item).cmp(&(b.unit, b.item))));
        for bond in rest {
            let rival =
                bonds.of_unit(bond.unit).iter().filter(|b| b.item != bond.item).map(|b| b.score).fold(0.0, f32::max);
            if self.owner[bond.unit].is_none() && self.groups[bond.item].units.is_empty() && bond.score >= rival + 0.4 {
                self.give(bond.unit, bond.item);
                self.groups[bond.item].anchor = Some(bond.unit);
                self.log.say(self.raw, &lines(&units[bond.unit]), "headline", bond.score, || {
                    format!("the best of what is left for this article; {}", reason(Some(bond), prior))
                });
            }
        }
    }

    /// Gives further units to the item of a neighbour in their run.
    fn join_rest(&mut self) {
        let (units, bonds, prior) = (self.units, self.bonds, self.prior);
        let mut runs: Vec<u32> = vec![0; units.last().map_or(0, |u| u.run + 1)];
        for unit in units {
            runs[unit.run] += 1;
        }
        // A few rounds, so that a chain of kicker, main and deck can grow from its anchor.
        for round in 0..MOST_UNITS {
            let mut joined = false;
            for u in 0..units.len() {
                if self.owner[u].is_some() {
                    continue;
                }
                let side = |v: Option<usize>| {
                    v.filter(|&v| v < units.len() && units[v].run == units[u].run)
                        .and_then(|v| self.owner[v].map(|i| (v, i)))
                };
                let neighbours = [side(u.checked_sub(1)), side(Some(u + 1))];
                let mut best: Option<(f32, usize)> = None;
                let mut by_form = 0.0;
                for (v, i) in neighbours.into_iter().flatten() {
                    if self.groups[i].units.len() >= MOST_UNITS {
                        continue;
                    }
                    let touch = units[u]
                        .blocks
                        .0
                        .abs_diff(units[v].blocks.1)
                        .min(units[v].blocks.0.abs_diff(units[u].blocks.1))
                        <= 2;
                    let bond = bonds.find(u, i);
                    let content = bond.map_or(0.0, |b| 6.0 * b.share + b.place + b.ground);
                    let stand = bond.map_or(0.0, |b| prior[b.stand as usize] * 0.5);
                    let small = runs[units[u].run] <= 4;
                    let motto = small && touch && units[u].couplet;
                    let framed = bonds.frames[u].is_some() && bonds.frames[u] == bonds.frames[v];
                    let form = form_bonus(&units[u].glyphs)
                        + if motto { 0.8 } else { 0.0 }
                        + if framed { FRAMED } else { 0.0 };
                    // Place alone is not enough: weather, numbers and slogans of the paper stand there too.
                    if content + form < 0.6 {
                        continue;
                    }
                    let score = content + stand + form + if touch { 1.0 } else { 0.3 } - 0.3 * round as f32;
                    if best.is_none_or(|(s, _)| score > s) {
                        best = Some((score, i));
                        by_form = form_bonus(&units[u].glyphs);
                    }
                }
                // The few lines right above a body are its headline group.
                let least = match best.and_then(|(_, i)| bonds.find(u, i)) {
                    Some(b) if b.stand == Stand::Before && runs[units[u].run] <= 3 => JOIN_LEAST - 0.5,
                    _ if runs[units[u].run] <= 4 && units[u].couplet => JOIN_LEAST - 0.4,
                    _ => JOIN_LEAST,
                };
                // Another item that the unit fits better, its form apart, keeps it free of this one.
                let rival = bonds
                    .of_unit(u)
                    .iter()
                    .filter(|b| Some(b.item) != best.map(|x| x.1))
                    .map(|b| {
                        // An article with its headline right above it hardly wants another line from afar.
                        let anchor = self.groups[b.item].anchor.and_then(|a| bonds.find(a, b.item));
                        let served = prior[0] > 0.8 && anchor.is_some_and(|a| a.stand == Stand::Before);
                        b.score - if served && b.stand == Stand::Far { 2.5 } else { 0.0 }
                    })
                    .fold(0.0, f32::max);
                if let Some((score, i)) = best.filter(|(s, _)| *s >= least && *s - by_form + 0.9 >= rival) {
                    self.give(u, i);
                    joined = true;
                    self.log.say(self.raw, &lines(&units[u]), "headline", score, || {
                        format!("stands beside the headline of this article; {}", reason(bonds.find(u, i), prior))
                    });
                }
            }
            if !joined {
                break;
            }
        }
    }

    /// Gives what stands between a headline and its body to the same article: there is nothing else that it could head.
    fn fill(&mut self, rows: &[bool]) {
        let mut first = 0;
        for run in self.units.chunk_by(|a, b| a.run == b.run) {
            let range = first..first + run.len();
            first = range.end;
            if run.len() >= LEAST_HEAP {
                continue;
            }
            let stands = |u: usize, stand: Stand| {
                self.owner[u].filter(|&i| self.bonds.find(u, i).is_some_and(|b| b.stand == stand)).map(|i| (u, i))
            };
            let last = range.clone().rev().find(|&u| self.owner[u].is_some());
            let below = last.and_then(|u| stands(u, Stand::Before)).map(|(u, i)| (u + 1..range.end, i));
            let next = range.clone().find(|&u| self.owner[u].is_some());
            let above = next.and_then(|u| stands(u, Stand::After)).map(|(u, i)| (range.start..u, i));
            for (between, item) in below.into_iter().chain(above) {
                if between.len() + self.groups[item].units.len() > MOST_UNITS
                    || between.clone().any(|u| rows[u] || !self.may_head(u))
                {
                    continue;
                }
                for u in between {
                    self.give(u, item);
                    self.log.say(self.raw, &lines(&self.units[u]), "headline", 1.0, || {
                        "stands between the headline of this article and its text".to_owned()
                    });
                }
            }
        }
    }

    /// Where an article has only a deck with a dash, or only who urged something, the line beside it is its main headline.
    fn complete(&mut self, rows: &[bool]) {
        for item in 0..self.groups.len() {
            let &[unit] = &self.groups[item].units[..] else { continue };
            let g = &self.units[unit].glyphs;
            let above = opens_with_dash(g);
            if !above && !is_kicker_form(g) {
                continue;
            }
            let sides =
                if above { [unit.checked_sub(1), Some(unit + 1)] } else { [Some(unit + 1), unit.checked_sub(1)] };
            let free = |u: &usize| {
                self.units.get(*u).is_some_and(|x| x.run == self.units[unit].run)
                    && self.owner[*u].is_none()
                    && !rows[*u]
                    && self.may_head(*u)
            };
            let Some(main) = sides.into_iter().flatten().find(free) else { continue };
            self.give(main, item);
            self.log.say(self.raw, &lines(&self.units[main]), "headline", 1.0, || {
                "stands beside the kicker or deck of this article, which has no main headline".to_owned()
            });
        }
    }

    /// False for what is no headline line by its form: a list of names, a byline, a telephone number, a scrap.
    fn may_head(&self, u: usize) -> bool {
        let unit = &self.units[u];
        let g = &unit.glyphs;
        let listed = !unit.couplet && g.iter().skip(1).any(|x| x.gap > 0);
        let told = ["记者", "記者", "通讯员", "热线", "电话"].iter().any(|w| contains(g, w));
        g.len() >= LEAST_FILL && g[0].class != Class::Mark && !listed && !told
    }

    /// Gives units of a swapped or scattered group, which stand alone, to the one item that they fit.
    fn join_scattered(&mut self) {
        let (units, bonds, prior) = (self.units, self.bonds, self.prior);
        for (u, unit) in units.iter().enumerate() {
            if self.owner[u].is_some() {
                continue;
            }
            let mut scores: Vec<(f32, usize)> = bonds.of_unit(u).iter().map(|b| (b.score, b.item)).collect();
            scores.sort_by(|a, b| b.0.total_cmp(&a.0));
            let Some(&(best, i)) = scores.first() else { continue };
            let second = scores.get(1).map_or(0.0, |s| s.0);
            // A headline right before its body has its group around it; far matter is a list or a box.
            let settled = self.groups[i]
                .anchor
                .and_then(|a| bonds.find(a, i))
                .is_some_and(|b| b.stand == Stand::Before && prior[0] > 0.8);
            if !settled && best >= 3.4 && best - second >= 1.5 && self.groups[i].units.len() < MOST_UNITS {
                self.give(u, i);
                self.log.say(self.raw, &lines(unit), "headline", best, || {
                    format!("fits this article alone; {}", reason(bonds.find(u, i), prior))
                });
            }
        }
    }

    /// The one article without headline takes the one headline without article, if it says any of its words: on a page
    /// where all others have found theirs, they belong together.
    fn last_pair(&mut self) {
        let (units, bonds, prior) = (self.units, self.bonds, self.prior);
        let mut bare = (0..self.groups.len()).filter(|&i| self.groups[i].units.is_empty());
        let mut left = (0..units.len()).filter(|&u| self.owner[u].is_none() && units[u].glyphs.len() >= LEAST_LAST);
        let (Some(i), None, Some(u), None) = (bare.next(), bare.next(), left.next(), left.next()) else { return };
        let Some(bond) = bonds.find(u, i).filter(|b| b.share > LEAST_SAID) else { return };
        let fits_best = bonds.of_unit(u).iter().all(|b| b.share <= bond.share);
        if self.groups.len() >= LEAST_SERVED && fits_best && !is_kicker_form(&units[u].glyphs) {
            self.give(u, i);
            self.groups[i].anchor = Some(u);
            self.log.say(self.raw, &lines(&units[u]), "headline", bond.score, || {
                format!("the last headline for the last article; {}", reason(Some(bond), prior))
            });
        }
    }

    /// Kickers of a heap of headlines, each given to the article of the heap that it says most of, one an article.
    fn join_heaps(&mut self) {
        let (units, bonds, prior) = (self.units, self.bonds, self.prior);
        let mut edges = Vec::new();
        let mut first = 0;
        for run in units.chunk_by(|a, b| a.run == b.run) {
            let range = first..first + run.len();
            first = range.end;
            if run.len() < LEAST_HEAP {
                continue;
            }
            let has_motto = |i: usize| self.groups[i].units.len() > 1;
            let mut anchored: Vec<usize> =
                range.clone().filter_map(|u| self.owner[u]).filter(|&i| !has_motto(i)).collect();
            anchored.sort_unstable();
            for u in range.filter(|&u| self.owner[u].is_none() && units[u].couplet) {
                let worth = |b: &Bond| 6.0 * b.share + b.place;
                let mut of: Vec<&Bond> =
                    bonds.of_unit(u).iter().filter(|b| anchored.binary_search(&b.item).is_ok()).collect();
                of.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
                let Some(best) = of.first() else { continue };
                let second = of.get(1).map_or(0.0, |b| worth(b));
                if worth(best) >= HEAP_LEAST && worth(best) - second >= HEAP_AHEAD {
                    edges.push((u, best.item, worth(best)));
                }
            }
        }
        if edges.is_empty() {
            return;
        }
        for (u, item) in matching::best(units.len(), self.groups.len(), &edges).into_iter().enumerate() {
            let Some(i) = item else { continue };
            self.give(u, i);
            self.log.say(self.raw, &lines(&units[u]), "headline", HEAP_LEAST, || {
                format!(
                    "of the articles of this heap of headlines it says most of this one; {}",
                    reason(bonds.find(u, i), prior)
                )
            });
        }
    }
}

/// The score of what is no headline.
const NEVER: f32 = -9.0;

/// For each unit whether it is a row of a list of figures: 白菜 0.62元/公斤 among others of the kind.
fn rows(units: &[Unit]) -> Vec<bool> {
    let figure = |u: &Unit| {
        let first = u.glyphs.iter().position(|g| g.class == Class::Digit).unwrap_or(0);
        let mostly = first >= 2 && (u.glyphs.len() - first) * 5 >= u.glyphs.len() * 2;
        let unit = matches!(
            u.glyphs[u.glyphs.len() - 1].c,
            '元' | '斤' | '吨' | '噸' | '亩' | '%' | '％' | '分' | '℃' | '米' | '克' | '0'..='9'
        );
        unit && mostly && u.glyphs.len() <= 24
    };
    let like: Vec<bool> = units.iter().map(figure).collect();
    let beside = |u: usize, v: usize| units.get(v).is_some_and(|x| x.run == units[u].run) && like[v];
    let joined = |u: usize| units[u].lines.len() > 1;
    (0..units.len()).map(|u| like[u] && (joined(u) || beside(u, u + 1) || u > 0 && beside(u, u - 1))).collect()
}

/// Least share of its words, by rarity, that the article must say.
const LEAST_SAID: f32 = 0.1;
/// Least characters of a headline that is told by being the last.
const LEAST_LAST: usize = 6;
/// Least characters of a line that is told by standing between a headline and its body.
const LEAST_FILL: usize = 5;
/// Least articles of a page on which it is.
const LEAST_SERVED: usize = 4;

/// Units that make a run of display lines a heap of headlines of several articles.
const LEAST_HEAP: usize = 6;
/// Least that a kicker of a heap says of its article, and how much more than of the others.
const HEAP_LEAST: f32 = 0.7;
const HEAP_AHEAD: f32 = 0.3;

/// What it tells of a line that it stands in one frame with the headline of an article.
const FRAMED: f32 = 1.4;
/// Forms that are never a headline alone: a deck with a dash, a kicker that ends in 强调, the name of a column.
fn form_bonus(glyphs: &[Glyph]) -> f32 {
    let bracketed = matches!(glyphs[0].c, '（' | '(') && matches!(glyphs[glyphs.len() - 1].c, '）' | ')');
    if opens_with_dash(glyphs) || bracketed || is_kicker_form(glyphs) || names_column(glyphs) { 1.0 } else { 0.0 }
}

/// A kicker by its form: 王某某在调研时强调.
pub(crate) fn is_kicker_form(glyphs: &[Glyph]) -> bool {
    // The last characters of the words below.
    if !matches!(
        glyphs.last().map(|g| g.c),
        Some('调' | '出' | '求' | '示' | '調' | '说' | '為' | '为' | '：' | '上' | '署')
    ) {
        return false;
    }
    ["强调", "指出", "要求", "表示", "強調", "提出", "时说", "認為", "认为", "：", "基础上", "研究部署"]
        .iter()
        .any(|e| ends_with(glyphs, e))
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
