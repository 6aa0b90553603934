//! JSON Lines: a page a line, read as a stream, packed or not.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use serde::Deserialize;

use crate::archive::Meter;
use crate::encoding::decode;
use crate::input::{Content, Input, hash};
use crate::metadata::Text;
use crate::{ReadPageError, Reading, TextEncoding};

/// The pages of a JSON Lines file that are still to come.
pub(crate) struct JsonLines<'r> {
    source: String,
    reader: BufReader<Box<dyn Read + 'r>>,
    line: u64,
    /// Hashes of the lines' own names, to find a second line of the same name.
    names: HashSet<u64>,
    /// True once the file gave a page or a failure.
    told: bool,
    /// Set by a read error: nothing behind it can be trusted.
    given_up: bool,
    /// Set by a byte order mark of UTF-16.
    wide: Option<Wide>,
    /// What measures the reader, if its bytes are packed.
    meter: Option<Meter>,
    reading: Arc<Reading>,
}

/// The order of the two bytes of a character in UTF-16.
#[derive(Clone, Copy)]
enum Wide {
    LittleEndian,
    BigEndian,
}

/// The name alone, which is needed before the page is loaded.
#[derive(Deserialize)]
struct JsonName {
    #[serde(default)]
    page: Option<Text>,
}

impl<'r> JsonLines<'r> {
    pub(crate) fn new(source: String, file: Box<dyn Read + 'r>, reading: Arc<Reading>) -> Self {
        let mut reader = BufReader::with_capacity(1 << 16, file);
        // An error comes again with the first line.
        let start = reader.fill_buf().unwrap_or_default();
        let wide = match start {
            [0xFF, 0xFE, ..] => Some(Wide::LittleEndian),
            [0xFE, 0xFF, ..] => Some(Wide::BigEndian),
            _ => None,
        };
        JsonLines {
            source,
            reader,
            line: 0,
            names: HashSet::new(),
            told: false,
            given_up: false,
            wide,
            meter: None,
            reading,
        }
    }

    /// The same, of packed bytes, which `meter` counts.
    pub(crate) fn measured(self, meter: Meter) -> Self {
        JsonLines { meter: Some(meter), ..self }
    }

    /// The next page or failure.
    pub(crate) fn next_input(&mut self) -> Option<Input> {
        while !self.given_up {
            let limit = self.reading.limits.page_bytes;
            let mut bytes = Vec::new();
            let done = self.read_line(limit, &mut bytes);
            self.line += 1;
            let numbered = format!("{}#{}", self.source, self.line);
            let reading = self.reading.clone();
            let read = self.meter.as_ref().map(Meter::take);
            let input = |page: String, size: u64, content| {
                Some(Input { page, size, read: read.unwrap_or(size), content, reading })
            };
            let told = std::mem::replace(&mut self.told, true);
            match done {
                // Nothing, or nothing but empty lines.
                Ok(()) if bytes.is_empty() && !told => {
                    self.given_up = true;
                    return input(self.source.clone(), 0, Content::Failed(ReadPageError::Empty));
                }
                Ok(()) if bytes.is_empty() => return None,
                Ok(()) if bytes.len() as u64 > limit => {
                    self.skip_line();
                    return input(numbered, 0, Content::Failed(ReadPageError::TooLarge(limit)));
                }
                Ok(()) => {}
                Err(e) => {
                    self.given_up = true;
                    return input(numbered, 0, Content::Failed(ReadPageError::of_reading(e)));
                }
            }
            let line = match decode(&bytes, self.encoding()) {
                Ok(line) => line,
                Err(error) => return input(numbered, 0, Content::Failed(error)),
            };
            if line.text.trim().is_empty() {
                self.told = told;
                continue;
            }
            let own = serde_json::from_str::<JsonName>(&line.text).map(|n| Text::into_string(n.page));
            let own = own.ok().filter(|name| !name.is_empty()).unwrap_or_else(|| self.line.to_string());
            if !self.names.insert(hash(&own)) {
                return input(numbered, 0, Content::Failed(ReadPageError::SameName));
            }
            return input(format!("{}#{own}", self.source), bytes.len() as u64, Content::Line(line, self.line));
        }
        None
    }

    /// Reads a line with its end, or what `limit` leaves of it and a byte more; nothing at the end of the file.
    fn read_line(&mut self, limit: u64, bytes: &mut Vec<u8>) -> std::io::Result<()> {
        let mut reader = (&mut self.reader).take(limit + 1);
        loop {
            if reader.read_until(b'\n', bytes)? == 0 {
                return Ok(());
            }
            match self.wide {
                // The low half of a line feed comes first, the other belongs to it.
                Some(Wide::LittleEndian) if bytes.len() % 2 == 1 && bytes.ends_with(b"\n") => {
                    reader.by_ref().take(1).read_to_end(bytes)?;
                    if bytes.ends_with(b"\n\0") {
                        return Ok(());
                    }
                }
                Some(Wide::BigEndian) if bytes.len().is_multiple_of(2) && bytes.ends_with(b"\0\n") => return Ok(()),
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }

    fn encoding(&self) -> TextEncoding {
        match self.wide {
            Some(Wide::LittleEndian) => TextEncoding::UTF_16LE,
            Some(Wide::BigEndian) => TextEncoding::UTF_16BE,
            None => self.reading.encoding,
        }
    }

    fn skip_line(&mut self) {
        let mut rest = Vec::new();
        while let Ok(n) = (&mut self.reader).take(1 << 20).read_until(b'\n', &mut rest) {
            if n == 0 || rest.ends_with(b"\n") {
                break;
            }
            rest.clear();
        }
    }
}
