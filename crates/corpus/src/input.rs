//! From sources to single pages: a text file is one page, JSON Lines a page a line.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;

use banmian_core::Issue;
use serde::Deserialize;

use crate::find::io_message;
use crate::issue::normal_date;
use crate::{Failure, Origin, PageName, ReadPageError, Source, SourceKind};

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
    Failed(ReadPageError),
}

/// A page as it came.
#[derive(Debug, PartialEq, Eq)]
pub struct RawPage {
    /// Name of the page.
    pub page: String,
    /// Paper, date and edition, as far as its name and metadata tell.
    pub issue: Issue,
    /// Raw text, without byte order mark.
    pub text: String,
}

/// The pages of a list of sources, in order.
pub struct Inputs<'a> {
    sources: std::slice::Iter<'a, Source>,
    lines: Option<JsonLines>,
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

/// Metadata that may be written as text or as a number (`"edition": 3`).
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Text(String),
    Number(serde_json::Number),
}

impl Text {
    fn into_string(this: Option<Text>) -> Option<String> {
        this.map(|t| match t {
            Text::Text(s) => s,
            Text::Number(n) => n.to_string(),
        })
    }
}

impl<'a> Inputs<'a> {
    /// The pages of `sources`.
    pub fn new(sources: &'a [Source]) -> Self {
        Inputs { sources: sources.iter(), lines: None }
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
            let source = self.sources.next()?;
            let input = |content| Input { page: source.name.clone(), size: source.size, content };
            match source.kind {
                SourceKind::Unread(format) => return Some(input(Content::Failed(ReadPageError::Format(format)))),
                SourceKind::Text => match &source.origin {
                    Origin::File(path) => return Some(input(Content::File(path.clone()))),
                    Origin::Memory(text) => return Some(input(Content::Memory(text))),
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
            let own =
                serde_json::from_slice::<JsonName>(without_mark(&bytes)).ok().and_then(|n| Text::into_string(n.page));
            let own = own.filter(|name| !name.is_empty()).unwrap_or_else(|| self.line.to_string());
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

fn hash(name: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

impl Input {
    /// Reads the page. Its metadata comes from the line itself, else from `page_name`.
    ///
    /// A page may come with a warning (a date that does not exist), which is a failure to report
    /// while the page is read.
    pub fn load(self, page_name: Option<&PageName>) -> Result<(RawPage, Option<Failure>), Failure> {
        let fail = |error| Failure { page: self.page.clone(), error };
        let named = page_name.map_or_else(Issue::default, |p| p.read(&self.page));
        let (text, issue) = match self.content {
            Content::Failed(error) => return Err(Failure { page: self.page, error }),
            Content::Memory(text) => (text.to_owned(), named),
            Content::File(path) => (read_text(&path, self.size).map_err(fail)?, named),
            Content::Line(bytes) => {
                let text = check_text(&bytes).map_err(fail)?;
                let line: JsonPage =
                    serde_json::from_str(&text).map_err(|e| fail(ReadPageError::Json(json_message(&e))))?;
                let issue = Issue {
                    paper: Text::into_string(line.paper).unwrap_or(named.paper),
                    date: Text::into_string(line.date).unwrap_or(named.date),
                    edition: Text::into_string(line.edition).unwrap_or(named.edition),
                };
                (line.text, issue)
            }
        };
        if text.chars().all(char::is_whitespace) {
            return Err(fail(ReadPageError::Empty));
        }
        let date = normal_date(&issue.date);
        let warning = (date.is_none() && !issue.date.is_empty()).then(|| fail(ReadPageError::Date(issue.date.clone())));
        let issue = Issue { date: date.unwrap_or_default(), ..issue };
        Ok((RawPage { page: self.page, issue, text }, warning))
    }
}

/// What is wrong with a line; its line number is in the page's name already.
fn json_message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    format!("{message} at column {}", error.column())
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
