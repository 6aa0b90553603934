//! Whether a row holds characters that a format must quote or escape.

/// What a row of cells with commas between was seen to hold.
#[derive(Clone, Copy)]
pub(crate) struct Marks {
    /// Control characters or straight quotation marks, which no format takes as they are.
    special: bool,
    backslashes: bool,
    commas: usize,
}

/// Bytes looked at together; the compiler makes single instructions of what is done with so many.
const LANES: usize = 16;

impl Marks {
    /// Looks through a row.
    pub(crate) fn of(row: &[u8]) -> Self {
        let mut lanes = Lanes::default();
        let mut commas = 0;
        let (blocks, rest) = row.as_chunks::<LANES>();
        // A lane counts commas up to 255.
        for blocks in blocks.chunks(255) {
            blocks.iter().for_each(|block| lanes.look(block));
            commas += lanes.take_commas();
        }
        let mut last = [b' '; LANES];
        last[..rest.len()].copy_from_slice(rest);
        lanes.look(&last);
        Marks {
            special: lanes.special.contains(&1),
            backslashes: lanes.backslashes.contains(&1),
            commas: commas + lanes.take_commas(),
        }
    }

    /// True if the row, of so many cells, is CSV as it stands: the only commas are those between cells.
    pub(crate) fn fit_csv(self, n_cells: usize) -> bool {
        !self.special && self.commas + 1 == n_cells
    }

    /// True if no text of the row needs an escape in JSON.
    pub(crate) fn fit_json(self) -> bool {
        !self.special && !self.backslashes
    }
}

/// What was seen at each place of a block.
#[derive(Default)]
struct Lanes {
    special: [u8; LANES],
    backslashes: [u8; LANES],
    commas: [u8; LANES],
}

impl Lanes {
    /// Without branches, so that all lanes are looked at together.
    fn look(&mut self, block: &[u8; LANES]) {
        for (i, &byte) in block.iter().enumerate() {
            self.special[i] |= u8::from(byte < 0x20) | u8::from(byte == b'"');
            self.backslashes[i] |= u8::from(byte == b'\\');
            self.commas[i] += u8::from(byte == b',');
        }
    }

    fn take_commas(&mut self) -> usize {
        std::mem::take(&mut self.commas).into_iter().map(usize::from).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn a_mark_is_seen_wherever_it_stands() {
        for length in 1..70 {
            for at in 0..length {
                let row = |mark: u8| {
                    let mut row = vec![0xE4; length];
                    row[at] = mark;
                    Marks::of(&row)
                };
                assert!(row(b'0').fit_json() && row(b'0').fit_csv(1));
                assert!(row(b',').fit_json() && row(b',').fit_csv(2) && !row(b',').fit_csv(1));
                assert!(!row(b'\\').fit_json() && row(b'\\').fit_csv(1));
                for special in [b'"', b'\n', 0x1F, 0] {
                    assert!(!row(special).fit_json() && !row(special).fit_csv(1));
                }
            }
        }
        assert!(Marks::of(&[b','; 10_000]).fit_csv(10_001));
    }
}
