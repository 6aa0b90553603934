//! Rows to bytes. The same cells give the same bytes everywhere.

use banmian_core::{Cell, TableSchema};

use crate::Format;

/// The bytes that a file of this format begins with.
pub fn header(schema: &TableSchema, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    if format == Format::Csv {
        out.extend_from_slice("\u{feff}".as_bytes());
        push_csv(schema.all_columns().map(|c| c.name.to_owned()), &mut out);
    }
    out
}

/// Appends one row, whose cells stand in the order of the schema's columns.
pub fn push_row(schema: &TableSchema, cells: &[Cell], format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Csv => push_csv(cells.iter().map(csv_field), out),
        Format::Jsonl => push_json(schema, cells, out),
    }
}

fn push_csv(fields: impl Iterator<Item = String>, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(512).from_writer(out);
    writer.write_record(fields.map(String::into_bytes)).expect("memory takes every record");
    writer.flush().expect("memory takes every record");
}

fn csv_field(cell: &Cell) -> String {
    match cell {
        Cell::Text(s) => s.clone(),
        Cell::Integer(i) => i.to_string(),
        Cell::Float(f) => f.to_string(),
        Cell::Boolean(b) => b.to_string(),
        Cell::Empty => String::new(),
    }
}

fn push_json(schema: &TableSchema, cells: &[Cell], out: &mut Vec<u8>) {
    for (i, (column, cell)) in schema.all_columns().zip(cells).enumerate() {
        out.push(if i == 0 { b'{' } else { b',' });
        push_json_value(&column.name, out);
        out.push(b':');
        match cell {
            Cell::Text(s) => push_json_value(s, out),
            Cell::Integer(i) => push_json_value(i, out),
            Cell::Float(f) => push_json_value(f, out),
            Cell::Boolean(b) => push_json_value(b, out),
            Cell::Empty => out.extend_from_slice(b"null"),
        }
    }
    out.extend_from_slice(b"}\n");
}

fn push_json_value<T: serde::Serialize>(value: &T, out: &mut Vec<u8>) {
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
        let row = Sample { name: "“严”，\"实\"\n两行".to_owned(), article: None, rate: 12.5 };
        let mut out = header(Sample::SCHEMA, format);
        push_row(Sample::SCHEMA, &row.cells(), format, &mut out);
        String::from_utf8(out).expect("output is UTF-8")
    }

    #[test]
    fn csv_quotes_what_needs_it() {
        assert_eq!(encoded(Format::Csv), "\u{feff}name,article,rate\n\"“严”，\"\"实\"\"\n两行\",,12.5\n");
    }

    #[test]
    fn json_lines_name_every_column() {
        assert_eq!(encoded(Format::Jsonl), "{\"name\":\"“严”，\\\"实\\\"\\n两行\",\"article\":null,\"rate\":12.5}\n");
    }
}
