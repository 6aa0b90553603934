//! Reading a suite: the chain of files it extends, its sections, its analyzers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use banmian_annotate::UserDictionary;
use banmian_core::{Analyzer, Fault, FaultPlace, Located, PlaceInFile, Resources};
use banmian_corpus::{CorpusPath, Metadata, PageName, Reading, Sidecar, Teller, TextEncoding};
use banmian_output::Format;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::check::{check, did_you_mean};
use super::node::{Entry as NodeEntry, Node, Table, Value, fault};
use super::sections::{AnnotateSection, CorpusSection, OutputSection, section_schemas};
use super::settings::Settings;
use super::{Instance, Suite, SuiteError, SuiteFile};
use crate::builtin;
use crate::corrections::Corrections;
use crate::erased::Entry;

/// Where a suite comes from.
#[derive(Clone, Debug)]
pub enum SuiteSource {
    /// A file.
    File(PathBuf),
    /// A suite that ships, by name.
    Builtin(String),
    /// Text in memory, under a name for messages; its paths are relative to the working directory.
    Text {
        /// For messages.
        name: String,
        /// TOML.
        text: String,
    },
}

/// What the command line says over the suite.
#[derive(Clone, Debug, Default)]
pub struct Extra {
    /// Replaces the suite's corpus paths.
    pub corpus: Option<Vec<CorpusPath>>,
    /// Replaces the suite's formats.
    pub formats: Option<Vec<Format>>,
    /// Accepts a suite without corpus: its pages come from elsewhere (the sample).
    pub no_corpus: bool,
}

/// Reads, merges and checks a suite, and builds its analyzers.
pub fn load(source: &SuiteSource, entries: &[Entry], extra: Extra) -> Result<Suite, SuiteError> {
    let mut loader = Loader { files: Vec::new(), faults: Vec::new() };
    let tree = loader.read_chain(source);
    let suite = tree.and_then(|tree| loader.suite(tree, entries, extra));
    match suite {
        Some(suite) if loader.faults.is_empty() => Ok(Suite { files: loader.files, ..suite }),
        _ => {
            loader.faults.sort_by_key(|f| match &f.place {
                FaultPlace::Settings => (0, PlaceInFile { file: 0, start: 0, end: 0 }, String::new(), 0),
                FaultPlace::Suite(place) => (1, *place, String::new(), 0),
                FaultPlace::File { name, range, .. } => {
                    (2, PlaceInFile { file: 0, start: 0, end: 0 }, name.clone(), range.start)
                }
            });
            Err(SuiteError { files: loader.files, faults: loader.faults })
        }
    }
}

/// One analyzer with settings given as TOML, as the table of a suite would hold them.
///
/// For tests and tools that ask one question outside a run.
pub fn analyzer<A: Analyzer>(settings: &str) -> Result<A, SuiteError> {
    let file = SuiteFile { name: "settings".to_owned(), folder: PathBuf::new(), text: settings.into() };
    let (tree, mut faults) = Node::parse(0, settings);
    let Value::Table(mut table) = tree.value else { unreachable!("a TOML document is a table") };
    check(&mut table, &(Entry::of::<A>().schema)(), &mut faults);
    let settings = Settings::new(table, PlaceInFile { file: 0, start: 0, end: 0 });
    let files = [file.clone()];
    let hashes = RefCell::new(BTreeMap::new());
    let read = |name: &str, place: Option<PlaceInFile>| read_resource(&files, name, place, &hashes);
    let typed = if faults.is_empty() { settings.read() } else { Err(faults) };
    let built = typed.and_then(|t| A::new(t, &Resources::new(&read)).map_err(|f| settings.place_all(f)));
    built.map_err(|faults| SuiteError { files: vec![file], faults })
}

struct Loader {
    files: Vec<SuiteFile>,
    faults: Vec<Fault>,
}

