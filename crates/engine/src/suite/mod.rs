//! Suite files: what to read, what to ask, what to write.
//!
//! A suite is read into a tree that knows its places, laid upon the suites it extends, checked
//! against the schemas of its sections, and only then turned into typed settings. All faults are
//! told at once.

mod check;
mod deserialize;
mod error;
mod load;
mod node;
mod sections;
mod settings;

pub use error::{SuiteError, SuiteFile};
pub use load::{Extra, SuiteSource, analyzer, load};
pub use sections::{AnnotateSection, CorpusSection, OutputSection, section_schemas};
pub(crate) use settings::{Settings, SettingsFault};

use std::collections::BTreeMap;
use std::sync::Arc;

use banmian_annotate::UserDictionary;
use banmian_core::{Manifest, PlaceInFile};
use banmian_corpus::{CorpusPath, Metadata, Reading};
use banmian_output::Format;
use serde_json::Value as Json;

use crate::corrections::Corrections;
use crate::erased::AnyAnalyzer;

/// A suite, checked and ready to run.
pub struct Suite {
    /// What was read: the suite itself and those it extends, outermost last.
    pub files: Vec<SuiteFile>,
    /// Paths and globs of the corpus.
    pub corpus: Vec<CorpusPath>,
    /// Where each path stands; none if it comes from the command line.
    pub corpus_places: Vec<Option<PlaceInFile>>,
    /// How the files of the corpus are read.
    pub reading: Reading,
    /// Who tells paper, date and edition.
    pub(crate) metadata: Metadata,
    /// What people put right by hand.
    pub(crate) corrections: Corrections,
    pub(crate) dictionaries: Vec<UserDictionary>,
    /// Traditional pages are cut by the words of simplified ones.
    pub(crate) simplify: bool,
    /// Its analyzers, sorted by the name they have in the suite.
    pub analyzers: Vec<Instance>,
    /// The formats of the tables, sorted.
    pub formats: Vec<Format>,
    /// All settings with defaults filled in, without the places of the corpus.
    pub resolved: Json,
    /// The files that settings name, and the BLAKE3 hash of each.
    pub resources: BTreeMap<String, String>,
}

/// An analyzer under the name that the suite gives it.
pub struct Instance {
    /// Name of its folder in the output.
    pub name: String,
    /// What it is.
    pub manifest: Manifest,
    /// Its settings with defaults filled in.
    pub settings: Json,
    pub(crate) analyzer: Arc<dyn AnyAnalyzer>,
}

impl Instance {
    /// What to know of its settings before a long run.
    pub fn notes(&self) -> Vec<String> {
        self.analyzer.notes()
    }
}
