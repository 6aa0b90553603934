//! Counts of forms over the corpus, cut into cells: the least stretches that any table tells apart.
//!
//! A cell is all text with the same paper, date and whatever other metadata the settings need: by
//! default an issue. Parts (dispersion), periods (trends) and slices (comparisons) are groups of
//! cells, so that all of them come from one store of whole numbers.
//!
//! A page adds about four bytes for each of its different words: number and counts, packed, at the
//! end of its cell's log. Words are sorted out once, at the end of the run.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::vocabulary::{Facts, Vocabulary};

/// The metadata of a cell, in the order of the plan's columns.
pub(crate) type CellKey = Box<[Box<str>]>;

/// Sums over the pages of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Totals {
    /// Words but punctuation and space, before any filter.
    pub(crate) tokens: u64,
    /// Articles.
    pub(crate) articles: u64,
    /// Pages; a page that stands in several cells counts for its first.
    pub(crate) pages: u64,
}

/// Occurrences of a form in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    /// Number of the form.
    pub(crate) form: u32,
    /// Its occurrences.
    pub(crate) count: u32,
    /// Articles it occurs in.
    pub(crate) articles: u32,
}

/// Sums over all cells for one form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FormTotals {
    /// Its occurrences.
    pub(crate) count: u64,
    /// Articles it occurs in.
    pub(crate) articles: u64,
    /// Entries in the logs of cells.
    n_postings: u32,
}

/// The forms of a corpus and their counts by cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) forms: Vocabulary,
    cells: Vec<Cell>,
    by_key: FxHashMap<CellKey, u32>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) key: CellKey,
    pub(crate) totals: Totals,
    log: Log,
}

/// Postings of a cell, packed; a form may stand there several times.
#[derive(Clone, Debug, Default)]
struct Log(Vec<u8>);

/// Which form each is counted for: itself, but for parts of longer words.
#[derive(Debug, Default)]
pub(crate) struct Targets(Vec<u32>);

impl Targets {
    /// Counted for none.
    pub(crate) const NONE: u32 = u32::MAX;

    /// The form that a form is counted for.
    #[inline]
    pub(crate) fn of(&self, form: u32) -> u32 {
        self.0.get(form as usize).copied().unwrap_or(form)
    }

    /// Counts a form, one of so many, for another.
    pub(crate) fn set(&mut self, form: u32, target: u32, forms: usize) {
        if self.0.is_empty() {
            self.0 = (0..forms as u32).collect();
        }
        self.0[form as usize] = target;
    }

    /// Lets a form whose target is a part itself be counted for the target's target.
    pub(crate) fn settle(&mut self) {
        for form in 0..self.0.len() {
            let mut target = self.0[form];
            // 日庆县 is counted for 庆县, and this for 湾庆县: more steps are not of this world.
            for _ in 0..8 {
                target = self.0.get(target as usize).copied().unwrap_or(target);
            }
            self.0[form] = target;
        }
    }
}

impl Counts {
    /// The number of the cell with this key.
    pub(crate) fn cell(&mut self, key: CellKey) -> usize {
        if let Some(&known) = self.by_key.get(&key) {
            return known as usize;
        }
        let number = self.cells.len();
        self.by_key.insert(key.clone(), u32::try_from(number).expect("fewer cells than four thousand million"));
        self.cells.push(Cell { key, totals: Totals::default(), log: Log::default() });
        number
    }

    /// Adds to the sums of a cell.
    pub(crate) fn add_totals(&mut self, cell: usize, totals: Totals) {
        self.cells[cell].totals.add(totals);
    }

    /// Adds occurrences to a cell.
    #[inline(always)]
    pub(crate) fn post(&mut self, cell: usize, posting: Posting) {
        self.cells[cell].log.push(posting);
    }

    /// Adds what another knows.
    pub(crate) fn merge(&mut self, other: Counts) {
        if self.cells.is_empty() && self.forms.len() == 0 {
            *self = other;
            return;
        }
        let numbers = self.forms.merge(&other.forms);
        let mut renumbered = Log::default();
        for cell in other.cells {
            let own = self.cell(cell.key);
            self.cells[own].totals.add(cell.totals);
            renumbered.0.clear();
            for posting in cell.log.postings() {
                renumbered.push(Posting { form: numbers[posting.form as usize], ..posting });
            }
            self.cells[own].log.append(&renumbered);
        }
    }

