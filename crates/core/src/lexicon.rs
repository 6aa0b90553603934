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
}

/// One entry: its fields by column, as byte ranges into the file.
#[derive(Clone, Debug)]
pub struct LexiconRow {
    fields: Vec<Range<usize>>,
}

impl Lexicon {
    /// Reads a lexicon whose header must be `columns`, in this order.
    ///
    /// Trailing fields may be left out of a line; they are empty. Every wrong line is a fault.
    pub fn read(resource: Resource, columns: &[&str]) -> Result<Self, Vec<Fault>> {
        let mut lexicon = Lexicon { resource, rows: Vec::new() };
        let mut faults = Vec::new();
        let mut header_seen = false;
        let mut start = 0;
        let text = lexicon.resource.text.clone();
        for line in text.split_inclusive('\n') {
            let content = line.trim_end_matches(['\n', '\r']);
            let line_range = start..start + content.len();
            start += line.len();
            // A byte order mark may stand before the first line: spreadsheets write one.
            let skip = if content.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let content = &content[skip..];
            if content.trim().is_empty() || content.starts_with('#') {
                continue;
            }
            let fields = split_fields(content, line_range.start + skip);
            if !header_seen {
                header_seen = true;
                if fields.iter().map(|f| &text[f.clone()]).ne(columns.iter().copied()) {
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
        row.fields.get(column).map_or("", |f| &self.resource.text[f.clone()])
    }

    /// A fault at one field of a row.
    pub fn fault_at(&self, row: &LexiconRow, column: usize, message: impl Into<String>) -> Fault {
        let line = row.fields[0].start..row.fields.last().map_or(row.fields[0].end, |f| f.end);
        self.fault(row.fields.get(column).cloned().filter(|f| !f.is_empty()).unwrap_or(line), message)
    }

    fn fault(&self, range: Range<usize>, message: impl Into<String>) -> Fault {
        Fault {
            message: message.into(),
            help: None,
            place: FaultPlace::File { name: self.resource.name.clone(), text: self.resource.text.clone(), range },
        }
    }
}

/// The tab-separated fields of a line, trimmed of spaces, as ranges shifted by `start`.
fn split_fields(line: &str, start: usize) -> Vec<Range<usize>> {
    let mut fields = Vec::new();
    let mut at = start;
    for field in line.split('\t') {
        let trimmed = field.trim();
        let lead = field.len() - field.trim_start().len();
        fields.push(at + lead..at + lead + trimmed.len());
        at += field.len() + 1;
    }
    fields
}
