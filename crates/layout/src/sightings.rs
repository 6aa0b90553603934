//! Where the paragraphs of a page hold the pairs of characters of its display lines.
//!
//! The pairs of all display lines are numbered first, so that the bodies are read once, whatever the
//! number of headlines, and whatever lines are later put together to headlines and paragraphs to items.

use crate::blocks::{Block, Sort};
use crate::glyphs::{Class, Glyph, Line, Raw, pair_hash};

/// Characters of an item's first paragraph that count as its lead.
const LEAD: usize = 130;

/// Pairs of a unit that are looked at.
const MOST_PAIRS: usize = 120;

/// The pairs of display lines, and where paragraphs hold them.
pub(crate) struct Sightings {
    index: Index,
    /// The pairs of each unit that was numbered.
    units: Ids,
    /// Pairs met in paragraphs, block by block.
    found: Vec<Sighting>,
    /// Where the pairs of each block begin and end in the list; none for blocks that are no paragraphs.
    places: Vec<Option<(u32, u32)>>,
}

/// A place where a paragraph holds a pair of a display line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sighting {
    /// Number of the pair.
    pub(crate) pair: u32,
    /// The character before the pair; the null character at the beginning of a paragraph.
    pub(crate) before: char,
    /// True if it stands in the first characters of the paragraph.
    pub(crate) lead: bool,
}

/// The pairs of some units.
#[derive(Default)]
pub(crate) struct Ids {
    all: Vec<u32>,
    ends: Vec<usize>,
}

impl Ids {
    /// The pairs of a unit, each once.
    pub(crate) fn of(&self, unit: usize) -> &[u32] {
        &self.all[unit.checked_sub(1).map_or(0, |u| self.ends[u])..self.ends[unit]]
    }

    /// Number of units.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a pair to the last unit, which begins at a place in the list.
    fn push(&mut self, from: usize, id: u32) {
        if !self.all[from..].contains(&id) {
            self.all.push(id);
        }
    }
}

/// The pairs of headline units, and where paragraphs hold them.
pub(crate) struct Told<'a> {
    page: &'a Sightings,
    ids: Ids,
    /// Of units that were put together in an unusual order, and so have pairs of their own.
    own: Option<Sightings>,
}

