//! How much of a headline an item restates: shared pairs of neighbouring characters, by rarity.
//!
//! Where the bodies hold which pairs is known from [`crate::sightings`]; what a common pair occurs in is
//! remembered up to a bound.

use crate::sightings::{Ids, Sightings};

/// What each unit shares with each item: (item, share, lead), items in order.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The rows of the units, one behind the other, and where each ends.
    cells: Vec<(usize, f32, f32)>,
    ends: Vec<usize>,
    sizes: Vec<f32>,
}

/// Weight of a pair that no item holds, set against one that a single item holds: headlines may say
/// some things in words of their own.
const UNTOLD: f32 = 0.55;

/// In the assignment a unit is weighed as if it had at least so many pairs: few pairs prove little.
pub(crate) const LEAST_PAIRS: f32 = 6.0;

/// Items kept for each unit.
const MOST_ITEMS: usize = 24;

impl Content {
    /// Compares all units with all items, which are given by their blocks; a unit counts as if it had at
    /// least `least` pairs.
    pub(crate) fn of(sightings: &Sightings, items: &[&[usize]], units: &Ids, least: f32) -> Content {
        let mut holders = Holders::of(sightings, items);
        let mut out = Content {
            cells: Vec::with_capacity(units.len() * 4),
            ends: Vec::with_capacity(units.len()),
            sizes: Vec::with_capacity(units.len()),
        };
        for u in 0..units.len() {
            let ids = units.of(u);
            holders.compare(ids, least, &mut out.cells);
            out.ends.push(out.cells.len());
            out.sizes.push(ids.len().max(3) as f32);
        }
        out
    }

    /// What a unit shares with each item that holds some of it.
    pub(crate) fn row(&self, unit: usize) -> &[(usize, f32, f32)] {
        &self.cells[unit.checked_sub(1).map_or(0, |u| self.ends[u])..self.ends[unit]]
    }

    /// The share of a unit that an item holds.
    pub(crate) fn share(&self, unit: usize, item: usize) -> f32 {
        share(self.row(unit), item)
    }

    /// The item that holds most of a unit, its share, and that of the next best.
    pub(crate) fn best(&self, unit: usize) -> Option<(usize, f32, f32)> {
        best(self.row(unit))
    }

    /// True if two units are about one item: together they fit it hardly less than each fits its own.
    pub(crate) fn agree(&self, a: usize, b: usize) -> bool {
        let top = |u: usize| self.row(u).iter().map(|s| s.1).fold(0.0, f32::max) * self.sizes[u];
        let apart = top(a) + top(b);
        let items = self.row(a).iter().chain(self.row(b)).map(|s| s.0);
        let together = |i: usize| self.share(a, i) * self.sizes[a] + self.share(b, i) * self.sizes[b];
        let both = items.map(together).fold(0.0, f32::max);
        both >= 0.85 * apart
    }
}

/// The share of a unit that an item holds, by what the unit shares with each item.
pub(crate) fn share(row: &[(usize, f32, f32)], item: usize) -> f32 {
    row.binary_search_by_key(&item, |s| s.0).map_or(0.0, |at| row[at].1)
}

/// The item that holds most of a unit, its share, and that of the next best.
pub(crate) fn best(row: &[(usize, f32, f32)]) -> Option<(usize, f32, f32)> {
    let mut best: Option<(usize, f32, f32)> = None;
    for &(item, share, _) in row {
        best = match best {
            Some((_, top, _)) if share > top => Some((item, share, top)),
            Some((i, top, second)) => Some((i, top, second.max(share))),
            None => Some((item, share, 0.0)),
        };
    }
    best
}

/// For each pair, the items that hold it (at most [`MOST_POSTINGS`]) and whether their lead does.
pub(crate) struct Holders {
    /// Items by pair, in one list, and where those of each pair begin.
    all: Vec<(u32, bool)>,
    starts: Vec<u32>,
    /// Sums by item, 0 between two units.
    sums: Vec<(f32, f32)>,
    touched: Vec<usize>,
}

impl Holders {
    pub(crate) fn of(sightings: &Sightings, items: &[&[usize]]) -> Holders {
        let mut hits: Vec<(u32, u32, bool)> = Vec::with_capacity(sightings.len());
        // For each pair the last item it was met in, plus one, and how many items hold it.
        let mut met: Vec<(u32, u32)> = vec![(0, 0); sightings.pairs()];
        for (i, item) in items.iter().enumerate() {
            let mut first = true;
            for &b in item.iter() {
                let Some(found) = sightings.of_block(b) else { continue };
                for sighting in found {
                    let seen = &mut met[sighting.pair as usize];
                    if seen.0 != i as u32 + 1 && (seen.1 as usize) < MOST_POSTINGS {
                        *seen = (i as u32 + 1, seen.1 + 1);
                        hits.push((sighting.pair, i as u32, first && sighting.lead));
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
        // From here on `met` counts what is placed.
        let mut all = vec![(0, false); hits.len()];
        for (id, item, lead) in hits {
            let left = &mut met[id as usize].1;
            all[(starts[id as usize + 1] - *left) as usize] = (item, lead);
            *left -= 1;
        }
        Holders { all, starts, sums: vec![(0.0, 0.0); items.len()], touched: Vec::new() }
    }

    /// Adds to a list what a unit of such pairs shares with each item: (item, share, lead), items in order.
    pub(crate) fn compare(&mut self, ids: &[u32], least: f32, out: &mut Vec<(usize, f32, f32)>) {
        let Holders { all: items, starts, sums, touched } = self;
        let n = sums.len() as f32;
        let rarest = ((n + 1.5) / 1.5).ln();
        let mut all = 0.0;
        for &id in ids {
            let held = &items[starts[id as usize] as usize..starts[id as usize + 1] as usize];
            if held.is_empty() {
                all += UNTOLD;
                continue;
            }
            let weight = (((n + 1.5) / (held.len() as f32 + 0.5)).ln().max(0.05) / rarest).min(1.0);
            all += weight;
            for &(item, lead) in held {
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
        out.extend(touched.drain(..).map(|i| {
            let (share, lead) = std::mem::take(&mut sums[i]);
            (i, share / all, lead / pairs)
        }));
    }
}

/// Items remembered for each pair: more, and it tells nothing.
const MOST_POSTINGS: usize = 24;
