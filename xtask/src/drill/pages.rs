//! The files of a drill: pages, the truth beside them, and which page is of which group.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use banmian_core::Print;
use banmian_corpus::{PdfFile, PdfSettings};
use serde::Deserialize;

use super::truth::PageTruth;

/// A page and the truth about it.
pub(super) struct Case {
    /// Name of the page.
    pub(super) stem: String,
    /// Its text layer.
    pub(super) text: String,
    /// Where its lines stand, if the page is a PDF.
    pub(super) print: Option<Print>,
    pub(super) truth: PageTruth,
}

/// Pages that are told of together.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) cases: Vec<Case>,
}

/// A group as `groups.toml` has it, under its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// What its pages have in common, for readers.
    #[serde(rename = "about")]
    _about: String,
    pages: Vec<String>,
}

/// All pages of a folder that have their truth in `STEM.json`, in the groups of its `groups.toml`;
/// without one, all are one group.
///
/// The text of a page is a file below `texts` whose path, with `-` for each `/`, is `STEM.txt` or `STEM.pdf`.
pub(super) fn groups(folder: &Path, texts: &Path) -> Result<Vec<Group>> {
    let mut cases = cases(folder, texts)?;
    let list = folder.join("groups.toml");
    if !list.exists() {
        return Ok(vec![Group { name: "pages".to_owned(), cases: cases.into_values().collect() }]);
    }
    let listed: BTreeMap<String, Listed> = toml::from_str(&read(&list)?).with_context(|| list.display().to_string())?;
    let mut groups = Vec::new();
    for (name, Listed { pages, .. }) in listed {
        let take = |stem: String| {
            cases.remove(&stem).with_context(|| format!("{}: no page `{stem}`, or it is named twice", list.display()))
        };
        groups.push(Group { name, cases: pages.into_iter().map(take).collect::<Result<_>>()? });
    }
    if let Some(stem) = cases.keys().next() {
        bail!("{}: `{stem}` is in no group", list.display());
    }
    Ok(groups)
}

fn cases(folder: &Path, texts: &Path) -> Result<BTreeMap<String, Case>> {
    let mut files = BTreeMap::new();
    text_files(texts, "", &mut files)?;
    let mut cases = BTreeMap::new();
    for path in entries(folder)? {
        let (Some(stem), true) = (path.file_stem(), path.extension().is_some_and(|e| e == "json")) else { continue };
        let stem = stem.to_string_lossy().into_owned();
        let truth = PageTruth::read(&stem, &read(&path)?)?;
        let page = files.get(&stem);
        let page = page.with_context(|| format!("{stem}.json: no {stem}.txt or .pdf in {}", texts.display()))?;
        let (text, print) =
            if page.extension().is_some_and(|e| e == "pdf") { printed(page)? } else { (read(page)?, None) };
        cases.insert(stem.clone(), Case { stem, text, print, truth });
    }
    ensure!(!cases.is_empty(), "{} holds no truth of a page (STEM.json)", folder.display());
    Ok(cases)
}

/// The first page of a PDF file.
fn printed(path: &Path) -> Result<(String, Option<Print>)> {
    let settings = PdfSettings::default();
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let page = PdfFile::read(bytes, &settings).and_then(|file| file.page(0, &settings));
    let page = page.with_context(|| path.display().to_string())?;
    Ok((page.text, Some(page.print)))
}

/// Files of pages below a folder, by their path without ending and with `-` between its parts.
fn text_files(folder: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    for path in entries(folder)? {
        let Some(stem) = path.file_stem() else { continue };
        let name = format!("{prefix}{}", stem.to_string_lossy());
        if path.is_dir() {
            text_files(&path, &format!("{name}-"), files)?;
        } else if path.extension().is_some_and(|e| e == "txt" || e == "pdf") {
            files.insert(name, path);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    Ok(list.map(|entry| entry.map(|e| e.path())).collect::<std::io::Result<_>>()?)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
