//! Case files: a method told as examples, and checked as such.
//!
//! A case is a section of a Markdown file: a heading, prose that says why, then fenced blocks:
//! `toml` (settings, optional), `page [DATE] [NAME]` (raw text, one or more) and `rows TABLE` (the
//! expected rows; the first line names the columns to compare, cells are joined with ` | `). A
//! `rows` block with its first line alone says that nothing is found.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use banmian_core::{Analyzer, Cell, Cells, Issue, TableSchema};

use crate::{read, rows};

/// Runs every case of the `.md` files in `folder`, which is relative to the crate under test.
///
/// With `UPDATE_EXPECT=1` in the environment the `rows` blocks are rewritten instead; read the
/// difference line by line before you accept it.
///
/// # Panics
/// With every case that differs, expected and found; or if there is no case at all.
pub fn cases<A: Analyzer>(folder: impl AsRef<Path>) {
    let folder = folder.as_ref();
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{} cannot be read: {e}", folder.display()))
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let (mut n_cases, mut wrong) = (0, String::new());
    for file in files {
        let text = fs::read_to_string(&file).expect("a case file can be read");
        let (renewed, checked) = check_file::<A>(&file, &text, &mut wrong);
        n_cases += checked;
        if update && renewed != text {
            fs::write(&file, renewed).expect("a case file can be written");
        }
    }
    assert!(n_cases > 0, "{} holds no case", folder.display());
    assert!(update || wrong.is_empty(), "of {n_cases} cases these differ (UPDATE_EXPECT=1 renews them):\n{wrong}");
}

/// One fenced block: the words after its fence, its text, its lines in the file.
struct Block<'a> {
    kind: &'a str,
    words: Vec<&'a str>,
    text: String,
    lines: std::ops::Range<usize>,
}

/// Checks all cases of a file; gives the file with the rows as found, and the number of cases.
fn check_file<A: Analyzer>(file: &Path, text: &str, wrong: &mut String) -> (String, usize) {
    let lines: Vec<&str> = text.lines().collect();
    let mut renewed: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    let mut n_cases = 0;
    let starts: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].starts_with("## ")).collect();
    // From the last case to the first, so that rewriting moves no line still to be used.
    for (k, &start) in starts.iter().enumerate().rev() {
        let end = starts.get(k + 1).copied().unwrap_or(lines.len());
        let blocks = blocks(&lines, start..end);
        let Some(found) = run_case::<A>(&blocks, file, lines[start]) else { continue };
        n_cases += 1;
        let rows_blocks: Vec<_> = blocks.iter().filter(|b| b.kind == "rows").zip(found).collect();
        for (block, found) in rows_blocks.into_iter().rev() {
            if block.text != found {
                let title = lines[start].trim_start_matches("## ");
                let place = format!("{}:{}", file.display(), block.lines.start);
                let _ = writeln!(wrong, "\n{place}: {title}\nexpected:\n{}found:\n{found}", block.text);
                renewed.splice(block.lines.clone(), found.lines().map(str::to_owned));
            }
        }
    }
    (renewed.join("\n") + "\n", n_cases)
}

fn blocks<'a>(lines: &[&'a str], range: std::ops::Range<usize>) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let mut i = range.start;
    while i < range.end {
        if let Some(info) = lines[i].strip_prefix("```") {
            let start = i + 1;
            let length = lines[start..range.end].iter().position(|l| l.trim_end() == "```");
            let end = start + length.unwrap_or_else(|| panic!("the block at line {} has no end", i + 1));
            let mut words = info.split_whitespace();
            let kind = words.next().unwrap_or("");
            let text = lines[start..end].iter().map(|l| format!("{l}\n")).collect();
            blocks.push(Block { kind, words: words.collect(), text, lines: start..end });
            i = end;
        }
        i += 1;
    }
    blocks
}

/// The text of each `rows` block as found; none if the section holds no such block.
fn run_case<A: Analyzer>(blocks: &[Block<'_>], file: &Path, title: &str) -> Option<Vec<String>> {
    let wanted: Vec<&Block<'_>> = blocks.iter().filter(|b| b.kind == "rows").collect();
    if wanted.is_empty() {
        return None;
    }
    let settings: String = blocks.iter().filter(|b| b.kind == "toml").map(|b| &*b.text).collect();
    let analyzer: A = banmian_engine::suite::analyzer(&settings)
        .unwrap_or_else(|e| panic!("{}: {title}: the settings are at fault:\n{e}", file.display()));
    let pages = blocks.iter().filter(|b| b.kind == "page").enumerate();
    let readings: Vec<_> = pages
        .map(|(i, block)| {
            let is_date = |w: &&str| w.len() == 10 && w.as_bytes()[4] == b'-';
            let date = block.words.first().filter(|w| is_date(w)).map_or("", |w| *w);
            let name =
                block.words.iter().find(|w| !is_date(w)).map_or_else(|| format!("page-{}", i + 1), |w| (*w).to_owned());
            read(&name, Issue { date: date.to_owned(), ..Issue::default() }, &block.text)
        })
        .collect();
    let all = rows(&analyzer, &readings);
    Some(wanted.iter().map(|block| shown(block, &all, A::MANIFEST.tables)).collect())
}

/// The rows of a block's table as the block would have them.
fn shown(block: &Block<'_>, all: &[(&'static TableSchema, Cells)], tables: &[&'static TableSchema]) -> String {
    let name = block.words.first().copied().unwrap_or("");
    let schema = tables.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("there is no table `{name}`"));
    let head = block.text.lines().next().unwrap_or("");
    let columns: Vec<usize> = head
        .split(" | ")
        .map(|column| {
            let position = schema.all_columns().position(|c| c.name == column.trim());
            position.unwrap_or_else(|| panic!("table `{name}` has no column `{column}`"))
        })
        .collect();
    let mut out = format!("{head}\n");
    for (_, cells) in all.iter().filter(|(s, _)| s.name == name) {
        let texts: Vec<String> = columns.iter().map(|&i| cell_text(&cells[i])).collect();
        out.push_str(texts.join(" | ").trim_end());
        out.push('\n');
    }
    out
}

fn cell_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.replace('\n', "⏎"),
        Cell::Integer(i) => i.to_string(),
        Cell::Float(f) => f.to_string(),
        Cell::Boolean(b) => b.to_string(),
        Cell::Empty => String::new(),
    }
}
