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
        let text = lexicon.resource.text.clone();
        // A line of a long lexicon has a hundred bytes or so in six fields.
        lexicon.fields.reserve(text.len() / 16);
        // Where the line begins, its first field without a byte order mark, and the field at hand; lines and fields are parted in one pass.
        let (mut line_start, mut content_start) = (0, after_mark(&text, 0));
        let mut start = content_start;
        let mut before = 0;
        while start <= text.len() {
            let end = field_end(text.as_bytes(), start);
            lexicon.fields.push(trimmed(&text, start..end));
            start = end + 1;
            if text.as_bytes().get(end) == Some(&b'\t') {
                continue;
            }
            let line_range = line_start..end;
            let comment = text[content_start..].starts_with('#');
            (line_start, content_start) = (start, after_mark(&text, start));
            start = content_start;
            let fields = before..lexicon.fields.len();
            if comment || lexicon.fields[fields.clone()].iter().all(Range::is_empty) {
                lexicon.fields.truncate(before);
            } else if !header_seen {
                header_seen = true;
                if lexicon.fields.drain(..).map(|f| &text[f]).ne(columns.iter().copied()) {
                    let fault = lexicon
                        .fault(visible(&text, line_range), "the header line is not that of this kind of lexicon");
                    return Err(vec![fault.help(format!("write, with tabs between: {}", columns.join(" ")))]);
                }
            } else if fields.len() > columns.len() {
                let message = format!("{} fields, but the lexicon has {} columns", fields.len(), columns.len());
                faults.push(lexicon.fault(visible(&text, line_range), message));
            } else {
                lexicon.rows.push(LexiconRow { fields });
            }
            before = lexicon.fields.len();
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

/// The next tab or end of a line from `at` on, or the end of the text.
fn field_end(text: &[u8], mut at: usize) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    while at < text.len() {
        // Eight bytes at once: the lowest bit that is left is that of the first byte below 11, which hardly any but the two wanted are.
        if let Some(&eight) = text[at..].first_chunk() {
            let eight = u64::from_le_bytes(eight);
            let low = eight.wrapping_sub(11 * EACH) & !eight & (0x80 * EACH);
            if low == 0 {
                at += 8;
                continue;
            }
            at += low.trailing_zeros() as usize / 8;
        }
        if matches!(text[at], b'\t' | b'\n') {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// Where a line that begins at `start` begins behind a byte order mark: spreadsheets write one.
fn after_mark(text: &str, start: usize) -> usize {
    const MARK: &str = "\u{feff}";
    let marked = text.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(MARK.as_bytes()));
    if marked { start + MARK.len() } else { start }
}

/// A line without the end that some systems write.
fn visible(text: &str, line: Range<usize>) -> Range<usize> {
    line.start..line.start + text[line].trim_end_matches('\r').len()
}

/// The range of a field without the spaces around it.
fn trimmed(text: &str, field: Range<usize>) -> Range<usize> {
    // Nearly every field begins and ends with an ideograph or with ASCII.
    let ideograph = |byte: u8| (0xE4..=0xE9).contains(&byte);
    let solid = |byte: u8| byte.is_ascii_graphic() || ideograph(byte);
    match &text.as_bytes()[field.clone()] {
        [] => field,
        [first, .., last] if solid(*first) && last.is_ascii_graphic() => field,
        [first, .., last, _, _] if solid(*first) && ideograph(*last) => field,
        _ => {
            let rest = text[field.clone()].trim_start();
            let start = field.end - rest.len();
            start..start + rest.trim_end().len()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;
    use crate::Resource;

    fn fields(text: &str) -> Vec<Vec<String>> {
        let resource = Resource { name: "my.tsv".to_owned(), text: text.into() };
        let lexicon = Lexicon::read(resource, &["phrase", "class", "note"]).expect("the lexicon is right");
        let field = |row, column| lexicon.field(row, column).to_owned();
        lexicon.rows().iter().map(|row| (0..3).map(|column| field(row, column)).collect()).collect()
    }

    #[test]
    fn marks_comments_and_spaces_are_no_part_of_fields() {
        let text = "\u{feff}phrase\tclass\tnote\r\n# 注\t释\n\u{feff}#也是\n 　\t \n共同富裕\tcore \r\n　乡村振兴　\t\t 一\n5G\tx";
        let expected = [["共同富裕", "core", ""], ["乡村振兴", "", "一"], ["5G", "x", ""]];
        assert_eq!(fields(text), expected);
        assert!(fields("phrase\tclass\tnote").is_empty());
        assert!(Lexicon::read(Resource { name: String::new(), text: "".into() }, &["phrase"]).is_ok());
    }
}
