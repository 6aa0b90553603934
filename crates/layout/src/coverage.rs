//! How much of a headline an item restates: shared pairs of neighbouring characters, by rarity.
//!
//! Pairs of all headline units are numbered first, so that the bodies are read once, whatever the
//! number of headlines; what a common pair occurs in is remembered up to a bound.

use crate::blocks::{Block, Sort};
use crate::content::pair_hash;
use crate::glyphs::{Class, Glyph, Raw};
use crate::items::Item;
use crate::units::Unit;

/// Characters of an item's first paragraph that count as its lead.
const LEAD: usize = 130;

/// What each unit shares with each item: (item, share, lead), items in order.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// For each unit its row.
    pub(crate) of_unit: Vec<Vec<(usize, f32, f32)>>,
    sizes: Vec<f32>,
}

/// Weight of a pair that no item holds, set against one that a single item holds: headlines may say
/// some things in words of their own.
const UNTOLD: f32 = 0.55;

/// In the assignment a unit is weighed as if it had at least so many pairs: few pairs prove little.
pub(crate) const LEAST_PAIRS: f32 = 6.0;

/// Items kept for each unit.
const MOST_ITEMS: usize = 40;

impl Content {
    /// Compares all units with all items; a unit counts as if it had at least `least` pairs.
    pub(crate) fn of(raw: &Raw, blocks: &[Block], items: &[Item], units: &[Unit], least: f32) -> Content {
        let index = Index::of(units);
        let found = index.search(raw, blocks, items);
        let n = items.len() as f32;
        let rarest = ((n + 1.5) / 1.5).ln();
        let mut out = Content { of_unit: Vec::with_capacity(units.len()), sizes: Vec::with_capacity(units.len()) };
        // Sums by item, emptied after each unit.
        let mut sums: Vec<(f32, f32)> = vec![(0.0, 0.0); items.len()];
        let mut touched: Vec<usize> = Vec::new();
        for ids in &index.of_unit {
            let mut all = 0.0;
            for &id in ids {
                let postings = found.of(id);
                if postings.is_empty() {
                    all += UNTOLD;
                    continue;
                }
                let weight = (((n + 1.5) / (postings.len() as f32 + 0.5)).ln().max(0.05) / rarest).min(1.0);
                all += weight;
                for &(item, lead) in postings {
                    let sum = &mut sums[item as usize];
                    if *sum == (0.0, 0.0) {
                        touched.push(item as usize);
                    }
                    sum.0 += weight * if lead { 1.2 } else { 1.0 };
                    sum.1 += f32::from(u8::from(lead));
                }
            }
            // Few pairs prove little.
            let all: f32 = f32::max(all, least);
            let pairs = ids.len().max(3) as f32;
            // On a page of very many articles only the best are of interest.
            if touched.len() > MOST_ITEMS {
                touched.select_nth_unstable_by(MOST_ITEMS, |a, b| sums[*b].0.total_cmp(&sums[*a].0).then(a.cmp(b)));
                for i in touched.drain(MOST_ITEMS..) {
                    sums[i] = (0.0, 0.0);
                }
            }
            touched.sort_unstable();
            let row = touched.drain(..).map(|i| {
                let (share, lead) = std::mem::take(&mut sums[i]);
                (i, share / all, lead / pairs)
            });
            out.of_unit.push(row.collect());
            out.sizes.push(pairs);
        }
        out
    }

    /// The share of a unit that an item holds.
    pub(crate) fn share(&self, unit: usize, item: usize) -> f32 {
        let row = &self.of_unit[unit];
        row.binary_search_by_key(&item, |s| s.0).map_or(0.0, |at| row[at].1)
    }

    /// The item that holds most of a unit, its share, and that of the next best.
    pub(crate) fn best(&self, unit: usize) -> Option<(usize, f32, f32)> {
        let mut best: Option<(usize, f32, f32)> = None;
        for &(item, share, _) in &self.of_unit[unit] {
            best = match best {
                Some((_, top, _)) if share > top => Some((item, share, top)),
                Some((i, top, second)) => Some((i, top, second.max(share))),
                None => Some((item, share, 0.0)),
            };
        }
        best
    }

    /// True if two units are about one item: together they fit it hardly less than each fits its own.
    pub(crate) fn agree(&self, a: usize, b: usize) -> bool {
        let top = |u: usize| self.of_unit[u].iter().map(|s| s.1).fold(0.0, f32::max) * self.sizes[u];
        let apart = top(a) + top(b);
        let items = self.of_unit[a].iter().chain(&self.of_unit[b]).map(|s| s.0);
        let together = |i: usize| self.share(a, i) * self.sizes[a] + self.share(b, i) * self.sizes[b];
        let both = items.map(together).fold(0.0, f32::max);
        both >= 0.85 * apart
    }
}

