//! Traditional characters made simplified, one for one, so that one lexicon serves both.
//!
//! Only characters that the lexicons use are in the table, and every pair is three bytes long in UTF-8:
//! what is found in the folded text stands at the same bytes in the page.

use banmian_core::{Fault, Lexicon, Resources};

use crate::letter::begins_ideograph;

const COLUMNS: [&str; 2] = ["simplified", "traditional"];

/// First and last character of the table: the block of unified ideographs.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// One traditional character in so many makes a traditional page; simplified pages hold a few in names.
const SHARE: usize = 50;

/// Bytes of a block of a longer text, and how many of them are looked at.
const BLOCK: usize = 600;
const SAMPLE: usize = 60;

/// Bytes of a text that is looked at throughout.
const SHORT: usize = 1500;

/// The table of characters.
#[derive(Default)]
pub(crate) struct Folding {
    /// By traditional character from [`FIRST`]: the simplified one, or 0.
    simplified: Vec<u16>,
    /// A bit for each traditional character: small enough to stay at hand while a page is read.
    known: Vec<u64>,
}

impl Folding {
    /// Reads the table that ships.
    pub(crate) fn read(files: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        let lexicon = Lexicon::read(files.builtin("slogan-traditional"), &COLUMNS)?;
        let mut simplified = vec![0; (LAST - FIRST + 1) as usize];
        let mut faults = Vec::new();
        for row in lexicon.rows() {
            let [to, from] = [0, 1].map(|column| lexicon.field(row, column));
            let target =
                to.chars().next().and_then(|c| u16::try_from(c as u32).ok()).filter(|_| to.chars().count() == 1);
            for traditional in from.split_whitespace().flat_map(str::chars) {
                match (target, simplified.get_mut(index(traditional))) {
                    (Some(target), Some(slot)) if to.len() == 3 => *slot = target,
                    _ => faults.push(lexicon.fault_at(
                        row,
                        0,
                        format!("`{to}` and `{traditional}` are not two ideographs"),
                    )),
                }
            }
        }
        let mut known = vec![0u64; simplified.len().div_ceil(64)];
        for (place, _) in simplified.iter().enumerate().filter(|(_, to)| **to != 0) {
            known[place >> 6] |= 1 << (place & 63);
        }
        if faults.is_empty() { Ok(Folding { simplified, known }) } else { Err(faults) }
    }

    /// The same text in simplified characters, byte for byte as long; none if it is simplified already.
    pub(crate) fn simplify(&self, text: &str) -> Option<String> {
        let mut ideographs = 0;
        let mut traditional = 0;
        // A tenth of the text tells: a page is traditional throughout or hardly at all.
        let block = if text.len() <= SHORT { SAMPLE } else { BLOCK };
        for block in text.as_bytes().chunks(block) {
            let sample = &block[..block.len().min(SAMPLE)];
            // The block may begin inside a character.
            let begin = sample.iter().position(|b| b & 0xC0 != 0x80).unwrap_or(sample.len());
            let mut rest = &sample[begin..];
            while let Some(&[a, b, c]) = rest.first_chunk() {
                if !begins_ideograph(a) {
                    rest = &rest[1..];
                    continue;
                }
                let code = u32::from(a & 0xF) << 12 | u32::from(b & 0x3F) << 6 | u32::from(c & 0x3F);
                let place = code.wrapping_sub(FIRST) as usize;
                ideographs += 1;
                if let Some(known) = self.known.get(place >> 6) {
                    traditional += (known >> (place & 63) & 1) as usize;
                }
                rest = &rest[3..];
            }
        }
        if traditional * SHARE <= ideographs {
            return None;
        }
        let fold = |c: char| {
            self.simplified.get(index(c)).and_then(|&to| char::from_u32(u32::from(to))).filter(|&to| to != '\0')
        };
        Some(text.chars().map(|c| fold(c).unwrap_or(c)).collect())
    }
}

fn index(c: char) -> usize {
    (c as u32).wrapping_sub(FIRST) as usize
}
