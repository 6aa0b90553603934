//! From sources to single pages: a text file is one page, JSON Lines a page a line, PDF as many as it has.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use banmian_core::{Issue, Marks, Print};
use serde::Deserialize;

use crate::encoding::{Decoded, check_share, decode};
use crate::find::io_message;
use crate::html;
use crate::issue::normal_date;
use crate::metadata::Text;
use crate::pdf::{OpenError, PdfFile, PdfSettings};
use crate::record;
use crate::{Failure, Metadata, Origin, ReadPageError, Reading, Source, SourceKind, Teller, TextEncoding};

/// A page that is still to be loaded.
#[derive(Debug)]
pub struct Input {
    /// Name of the page.
    pub page: String,
    /// Bytes, for dividing work.
    pub size: u64,
    content: Content,
    reading: Arc<Reading>,
}

#[derive(Debug)]
enum Content {
    File(PathBuf),
    Html(PathBuf),
    Memory(&'static str),
    /// A record of JSON Lines and the number of its line.
    Line(Decoded, u64),
    Pdf {
        file: Arc<PdfFile>,
        number: usize,
    },
    Failed(ReadPageError),
}

/// A page as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct RawPage {
    /// Name of the page.
    pub page: String,
    /// Paper, date and edition, as far as known before the page is read.
    pub issue: Issue,
    /// Where the page's own furniture is asked, too: what counts only if that tells nothing.
    pub after_furniture: Option<Issue>,
    /// Raw text, without byte order mark.
    pub text: String,
    /// Where its lines stand on paper, if that is known.
    pub print: Option<Print>,
    /// Which part of the text is what, if the source divides it.
    pub marks: Option<Marks>,
    /// Name of the encoding that the text was in; empty where that is no question.
    pub encoding: &'static str,
}

/// The pages of a list of sources, in order.
pub struct Inputs<'a> {
    sources: std::slice::Iter<'a, Source>,
    lines: Option<JsonLines>,
    pdf: Option<PdfPages>,
    reading: Arc<Reading>,
}

/// The pages of a PDF file that are still to come.
struct PdfPages {
    source: String,
    size: u64,
    file: Arc<PdfFile>,
    next: usize,
}

struct JsonLines {
    source: String,
    reader: BufReader<File>,
    line: u64,
    /// Hashes of the lines' own names, to find a second line of the same name.
    names: HashSet<u64>,
    /// True once the file gave a page or a failure.
    told: bool,
    /// Set by a read error: nothing behind it can be trusted.
    given_up: bool,
    /// Set by a byte order mark of UTF-16.
    wide: Option<Wide>,
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

impl<'a> Inputs<'a> {
    /// The pages of `sources`.
    pub fn new(sources: &'a [Source]) -> Self {
        Inputs { sources: sources.iter(), lines: None, pdf: None, reading: Arc::default() }
    }

    /// The same, read as `reading` says.
    #[must_use]
    pub fn with(mut self, reading: Reading) -> Self {
        self.reading = Arc::new(reading);
        self
    }

    /// The same, with PDF files read as `settings` say.
    #[must_use]
    pub fn with_pdf(mut self, settings: PdfSettings) -> Self {
        Arc::make_mut(&mut self.reading).pdf = settings;
        self
    }

    /// The next page of the PDF file in hand.
    fn next_of_pdf(&mut self) -> Option<Input> {
        let pages = self.pdf.as_mut().filter(|p| p.next < p.file.pages())?;
        let number = pages.next;
        pages.next += 1;
        let content = Content::Pdf { file: pages.file.clone(), number };
        let page = format!("{}#{}", pages.source, number + 1);
        let size = pages.size / pages.file.pages() as u64;
        Some(Input { page, size, content, reading: self.reading.clone() })
    }
}

impl Iterator for Inputs<'_> {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next_input() {
                    Some(input) => return Some(input),
                    None => self.lines = None,
                }
            }
            if let Some(input) = self.next_of_pdf() {
                return Some(input);
            }
            self.pdf = None;
            let source = self.sources.next()?;
            let reading = self.reading.clone();
            let input = |content| Input { page: source.name.clone(), size: source.size, content, reading };
            match source.kind {
                SourceKind::Unread(format) => return Some(input(Content::Failed(ReadPageError::Format(format)))),
                SourceKind::Text => match &source.origin {
                    Origin::File(path) => return Some(input(Content::File(path.clone()))),
                    Origin::Memory(text) => return Some(input(Content::Memory(text))),
                },
                SourceKind::Html => match &source.origin {
                    Origin::File(path) => return Some(input(Content::Html(path.clone()))),
                    Origin::Memory(_) => return Some(input(Content::Failed(ReadPageError::Format("HTML")))),
                },
                SourceKind::Pdf => match open_pdf(&source.origin, &self.reading.pdf) {
                    Ok(file) => {
                        let (source, size) = (source.name.clone(), source.size);
                        self.pdf = Some(PdfPages { source, size, file: Arc::new(file), next: 0 });
                    }
                    Err(error) => return Some(input(Content::Failed(error))),
                },
                SourceKind::JsonLines => match open(&source.origin) {
                    Ok(file) => self.lines = Some(JsonLines::new(source.name.clone(), file, self.reading.clone())),
                    Err(e) => return Some(input(Content::Failed(ReadPageError::Io(io_message(&e))))),
                },
            }
        }
    }
}

