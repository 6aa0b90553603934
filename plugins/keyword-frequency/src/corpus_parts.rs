//! The corpus as parts, for dispersion: which cells belong to which part and paper.

use std::collections::BTreeMap;

use crate::cells::{Cell, Counts, Totals};
use crate::columns::Columns;
use crate::dispersion::{Dispersion, Parts};

/// Parts and papers of a corpus.
pub(crate) struct CorpusParts<'c> {
    /// In order of their keys.
    pub(crate) cells: Vec<&'c Cell>,
    /// Sums over all cells.
    pub(crate) totals: Totals,
    parts: Parts,
    /// By cell, the number of its part.
    part_of: Vec<u32>,
    /// By cell, the number of its paper; 0 for none.
    paper_of: Vec<u32>,
    /// Room for the occurrences of one word by part.
    occurrences: Vec<(u32, u64)>,
}

impl<'c> CorpusParts<'c> {
    pub(crate) fn new(columns: &Columns, counts: &'c Counts) -> Self {
        let cells = counts.sorted_cells();
        let (part_of, n_parts) = numbered(cells.iter().map(|c| columns.part(&c.key)));
        let (paper_of, _) = numbered(cells.iter().map(|c| columns.paper(&c.key)));
        // The empty name sorts first.
        let known = u32::from(!cells.iter().any(|c| columns.paper(&c.key).is_empty()));
        let mut sizes = vec![0; n_parts];
        let mut totals = Totals::default();
        for (cell, &part) in cells.iter().zip(&part_of) {
            sizes[part as usize] += cell.totals.tokens;
            totals.add(cell.totals);
        }
        CorpusParts {
            cells,
            totals,
            parts: Parts::new(sizes),
            part_of,
            paper_of: paper_of.into_iter().map(|p| p + known).collect(),
            occurrences: Vec::new(),
        }
    }

    /// In how many papers a word occurs, and how it is spread over the parts; `postings` are its occurrences by cell.
    pub(crate) fn of_postings(&mut self, postings: &[(u32, u32)]) -> (u32, Dispersion) {
        self.occurrences.clear();
        let (mut n_papers, mut last_paper, mut next_part, mut in_order) = (0, 0, 0, true);
        for &(cell, count) in postings {
            let (part, paper) = (self.part_of[cell as usize], self.paper_of[cell as usize]);
            if part + 1 == next_part
                && let Some((_, sum)) = self.occurrences.last_mut()
            {
                *sum += u64::from(count);
            } else {
                self.occurrences.push((part, count.into()));
                in_order &= part >= next_part;
                next_part = part + 1;
            }
            // Cells, and so their papers, are in order.
            n_papers += u32::from(paper != last_paper);
            last_paper = paper;
        }
        if !in_order {
            self.occurrences.sort_unstable();
            self.occurrences.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
        }
        (n_papers, self.parts.dispersion(&self.occurrences))
    }
}

/// Numbers equal names alike, in order of the names; also how many there are.
pub(crate) fn numbered<N: Ord + Clone>(names: impl Iterator<Item = N>) -> (Vec<u32>, usize) {
    let names: Vec<N> = names.collect();
    let mut numbers: BTreeMap<N, u32> = names.iter().map(|n| (n.clone(), 0)).collect();
    numbers.values_mut().zip(0..).for_each(|(number, new)| *number = new);
    (names.iter().map(|n| numbers[n]).collect(), numbers.len())
}
