//! Listing the sources of a corpus: what the paths of a suite or of the command line mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use globset::GlobBuilder;
use thiserror::Error;
use walkdir::WalkDir;

use crate::archive::{ArchiveKind, Packing, ReadSeek};
use crate::{Failure, ReadPageError};

/// A path or glob as the user gave it, and the folder it is relative to.
#[derive(Clone, Debug)]
pub struct CorpusPath {
    /// As given.
    pub pattern: String,
    /// The folder of the suite that names it, or the working directory.
    pub base: PathBuf,
}

/// What the paths of a corpus came to.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The files to read, sorted by name.
    pub sources: Vec<Source>,
    /// Entries that could not even be listed.
    pub failures: Vec<Failure>,
    /// Files of other kinds that folders and globs held.
    pub n_skipped: u64,
}

/// A file that holds one page or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name: the path as found, relative to what named it, with `/` as separator.
    pub name: String,
    /// Where it is.
    pub origin: Origin,
    /// How it is read.
    pub kind: SourceKind,
    /// How it is packed.
    pub packing: Packing,
    /// Bytes, packed, for dividing work and showing progress.
    pub size: u64,
}

/// Where the bytes of a source are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a file.
    File(PathBuf),
    /// In the program: the sample corpus.
    Memory(&'static str),
    /// In memory.
    Bytes(Arc<[u8]>),
}

impl Origin {
    /// Opens it for reading.
    pub(crate) fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Origin::File(path) => Box::new(fs::File::open(path)?),
            Origin::Memory(text) => Box::new(io::Cursor::new(text.as_bytes())),
            Origin::Bytes(bytes) => Box::new(io::Cursor::new(bytes.clone())),
        })
    }
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// One page of text.
    Text,
    /// JSON Lines, a page a line.
    JsonLines,
    /// One page of a web site.
    Html,
    /// PDF, a newspaper page a page.
    Pdf,
    /// An archive: its entries are files of their own.
    Archive(ArchiveKind),
}

impl Source {
    /// A page of text that is part of the program.
    pub fn builtin(name: &str, text: &'static str) -> Self {
        let (origin, size) = (Origin::Memory(text), text.len() as u64);
        Source { name: name.to_owned(), origin, kind: SourceKind::Text, packing: Packing::None, size }
    }

    /// A file that is in memory; its name says what it is, as on disk, and text if it does not.
    pub fn in_memory(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let Form { kind, packing } = form_of(name);
        let size = bytes.len() as u64;
        Source {
            name: name.to_owned(),
            origin: Origin::Bytes(bytes),
            kind: kind.unwrap_or(SourceKind::Text),
            packing,
            size,
        }
    }
}

/// Why a corpus cannot be listed.
#[derive(Debug, Error)]
pub enum FindError {
    /// A path that matches nothing.
    #[error("`{0}` matches no file")]
    NoMatch(String),
    /// Not a glob.
    #[error("`{pattern}` is not a valid pattern: {message}")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// Two files that would have the same name in every table.
    #[error("two files have the name `{name}`: {} and {}", .first.display(), .second.display())]
    SameName {
        /// The name.
        name: String,
        /// One file.
        first: PathBuf,
        /// The other file.
        second: PathBuf,
    },
}

/// Lists the files that `paths` mean, each once, sorted by name.
///
/// Errors carry the index of the path at fault.
pub fn find(paths: &[CorpusPath]) -> Result<Corpus, Vec<(usize, FindError)>> {
    let mut corpus = Corpus::default();
    let mut by_name: BTreeMap<String, (PathBuf, Source)> = BTreeMap::new();
    let mut errors = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let mut listed = Corpus::default();
        let found = list(path, &mut listed);
        corpus.failures.append(&mut listed.failures);
        corpus.n_skipped += listed.n_skipped;
        match found {
            Ok(found) => {
                // Links and repeated paths lead to one file, which is read once.
                for (real, source) in found {
                    match by_name.get(&source.name) {
                        Some((known, _)) if *known == real => {}
                        Some((known, _)) => errors.push((
                            index,
                            FindError::SameName { name: source.name, first: known.clone(), second: real },
                        )),
                        None => drop(by_name.insert(source.name.clone(), (real, source))),
                    }
                }
            }
            Err(e) => errors.push((index, e)),
        }
    }
    errors.extend(within_archives(&by_name).map(|error| (0, error)));
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut seen = std::collections::BTreeSet::new();
    for (real, source) in by_name.into_values() {
        if seen.insert(real) {
            corpus.sources.push(source);
        }
    }
    corpus.failures.sort_by(|a, b| a.page.cmp(&b.page));
    Ok(corpus)
}