    /// All cells, in no order.
    pub(crate) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// All cells in order of their keys.
    pub(crate) fn sorted_cells(&self) -> Vec<&Cell> {
        let mut sorted: Vec<_> = self.cells.iter().collect();
        sorted.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        sorted
    }

    /// The occurrences and articles of every form, by its number.
    pub(crate) fn totals_of_forms(&self, targets: &Targets) -> Vec<FormTotals> {
        let mut totals = vec![FormTotals::default(); self.forms.len()];
        for cell in &self.cells {
            for posting in cell.postings() {
                let Some(total) = totals.get_mut(targets.of(posting.form) as usize) else { continue };
                total.count += u64::from(posting.count);
                total.articles += u64::from(posting.articles);
                total.n_postings += 1;
            }
        }
        totals
    }

    /// Hands every form that `wanted` takes, by number, to `take`, with its occurrences by cell: an index
    /// into `cells`, which are cells of these counts, and how many; in the order of `cells`, a cell perhaps several
    /// times. `totals` are those of all forms, counted for the same `targets`.
    ///
    /// Works on so many occurrences at once as fit 200 MB, whatever the size of the corpus.
    pub(crate) fn by_form(
        &self,
        cells: &[&Cell],
        totals: &[FormTotals],
        targets: &Targets,
        wanted: impl Fn(u32) -> bool,
        mut take: impl FnMut(u32, &[(u32, u32)]),
    ) {
        const AT_ONCE: usize = 25_000_000;
        // Cells that are left out make this too many, never too few.
        let room = |(form, total): (u32, &FormTotals)| if wanted(form) { total.n_postings } else { 0 };
        let n_postings: Vec<u32> = (0..).zip(totals).map(room).collect();
        let mut first = 0;
        while first < n_postings.len() {
            let (mut starts, mut sum) = (Vec::new(), 0);
            let mut end = first;
            while end < n_postings.len() && (end == first || sum + n_postings[end] as usize <= AT_ONCE) {
                starts.push(sum);
                sum += n_postings[end] as usize;
                end += 1;
            }
            let mut sorted = vec![(0, 0); sum];
            let mut next = starts.clone();
            for (cell, number) in cells.iter().zip(0..) {
                for posting in cell.postings() {
                    let form = targets.of(posting.form) as usize;
                    if (first..end).contains(&form) && n_postings[form] > 0 {
                        let place = &mut next[form - first];
                        sorted[*place] = (number, posting.count);
                        *place += 1;
                    }
                }
            }
            for (i, (&start, &end)) in starts.iter().zip(&next).enumerate() {
                if end > start {
                    take((first + i) as u32, &sorted[start..end]);
                }
            }
            first = end;
        }
    }
}

impl Cell {
    /// Occurrences in it; a form may come several times.
    #[inline]
    pub(crate) fn postings(&self) -> impl Iterator<Item = Posting> {
        self.log.postings()
    }
}

impl Totals {
    /// Occurrences per 10,000 tokens; none without tokens.
    pub(crate) fn per_10k(self, count: u64) -> f64 {
        if self.tokens == 0 { 0.0 } else { count as f64 * 10_000.0 / self.tokens as f64 }
    }

    /// The weight of a word with so many occurrences in so many articles; 0 for one of unattached text
    /// alone, which tells nothing of any article.
    pub(crate) fn tfidf(self, count: u64, articles: u64) -> f64 {
        if articles == 0 { 0.0 } else { self.per_10k(count) * (self.articles as f64 / articles as f64).ln() }
    }

    pub(crate) fn add(&mut self, other: Totals) {
        self.tokens += other.tokens;
        self.articles += other.articles;
        self.pages += other.pages;
    }
}

impl Log {
    /// The form's number in groups of seven bits, then both counts in a byte if they are small, else
    /// a zero and both in groups of seven bits.
    #[inline(always)]
    fn push(&mut self, Posting { form, count, articles }: Posting) {
        self.push_number(form);
        if (1..16).contains(&count) && articles < 16 {
            self.0.push((count << 4 | articles) as u8);
        } else {
            self.0.push(0);
            self.push_number(count);
            self.push_number(articles);
        }
    }

