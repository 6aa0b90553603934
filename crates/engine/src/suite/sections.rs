//! The sections of a suite that belong to the engine.

use banmian_core::Located;
use banmian_corpus::{Limits, PdfSettings, Teller};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// `[corpus]`: the pages to read.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct CorpusSection {
    /// Files, folders and globs, relative to the suite's own file. A folder means all its pages.
    pub paths: Vec<Located<String>>,
    /// The encoding of texts: `auto` (found out for each file), or a name such as `gb18030`, `big5` or `utf-16le`. A
    /// byte order mark counts before it. Column `encoding` of the table `pages` has what was found.
    pub encoding: Located<String>,
    /// What is refused, so that one bad file cannot take all memory or time.
    pub limits: Limits,
    /// How PDF files are read.
    pub pdf: PdfSettings,
    /// A regular expression with the groups `paper`, `date` and `edition`, any of which may be
    /// missing; it is searched for in the name of a page. Empty: names tell nothing.
    pub page_name: Located<String>,
    /// A table with a line for each page: `page` as in the table `pages`, and any of `paper`, `date`
    /// and `edition`. CSV, or JSON Lines if its name ends in `.jsonl`; relative to the suite's own
    /// file. Empty: there is none.
    pub sidecar: Located<String>,
    /// Who is asked for paper, date and edition, in this order; the first who tells one wins:
    /// `sidecar`, `record` (the line of JSON Lines that holds the page), `page-name`, `furniture`
    /// (page head and foot, as printed).
    pub metadata_from: Vec<Located<String>>,
    /// A TOML file of what people put right by hand: metadata of pages, headlines and extent of
    /// articles, with who and when. Relative to the suite's own file. Empty: there is none.
    pub corrections: Located<String>,
}

impl Default for CorpusSection {
    fn default() -> Self {
        CorpusSection {
            paths: Vec::new(),
            encoding: "auto".to_owned().into(),
            limits: Limits::default(),
            pdf: PdfSettings::default(),
            page_name: Located::default(),
            sidecar: Located::default(),
            corrections: Located::default(),
            metadata_from: Teller::ALL.map(|teller| teller.name().to_owned().into()).into(),
        }
    }
}

/// `[annotate]`: how words are cut.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct AnnotateSection {
    /// Dictionaries of your own: a word, a frequency and a part of speech a line.
    pub user_dictionaries: Vec<Located<String>>,
    /// Cut pages in traditional characters by the words of simplified ones (the text stays as
    /// printed). Without it jieba, which knows simplified characters alone, cuts them to pieces.
    pub simplify: bool,
}

impl Default for AnnotateSection {
    fn default() -> Self {
        AnnotateSection { user_dictionaries: Vec::new(), simplify: true }
    }
}

/// `[output]`: what is written.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct OutputSection {
    /// Formats of the tables: `csv`, `jsonl`.
    pub formats: Vec<Located<String>>,
}

impl Default for OutputSection {
    fn default() -> Self {
        OutputSection { formats: vec!["csv".to_owned().into(), "jsonl".to_owned().into()] }
    }
}

/// The engine's sections: name and JSON schema of each.
pub fn section_schemas() -> [(&'static str, Json); 3] {
    [
        ("annotate", schemars::schema_for!(AnnotateSection).to_value()),
        ("corpus", schemars::schema_for!(CorpusSection).to_value()),
        ("output", schemars::schema_for!(OutputSection).to_value()),
    ]
}