/// Files whose names could be those of entries of an archive: `a.zip/01.txt`, where `a.zip` is a folder here and an archive there.
fn within_archives(by_name: &BTreeMap<String, (PathBuf, Source)>) -> impl Iterator<Item = FindError> {
    by_name.iter().filter(|(_, (_, source))| matches!(source.kind, SourceKind::Archive(_))).filter_map(
        |(name, (real, _))| {
            let folder = format!("{name}/");
            let (name, (within, _)) =
                by_name.range(folder.clone()..).next().filter(|(name, _)| name.starts_with(&folder))?;
            Some(FindError::SameName { name: name.clone(), first: real.clone(), second: within.clone() })
        },
    )
}

/// The files that one path means, each with its real path. Whatever exists under exactly this name is taken as it is, so
/// that file names with brackets need no quoting.
fn list(path: &CorpusPath, corpus: &mut Corpus) -> Result<Vec<(PathBuf, Source)>, FindError> {
    let literal = path.base.join(&path.pattern);
    let found = if literal.is_dir() {
        walk(&literal, |_| true, corpus)
    } else if literal.is_file() {
        let name = readable(literal.file_name().unwrap_or(literal.as_os_str()));
        let form = form_of(&name);
        return Ok(vec![(real(&literal), source(name, literal, form))]);
    } else if fs::symlink_metadata(&literal).is_ok() {
        // A link that leads nowhere, or a device: named outright, so it is tried and fails.
        let name = readable(literal.file_name().unwrap_or(literal.as_os_str()));
        return Ok(vec![(real(&literal), source(name, literal, Form::default()))]);
    } else {
        glob(path, corpus)?
    };
    if found.is_empty() && corpus.failures.is_empty() {
        return Err(FindError::NoMatch(path.pattern.clone()));
    }
    Ok(found)
}

fn glob(path: &CorpusPath, corpus: &mut Corpus) -> Result<Vec<(PathBuf, Source)>, FindError> {
    let pattern = path.pattern.replace('\\', "/");
    let invalid =
        |e: globset::Error| FindError::Pattern { pattern: path.pattern.clone(), message: e.kind().to_string() };
    // The root is everything before the first part with a wildcard; names are relative to it.
    let wild = |part: &str| part.contains(['*', '?', '[', '{']);
    let parts: Vec<&str> = pattern.split('/').collect();
    let fixed = parts.iter().take_while(|p| !wild(p)).count();
    if fixed == parts.len() {
        return Err(FindError::NoMatch(path.pattern.clone()));
    }
    let root = match parts[..fixed].join("/") {
        root if root.is_empty() && fixed > 0 => PathBuf::from("/"),
        // An empty path is no folder to the system; the working directory is meant.
        root => Path::new(".").join(&path.base).join(root),
    };
    let matcher =
        GlobBuilder::new(&parts[fixed..].join("/")).literal_separator(true).build().map_err(invalid)?.compile_matcher();
    Ok(walk(&root, |name| matcher.is_match(name), corpus))
}

/// The real path of the newest folder seen: files of one folder come one after the other, and to
/// follow the links of every part of every path would cost more than to read the files.
#[derive(Default)]
struct RealFolder {
    folder: PathBuf,
    real: Option<PathBuf>,
}

