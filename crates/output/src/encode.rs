//! Rows to bytes. The same cells give the same bytes everywhere.

use banmian_core::{CellRef, ColumnType, TableSchema};

use crate::Format;
use crate::marks::Marks;
use crate::number::{LONGEST, put_float, put_integer};
use crate::pen::{BLOCK, Pen, Sheet};

/// The bytes that a file of this format begins with.
pub fn header(schema: &TableSchema, format: Format) -> Vec<u8> {
    match format {
        Format::Csv => {
            let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
            writer.write_record(schema.all_columns().map(|c| c.name)).expect("memory takes every record");
            writer.into_inner().expect("memory takes every record")
        }
        Format::Jsonl => Vec::new(),
    }
}

/// How the rows of one table become bytes of some formats. Made once, used by all threads.
pub struct Encoder {
    formats: Vec<Format>,
    columns: Vec<JsonColumn>,
    /// Bytes that a row of JSON has beside its cells, at most.
    json_room: usize,
}

/// A column as JSON has it.
struct JsonColumn {
    /// What stands before its values: `{"person":"`, `","role":"`, `","article":` … Quotation marks
    /// around the values of a column that is always text are part of what stands between them.
    /// Padded, so that [`Pen::put`] may copy more than is wanted.
    before: Vec<u8>,
    before_len: usize,
    always_text: bool,
}

/// Rows of one table as bytes, in every format of an [`Encoder`].
#[derive(Default)]
pub struct Encoded {
    files: Vec<Sheet>,
    /// The row at hand, its cells with commas behind: what CSV has, if none needs quoting.
    row: Sheet,
    /// Where in it the cells end.
    ends: Vec<usize>,
}

impl Encoded {
    /// Forgets all rows, and keeps its room.
    pub fn clear(&mut self) {
        self.files.iter_mut().for_each(Sheet::clear);
    }

    /// The bytes of all rows without header, in the order of the encoder's formats.
    pub fn files(&self) -> impl Iterator<Item = &[u8]> {
        self.files.iter().map(Sheet::written)
    }
}

impl Encoder {
    /// An encoder of a table.
    pub fn new(schema: &TableSchema, formats: &[Format]) -> Self {
        let mut columns: Vec<JsonColumn> = Vec::new();
        for column in schema.all_columns() {
            let mut before = match columns.last() {
                None => b"{".to_vec(),
                Some(last) if last.always_text => b"\",".to_vec(),
                Some(_) => b",".to_vec(),
            };
            push_json_text(column.name, &mut before);
            before.push(b':');
            let always_text = column.column_type == ColumnType::Text && !column.optional;
            before.extend(always_text.then_some(b'"'));
            let before_len = before.len();
            before.resize(before_len.next_multiple_of(BLOCK), 0);
            columns.push(JsonColumn { before, before_len, always_text });
        }
        let longest_empty = b"null".len();
        let json_room = columns.iter().map(|c| c.before_len + longest_empty).sum::<usize>() + b"\"}\n".len();
        Encoder { formats: formats.to_vec(), columns, json_room }
    }