impl Loader {
    /// The suite laid upon all that it extends; none if a file is missing or is not TOML.
    fn read_chain(&mut self, source: &SuiteSource) -> Option<Node> {
        let mut trees = Vec::new();
        let mut next = Some((source.clone(), None));
        while let Some((source, named_at)) = next.take() {
            let file = match read_file(&source) {
                Ok(file) => file,
                Err(message) => {
                    let place = named_at.map_or(FaultPlace::Settings, FaultPlace::Suite);
                    let help = match &source {
                        SuiteSource::File(path) => suite_help(path),
                        _ => None,
                    };
                    self.faults.push(Fault { message, help, place });
                    return None;
                }
            };
            if let (Some(at), true) = (named_at, self.files.iter().any(|f| f.name == file.name)) {
                self.faults.push(fault(at, format!("`{}` extends itself", file.name)));
                return None;
            }
            let number = u32::try_from(self.files.len()).expect("a chain of suites is short");
            let (tree, faults) = Node::parse(number, &file.text);
            let folder = file.folder.clone();
            self.files.push(file);
            self.faults.extend(faults);
            if !self.faults.is_empty() {
                return None;
            }
            if let Value::Table(table) = &tree.value
                && let Some(entry) = table.entries.get("extends")
            {
                match &entry.node.value {
                    Value::Text(name) => next = Some((named_suite(name, &folder), Some(entry.node.place))),
                    _ => {
                        let message = format!("`extends` is {}, expected the name of a suite", entry.node.kind());
                        self.faults.push(fault(entry.node.place, message));
                        return None;
                    }
                }
            }
            trees.push(tree);
        }
        let mut merged = trees.pop()?;
        while let Some(over) = trees.pop() {
            merged.merge(over);
        }
        Some(merged)
    }

    fn suite(&mut self, tree: Node, entries: &[Entry], extra: Extra) -> Option<Suite> {
        let Value::Table(mut root) = tree.value else { return None };
        root.entries.remove("extends");
        let analyzers = root.entries.remove("analyzers");
        let schemas = section_schemas();
        let mut corpus_at_fault = false;
        for (name, entry) in &mut root.entries {
            let before = self.faults.len();
            match schemas.iter().find(|(section, _)| section == name) {
                Some((_, schema)) => self.check_table(name, entry, schema),
                None => {
                    let known = ["analyzers", "annotate", "corpus", "extends", "output"];
                    let help = did_you_mean(name, known.into_iter())
                        .unwrap_or_else(|| format!("the keys are: {}", known.join(", ")));
                    self.faults.push(fault(entry.key, format!("unknown key `{name}`")).help(help));
                }
            }
            corpus_at_fault |= name == "corpus" && self.faults.len() > before;
        }
        let hashes = RefCell::new(BTreeMap::new());
        let files = self.files.clone();
        let read = |name: &str, place: Option<PlaceInFile>| read_resource(&files, name, place, &hashes);
        let resources = Resources::new(&read);
        let analyzers = self.analyzers(analyzers, entries, &resources);
        let corpus: CorpusSection = self.section(&root, "corpus");
        let annotate: AnnotateSection = self.section(&root, "annotate");
        let output: OutputSection = self.section(&root, "output");
        let reading = self.reading(&corpus);
        let metadata = self.metadata(&corpus, &resources);
        let corrections = self.corrections(&corpus, &resources);
        let dictionaries = self.dictionaries(&annotate, &resources);
        let formats = extra.formats.clone().unwrap_or_else(|| self.formats(&output));
        let paths = self.corpus_paths(&corpus, &root, &extra, corpus_at_fault);
        let mut resolved = json!({
            "annotate": annotate,
            "corpus": {
                "corrections": corpus.corrections, "encoding": corpus.encoding, "limits": corpus.limits, "pdf": corpus.pdf.without_secrets(),
                "metadata-from": corpus.metadata_from, "page-name": corpus.page_name, "sidecar": corpus.sidecar
            },
            "analyzers": analyzers.iter().map(|a| (a.name.clone(), resolved(a))).collect::<serde_json::Map<_, _>>(),
            "output": { "formats": formats.iter().map(|f| f.name()).collect::<Vec<_>>() },
        });
        without_folders(&mut resolved);
        let resources = hashes.into_inner();
        let corpus_places = match extra.corpus {
            Some(paths) => vec![None; paths.len()],
            None => corpus.paths.iter().map(Located::place).collect(),
        };
        Some(Suite {
            files: Vec::new(),
            corpus: paths,
            corpus_places,
            reading,
            metadata,
            corrections,
            dictionaries,
            simplify: annotate.simplify,
            analyzers,
            formats,
            resolved,
            resources,
        })
    }

