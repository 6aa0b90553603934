//! Reprints found against reprints made, when both are articles of other pieces.
//!
//! The program tells pairs of articles as it rebuilt them, the truth pairs as they were made. A
//! rebuilt article is matched to made ones by the sentences they share, in two ways: strictly, with
//! the one made article that it has most of; and by half, with every made article of which it has
//! half the text. The first counts against layout what layout has joined.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::lines;

/// A made article that repeats another, as `page#number`.
#[derive(Deserialize)]
pub(super) struct Pair {
    article: String,
    of: String,
}

/// A row of `reprints`.
#[derive(Deserialize)]
pub(super) struct Row {
    page: String,
    article: u32,
    original_page: String,
    original_article: u32,
}

#[derive(Deserialize)]
struct Page {
    page: String,
    articles: Vec<Article>,
}

#[derive(Deserialize)]
struct Article {
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    text: String,
}

/// Made articles by the rebuilt one they are in.
type Matches = HashMap<String, BTreeSet<String>>;

/// Prints recall and precision, matched both ways.
pub(super) fn print(program: &Path, made: &Path, pairs: &[Pair], rows: &[Row]) -> Result<()> {
    let rebuilt = rebuilt(program, &made.join("pages"))?;
    let truth: Vec<Page> = lines(&made.join("truth/truth.jsonl"))?;
    let (mut strict, mut by_half) = (Matches::new(), Matches::new());
    let truth: HashMap<&str, &Page> = truth.iter().map(|t| (t.page.as_str(), t)).collect();
    for page in &rebuilt {
        let made = truth.get(page.page.as_str()).with_context(|| format!("no truth of `{}`", page.page))?;
        match_articles(page, made, &mut strict, &mut by_half);
    }
    println!("\n{} reprints found:", rows.len());
    for (how, matches) in [("article for article", &strict), ("by half of the text", &by_half)] {
        let (recall, precision) = figures(pairs, rows, matches);
        println!("  matched {how}: recall {recall:.3}, precision {precision:.3}");
    }
    Ok(())
}

/// The pages as the program rebuilds them.
fn rebuilt(program: &Path, pages: &Path) -> Result<Vec<Page>> {
    let output =
        Command::new(program).arg("pages").arg(pages).args(["--format", "jsonl"]).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "`banmian pages` failed");
    std::str::from_utf8(&output.stdout)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn match_articles(rebuilt: &Page, made: &Page, strict: &mut Matches, by_half: &mut Matches) {
    let made: Vec<(String, HashMap<String, usize>)> =
        made.articles.iter().enumerate().map(|(i, a)| (name(&made.page, i + 1), sentences(a))).collect();
    for (i, article) in rebuilt.articles.iter().enumerate() {
        let own = sentences(article);
        let shared = made.iter().map(|(made, theirs)| {
            let shared: usize = theirs.iter().filter(|(s, _)| own.contains_key(*s)).map(|(_, n)| n).sum();
            (shared, theirs.values().sum::<usize>(), made)
        });
        let shared: Vec<_> = shared.filter(|(shared, ..)| *shared > 0).collect();
        let key = name(&rebuilt.page, i + 1);
        if let Some((.., most)) = shared.iter().max() {
            strict.entry(key.clone()).or_default().insert((*most).clone());
        }
        let half = shared.iter().filter(|(shared, of, _)| 2 * shared >= *of).map(|(.., made)| (*made).clone());
        by_half.entry(key).or_default().extend(half);
    }
}

fn name(page: &str, article: usize) -> String {
    format!("{page}#{article}")
}

/// Sentences by their letters, each with how many it has. Short ones stand anywhere and say nothing.
fn sentences(article: &Article) -> HashMap<String, usize> {
    let text = article.paragraphs.iter().flat_map(|p| p.text.split_inclusive(['。', '！', '？', '；']));
    let letters = text.map(|s| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    letters.map(|s| (s.chars().count(), s)).filter(|(n, _)| *n >= 8).map(|(n, s)| (s, n)).collect()
}

/// Recall over the made pairs and precision over the rows. A pair may be told either way round, and
/// two reprints of one article are a pair, too.
fn figures(pairs: &[Pair], rows: &[Row], matches: &Matches) -> (f64, f64) {
    let origin: BTreeMap<&str, &str> = pairs.iter().map(|p| (p.article.as_str(), p.of.as_str())).collect();
    let origin_of = |article: &str| {
        let mut at = article.to_owned();
        while let Some(of) = origin.get(at.as_str()) {
            at = (*of).to_owned();
        }
        at
    };
    let none = BTreeSet::new();
    let (mut n_right, mut found) = (0, BTreeSet::new());
    for row in rows {
        let of = |page: &str, article| matches.get(&name(page, article as usize)).unwrap_or(&none);
        let (later, earlier) = (of(&row.page, row.article), of(&row.original_page, row.original_article));
        let mut right = false;
        for (a, b) in later.iter().flat_map(|a| earlier.iter().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            if origin_of(a) == origin_of(b) {
                right = true;
                found.extend([a, b].into_iter().filter(|x| origin.contains_key(x.as_str())).cloned());
            }
        }
        n_right += usize::from(right);
    }
    let n_found = pairs.iter().filter(|p| found.contains(&p.article)).count();
    (n_found as f64 / pairs.len().max(1) as f64, n_right as f64 / rows.len().max(1) as f64)
}
