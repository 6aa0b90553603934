//! From the clean text back to the raw page: which line and column a character was printed at.

use serde::{Deserialize, Serialize};

/// A stretch of clean text whose characters stood side by side on one raw line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// First byte of the stretch in the clean text.
    pub clean_byte: u32,
    /// The same place, counted in characters.
    pub clean_char: u32,
    /// Raw line of its first character, from 1.
    pub raw_line: u32,
    /// Raw column of its first character, from 1, in characters.
    pub raw_column: u32,
}

/// The map from clean text to raw page, as runs sorted by place in the clean text.
///
/// A separator that the layout inserted belongs to the run before it, one column past its last
/// character: it maps to the end of what it follows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    runs: Vec<Run>,
}

impl SourceMap {
    /// The map of the clean `text` made of `runs`, which must be sorted by `clean_byte`; the first
    /// starts at 0.
    pub fn new(runs: Vec<Run>, text: &str) -> Self {
        assert!(runs.windows(2).all(|w| w[0].clean_byte < w[1].clean_byte), "runs must be sorted and distinct");
        let mut map = SourceMap { runs: Vec::with_capacity(runs.len()) };
        for (i, run) in runs.iter().enumerate() {
            let end = runs.get(i + 1).map_or(text.len(), |next| next.clean_byte as usize);
            map.push_run(*run, end, text);
        }
        map
    }

    /// Looking up a place counts characters from the beginning of its run: long runs, of text that
    /// was never wrapped, are kept as several.
    fn push_run(&mut self, mut run: Run, end: usize, text: &str) {
        loop {
            self.runs.push(run);
            let start = run.clean_byte as usize;
            if end - start <= LONGEST_RUN {
                return;
            }
            let next = text.floor_char_boundary(start + LONGEST_RUN);
            let passed = chars(&text[start..next]);
            run.clean_byte = u32::try_from(next).expect("pages are smaller than 4 GiB");
            run.clean_char += passed;
            run.raw_column += passed;
        }
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The place of the character at `byte` of the clean `text`, as the run that would begin with it.
    /// Cheap, as runs remember their own count of characters.
    pub fn place(&self, text: &str, byte: usize) -> Run {
        let after = self.runs.partition_point(|r| r.clean_byte as usize <= byte);
        let start = Run { clean_byte: 0, clean_char: 0, raw_line: 1, raw_column: 1 };
        let run = after.checked_sub(1).map_or(start, |i| self.runs[i]);
        let passed = chars(&text[run.clean_byte as usize..byte]);
        Run {
            clean_byte: u32::try_from(byte).expect("pages are smaller than 4 GiB"),
            clean_char: run.clean_char + passed,
            raw_line: run.raw_line,
            raw_column: run.raw_column + passed,
        }
    }

    /// Counts the characters of `text` before `byte`.
    pub fn char_index(&self, text: &str, byte: usize) -> u32 {
        self.place(text, byte).clean_char
    }

    /// Raw line and column (both from 1) of the character at `byte` of the clean `text`.
    pub fn raw_place(&self, text: &str, byte: usize) -> (u32, u32) {
        let place = self.place(text, byte);
        (place.raw_line, place.raw_column)
    }
}

/// Bytes of a run, at most.
const LONGEST_RUN: usize = 512;

/// Characters of a text.
pub(crate) fn chars(s: &str) -> u32 {
    u32::try_from(s.chars().count()).expect("pages are smaller than 4 GiB")
}