    fn check_table(&mut self, name: &str, entry: &mut NodeEntry, schema: &Json) {
        match &mut entry.node.value {
            Value::Table(table) => check(table, schema, &mut self.faults),
            _ => {
                let message = format!("`{name}` is {}, expected a table", entry.node.kind());
                self.faults
                    .push(fault(entry.node.place, message).help(format!("write `[{name}]` on a line of its own")));
            }
        }
    }

    /// A section as typed settings; what the check took out of it has its default.
    fn section<T: DeserializeOwned + Default>(&mut self, root: &Table, name: &str) -> T {
        let Some(entry) = root.entries.get(name) else { return T::default() };
        if !matches!(entry.node.value, Value::Table(_)) {
            return T::default();
        }
        T::deserialize(&entry.node).unwrap_or_else(|e| {
            self.faults.push(fault(e.place.unwrap_or(entry.key), e.message));
            T::default()
        })
    }

    fn analyzers(&mut self, entry: Option<NodeEntry>, entries: &[Entry], files: &Resources<'_>) -> Vec<Instance> {
        let Some(entry) = entry else {
            let message = "the suite asks nothing: it has no `[analyzers]`";
            self.faults.push(Fault::new(message).help("write `extends = \"default\"` above, or `[analyzers.NAME]`"));
            return Vec::new();
        };
        let Value::Table(table) = entry.node.value else {
            self.faults.push(fault(entry.node.place, "`analyzers` is not a table").help("write `[analyzers.NAME]`"));
            return Vec::new();
        };
        table.entries.into_iter().filter_map(|(name, entry)| self.instance(name, entry, entries, files)).collect()
    }

    /// One analyzer of the suite; none if it is switched off or at fault.
    fn instance(
        &mut self,
        name: String,
        entry: NodeEntry,
        entries: &[Entry],
        files: &Resources<'_>,
    ) -> Option<Instance> {
        let Value::Table(mut table) = entry.node.value else {
            let message = format!("`{name}` is {}, expected a table of settings", entry.node.kind());
            self.faults.push(fault(entry.node.place, message).help(format!("write `[analyzers.{name}]`")));
            return None;
        };
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            let message = format!("`{name}` cannot be the name of a folder");
            self.faults.push(fault(entry.key, message).help("use letters, digits, `-` and `_`"));
        }
        let enabled = match table.entries.remove("enabled") {
            None => true,
            Some(NodeEntry { node: Node { value: Value::Boolean(b), .. }, .. }) => b,
            Some(other) => {
                let message = format!("`enabled` is {}, expected true or false", other.node.kind());
                self.faults.push(fault(other.node.place, message));
                false
            }
        };
        let (wanted, wanted_at) = match table.entries.remove("use") {
            None => (name.clone(), entry.key),
            Some(NodeEntry { node: Node { value: Value::Text(text), place }, .. }) => (text, place),
            Some(other) => {
                let message = format!("`use` is {}, expected the name of an analyzer", other.node.kind());
                self.faults.push(fault(other.node.place, message));
                return None;
            }
        };
        let Some(found) = entries.iter().find(|e| e.manifest.name == wanted) else {
            let known = || entries.iter().map(|e| e.manifest.name);
            let help = did_you_mean(&wanted, known())
                .unwrap_or_else(|| format!("there are: {}", known().collect::<Vec<_>>().join(", ")));
            self.faults.push(fault(wanted_at, format!("there is no analyzer `{wanted}`")).help(help));
            return None;
        };
        check(&mut table, &(found.schema)(), &mut self.faults);
        match (found.build)(&Settings::new(table, entry.key), files) {
            Ok(built) => enabled.then(|| Instance {
                name,
                manifest: found.manifest,
                settings: built.settings,
                analyzer: built.analyzer,
            }),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }

    fn reading(&mut self, corpus: &CorpusSection) -> Reading {
        let encoding = TextEncoding::named(&corpus.encoding).unwrap_or_else(|e| {
            let names = TextEncoding::NAMES;
            let help = did_you_mean(&corpus.encoding, names.into_iter())
                .unwrap_or_else(|| format!("those of Chinese text are: {}", names.join(", ")));
            self.faults.push(Fault::at(&corpus.encoding, e.to_string()).help(help));
            TextEncoding::AUTO
        });
        Reading { encoding, limits: corpus.limits.clone(), pdf: corpus.pdf.clone() }
    }