impl JsonLines {
    fn new(source: String, file: File, reading: Arc<Reading>) -> Self {
        let mut reader = BufReader::with_capacity(1 << 16, file);
        // An error comes again with the first line.
        let start = reader.fill_buf().unwrap_or_default();
        let wide = match start {
            [0xFF, 0xFE, ..] => Some(Wide::LittleEndian),
            [0xFE, 0xFF, ..] => Some(Wide::BigEndian),
            _ => None,
        };
        JsonLines { source, reader, line: 0, names: HashSet::new(), told: false, given_up: false, wide, reading }
    }

    fn next_input(&mut self) -> Option<Input> {
        while !self.given_up {
            let limit = self.reading.limits.page_bytes;
            let mut bytes = Vec::new();
            let read = self.read_line(limit, &mut bytes);
            self.line += 1;
            let numbered = format!("{}#{}", self.source, self.line);
            let reading = self.reading.clone();
            let input = |page: String, size, content| Some(Input { page, size, content, reading });
            let told = std::mem::replace(&mut self.told, true);
            match read {
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
                    return input(numbered, 0, Content::Failed(ReadPageError::Io(io_message(&e))));
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

/// JSON Lines come from files alone.
fn open(origin: &Origin) -> std::io::Result<File> {
    match origin {
        Origin::File(path) => File::open(path),
        Origin::Memory(_) => Err(std::io::ErrorKind::NotFound.into()),
    }
}

/// PDF files come from files alone.
fn open_pdf(origin: &Origin, settings: &PdfSettings) -> Result<PdfFile, ReadPageError> {
    let Origin::File(path) = origin else { return Err(ReadPageError::Format("PDF")) };
    PdfFile::open(path, settings).map_err(|e| match e {
        OpenError::Io(e) => ReadPageError::Io(io_message(&e)),
        OpenError::Pdf(e) => e.into(),
    })
}

fn hash(name: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl Input {
    /// Reads the page and asks for its metadata all but the page itself.
    ///
    /// A page may come with a warning (a date that does not exist), which is a failure to report
    /// while the page is read.
    pub fn load(self, metadata: &Metadata) -> Result<(RawPage, Option<Failure>), Failure> {
        let fail = |error| Failure { page: self.page.clone(), error };
        let limits = &self.reading.limits;
        let mut print = None;
        let (mut record, mut marks, mut passed_over) = (Issue::default(), None, None);
        let decoded = match self.content {
            Content::Failed(error) => return Err(Failure { page: self.page, error }),
            Content::Memory(text) => Decoded { text: text.to_owned(), encoding: "UTF-8" },
            Content::File(path) => read_file(&path, self.size, limits.page_bytes)
                .and_then(|bytes| decode(&bytes, self.reading.encoding))
                .map_err(fail)?,
            Content::Html(path) => {
                let bytes = read_file(&path, self.size, limits.page_bytes).map_err(fail)?;
                let page = html::read(&bytes, &self.reading).map_err(fail)?;
                (record, marks) = (page.issue, Some(page.marks));
                page.decoded
            }
            Content::Pdf { file, number } => {
                let page = file.page(number, &self.reading.pdf).map_err(|e| fail(e.into()))?;
                print = Some(page.print);
                Decoded { text: page.text, encoding: "" }
            }
            Content::Line(Decoded { text, encoding }, line) => {
                let read = record::read(&text).map_err(|message| fail(ReadPageError::Record { line, message }))?;
                (record, marks) = (read.issue, read.marks);
                passed_over = read.warning.map(|message| (line, message));
                Decoded { text: read.text, encoding }
            }
        };
        check_share(&decoded, limits.replacement_share).map_err(fail)?;
        let Decoded { text, encoding } = decoded;
        if text.chars().all(char::is_whitespace) {
            return Err(fail(ReadPageError::Empty));
        }
        let mut wrong_date = None;
        let mut told = |tellers: &[Teller]| {
            let issues = tellers.iter().map(|teller| match teller {
                Teller::Sidecar => metadata.sidecar.as_ref().and_then(|s| s.issue(&self.page)).cloned(),
                Teller::Record => Some(record.clone()),
                Teller::PageName => metadata.page_name.as_ref().map(|p| p.read(&self.page)),
                Teller::Furniture => None,
            });
            issues.flatten().fold(Issue::default(), |known, mut issue| {
                let date = normal_date(&issue.date);
                if date.is_none() && !issue.date.is_empty() {
                    wrong_date.get_or_insert_with(|| issue.date.clone());
                }
                issue.date = date.unwrap_or_default();
                known.or(issue)
            })
        };
        let mut parts = metadata.tellers.splitn(2, |teller| *teller == Teller::Furniture);
        let issue = told(parts.next().unwrap_or_default());
        let after_furniture = parts.next().map(told);
        let wrong_date = wrong_date.map(ReadPageError::Date);
        let warning = match (passed_over, wrong_date) {
            (Some((line, message)), Some(date)) => {
                Some(ReadPageError::Record { line, message: format!("{message}; {date}") })
            }
            (Some((line, message)), None) => Some(ReadPageError::Record { line, message }),
            (None, wrong_date) => wrong_date,
        };
        let warning = warning.map(fail);
        Ok((RawPage { page: self.page, issue, after_furniture, text, print, marks, encoding }, warning))
    }
}

fn read_file(path: &Path, expected_size: u64, limit: u64) -> Result<Vec<u8>, ReadPageError> {
    let io = |e: std::io::Error| ReadPageError::Io(io_message(&e));
    // One more, for the read that finds the end.
    let mut bytes = Vec::with_capacity(expected_size.min(limit) as usize + 1);
    File::open(path).map_err(io)?.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit { Err(ReadPageError::TooLarge(limit)) } else { Ok(bytes) }
}
