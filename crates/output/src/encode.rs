//! Rows to bytes. The same cells give the same bytes everywhere.

use banmian_core::{Cell, TableSchema};

use crate::Format;

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

/// Rows of one table on their way to bytes of one format.
pub struct Encoder(Kind);

enum Kind {
    Csv {
        out: Vec<u8>,
        /// The digits of one cell, on their way.
        number: Vec<u8>,
    },
    /// Keys as they stand before their values: `{"person":`, `,"role":` …
    Jsonl { keys: Vec<Vec<u8>>, out: Vec<u8> },
}

impl Encoder {
    /// An encoder without rows.
    pub fn new(schema: &TableSchema, format: Format) -> Self {
        Encoder(match format {
            Format::Csv => Kind::Csv { out: Vec::new(), number: Vec::new() },
            Format::Jsonl => {
                let key = |(i, name): (usize, &str)| {
                    let mut key = vec![if i == 0 { b'{' } else { b',' }];
                    push_json_value(name, &mut key);
                    key.push(b':');
                    key
                };
                let keys = schema.all_columns().map(|c| c.name).enumerate().map(key).collect();
                Kind::Jsonl { keys, out: Vec::new() }
            }
        })
    }

    /// Appends one row, whose cells stand in the order of the schema's columns.
    pub fn push(&mut self, cells: &[Cell]) {
        match &mut self.0 {
            Kind::Csv { out, number } => {
                let start = out.len();
                let mut plain = cells.len() > 1;
                for (i, cell) in cells.iter().enumerate() {
                    if i > 0 {
                        out.push(b',');
                    }
                    let field = csv_field(cell, number);
                    plain &= !holds(field, |b| matches!(b, b',' | b'"' | b'\n' | b'\r'));
                    out.extend_from_slice(field);
                }
                out.push(b'\n');
                // Few rows hold a mark that needs quoting; only those go through the writer.
                if !plain {
                    out.truncate(start);
                    let mut writer = csv::Writer::from_writer(out);
                    for cell in cells {
                        writer.write_field(csv_field(cell, number)).expect("memory takes every record");
                    }
                    writer.write_record(None::<&[u8]>).expect("memory takes every record");
                    writer.flush().expect("memory takes every record");
                }
            }
            Kind::Jsonl { keys, out } => {
                for (key, cell) in keys.iter().zip(cells) {
                    out.extend_from_slice(key);
                    push_json_cell(cell, out);
                }
                out.extend_from_slice(b"}\n");
            }
        }
    }

    /// The bytes of all rows, without header.
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            Kind::Csv { out, .. } | Kind::Jsonl { out, .. } => out,
        }
    }
}

/// True if a byte of the text is one of those; without branches, so that many are tested at once.
fn holds(text: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    text.iter().fold(false, |found, &b| found | wanted(b))
}

/// The bytes of a cell; those of a number are put in `number`.
fn csv_field<'a>(cell: &'a Cell, number: &'a mut Vec<u8>) -> &'a [u8] {
    number.clear();
    match cell {
        Cell::Text(s) => return s.as_bytes(),
        Cell::Empty => {}
        // The same digits as in JSON.
        other => push_json_cell(other, number),
    }
    number
}

fn push_json_cell(cell: &Cell, out: &mut Vec<u8>) {
    match cell {
        // Nearly all text needs no escape and is copied as it is.
        Cell::Text(s) if !holds(s.as_bytes(), |b| b < 0x20 || matches!(b, b'"' | b'\\')) => {
            out.push(b'"');
            out.extend_from_slice(s.as_bytes());
            out.push(b'"');
        }
        Cell::Text(s) => push_json_value(s, out),
        Cell::Integer(i) => push_json_value(i, out),
        Cell::Float(f) => push_json_value(f, out),
        Cell::Boolean(b) => push_json_value(b, out),
        Cell::Empty => out.extend_from_slice(b"null"),
    }
}

fn push_json_value<T: serde::Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    serde_json::to_writer(out, value).expect("memory takes every plain value");
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
        }
    }

    fn encoded(format: Format) -> String {
        let mut encoder = Encoder::new(Sample::SCHEMA, format);
        encoder.push(&Sample { name: "“严”，\"实\"\n两行".to_owned(), article: None, rate: 12.5 }.cells());
        encoder.push(&Sample { name: "王毅".to_owned(), article: Some(3), rate: 1.0 }.cells());
        let bytes = [header(Sample::SCHEMA, format), encoder.finish()].concat();
        String::from_utf8(bytes).expect("output is UTF-8")
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        assert_eq!(encoded(Format::Csv), "\u{feff}name,article,rate\n\"“严”，\"\"实\"\"\n两行\",,12.5\n王毅,3,1.0\n");
    }

    #[test]
    fn json_lines_name_every_column() {
        assert_eq!(
            encoded(Format::Jsonl),
            "{\"name\":\"“严”，\\\"实\\\"\\n两行\",\"article\":null,\"rate\":12.5}\n{\"name\":\"王毅\",\"article\":3,\"rate\":1.0}\n"
        );
    }
}