    fn metadata(&mut self, corpus: &CorpusSection, files: &Resources<'_>) -> Metadata {
        let mut tellers = Vec::new();
        for name in &corpus.metadata_from {
            match Teller::ALL.into_iter().find(|teller| teller.name() == name.as_str()) {
                Some(teller) if tellers.contains(&teller) => {
                    self.faults.push(Fault::at(name, format!("`{}` is named twice", teller.name())));
                }
                Some(teller) => tellers.push(teller),
                None => {
                    let names = Teller::ALL.map(Teller::name);
                    let help = did_you_mean(name, names.into_iter())
                        .unwrap_or_else(|| format!("metadata can come from: {}", names.join(", ")));
                    let message = format!("metadata cannot come from `{}`", name.as_str());
                    self.faults.push(Fault::at(name, message).help(help));
                }
            }
        }
        let sidecar = (!corpus.sidecar.is_empty())
            .then(|| files.get(&corpus.sidecar).map_err(|f| vec![f]).and_then(|file| Sidecar::read(&file)));
        let sidecar = sidecar.and_then(|read| read.map_err(|faults| self.faults.extend(faults)).ok());
        Metadata { tellers, page_name: self.page_name(corpus), sidecar }
    }

    fn corrections(&mut self, corpus: &CorpusSection, files: &Resources<'_>) -> Corrections {
        if corpus.corrections.is_empty() {
            return Corrections::default();
        }
        let read = files.get(&corpus.corrections).map_err(|f| vec![f]).and_then(|file| Corrections::read(&file));
        read.unwrap_or_else(|faults| {
            self.faults.extend(faults);
            Corrections::default()
        })
    }

    fn page_name(&mut self, corpus: &CorpusSection) -> Option<PageName> {
        if corpus.page_name.is_empty() {
            return None;
        }
        PageName::new(&corpus.page_name)
            .map_err(|e| self.faults.push(Fault::at(&corpus.page_name, e.to_string()).help(PAGE_NAME_HELP)))
            .ok()
    }

    fn dictionaries(&mut self, annotate: &AnnotateSection, files: &Resources<'_>) -> Vec<UserDictionary> {
        let mut dictionaries = Vec::new();
        for name in &annotate.user_dictionaries {
            match files.get(name).map_err(|f| vec![f]).and_then(|r| UserDictionary::read(&r)) {
                Ok(dictionary) => dictionaries.push(dictionary),
                Err(faults) => self.faults.extend(faults),
            }
        }
        dictionaries
    }

    fn formats(&mut self, output: &OutputSection) -> Vec<Format> {
        let mut formats = Vec::new();
        for name in &output.formats {
            match Format::named(name) {
                Ok(format) => formats.push(format),
                Err(e) => self.faults.push(Fault::at(name, e.to_string()).help(FORMAT_HELP)),
            }
        }
        if output.formats.is_empty() {
            let message = "`formats` is empty, so that no table would be written";
            self.faults.push(Fault::new(message).help(FORMAT_HELP));
        }
        formats.sort();
        formats.dedup();
        formats
    }

    fn corpus_paths(&mut self, corpus: &CorpusSection, root: &Table, extra: &Extra, at_fault: bool) -> Vec<CorpusPath> {
        if let Some(paths) = &extra.corpus {
            return paths.clone();
        }
        if corpus.paths.is_empty() && !extra.no_corpus && !at_fault {
            let place = root.entries.get("corpus").map_or(PlaceInFile { file: 0, start: 0, end: 0 }, |e| e.key);
            let message = "the suite names no pages to read";
            self.faults
                .push(fault(place, message).help("write `[corpus]` with `paths = [\"pages\"]`, or use `--corpus`"));
        }
        let path = |p: &Located<String>| CorpusPath {
            pattern: p.to_string(),
            base: p.place().map_or_else(PathBuf::new, |at| self.files[at.file as usize].folder.clone()),
        };
        corpus.paths.iter().map(path).collect()
    }
}

