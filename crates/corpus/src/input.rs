//! From sources to single pages: a text file is one page, JSON Lines a page a line, PDF as many as it has, an
//! archive as many as its entries.

use std::sync::Arc;

use banmian_core::{Issue, Marks, Print};

use crate::archive::{Budget, Entries, Meter, Step, read_all, unpack};
use crate::encoding::{Decoded, check_share, decode};
use crate::html;
use crate::issue::normal_date;
use crate::json_lines::JsonLines;
use crate::pdf::{PdfFile, PdfSettings, file_too_large};
use crate::record;
use crate::{ArchiveError, Failure, Metadata, Origin, Packing, ReadPageError, Reading, Source, SourceKind, Teller};

/// A page that is still to be loaded.
#[derive(Debug)]
pub struct Input {
    /// Name of the page.
    pub page: String,
    /// Bytes, for dividing work.
    pub size: u64,
    /// Bytes of the files of the corpus that are read with it, for showing progress.
    pub read: u64,
    pub(crate) content: Content,
    pub(crate) reading: Arc<Reading>,
}

#[derive(Debug)]
pub(crate) enum Content {
    /// Text or HTML, still to be read.
    File(Origin, Packing, SourceKind),
    /// Text or HTML, read.
    Bytes(Vec<u8>, SourceKind),
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
    lines: Option<JsonLines<'static>>,
    pdf: Option<PdfPages>,
    archive: Option<Entries>,
    skipped: u64,
    reading: Arc<Reading>,
}

/// The pages of a PDF file that are still to come.
struct PdfPages {
    source: String,
    size: u64,
    read: u64,
    file: Arc<PdfFile>,
    next: usize,
}

impl<'a> Inputs<'a> {
    /// The pages of `sources`.
    pub fn new(sources: &'a [Source]) -> Self {
        Inputs { sources: sources.iter(), lines: None, pdf: None, archive: None, skipped: 0, reading: Arc::default() }
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

    /// How many entries of archives were passed over so far, since they are of kinds that are not read.
    pub fn skipped(&self) -> u64 {
        self.skipped + self.archive.as_ref().map_or(0, |entries| entries.skipped)
    }

    /// The next page of the PDF file in hand.
    fn next_of_pdf(&mut self) -> Option<Input> {
        let pages = self.pdf.as_mut().filter(|p| p.next < p.file.pages())?;
        let number = pages.next;
        pages.next += 1;
        let content = Content::Pdf { file: pages.file.clone(), number };
        let page = format!("{}#{}", pages.source, number + 1);
        let [size, read] = [pages.size, pages.read].map(|bytes| bytes / pages.file.pages() as u64);
        Some(Input { page, size, read, content, reading: self.reading.clone() })
    }

    /// The next page of the archive in hand. A PDF file in it is opened; its pages come next.
    fn next_of_archive(&mut self) -> Option<Input> {
        let entries = self.archive.as_mut()?;
        let step = entries.next();
        let read = entries.take_read();
        match step? {
            Step::Input(input) => Some(Input { read, ..input }),
            Step::Pdf(source, bytes) => self.open_pdf(source, read, Ok(bytes)).err(),
        }
    }

    /// Makes a PDF file the one in hand.
    fn open_pdf(&mut self, source: String, read: u64, bytes: Result<Vec<u8>, ReadPageError>) -> Result<(), Input> {
        let size = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        match bytes.and_then(|bytes| Ok(PdfFile::read(bytes, &self.reading.pdf)?)) {
            Ok(file) => {
                self.pdf = Some(PdfPages { source, size, read, file: Arc::new(file), next: 0 });
                Ok(())
            }
            Err(error) => Err(Input { read, ..Input::failed(source, error, self.reading.clone()) }),
        }
    }

    /// Begins to read a source: its only page, or else what is in it is the one in hand.
    fn open(&mut self, source: &Source) -> Option<Input> {
        let reading = self.reading.clone();
        let (name, size) = (source.name.clone(), source.size);
        let failed = |error| Some(Input { read: size, ..Input::failed(source.name.clone(), error, reading.clone()) });
        match source.kind {
            SourceKind::Text | SourceKind::Html => {
                let content = Content::File(source.origin.clone(), source.packing, source.kind);
                Some(Input { page: name, size, read: size, content, reading })
            }
            SourceKind::Pdf => {
                let most = reading.pdf.max_file_bytes;
                let bytes = read_origin(&source.origin, source.packing, size, most, &reading);
                let bytes = bytes.map_err(|e| match e {
                    ReadPageError::TooLarge(_) => file_too_large(&reading.pdf).into(),
                    other => other,
                });
                self.open_pdf(name, size, bytes).err()
            }
            SourceKind::JsonLines => match source.origin.open() {
                Ok(bytes) if source.packing == Packing::None => {
                    self.lines = Some(JsonLines::new(name, bytes, reading));
                    None
                }
                Ok(bytes) => {
                    let meter = Meter::default();
                    let budget = Budget::new(&reading.limits, size);
                    let bytes = unpack(Box::new(meter.of(bytes)), source.packing, &budget);
                    self.lines = Some(JsonLines::new(name, bytes, reading).measured(meter));
                    None
                }
                Err(e) => failed(ReadPageError::of_reading(e)),
            },
            SourceKind::Archive(kind) => match Entries::of(source, kind, reading.clone()) {
                Ok(entries) => {
                    self.archive = Some(entries);
                    None
                }
                Err(error) => failed(error),
            },
        }
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
            if let Some(input) = self.next_of_archive() {
                return Some(input);
            }
            // An archive may also have handed over a PDF file just now.
            if self.pdf.is_some() {
                continue;
            }
            if let Some(archive) = self.archive.take() {
                self.skipped += archive.skipped;
            }
            let source = self.sources.next()?;
            if let Some(input) = self.open(source) {
                return Some(input);
            }
        }
    }
}

