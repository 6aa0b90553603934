//! Where the paragraphs of a page hold the pairs of characters of its display lines.
//!
//! The pairs of all display lines are numbered first, so that the bodies are read once, whatever the
//! number of headlines, and whatever lines are later put together to headlines and paragraphs to items.

use crate::blocks::{Block, Sort};
use crate::content::pair_hash;
use crate::glyphs::{Class, Glyph, Raw};

/// Characters of an item's first paragraph that count as its lead.
const LEAD: usize = 130;

/// Pairs of a unit that are looked at.
const MOST_PAIRS: usize = 120;

/// The pairs of display lines, and where paragraphs hold them.
pub(crate) struct Sightings {
    index: Index,
    /// Pairs met in paragraphs, block by block, each with whether it stands in the first characters.
    found: Vec<(u32, bool)>,
    /// Where the pairs of each block begin and end in the list; none for blocks that are no paragraphs.
    places: Vec<Option<(u32, u32)>>,
}

/// The pairs of some units.
pub(crate) struct Ids {
    all: Vec<u32>,
    ends: Vec<usize>,
}

impl Ids {
    /// The pairs of a unit, each once.
    pub(crate) fn of(&self, unit: usize) -> &[u32] {
        &self.all[unit.checked_sub(1).map_or(0, |u| self.ends[u])..self.ends[unit]]
    }
}

impl Sightings {
    /// Numbers the pairs of all display lines, also those between one and the next, and looks for them.
    pub(crate) fn of_page(raw: &Raw, blocks: &[Block]) -> Sightings {
        // A display block is one line.
        let heads = blocks.iter().filter(|b| b.sort == Sort::Head);
        let heads: Vec<&[Glyph]> = heads.map(|b| raw.lines[b.lines[0] as usize].of(&raw.glyphs)).collect();
        Sightings::of(raw, blocks, &heads)
    }

    /// Numbers the pairs of units, and looks for them.
    pub(crate) fn of(raw: &Raw, blocks: &[Block], units: &[&[Glyph]]) -> Sightings {
        let index = Index::of(units);
        let mut found = Vec::with_capacity(raw.glyphs.len() / 8);
        let mut places = vec![None; blocks.len()];
        for (block, place) in blocks.iter().zip(&mut places).filter(|(b, _)| b.sort == Sort::Para) {
            let from = found.len() as u32;
            let mut n = 0;
            // No pair has the null character, so it stands for none.
            let mut last = '\0';
            for &l in &block.lines {
                let glyphs = raw.lines[l as usize].of(&raw.glyphs);
                for (k, g) in glyphs.iter().enumerate() {
                    if !is_word(g) {
                        last = '\0';
                        continue;
                    }
                    if let Some(id) = index.get(last, g.c) {
                        found.push((id, n + k < LEAD));
                    }
                    last = g.c;
                }
                n += glyphs.len();
            }
            *place = Some((from, found.len() as u32));
        }
        Sightings { index, found, places }
    }

    /// The pairs that a paragraph holds, in order, each with whether it stands in the first characters;
    /// none if the block is no paragraph.
    pub(crate) fn of_block(&self, block: usize) -> Option<&[(u32, bool)]> {
        self.places[block].map(|(from, to)| &self.found[from as usize..to as usize])
    }

    /// Number of pairs that are looked for.
    pub(crate) fn pairs(&self) -> usize {
        self.index.keys.len()
    }

    /// Number of places where one was found.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// The numbers of the pairs of units; none if one was not looked for.
    pub(crate) fn ids(&self, units: &[&[Glyph]]) -> Option<Ids> {
        let pairs: usize = units.iter().map(|u| u.len()).sum();
        let mut ids = Ids { all: Vec::with_capacity(pairs), ends: Vec::with_capacity(units.len()) };
        for unit in units {
            let from = ids.all.len();
            for (a, b) in pairs_of(unit) {
                let id = self.index.get(a, b)?;
                if !ids.all[from..].contains(&id) {
                    ids.all.push(id);
                }
            }
            ids.ends.push(ids.all.len());
        }
        Some(ids)
    }
}

/// The telling pairs of a unit.
fn pairs_of(unit: &[Glyph]) -> impl Iterator<Item = (char, char)> {
    unit.windows(2).take(MOST_PAIRS).filter(|w| is_telling(&w[0], &w[1])).map(|w| (w[0].c, w[1].c))
}

/// Pairs, numbered.
struct Index {
    table: Vec<u32>,
    filter: [u64; FILTER / 64],
    keys: Vec<(char, char, u32)>,
}

/// Bits of the filter.
const FILTER: usize = 1 << 15;

impl Index {
    fn of(units: &[&[Glyph]]) -> Index {
        let pairs: usize = units.iter().map(|u| u.len()).sum();
        let size = (pairs * 2).next_power_of_two().clamp(1 << 8, 1 << 20);
        let keys = Vec::with_capacity(pairs + units.len());
        let mut index = Index { table: vec![u32::MAX; size], filter: [0; FILTER / 64], keys };
        let mut before: Option<&Glyph> = None;
        for unit in units {
            for (a, b) in pairs_of(unit) {
                index.add(a, b);
            }
            if let (Some(a), Some(b)) = (before, unit.first())
                && is_telling(a, b)
            {
                index.add(a.c, b.c);
            }
            before = unit.last();
        }
        index
    }

    #[inline]
    fn get(&self, a: char, b: char) -> Option<u32> {
        let hash = pair_hash(a, b) as usize;
        // Most pairs of a body are in no headline; the filter fits the nearest cache.
        let bit = hash >> 12 & (FILTER - 1);
        if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.look_up(hash, a, b)
    }

    fn look_up(&self, hash: usize, a: char, b: char) -> Option<u32> {
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

    fn add(&mut self, a: char, b: char) {
        if self.get(a, b).is_some() {
            return;
        }
        let id = self.keys.len() as u32;
        let hash = pair_hash(a, b) as usize;
        let bit = hash >> 12 & (FILTER - 1);
        self.filter[bit / 64] |= 1 << (bit % 64);
        let slot = hash & (self.table.len() - 1);
        self.keys.push((a, b, self.table[slot]));
        self.table[slot] = id;
    }
}

fn is_telling(a: &Glyph, b: &Glyph) -> bool {
    is_word(a) && is_word(b) && !is_count(a, b)
}

/// Figures and dates are shared by chance.
fn is_count(a: &Glyph, b: &Glyph) -> bool {
    let figure = |g: &Glyph| g.class == Class::Digit || matches!(g.c, '年' | '月' | '日');
    figure(a) && figure(b)
}

fn is_word(g: &Glyph) -> bool {
    matches!(g.class, Class::Han | Class::Digit | Class::Letter)
}