    /// Adds another log. Most of the memory of a large corpus is in logs, so they have little room to spare.
    fn append(&mut self, other: &Log) {
        let room = self.0.capacity() - self.0.len();
        if room < other.0.len() {
            self.0.reserve_exact(other.0.len().max(self.0.len() / 8));
        }
        self.0.extend_from_slice(&other.0);
    }

    #[inline(always)]
    fn push_number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn postings(&self) -> Postings<'_> {
        Postings(&self.0)
    }
}

/// What a log has not yet given.
struct Postings<'l>(&'l [u8]);

impl Postings<'_> {
    #[inline]
    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        while let Some((&byte, rest)) = self.0.split_first() {
            self.0 = rest;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
        None
    }
}

impl Iterator for Postings<'_> {
    type Item = Posting;

    #[inline]
    fn next(&mut self) -> Option<Posting> {
        let form = self.number()?;
        let (&both, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(match both {
            0 => Posting { form, count: self.number()?, articles: self.number()? },
            _ => Posting { form, count: u32::from(both >> 4), articles: u32::from(both & 15) },
        })
    }
}

/// The form in which counts are written and compared: words and cells in order, each word once a cell.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Canonical {
    forms: Vec<(String, Facts)>,
    cells: Vec<(CellKey, Totals, Sorted)>,
}

/// Rank of a form, occurrences, articles; by rank.
type Sorted = Vec<(u32, u32, u32)>;

impl From<&Counts> for Canonical {
    fn from(counts: &Counts) -> Self {
        let mut order: Vec<u32> = (0..counts.forms.len() as u32).collect();
        order.sort_unstable_by_key(|&n| counts.forms.get(n).0);
        let mut rank = vec![0; order.len()];
        order.iter().zip(0..).for_each(|(&number, new)| rank[number as usize] = new);
        let cells = counts.sorted_cells().into_iter().map(|cell| {
            let mut postings: Sorted =
                cell.log.postings().map(|p| (rank[p.form as usize], p.count, p.articles)).collect();
            postings.sort_unstable();
            postings.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    (kept.1, kept.2) = (kept.1 + next.1, kept.2 + next.2);
                }
                same
            });
            (cell.key.clone(), cell.totals, postings)
        });
        let forms = order.iter().map(|&n| counts.forms.get(n)).map(|(word, facts)| (word.to_owned(), facts));
        Canonical { forms: forms.collect(), cells: cells.collect() }
    }
}

/// Equal if the same forms have the same counts, in whatever order they came.
impl PartialEq for Counts {
    fn eq(&self, other: &Self) -> bool {
        Canonical::from(self) == Canonical::from(other)
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Canonical::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Counts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = Canonical::deserialize(deserializer)?;
        let mut counts = Counts::default();
        for (word, facts) in &read.forms {
            counts.forms.add(word, 0..word.len(), *facts);
        }
        for (key, totals, postings) in read.cells {
            let cell = counts.cell(key);
            counts.add_totals(cell, totals);
            for (form, count, articles) in postings {
                if form as usize >= counts.forms.len() {
                    return Err(serde::de::Error::custom("a count of a word that is not in the list"));
                }
                counts.post(cell, Posting { form, count, articles });
            }
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::{Log, Posting};

    #[test]
    fn what_is_packed_is_unpacked() {
        let numbers = [0, 1, 15, 16, 127, 128, 16_383, 16_384, (1 << 21) - 1, 1 << 21, u32::MAX];
        let postings: Vec<_> = numbers
            .iter()
            .flat_map(|&form| numbers.iter().map(move |&count| Posting { form, count, articles: form / 2 }))
            .collect();
        let mut log = Log::default();
        postings.iter().for_each(|&p| log.push(p));
        assert_eq!(log.postings().collect::<Vec<_>>(), postings);
        let mut small = Log::default();
        small.push(Posting { form: 20_000, count: 3, articles: 2 });
        assert_eq!(small.0.len(), 4, "a common word of a page takes four bytes");
    }
}
