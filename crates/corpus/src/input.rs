//! From sources to single pages: a text file is one page, JSON Lines a page a line, PDF as many as it has.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::sync::Arc;

use banmian_core::{Issue, Print};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::find::io_message;
use crate::issue::normal_date;
use crate::metadata::Text;
use crate::pdf::{OpenError, PdfFile, PdfSettings};
use crate::{Failure, Metadata, Origin, ReadPageError, Source, SourceKind, Teller};

/// The most bytes that one page may hold. A newspaper page has about 30 KB; more than this is a
/// mistake, and memory is bounded by the largest page.
const MAX_PAGE_BYTES: u64 = 256 << 20;

/// A page that is still to be loaded.
#[derive(Debug)]
pub struct Input {
    /// Name of the page.
    pub page: String,
    /// Bytes, for dividing work.
    pub size: u64,
    content: Content,
}

#[derive(Debug)]
enum Content {
    File(PathBuf),
    Memory(&'static str),
    Line(Vec<u8>),
    Pdf { file: Arc<PdfFile>, number: usize, settings: Arc<PdfSettings> },
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
}

/// The pages of a list of sources, in order.
pub struct Inputs<'a> {
    sources: std::slice::Iter<'a, Source>,
    lines: Option<JsonLines>,
    pdf: Option<PdfPages>,
    pdf_settings: Arc<PdfSettings>,
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
    /// Set by a read error: nothing behind it can be trusted.
    given_up: bool,
}

/// A line of JSON Lines; other keys are for other programs.
#[derive(Deserialize)]
struct JsonPage {
    text: String,
    #[serde(default)]
    paper: Option<Text>,
    #[serde(default)]
    date: Option<Text>,
    #[serde(default)]
    edition: Option<Text>,
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
        Inputs { sources: sources.iter(), lines: None, pdf: None, pdf_settings: Arc::default() }
    }

    /// The same, with PDF files read as `settings` say.
    #[must_use]
    pub fn with_pdf(mut self, settings: PdfSettings) -> Self {
        self.pdf_settings = Arc::new(settings);
        self
    }

    /// The next page of the PDF file in hand.
    fn next_of_pdf(&mut self) -> Option<Input> {
        let pages = self.pdf.as_mut().filter(|p| p.next < p.file.pages())?;
        let number = pages.next;
        pages.next += 1;
        let content = Content::Pdf { file: pages.file.clone(), number, settings: self.pdf_settings.clone() };
        let page = format!("{}#{}", pages.source, number + 1);
        Some(Input { page, size: pages.size / pages.file.pages() as u64, content })
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
            let input = |content| Input { page: source.name.clone(), size: source.size, content };
            match source.kind {
                SourceKind::Unread(format) => return Some(input(Content::Failed(ReadPageError::Format(format)))),
                SourceKind::Text => match &source.origin {
                    Origin::File(path) => return Some(input(Content::File(path.clone()))),
                    Origin::Memory(text) => return Some(input(Content::Memory(text))),
                },
                SourceKind::Pdf => match open_pdf(&source.origin, &self.pdf_settings) {
                    Ok(file) => {
                        let (source, size) = (source.name.clone(), source.size);
                        self.pdf = Some(PdfPages { source, size, file: Arc::new(file), next: 0 });
                    }
                    Err(error) => return Some(input(Content::Failed(error))),
                },
                SourceKind::JsonLines => match open(&source.origin) {
                    Ok(file) => {
                        let reader = BufReader::with_capacity(1 << 16, file);
                        self.lines = Some(JsonLines {
                            source: source.name.clone(),
                            reader,
                            line: 0,
                            names: HashSet::new(),
                            given_up: false,
                        });
                    }
                    Err(e) => return Some(input(Content::Failed(ReadPageError::Io(io_message(&e))))),
                },
            }
        }
    }
}