/// Pairs of all units, numbered.
struct Index {
    of_unit: Vec<Vec<u32>>,
    table: Vec<u32>,
    filter: Vec<u64>,
    keys: Vec<(char, char, u32)>,
}

/// Bits of the filter.
const FILTER: usize = 1 << 15;

impl Index {
    fn of(units: &[Unit]) -> Index {
        let pairs: usize = units.iter().map(|u| u.glyphs.len()).sum();
        let size = (pairs * 2).next_power_of_two().clamp(1 << 8, 1 << 20);
        let mut index = Index {
            of_unit: Vec::with_capacity(units.len()),
            table: vec![u32::MAX; size],
            filter: vec![0; FILTER / 64],
            keys: Vec::new(),
        };
        for unit in units {
            let mut ids: Vec<u32> = Vec::new();
            for w in unit.glyphs.windows(2).take(120) {
                if is_word(&w[0]) && is_word(&w[1]) && !is_count(&w[0], &w[1]) {
                    let id = index.add(w[0].c, w[1].c);
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
            }
            index.of_unit.push(ids);
        }
        index
    }

    fn get(&self, a: char, b: char) -> Option<u32> {
        let hash = pair_hash(a, b) as usize;
        // Most pairs of a body are in no headline; the filter fits the nearest cache.
        let bit = hash >> 12 & (FILTER - 1);
        if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mut at = self.table[hash & (self.table.len() - 1)];
        while at != u32::MAX {
            let (x, y, next) = self.keys[at as usize];
            if (x, y) == (a, b) {
                return Some(at);
            }
            at = next;
        }
        None
    }

    fn add(&mut self, a: char, b: char) -> u32 {
        if let Some(id) = self.get(a, b) {
            return id;
        }
        let id = self.keys.len() as u32;
        let hash = pair_hash(a, b) as usize;
        let bit = hash >> 12 & (FILTER - 1);
        self.filter[bit / 64] |= 1 << (bit % 64);
        let slot = hash & (self.table.len() - 1);
        self.keys.push((a, b, self.table[slot]));
        self.table[slot] = id;
        id
    }

    /// For each pair, the items that hold it (at most [`MOST_POSTINGS`]) and whether their lead does.
    fn search(&self, raw: &Raw, blocks: &[Block], items: &[Item]) -> Postings {
        let mut hits: Vec<(u32, u32, bool)> = Vec::new();
        // For each pair the last item it was met in, plus one, and how many items hold it.
        let mut met: Vec<(u32, u32)> = vec![(0, 0); self.keys.len()];
        for (i, item) in items.iter().enumerate() {
            let mut n = 0;
            let mut first = true;
            for &b in item.body.iter().filter(|&&b| blocks[b].sort == Sort::Para) {
                let mut last: Option<char> = None;
                for &l in &blocks[b].lines {
                    for g in raw.lines[l as usize].of(&raw.glyphs) {
                        n += 1;
                        if !is_word(g) {
                            last = None;
                            continue;
                        }
                        if let Some(p) = last
                            && let Some(id) = self.get(p, g.c)
                        {
                            let seen = &mut met[id as usize];
                            if seen.0 != i as u32 + 1 && (seen.1 as usize) < MOST_POSTINGS {
                                *seen = (i as u32 + 1, seen.1 + 1);
                                hits.push((id, i as u32, first && n <= LEAD));
                            }
                        }
                        last = Some(g.c);
                    }
                }
                first = false;
            }
        }
        let mut starts = Vec::with_capacity(met.len() + 1);
        let mut sum = 0;
        starts.push(0);
        for (_, count) in &met {
            sum += count;
            starts.push(sum);
        }
        let mut next = starts.clone();
        let mut all = vec![(0, false); hits.len()];
        for (id, item, lead) in hits {
            let at = &mut next[id as usize];
            all[*at as usize] = (item, lead);
            *at += 1;
        }
        Postings { starts, all }
    }
}

/// Items by pair, in one list.
struct Postings {
    starts: Vec<u32>,
    all: Vec<(u32, bool)>,
}

impl Postings {
    fn of(&self, id: u32) -> &[(u32, bool)] {
        &self.all[self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize]
    }
}

/// Items remembered for each pair: more, and it tells nothing.
const MOST_POSTINGS: usize = 48;

/// Figures and dates are shared by chance.
fn is_count(a: &Glyph, b: &Glyph) -> bool {
    let figure = |g: &Glyph| g.class == Class::Digit || matches!(g.c, '年' | '月' | '日');
    figure(a) && figure(b)
}

fn is_word(g: &Glyph) -> bool {
    matches!(g.class, Class::Han | Class::Digit | Class::Letter)
}