const PAGE_NAME_HELP: &str = r"an example: '(?<paper>[^/]+)/(?<date>\d{4}-\d{2}-\d{2})/(?<edition>\d+)'";
/// What to write where a format was refused.
pub(super) const FORMAT_HELP: &str = "use `csv`, `jsonl` or both";

fn resolved(instance: &Instance) -> Json {
    let mut settings = instance.settings.clone();
    if let Json::Object(map) = &mut settings {
        map.insert("use".to_owned(), json!(instance.manifest.name));
    }
    settings
}

/// What `extends` names: a suite that ships, or a file relative to the suite that extends it.
fn named_suite(name: &str, folder: &Path) -> SuiteSource {
    let name = name.strip_prefix("builtin:").unwrap_or(name);
    if builtin::suite(name).is_some() {
        SuiteSource::Builtin(name.to_owned())
    } else {
        SuiteSource::File(folder.join(name))
    }
}

/// A word on the suites that ship, where a file is missing whose name has no ending.
fn suite_help(path: &Path) -> Option<String> {
    let known = || builtin::SUITES.iter().map(|(name, _)| *name);
    let name = path.file_name()?.to_str()?;
    let list = || format!("the suites that ship are: {}", known().collect::<Vec<_>>().join(", "));
    (!name.contains('.')).then(|| did_you_mean(name, known()).unwrap_or_else(list))
}

fn read_file(source: &SuiteSource) -> Result<SuiteFile, String> {
    match source {
        SuiteSource::Builtin(name) => {
            let text = builtin::suite(name).ok_or_else(|| format!("there is no suite `{name}`"))?;
            Ok(SuiteFile { name: format!("builtin:{name}"), folder: PathBuf::new(), text: text.into() })
        }
        SuiteSource::Text { name, text } => {
            Ok(SuiteFile { name: name.clone(), folder: PathBuf::new(), text: text.as_str().into() })
        }
        SuiteSource::File(path) => {
            let text = read_text(path, &path.display().to_string())?;
            let folder = path.parent().map(Path::to_owned).unwrap_or_default();
            Ok(SuiteFile { name: path.display().to_string(), folder, text: text.into() })
        }
    }
}

fn read_resource(
    files: &[SuiteFile],
    name: &str,
    place: Option<PlaceInFile>,
    hashes: &RefCell<BTreeMap<String, String>>,
) -> Result<Arc<str>, String> {
    let text: Arc<str> = match name.strip_prefix("builtin:") {
        Some(builtin) => builtin::lexicon(builtin).map(Arc::from).ok_or_else(|| {
            let help = did_you_mean(builtin, builtin::LEXICONS.iter().map(|(n, _)| *n));
            format!("no lexicon `{builtin}` ships{}", help.map_or(String::new(), |h| format!("; {h}")))
        })?,
        None => {
            let folder = place.map_or(Path::new(""), |p| &files[p.file as usize].folder);
            read_text(&folder.join(name), name)?.into()
        }
    };
    let hash = blake3::hash(text.as_bytes()).to_hex().to_string();
    let mut hashes = hashes.borrow_mut();
    let mut key = without_folder(name);
    // Two suites of a chain may mean two files by one name.
    while hashes.get(&key).is_some_and(|known| *known != hash) {
        key.push('\'');
    }
    hashes.insert(key, hash);
    Ok(text)
}

/// An absolute path is of one machine and stays out of the manifest: its last part stands for it.
fn without_folder(name: &str) -> String {
    let path = Path::new(name);
    let last = path.file_name().filter(|_| path.is_absolute());
    last.map_or_else(|| name.to_owned(), |n| n.to_string_lossy().into_owned())
}

/// Takes the folders of absolute paths out of settings.
fn without_folders(json: &mut Json) {
    match json {
        Json::String(text) => *text = without_folder(text),
        Json::Array(items) => items.iter_mut().for_each(without_folders),
        Json::Object(map) => map.values_mut().for_each(without_folders),
        _ => {}
    }
}

fn read_text(path: &Path, name: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| {
        let text = e.to_string();
        let message = text.split(" (os error").next().unwrap_or(&text).to_lowercase();
        format!("`{name}` cannot be read: {message}")
    })
}
