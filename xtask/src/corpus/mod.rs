//! `cargo xtask corpus`: newspaper pages of any number, with the truth about them beside.
//!
//! Five invented papers come out on the same days, with four pages each (more once the days of
//! eight years are used up). Pages are made and written a day at a time, so that memory does not
//! grow with the number of pages. The pages of a corpus are the first pages of every larger one
//! with the same seed.

mod articles;
mod calendar;
mod grammar;
mod jumble;
mod names;
mod offices;
mod pen;
mod plants;
mod random;
mod record;
mod truth;
pub(crate) mod wrap;

#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use self::articles::{Article, Desk};
use self::calendar::{Day, SPAN};
use self::names::{N_PAPERS, Names};
use self::plants::Lexicon;
use self::random::{Kind as Stream, stream};
use self::record::Record;
use self::truth::Kind;

/// Make a corpus of newspaper pages, with the truth about them beside it
///
/// Pages go to OUT/pages/PAPER/DATE/EDITION.txt; the truth goes to OUT/truth/truth.jsonl (a page a
/// line) and OUT/truth/truth-corpus.json. The same arguments and lexicons give the same bytes.
#[derive(clap::Args)]
pub(crate) struct CorpusArgs {
    /// How many pages
    #[arg(long, value_name = "N")]
    pub(crate) pages: u64,
    /// Another seed makes another corpus
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The folder to make; an earlier corpus in it is replaced
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Share of sentences taken word for word from a stock that all pages draw from, 0 to 1
    #[arg(long, value_name = "R", default_value_t = 0.1)]
    pub(crate) repetition: f64,
    /// Share of articles that repeat one of another paper with small changes, 0 to 1
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    pub(crate) reprints: f64,
}

/// What decides the content of every page.
#[derive(Clone, Copy)]
struct Options {
    seed: u64,
    repetition_per_mille: u32,
    reprints_per_mille: u32,
}

/// Pages of a paper on one day.
const EDITIONS: u64 = 4;
/// Pages of all papers on one day.
const PAGES_A_DAY: u64 = N_PAPERS * EDITIONS;

/// One page: which paper, which day, which edition.
struct Issue {
    /// From 0, over the whole corpus.
    page: u64,
    paper: u64,
    paper_name: String,
    day: Day,
    edition: u64,
}

impl Issue {
    fn of_page(page: u64, names: Names) -> Self {
        let offset = stream(names.seed, Stream::Calendar, 0).u64(0..SPAN);
        let (round, paper) = (page / PAGES_A_DAY, page % PAGES_A_DAY / EDITIONS);
        // Once all days are used up, papers get thicker.
        let edition = round / SPAN * EDITIONS + page % EDITIONS + 1;
        Issue { page, paper, paper_name: names.paper(paper), day: Day::of_issue(round, offset), edition }
    }

    /// The name of the page as the program gives it, relative to the folder of pages.
    fn id(&self) -> String {
        format!("{}/{}/{:02}.txt", self.paper_name, self.day.date(), self.edition)
    }
}

/// Makes a corpus and says what it holds.
pub(crate) fn corpus(args: &CorpusArgs) -> Result<()> {
    let started = Instant::now();
    let made = make(args)?;
    println!(
        "{} pages, {} articles, {} of them reprints, {:.1} MB of text, {:.1} s",
        args.pages,
        made.articles,
        made.reprints,
        made.bytes as f64 / 1e6,
        started.elapsed().as_secs_f64()
    );
    println!("Pages: {}", args.out.join("pages").display());
    println!("Truth: {}", args.out.join("truth").display());
    Ok(())
}

/// What a corpus came to.
pub(crate) struct Made {
    pub(crate) articles: u64,
    pub(crate) reprints: u64,
    pub(crate) bytes: u64,
}

/// Makes a corpus.
pub(crate) fn make(args: &CorpusArgs) -> Result<Made> {
    let options = Options {
        seed: args.seed,
        repetition_per_mille: per_mille("--repetition", args.repetition)?,
        reprints_per_mille: per_mille("--reprints", args.reprints)?,
    };
    ensure!(
        options.reprints_per_mille <= 800,
        "--reprints: the first of five papers reprints nothing; 0.8 is the most"
    );
    let lexicon = Lexicon::read(&lexicons(), args.seed)?;
    let desk = Desk {
        names: Names { seed: args.seed },
        planted: plants::plant(args.seed, &lexicon),
        lexicon,
        grammars: grammar::topics()?,
        options,
    };
    let (pages, truth) = (args.out.join("pages"), args.out.join("truth"));
    clear(&args.out, &[&pages, &truth])?;
    let created = |path: &Path| fs::create_dir_all(path).with_context(|| format!("`{}`", path.display()));
    created(&pages)?;
    created(&truth)?;
    let path = truth.join("truth.jsonl");
    let mut lines = BufWriter::new(File::create(&path).with_context(|| format!("`{}`", path.display()))?);
    let mut record = Record::new(&desk, args.pages);
    let mut bytes = 0;
    // Articles of the papers of the day that have been made already, with their names.
    let (mut earlier, mut of_this_paper) = (Vec::new(), Vec::new());
    for number in 0..args.pages {
        let issue = Issue::of_page(number, desk.names);
        if number % PAGES_A_DAY == 0 {
            earlier.clear();
            of_this_paper.clear();
        } else if number % EDITIONS == 0 {
            earlier.append(&mut of_this_paper);
        }
        let articles = desk.page(&issue, &earlier);
        let jumbled = jumble::jumble(&issue, &articles, desk.names);
        bytes += jumbled.text.len() as u64;
        let path = pages.join(issue.id());
        created(path.parent().unwrap_or(&pages))?;
        fs::write(&path, &jumbled.text).with_context(|| format!("`{}`", path.display()))?;
        let ordered: Vec<&Article> = jumbled.order.iter().map(|&i| &articles[i]).collect();
        serde_json::to_writer(&mut lines, &record.page(&issue, &ordered, jumbled.furniture))?;
        lines.write_all(b"\n")?;
        let id = issue.id();
        for (index, article) in ordered.into_iter().enumerate() {
            if article.reprint_of.is_empty() && matches!(article.kind, Kind::News | Kind::Feature) {
                of_this_paper.push((format!("{id}#{}", index + 1), article.clone()));
            }
        }
    }
    lines.flush()?;
    let truth_corpus = record.finish();
    let path = truth.join("truth-corpus.json");
    let text = serde_json::to_string_pretty(&truth_corpus)? + "\n";
    fs::write(&path, text).with_context(|| format!("`{}`", path.display()))?;
    Ok(Made { articles: truth_corpus.articles, reprints: truth_corpus.reprints.len() as u64, bytes })
}

/// Empties the folder of an earlier corpus; any other that is not empty is refused.
fn clear(out: &Path, ours: &[&PathBuf]) -> Result<()> {
    let Ok(entries) = fs::read_dir(out) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if !ours.contains(&&path) {
            bail!("`{}` holds more than a made corpus (`{}`): name another folder", out.display(), path.display());
        }
    }
    for path in ours.iter().filter(|p| p.exists()) {
        fs::remove_dir_all(path).with_context(|| format!("`{}`", path.display()))?;
    }
    Ok(())
}

fn per_mille(name: &str, share: f64) -> Result<u32> {
    ensure!((0.0..=1.0).contains(&share), "{name} is {share}; a share is 0 to 1");
    Ok((share * 1000.0).round() as u32)
}

/// The lexicons of the workspace, read as they are now.
fn lexicons() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/lexicons")
}