impl<'a> Told<'a> {
    /// Finds the pairs of units among those of the display lines of their page.
    pub(crate) fn of(raw: &Raw, blocks: &[Block], page: &'a Sightings, units: &[&[Glyph]]) -> Told<'a> {
        let (ids, own) = match page.ids(units) {
            Some(ids) => (ids, None),
            None => (Ids::default(), Some(Sightings::of(raw, blocks, units))),
        };
        Told { page, ids, own }
    }

    /// Where paragraphs hold the pairs.
    pub(crate) fn sightings(&self) -> &Sightings {
        self.own.as_ref().unwrap_or(self.page)
    }

    /// The pairs of each unit.
    pub(crate) fn ids(&self) -> &Ids {
        self.own.as_ref().map_or(&self.ids, Sightings::units)
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
    fn of(raw: &Raw, blocks: &[Block], units: &[&[Glyph]]) -> Sightings {
        let (index, ids) = Index::of(units);
        let mut out = Sightings {
            index,
            units: ids,
            found: Vec::with_capacity(raw.glyphs.len() / 8),
            places: vec![None; blocks.len()],
        };
        for (b, block) in blocks.iter().enumerate().filter(|(_, b)| b.sort == Sort::Para) {
            let from = out.found.len() as u32;
            out.read(raw, block);
            out.places[b] = Some((from, out.found.len() as u32));
        }
        out
    }

    /// Looks for the pairs in a paragraph, also where its lines meet.
    fn read(&mut self, raw: &Raw, block: &Block) {
        // The number of glyphs so far, and the last two of them.
        let mut n = 0;
        let (mut x, mut y) = ('\0', '\0');
        let mut lines = block.lines.iter().map(|&l| &raw.lines[l as usize]).peekable();
        while let Some(first) = lines.next() {
            // Lines that follow each other on the page are read as one.
            let mut end = first.end;
            while let Some(line) = lines.next_if(|l| l.start == end) {
                end = line.end;
            }
            let glyphs = &raw.glyphs[first.start as usize..end as usize];
            if n > 0 {
                self.note((x, y, glyphs[0].c), n < LEAD);
            }
            let at = |k: usize| glyphs[k].c;
            for (from, pairs) in (0..).step_by(64).zip(raw.pairs(&Line { end, ..*first }).chunks(64)) {
                // Gathered without branches, as none could be foreseen.
                let mut places = pairs.iter().rev().fold(0, |p, pair| p << 1 | self.index.may_hold(*pair));
                while places != 0 {
                    let k = from + places.trailing_zeros() as usize;
                    places &= places - 1;
                    let before = if k > 0 { at(k - 1) } else { y };
                    self.note((before, at(k), at(k + 1)), n + k + 1 < LEAD);
                }
            }
            n += glyphs.len();
            (x, y) = match glyphs {
                [.., a, b] => (a.c, b.c),
                [b] => (y, b.c),
                [] => (x, y),
            };
        }
    }

    /// Notes a pair behind a character, if it is one that is looked for.
    fn note(&mut self, (before, a, b): (char, char, char), lead: bool) {
        if let Some(pair) = self.index.get(a, b) {
            self.found.push(Sighting { pair, before, lead });
        }
    }

    /// All that was found, paragraph by paragraph.
    pub(crate) fn all(&self) -> &[Sighting] {
        &self.found
    }

    /// The number of a pair that is looked for.
    pub(crate) fn pair(&self, a: char, b: char) -> Option<u32> {
        self.index.get(a, b)
    }

    /// The pairs that a paragraph holds, in order; none if the block is no paragraph.
    pub(crate) fn of_block(&self, block: usize) -> Option<&[Sighting]> {
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

    /// The pairs of the units that were numbered.
    pub(crate) fn units(&self) -> &Ids {
        &self.units
    }

    /// The numbers of the pairs of other units; none if one was not looked for.
    fn ids(&self, units: &[&[Glyph]]) -> Option<Ids> {
        let pairs: usize = units.iter().map(|u| u.len()).sum();
        let mut ids = Ids { all: Vec::with_capacity(pairs), ends: Vec::with_capacity(units.len()) };
        for unit in units {
            let from = ids.all.len();
            for (a, b) in pairs_of(unit) {
                ids.push(from, self.index.get(a, b)?);
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
    /// Numbers the pairs of units, and tells which each of them has.
    fn of(units: &[&[Glyph]]) -> (Index, Ids) {
        let pairs: usize = units.iter().map(|u| u.len()).sum();
        let size = (pairs * 2).next_power_of_two().clamp(1 << 8, 1 << 20);
        let keys = Vec::with_capacity(pairs + units.len());
        let mut index = Index { table: vec![u32::MAX; size], filter: [0; FILTER / 64], keys };
        let mut ids = Ids { all: Vec::with_capacity(pairs), ends: Vec::with_capacity(units.len()) };
        let mut before: Option<&Glyph> = None;
        for unit in units {
            let from = ids.all.len();
            for (a, b) in pairs_of(unit) {
                ids.push(from, index.add(a, b));
            }
            ids.ends.push(ids.all.len());
            // Where two units meet, also what tells nothing by itself: see `units::join`.
            if let [a, b, ..] = unit {
                index.add(a.c, b.c);
            }
            if let (Some(a), Some(b)) = (before, unit.first()) {
                index.add(a.c, b.c);
            }
            before = unit.last();
        }
        (index, ids)
    }

    /// 0 for the hashes of most pairs that are not looked for, else 1; the filter fits the nearest cache.
    #[inline]
    fn may_hold(&self, hash: u32) -> u64 {
        let bit = hash as usize >> 12 & (FILTER - 1);
        self.filter[bit / 64] >> (bit % 64) & 1
    }

    fn get(&self, a: char, b: char) -> Option<u32> {
        let hash = pair_hash(a, b);
        if self.may_hold(hash) == 1 { self.look_up(hash as usize, a, b) } else { None }
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

    /// The number of a pair, which it is given if it has none.
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