impl RealFolder {
    /// The real path of a file that is no link itself.
    fn path(&mut self, file: &Path) -> PathBuf {
        let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return file.to_owned() };
        if self.real.is_none() || self.folder != folder {
            self.folder = folder.to_owned();
            self.real = fs::canonicalize(folder).ok();
        }
        self.real.as_deref().map_or_else(|| file.to_owned(), |real| real.join(name))
    }
}

/// All readable files below `root` whose relative name is `wanted`, each with its real path.
fn walk(root: &Path, wanted: impl Fn(&str) -> bool, corpus: &mut Corpus) -> Vec<(PathBuf, Source)> {
    let mut found = Vec::new();
    let mut folder = RealFolder::default();
    for entry in WalkDir::new(root).follow_links(true).sort_by_file_name() {
        match entry {
            // Folders are walked; pipes and devices would never end.
            Ok(entry) if !entry.file_type().is_file() => {}
            Ok(entry) => {
                let name = relative_name(root, entry.path());
                if !wanted(&name) {
                    continue;
                }
                let form = form_of(&name);
                match form.kind {
                    Some(_) => {
                        let real = if entry.path_is_symlink() { real(entry.path()) } else { folder.path(entry.path()) };
                        found.push((real, source(name, entry.into_path(), form)));
                    }
                    None => corpus.n_skipped += 1,
                }
            }
            // Nothing is there to walk.
            Err(e) if e.depth() == 0 => {}
            Err(e) => {
                let path = e.path().unwrap_or(root);
                let name = relative_name(root, path);
                // A dangling link of another kind would have been skipped; a folder always counts.
                if wanted(&name) && (form_of(&name).kind.is_some() || path.extension().is_none()) {
                    let message = e.io_error().map_or_else(|| "a link leads back to its folder".to_owned(), io_message);
                    corpus.failures.push(Failure { page: name, error: ReadPageError::Io(message) });
                }
            }
        }
    }
    found
}

/// The operating system's message without its number.
pub(crate) fn io_message(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

fn relative_name(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| readable(c.as_os_str())).collect();
    parts.join("/")
}

/// A file name as text. Bytes that are not UTF-8 (as in archives unpacked from another encoding)
/// are written as `%B5`, so that two names stay two.
fn readable(name: &std::ffi::OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|b| format!("%{b:02X}")));
    }
    out
}

/// The path that all links to a file lead to.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn source(name: String, path: PathBuf, form: Form) -> Source {
    let size = fs::metadata(&path).map_or(0, |m| m.len());
    // What is named outright is tried.
    let kind = form.kind.unwrap_or(SourceKind::Text);
    Source { name, origin: Origin::File(path), kind, packing: form.packing, size }
}

/// What the ending of a name says.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Form {
    /// None for files of kinds that are not read.
    pub(crate) kind: Option<SourceKind>,
    /// How the file is packed.
    pub(crate) packing: Packing,
}

/// The form of a file or entry by its name.
pub(crate) fn form_of(name: &str) -> Form {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let (name, packing) = match name.rsplit_once('.') {
        Some((name, "gz")) => (name, Packing::Gzip),
        Some((name, "zst")) => (name, Packing::Zstd),
        _ => (&*name, Packing::None),
    };
    let form = |kind, packing| Form { kind: Some(kind), packing };
    match name.rsplit_once('.') {
        Some((_, "tgz")) if packing == Packing::None => form(SourceKind::Archive(ArchiveKind::Tar), Packing::Gzip),
        Some((_, ending)) => Form { kind: kind_of(ending), packing },
        // `1956-03-08.gz`: packed without a word on what it is.
        None if packing != Packing::None => form(SourceKind::Text, packing),
        None => Form { kind: None, packing },
    }
}

fn kind_of(ending: &str) -> Option<SourceKind> {
    Some(match ending {
        "txt" => SourceKind::Text,
        "jsonl" | "ndjson" => SourceKind::JsonLines,
        "pdf" => SourceKind::Pdf,
        "html" | "htm" => SourceKind::Html,
        "zip" => SourceKind::Archive(ArchiveKind::Zip),
        "tar" => SourceKind::Archive(ArchiveKind::Tar),
        _ => return None,
    })
}
