//! Where paper, date and edition of a page are told, and which telling counts.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};

use banmian_core::{Fault, FaultPlace, Issue, Resource};
use serde::Deserialize;

use crate::PageName;

/// One who tells paper, date and edition of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// The sidecar: a table with a row for each page.
    Sidecar,
    /// The line of JSON Lines that holds the page, or the web page that it is.
    Record,
    /// The name of the page, by a pattern.
    PageName,
    /// The page itself: its furniture.
    Furniture,
}

impl Teller {
    /// All, in the order that is used where nothing else is said: what a person wrote down for
    /// this page counts before what a program guesses from it.
    pub const ALL: [Teller; 4] = [Teller::Sidecar, Teller::Record, Teller::PageName, Teller::Furniture];

    /// The name that suites use.
    pub const fn name(self) -> &'static str {
        match self {
            Teller::Sidecar => "sidecar",
            Teller::Record => "record",
            Teller::PageName => "page-name",
            Teller::Furniture => "furniture",
        }
    }
}

/// Who is asked for paper, date and edition, in this order; the first who tells one wins.
#[derive(Debug)]
pub struct Metadata {
    /// In order; those not named are not asked.
    pub tellers: Vec<Teller>,
    /// The pattern for [`Teller::PageName`].
    pub page_name: Option<PageName>,
    /// The table for [`Teller::Sidecar`].
    pub sidecar: Option<Sidecar>,
}

impl Default for Metadata {
    fn default() -> Self {
        Metadata { tellers: Teller::ALL.to_vec(), page_name: None, sidecar: None }
    }
}

/// A table of pages and what is known of them.
#[derive(Debug)]
pub struct Sidecar {
    name: String,
    rows: HashMap<String, Row>,
}

#[derive(Debug)]
struct Row {
    issue: Issue,
    /// Set when its page is read.
    used: AtomicBool,
}

/// A row of a sidecar; other columns are metadata by their own names.
#[derive(Deserialize)]
struct SidecarRow {
    page: String,
    #[serde(default)]
    paper: Option<Text>,
    #[serde(default)]
    date: Option<Text>,
    #[serde(default)]
    edition: Option<Text>,
    /// The other columns; filled in apart, for numbers are to stay as written.
    #[serde(skip)]
    other: BTreeMap<String, String>,
}

/// Metadata of any column; what is neither text nor number is not kept.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Other {
    Text(Text),
    Nothing(serde::de::IgnoredAny),
}

/// Those that hold something.
pub(crate) fn texts(columns: BTreeMap<String, Other>) -> BTreeMap<String, String> {
    let text = |(name, value)| match value {
        Other::Text(text) => Some((name, Text::into_string(Some(text)))).filter(|(_, text)| !text.is_empty()),
        Other::Nothing(_) => None,
    };
    columns.into_iter().filter(|(name, _)| !is_own(name)).filter_map(text).collect()
}

/// True for a column that has a field of its own.
fn is_own(column: &str) -> bool {
    ["page", "paper", "date", "edition"].contains(&column)
}

/// Metadata that may be written as text or as a number (`"edition": 3`).
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Text {
    Text(String),
    Number(serde_json::Number),
}

impl Text {
    pub(crate) fn into_string(this: Option<Text>) -> String {
        match this {
            None => String::new(),
            Some(Text::Text(s)) => s,
            Some(Text::Number(n)) => n.to_string(),
        }
    }
}

impl Sidecar {
    /// Reads a sidecar: CSV with a header line, or JSON Lines if the name ends in `.jsonl` or
    /// `.ndjson`. `page` is needed, and is the name as in the table `pages`; of `paper`, `date`
    /// and `edition` any may be missing. Every wrong line is a fault.
    pub fn read(resource: &Resource) -> Result<Self, Vec<Fault>> {
        let json = [".jsonl", ".ndjson"].iter().any(|ending| resource.name.ends_with(ending));
        let mut reader = Reader { resource, rows: HashMap::new(), faults: Vec::new() };
        if json {
            reader.json_lines()
        } else {
            reader.csv()
        }
        let Reader { rows, faults, .. } = reader;
        if faults.is_empty() { Ok(Sidecar { name: resource.name.clone(), rows }) } else { Err(faults) }
    }

    /// What the sidecar tells of a page.
    pub(crate) fn issue(&self, page: &str) -> Option<&Issue> {
        let row = self.rows.get(page)?;
        row.used.store(true, Ordering::Relaxed);
        Some(&row.issue)
    }

    /// Name of the sidecar, number of its rows, how many of them were for no page read so far, and
    /// the first of those by name.
    pub fn unused(&self) -> Option<Unused<'_>> {
        let unused = || self.rows.iter().filter(|(_, row)| !row.used.load(Ordering::Relaxed)).map(|(page, _)| page);
        let first = unused().min()?;
        Some(Unused { sidecar: &self.name, rows: self.rows.len(), unused: unused().count(), first })
    }
}

/// Rows of a sidecar that told of no page.
#[derive(Debug, PartialEq, Eq)]
pub struct Unused<'a> {
    /// Name of the sidecar.
    pub sidecar: &'a str,
    /// All its rows.
    pub rows: usize,
    /// Those for no page.
    pub unused: usize,
    /// The least page name among them.
    pub first: &'a str,
}

