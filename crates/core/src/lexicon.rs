//! Lexicons as tab-separated text: a header line, `#` comments, one entry a line.
//!
//! Every row knows its bytes in the file, so that a wrong entry is shown with file, line and caret.

use std::ops::Range;

use crate::{Fault, FaultPlace, Resource};

/// A lexicon read into rows of named fields.
#[derive(Clone, Debug)]
pub struct Lexicon {
    resource: Resource,
    rows: Vec<LexiconRow>,
    /// The fields of all rows, one after the other, as byte ranges into the file.
    fields: Vec<Range<usize>>,
}

/// One entry: its fields by column.
#[derive(Clone, Debug)]
pub struct LexiconRow {
    /// Which of the lexicon's fields are its own.
    fields: Range<usize>,
}

impl Lexicon {
    /// Reads a lexicon whose header must be `columns`, in this order.
    ///
    /// Trailing fields may be left out of a line; they are empty. Every wrong line is a fault.
    pub fn read(resource: Resource, columns: &[&str]) -> Result<Self, Vec<Fault>> {
        let mut lexicon = Lexicon { resource, rows: Vec::new(), fields: Vec::new() };
        let mut faults = Vec::new();
        let mut header_seen = false;
        let mut start = 0;
        let text = lexicon.resource.text.clone();
        for line in text.split_inclusive('\n') {
            let line_start = start;
            start += line.len();
            // A byte order mark may stand before the first line: spreadsheets write one.
            let skip = if line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let content = line[skip..].trim_end_matches(['\n', '\r']);
            if content.starts_with('#') || content.trim_start().is_empty() {
                continue;
            }
            let line_range = line_start..line_start + skip + content.len();
            let before = lexicon.fields.len();
            split_fields(content, line_start + skip, &mut lexicon.fields);
            let fields = before..lexicon.fields.len();
            if !header_seen {
                header_seen = true;
                if lexicon.fields.drain(..).map(|f| &text[f]).ne(columns.iter().copied()) {
                    let fault = lexicon.fault(line_range, "the header line is not that of this kind of lexicon");
                    return Err(vec![fault.help(format!("write, with tabs between: {}", columns.join(" ")))]);
                }
            } else if fields.len() > columns.len() {
                let message = format!("{} fields, but the lexicon has {} columns", fields.len(), columns.len());
                faults.push(lexicon.fault(line_range, message));
            } else {
                lexicon.rows.push(LexiconRow { fields });
            }
        }
        if faults.is_empty() { Ok(lexicon) } else { Err(faults) }
    }

    /// The entries, in order.
    pub fn rows(&self) -> &[LexiconRow] {
        &self.rows
    }

    /// The field of a row by column number; empty where the line ends before it.
    pub fn field(&self, row: &LexiconRow, column: usize) -> &str {
        self.fields[row.fields.clone()].get(column).map_or("", |f| &self.resource.text[f.clone()])
    }

    /// A fault at one field of a row.
    pub fn fault_at(&self, row: &LexiconRow, column: usize, message: impl Into<String>) -> Fault {
        let fields = &self.fields[row.fields.clone()];
        let line = fields[0].start..fields.last().map_or(fields[0].end, |f| f.end);
        self.fault(fields.get(column).cloned().filter(|f| !f.is_empty()).unwrap_or(line), message)
    }

    fn fault(&self, range: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            message: message.into(),
            help: None,
            place: FaultPlace::File { name: self.resource.name.clone(), text: self.resource.text.clone(), range },
        }
    }
}

/// Appends the tab-separated fields of a line, trimmed of spaces, as ranges shifted by `start`.
fn split_fields(line: &str, start: usize, fields: &mut Vec<Range<usize>>) {
    let mut at = start;
    for field in line.split('\t') {
        let trimmed = field.trim_start();
        let lead = field.len() - trimmed.len();
        fields.push(at + lead..at + lead + trimmed.trim_end().len());
        at += field.len() + 1;
    }
}
