//! The formats a table can be written in.

use std::fmt;

/// A file format of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Comma-separated values, quoted as RFC 4180 has it, lines ending in a line feed; UTF-8 with
    /// byte order mark, first line the column names.
    /// The mark makes spreadsheet programs show Chinese right.
    Csv,
    /// One JSON object a line, UTF-8.
    Jsonl,
}

/// Why a format's name was refused; shown to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl Format {
    /// All formats.
    pub const ALL: &'static [Format] = &[Format::Csv, Format::Jsonl];

    /// The format called `name` in suites and on the command line.
    pub fn named(name: &str) -> Result<Format, UnknownFormat> {
        match name {
            "csv" => Ok(Format::Csv),
            "jsonl" => Ok(Format::Jsonl),
            "parquet" => Err(UnknownFormat("`parquet` is not written yet".to_owned())),
            _ => Err(UnknownFormat(format!("there is no format `{name}`"))),
        }
    }

    /// Its name, which is also the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        }
    }
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