impl JsonLines {
    fn next_input(&mut self) -> Option<Input> {
        while !self.given_up {
            let mut bytes = Vec::new();
            let read = (&mut self.reader).take(MAX_PAGE_BYTES + 1).read_until(b'\n', &mut bytes);
            self.line += 1;
            let numbered = format!("{}#{}", self.source, self.line);
            let failed = |error| Some(Input { page: numbered.clone(), size: 0, content: Content::Failed(error) });
            match read {
                Ok(0) if self.line == 1 => {
                    return Some(Input {
                        page: self.source.clone(),
                        size: 0,
                        content: Content::Failed(ReadPageError::Empty),
                    });
                }
                Ok(0) => return None,
                Ok(n) if n as u64 > MAX_PAGE_BYTES => {
                    self.skip_line();
                    return failed(ReadPageError::TooLarge(MAX_PAGE_BYTES));
                }
                Ok(_) => {}
                Err(e) => {
                    self.given_up = true;
                    return failed(ReadPageError::Io(io_message(&e)));
                }
            }
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let own = serde_json::from_slice::<JsonName>(without_mark(&bytes)).map(|n| Text::into_string(n.page));
            let own = own.ok().filter(|name| !name.is_empty()).unwrap_or_else(|| self.line.to_string());
            if !self.names.insert(hash(&own)) {
                return failed(ReadPageError::SameName);
            }
            let page = format!("{}#{own}", self.source);
            return Some(Input { page, size: bytes.len() as u64, content: Content::Line(bytes) });
        }
        None
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
        let mut print = None;
        let (text, record) = match self.content {
            Content::Failed(error) => return Err(Failure { page: self.page, error }),
            Content::Memory(text) => (text.to_owned(), Issue::default()),
            Content::File(path) => (read_text(&path, self.size).map_err(fail)?, Issue::default()),
            Content::Pdf { file, number, settings } => {
                let page = file.page(number, &settings).map_err(|e| fail(e.into()))?;
                print = Some(page.print);
                (page.text, Issue::default())
            }
            Content::Line(bytes) => {
                let text = check_text(&bytes).map_err(fail)?;
                let line: JsonPage =
                    serde_json::from_str(&text).map_err(|e| fail(ReadPageError::Json(json_message(&text, &e))))?;
                let [paper, date, edition] = [line.paper, line.date, line.edition].map(Text::into_string);
                (line.text, Issue { paper, date, edition })
            }
        };
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
        let warning = wrong_date.map(|date| fail(ReadPageError::Date(date)));
        Ok((RawPage { page: self.page, issue, after_furniture, text, print }, warning))
    }
}

/// What is wrong with a line; its line number is in the page's name already.
fn json_message(line: &str, error: &serde_json::Error) -> String {
    match serde_json::from_str::<Json>(line) {
        Ok(Json::Object(keys)) => match keys.get("text") {
            None => "it has no key `text`".to_owned(),
            Some(Json::String(_)) => "`page`, `paper`, `date` and `edition` must be text or numbers".to_owned(),
            Some(_) => "its `text` is no string".to_owned(),
        },
        Ok(_) => "it is JSON, but no object in braces".to_owned(),
        Err(_) => {
            let text = error.to_string();
            format!("{} at column {}", text.split(" at line ").next().unwrap_or(&text), error.column())
        }
    }
}

fn read_text(path: &PathBuf, expected_size: u64) -> Result<String, ReadPageError> {
    let io = |e: std::io::Error| ReadPageError::Io(io_message(&e));
    // One more, for the read that finds the end.
    let mut bytes = Vec::with_capacity(expected_size.min(MAX_PAGE_BYTES) as usize + 1);
    File::open(path).map_err(io)?.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_PAGE_BYTES {
        return Err(ReadPageError::TooLarge(MAX_PAGE_BYTES));
    }
    check_text(&bytes)
}

fn check_text(bytes: &[u8]) -> Result<String, ReadPageError> {
    let bytes = without_mark(bytes);
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(ReadPageError::Binary(at));
    }
    let wrong = |_| {
        let byte = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
        let line = 1 + bytes[..byte].iter().filter(|&&b| b == b'\n').count();
        ReadPageError::Encoding { line, byte }
    };
    // To copy the text costs less than to check it once more.
    simdutf8::basic::from_utf8(bytes).map(str::to_owned).map_err(wrong)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}
