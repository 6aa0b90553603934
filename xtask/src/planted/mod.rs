//! `cargo xtask planted`: what slogan-phrase says of a made corpus, against what was planted there.
//!
//! The program runs twice, as its user would: the first run discovers, the second has the
//! `found.tsv` of the first named in its suite and counts what is in it. Everything is read from the
//! tables and from the truth beside the pages.

mod reprints;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::bench;
use crate::corpus::{self, CorpusArgs};

/// Run slogan-phrase over a made corpus and compare its tables with what was planted
///
/// Makes the corpus, runs twice (the second time with what the first discovered as a lexicon) and
/// prints ranks, counts, marks of the timeline and recall and precision of reprints.
#[derive(clap::Args)]
pub(crate) struct PlantedArgs {
    /// Pages of the made corpus
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pages: u64,
    /// Another seed makes another corpus
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// What the maker of the corpus wrote of it.
#[derive(Deserialize)]
struct Truth {
    articles: u64,
    planted: Vec<Planted>,
    reprints: Vec<reprints::Pair>,
}

#[derive(Deserialize)]
struct Planted {
    phrase: String,
    plan: String,
    mentions: u64,
    articles_without_reprints: u64,
}

/// A row of `discovered`, of which the order alone matters here.
#[derive(Deserialize)]
struct Discovered {
    phrase: String,
}

#[derive(Deserialize)]
struct Phrase {
    canonical: String,
    count: u64,
    original_articles: u64,
}

/// A row of `timeline`.
#[derive(Deserialize)]
struct Period {
    canonical: String,
    period: String,
    articles: u64,
    of: u64,
    expected: Option<f64>,
    change: String,
}

/// Makes, runs, compares and prints.
pub(crate) fn planted(args: &PlantedArgs) -> Result<()> {
    let programs = bench::build()?;
    let program = programs.join("banmian");
    let folder = programs.join("../planted").join(format!("{}-{}", args.pages, args.seed));
    fs::create_dir_all(&folder)?;
    let made = folder.join("corpus");
    corpus::make(&CorpusArgs {
        pages: args.pages,
        seed: args.seed,
        out: made.clone(),
        repetition: 0.1,
        reprints: 0.05,
    })?;
    let truth = fs::read(made.join("truth/truth-corpus.json"))?;
    let truth: Truth = serde_json::from_slice(&truth)?;

    let first = run(&program, &folder, &made, "first", "")?;
    let discovered: Vec<Discovered> = table(&first, "discovered")?;
    let lexicons = lexicons_and(&program, &first.join("slogan-phrase/found.tsv"))?;
    let second = run(&program, &folder, &made, "second", &format!("lexicons = {lexicons}\n"))?;

    println!(
        "{} pages, seed {}: {} articles, {} planted reprints\n",
        args.pages,
        args.seed,
        truth.articles,
        truth.reprints.len()
    );
    print_counts(&truth.planted, &discovered, &table(&second, "phrases")?);
    print_timeline(&truth.planted, &table(&second, "timeline")?);
    reprints::print(&program, &made, &truth.reprints, &table(&second, "reprints")?)
}

/// Runs slogan-phrase alone, with `settings`; gives the folder of its results.
fn run(program: &Path, folder: &Path, made: &Path, name: &str, settings: &str) -> Result<PathBuf> {
    let suite = folder.join(format!("{name}.toml"));
    let others = "[analyzers.keyword-frequency]\nenabled = false\n[analyzers.person-role]\nenabled = false\n";
    fs::write(&suite, format!("extends = \"default\"\n{others}[analyzers.slogan-phrase]\n{settings}"))?;
    let out = folder.join(name);
    let mut command = Command::new(program);
    command.arg("run").arg(&suite).arg("--corpus").arg(made.join("pages")).arg("--out").arg(&out);
    ensure!(command.stdout(Stdio::null()).status()?.success(), "the run `{name}` failed");
    Ok(out)
}

/// The lexicons of the default suite and one more, as a TOML list.
fn lexicons_and(program: &Path, more: &Path) -> Result<String> {
    let output = Command::new(program).args(["check", "default"]).stderr(Stdio::inherit()).output()?;
    let suite: toml::Table = toml::from_str(std::str::from_utf8(&output.stdout)?)?;
    let lexicons = suite["analyzers"]["slogan-phrase"]["lexicons"].as_array().context("there are lexicons")?;
    let mut lexicons = lexicons.clone();
    lexicons.push(toml::Value::String(more.canonicalize()?.display().to_string()));
    Ok(toml::Value::Array(lexicons).to_string())
}

/// The rows of a table of slogan-phrase.
fn table<T: DeserializeOwned>(out: &Path, name: &str) -> Result<Vec<T>> {
    lines(&out.join("slogan-phrase").join(format!("{name}.jsonl")))
}

/// The rows of a JSON Lines file.
fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("`{}`", path.display()))?;
    BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

fn print_counts(planted: &[Planted], discovered: &[Discovered], phrases: &[Phrase]) {
    println!("{} formulations discovered; rank of those planted, and the count of the second run:", discovered.len());
    for plant in planted {
        let rank =
            discovered.iter().position(|d| d.phrase == plant.phrase).map_or("-".to_owned(), |i| (i + 1).to_string());
        let found = phrases.iter().find(|p| p.canonical == plant.phrase);
        let (count, articles) = found.map_or((0, 0), |p| (p.count, p.original_articles));
        println!(
            "  {}  {:14}  rank {rank:>3}  {count} of {} mentions, {articles} of {} articles without reprints",
            plant.phrase, plant.plan, plant.mentions, plant.articles_without_reprints
        );
    }
}

/// Prints every marked period of the planted formulations, and how many of the others have a mark. Of those
/// each is drawn as often in every month from the year on that its lexicon gives: a mark in that year is right.
fn print_timeline(planted: &[Planted], timeline: &[Period]) {
    println!("\nMarks of the timeline:");
    for plant in planted {
        let own = timeline.iter().filter(|t| t.canonical == plant.phrase && !t.change.is_empty());
        let marks: Vec<String> = own
            .map(|t| {
                let expected = t.expected.map_or(String::new(), |e| format!(", {e:.1} expected"));
                format!("{} {} ({} of {}{expected})", t.period, t.change, t.articles, t.of)
            })
            .collect();
        println!(
            "  {}  {:14}  {}",
            plant.phrase,
            plant.plan,
            if marks.is_empty() { "none".to_owned() } else { marks.join("; ") }
        );
    }
    let mut steady: BTreeMap<&str, bool> = BTreeMap::new();
    for t in timeline.iter().filter(|t| planted.iter().all(|p| p.phrase != t.canonical)) {
        *steady.entry(&t.canonical).or_default() |= !t.change.is_empty();
    }
    println!(
        "  {} of {} other formulations, steady since the year of their origin, have a mark",
        steady.values().filter(|&&m| m).count(),
        steady.len()
    );
}