/// The bytes of a source, unpacked.
fn read_origin(
    origin: &Origin,
    packing: Packing,
    size: u64,
    most: u64,
    reading: &Reading,
) -> Result<Vec<u8>, ReadPageError> {
    let bytes = origin.open().map_err(ReadPageError::of_reading)?;
    if packing == Packing::None && size > most {
        return Err(ReadPageError::TooLarge(most));
    }
    let budget = Budget::new(&reading.limits, size);
    read_all(&mut *unpack(Box::new(bytes), packing, &budget), size, most)
}

/// The text of a page of text or HTML; what HTML tells of itself goes to `record` and `marks`.
fn text_of(
    bytes: &[u8],
    kind: SourceKind,
    reading: &Reading,
    record: &mut Issue,
    marks: &mut Option<Marks>,
) -> Result<Decoded, ReadPageError> {
    if kind != SourceKind::Html {
        return decode(bytes, reading.encoding);
    }
    let page = html::read(bytes, reading)?;
    (*record, *marks) = (page.issue, Some(page.marks));
    Ok(page.decoded)
}

/// A hash of a name.
pub(crate) fn hash(name: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl Input {
    /// A page that cannot be read.
    pub(crate) fn failed(page: String, error: ReadPageError, reading: Arc<Reading>) -> Input {
        Input { page, size: 0, read: 0, content: Content::Failed(error), reading }
    }

    /// A page whose bytes were read already, or could not be.
    pub(crate) fn of_bytes(
        page: String,
        kind: SourceKind,
        bytes: Result<Vec<u8>, ReadPageError>,
        reading: Arc<Reading>,
    ) -> Input {
        match bytes {
            Ok(bytes) => {
                let size = bytes.len() as u64;
                Input { page, size, read: 0, content: Content::Bytes(bytes, kind), reading }
            }
            Err(error) => Input::failed(page, error, reading),
        }
    }

    /// What is wrong with the archive that it stands in.
    pub(crate) fn archive_error(&self) -> Option<&ArchiveError> {
        match &self.content {
            Content::Failed(ReadPageError::Archive(error)) => Some(error),
            _ => None,
        }
    }

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
            Content::File(Origin::Memory(text), ..) => Decoded { text: text.to_owned(), encoding: "UTF-8" },
            Content::File(origin, packing, kind) => {
                let most = limits.page_bytes;
                let bytes = read_origin(&origin, packing, self.size, most, &self.reading).map_err(fail)?;
                text_of(&bytes, kind, &self.reading, &mut record, &mut marks).map_err(fail)?
            }
            Content::Bytes(bytes, kind) => {
                text_of(&bytes, kind, &self.reading, &mut record, &mut marks).map_err(fail)?
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