    /// Appends one row, whose cells stand in the order of the schema's columns.
    pub fn push(&self, cells: &[CellRef<'_>], to: &mut Encoded) {
        let Encoded { files, row, ends } = to;
        files.resize_with(self.formats.len(), Sheet::default);
        ends.resize(cells.len(), 0);
        row.clear();
        let mut pen = row.pen(cells.iter().map(|cell| longest(cell) + 1).sum());
        for (cell, end) in cells.iter().zip(&mut *ends) {
            put_plain(cell, &mut pen);
            *end = pen.at();
            pen.put_byte(b',');
        }
        drop(pen);
        // Few rows hold a character that needs quoting or escaping; only those are written by the
        // crates made for it.
        let length = ends.last().copied().unwrap_or(0);
        let marks = Marks::of(&row.written()[..length]);
        let row = row.with_room();
        for (format, file) in self.formats.iter().zip(files) {
            match format {
                Format::Csv if cells.len() > 1 && marks.fit_csv(cells.len()) => {
                    let mut pen = file.pen(length + 1);
                    pen.put_whole(&row[..length]);
                    pen.put_byte(b'\n');
                }
                Format::Csv => file.append(&quoted_csv(row, ends)),
                Format::Jsonl if marks.fit_json() => {
                    let mut pen = file.pen(length + self.json_room);
                    self.put_plain_json(cells, row, ends, &mut pen);
                }
                Format::Jsonl => file.append(&self.escaped_json(cells, row, ends)),
            }
        }
    }

    /// Puts a row as JSON whose text needs no escapes: its cells are copied from `row`.
    fn put_plain_json(&self, cells: &[CellRef<'_>], row: &[u8], ends: &[usize], pen: &mut Pen<'_>) {
        let mut start = 0;
        for ((column, cell), &end) in self.columns.iter().zip(cells).zip(ends) {
            pen.put(&column.before, 0, column.before_len);
            match cell {
                CellRef::Text(_) if !column.always_text => {
                    pen.put_byte(b'"');
                    pen.put(row, start, end);
                    pen.put_byte(b'"');
                }
                CellRef::Empty => pen.put_whole(b"null"),
                _ => pen.put(row, start, end),
            }
            start = end + 1;
        }
        pen.put_whole(self.json_end());
    }

    /// A row as JSON, its text escaped by serde_json.
    fn escaped_json(&self, cells: &[CellRef<'_>], row: &[u8], ends: &[usize]) -> Vec<u8> {
        let (mut out, mut start) = (Vec::new(), 0);
        for ((column, cell), &end) in self.columns.iter().zip(cells).zip(ends) {
            out.extend_from_slice(&column.before[..column.before_len]);
            match cell {
                CellRef::Text(text) => {
                    let at = out.len();
                    push_json_text(text, &mut out);
                    if column.always_text {
                        out.pop();
                        out.remove(at);
                    }
                }
                CellRef::Empty => out.extend_from_slice(b"null"),
                _ => out.extend_from_slice(&row[start..end]),
            }
            start = end + 1;
        }
        out.extend_from_slice(self.json_end());
        out
    }

    fn json_end(&self) -> &'static [u8] {
        if self.columns.last().is_some_and(|c| c.always_text) { b"\"}\n" } else { b"}\n" }
    }
}

/// Bytes that a cell takes at most, before anything is quoted.
#[inline]
fn longest(cell: &CellRef<'_>) -> usize {
    match cell {
        CellRef::Text(text) => text.len(),
        _ => LONGEST,
    }
}

/// Puts a cell as it stands in CSV and, but for text, in JSON.
#[inline]
fn put_plain(cell: &CellRef<'_>, pen: &mut Pen<'_>) {
    match *cell {
        CellRef::Text(text) => pen.put_whole(text.as_bytes()),
        CellRef::Integer(number) => put_integer(number, pen),
        CellRef::Float(number) => put_float(number, pen),
        CellRef::Boolean(value) => pen.put_whole(if value { b"true" } else { b"false" }),
        CellRef::Empty => {}
    }
}

/// A row some of whose cells need quotation marks.
fn quoted_csv(row: &[u8], ends: &[usize]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut start = 0;
    for &end in ends {
        writer.write_field(&row[start..end]).expect("memory takes every record");
        start = end + 1;
    }
    writer.write_record(None::<&[u8]>).expect("memory takes every record");
    writer.into_inner().expect("memory takes every record")
}

/// Appends text as JSON, with quotation marks and escapes.
fn push_json_text(text: &str, out: &mut Vec<u8>) {
    serde_json::to_writer(out, text).expect("memory takes every text");
}

#[cfg(test)]
mod tests {
    use banmian_core::Row;

    use super::*;

    banmian_core::table! {
        /// A table for this test.
        pub struct Sample as "sample" {
            /// A name.
            name: String,
            /// An article.
            article: Option<u32>,
            /// A rate.
            rate: f64,
            /// A note.
            note: Option<String>,
            /// A place.
            place: &'static str,
        }
    }

    fn encoded(format: Format) -> String {
        let encoder = Encoder::new(Sample::SCHEMA, &[format]);
        let mut rows = Encoded::default();
        let mut push = |name: &str, article, note: Option<&str>, place| {
            let row = Sample { name: name.to_owned(), article, rate: 12.5, note: note.map(str::to_owned), place };
            row.write(&mut |cells| encoder.push(cells, &mut rows));
        };
        push("“严”，\"实\"\n两行", None, Some("a\\b"), "");
        push("王毅", Some(3), None, "第3版");
        push("罗琼", Some(3), Some("注"), "1,2");
        let bytes = [header(Sample::SCHEMA, format), rows.files().next().unwrap_or_default().to_vec()].concat();
        String::from_utf8(bytes).expect("output is UTF-8")
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        let rows = [
            "name,article,rate,note,place\n",
            "\"“严”，\"\"实\"\"\n两行\",,12.5,a\\b,\n",
            "王毅,3,12.5,,第3版\n",
            "罗琼,3,12.5,注,\"1,2\"\n",
        ];
        assert_eq!(encoded(Format::Csv), format!("\u{feff}{}", rows.concat()));
    }

    #[test]
    fn json_lines_name_every_column() {
        let rows = [
            r#"{"name":"“严”，\"实\"\n两行","article":null,"rate":12.5,"note":"a\\b","place":""}"#,
            r#"{"name":"王毅","article":3,"rate":12.5,"note":null,"place":"第3版"}"#,
            r#"{"name":"罗琼","article":3,"rate":12.5,"note":"注","place":"1,2"}"#,
        ];
        assert_eq!(encoded(Format::Jsonl), rows.map(|r| format!("{r}\n")).concat());
    }
}