struct Reader<'r> {
    resource: &'r Resource,
    rows: HashMap<String, Row>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn csv(&mut self) {
        let text = self.resource.text.trim_start_matches('\u{feff}');
        let skipped = self.resource.text.len() - text.len();
        let mut reader = csv::ReaderBuilder::new().flexible(false).trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.clone(),
            Err(e) => return self.fault(0, &e.to_string(), "save the table as CSV in UTF-8"),
        };
        if !header.iter().any(|column| column == "page") {
            let found = header.iter().collect::<Vec<_>>().join(", ");
            let help = format!("the columns are: {found}; name one `page`, and any of `paper`, `date`, `edition`");
            return self.fault(0, "the sidecar has no column `page`", &help);
        }
        let mut record = csv::StringRecord::new();
        loop {
            let start = skipped + reader.position().byte() as usize;
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => match record.deserialize::<SidecarRow>(Some(&header)) {
                    Ok(mut row) => {
                        let cells =
                            header.iter().zip(record.iter()).filter(|(name, value)| !is_own(name) && !value.is_empty());
                        row.other = cells.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                        self.row(start, row);
                    }
                    Err(e) => self.fault(start, &e.to_string(), "mend the line"),
                },
                Err(e) => {
                    let message = match e.kind() {
                        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                            format!("{len} fields, but the header has {expected_len}")
                        }
                        _ => e.to_string(),
                    };
                    self.fault(start, &message, "put fields with commas into quotation marks");
                }
            }
        }
    }

    fn json_lines(&mut self) {
        let mut start = 0;
        for line in self.resource.text.split_inclusive('\n') {
            let content = line.trim_start_matches('\u{feff}').trim();
            if !content.is_empty() {
                match serde_json::from_str::<SidecarRow>(content) {
                    Ok(mut row) => {
                        row.other = texts(serde_json::from_str(content).unwrap_or_default());
                        self.row(start, row);
                    }
                    Err(_) => {
                        let help = "write an object with `page` and any of `paper`, `date`, `edition`, all texts";
                        self.fault(start, "this line is no JSON object with a `page`", help);
                    }
                }
            }
            start += line.len();
        }
    }

    fn row(&mut self, start: usize, row: SidecarRow) {
        if row.page.is_empty() {
            return self.fault(start, "`page` is empty", "write the page's name as the table `pages` has it");
        }
        let [paper, date, edition] = [row.paper, row.date, row.edition].map(Text::into_string);
        let new = Row { issue: Issue { paper, date, edition, other: row.other }, used: AtomicBool::new(false) };
        if self.rows.get(&row.page).is_some_and(|old| old.issue != new.issue) {
            let message = format!("`{}` stands in the sidecar twice, with different values", row.page);
            return self.fault(start, &message, "strike one of the lines");
        }
        self.rows.insert(row.page, new);
    }

    /// A fault at the line that begins at or after a byte.
    fn fault(&mut self, start: usize, message: &str, help: &str) {
        let text = &self.resource.text;
        let start = start + text[start..].len() - text[start..].trim_start().len();
        let end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
        let place = FaultPlace::File { name: self.resource.name.clone(), text: text.clone(), range: start..end };
        self.faults.push(Fault { message: message.to_owned(), help: Some(help.to_owned()), place });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn sidecar(name: &str, text: &str) -> Result<Sidecar, Vec<String>> {
        let resource = Resource { name: name.to_owned(), text: Arc::from(text) };
        let told = |fault: Fault| match fault.place {
            FaultPlace::File { text, range, .. } => format!("{}: {}", fault.message, &text[range]),
            _ => fault.message,
        };
        Sidecar::read(&resource).map_err(|faults| faults.into_iter().map(told).collect())
    }

    #[test]
    fn csv_and_json_lines_tell_the_same() {
        let csv = "\u{feff}page,title,date,edition,paper\r\na.txt,\"头版, 要闻\",1984-10-01,3,陇原日报\r\n";
        let json = r#"{"page":"a.txt","date":"1984-10-01","edition":3,"paper":"陇原日报","dpi":300}"#;
        for sidecar in [sidecar("meta.csv", csv), sidecar("meta.jsonl", json)] {
            let sidecar = sidecar.expect("is well formed");
            let issue = sidecar.issue("a.txt").expect("has a row");
            assert_eq!((&*issue.paper, &*issue.date, &*issue.edition), ("陇原日报", "1984-10-01", "3"));
            assert!(
                issue.other.contains_key("title") || issue.other["dpi"] == "300",
                "other columns are kept, as written"
            );
            assert_eq!(sidecar.issue("b.txt"), None);
        }
    }

    #[test]
    fn every_wrong_line_is_told() {
        let faults = sidecar("meta.csv", "page,date\na.txt,1984-10-01\nb.txt\n,1984\na.txt,1984-10-02\n").unwrap_err();
        assert_eq!(
            faults,
            [
                "1 fields, but the header has 2: b.txt",
                "`page` is empty: ,1984",
                "`a.txt` stands in the sidecar twice, with different values: a.txt,1984-10-02"
            ]
        );
        let faults = sidecar("meta.csv", "file,date\na.txt,1984-10-01\n").unwrap_err();
        assert_eq!(faults, ["the sidecar has no column `page`: file,date"]);
        let faults = sidecar("meta.jsonl", "{\"page\": \"a.txt\"}\n{\"date\": 1984}\n").unwrap_err();
        assert_eq!(faults, ["this line is no JSON object with a `page`: {\"date\": 1984}"]);
    }

    #[test]
    fn rows_for_no_page_are_counted() {
        let sidecar = sidecar("meta.csv", "page,date\nb.txt,1984\na.txt,1984\nc.txt,1984\n").expect("is well formed");
        sidecar.issue("b.txt");
        assert_eq!(sidecar.unused(), Some(Unused { sidecar: "meta.csv", rows: 3, unused: 2, first: "a.txt" }));
    }
}
