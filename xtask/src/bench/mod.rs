//! `cargo xtask bench`: what runs cost, against the floor and against an empty analyzer.
//!
//! Everything measured is a process of its own, and the processes take turns (A B C A B C …), so
//! that a machine that slows down slows all of them. Ratios are taken within a turn; what is printed
//! is their median. Figures of note go to docs/performance.md.

mod floor;
mod measure;
mod table;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value as Json;

pub(crate) use self::floor::floor;
pub(crate) use self::measure::measure_to;
use self::measure::{Usage, measure};
use self::table::{print_pdf, print_table};
use crate::corpus::{self, CorpusArgs};
use crate::typeset;

/// Measure CPU time and memory of runs against the floor, in turns
///
/// Builds the program, makes a corpus and measures: the floor (jieba-rs alone on the clean text),
/// the default suite, each of its analyzers alone, and an empty analyzer that needs words; then looking up a word
/// (`banmian kwic`) against cutting all words of the same text, which needs no dictionary and must be quicker.
/// A quarter as many pages are set in columns and written as PDF: reading them alone, and the default suite over them.
#[derive(clap::Args)]
pub(crate) struct BenchArgs {
    /// Pages of the made corpus
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pages: u64,
    /// Turns
    #[arg(long, value_name = "K", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// Words for `banmian kwic`: on nearly every page of a made corpus, and on none.
const LOOKED_UP: [(&str, &str); 2] = [("kwic, often", "会议"), ("kwic, never", "蒸汽机车")];

/// One of the things measured.
struct Contender {
    name: String,
    command: Vec<String>,
    /// Where its `run.log.json` is; none for the floor.
    log: Option<PathBuf>,
    samples: Vec<Sample>,
}

/// What one process used and what it told of its parts.
struct Sample {
    usage: Usage,
    parts: Option<Parts>,
}

/// Parts of a run, by its own log; seconds of one thread.
struct Parts {
    reading: f64,
    layout: f64,
    words: f64,
    analyzers: f64,
    /// From the last page to the end: tables, report, manifest.
    end: f64,
    total: f64,
}

/// The cargo that runs this task, or the one on the path.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Measures and prints the table.
pub(crate) fn bench(args: &BenchArgs) -> Result<()> {
    ensure!(cfg!(target_os = "linux"), "`cargo xtask bench` measures on Linux alone");
    let programs = build()?;
    let folder = programs.join("../bench");
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    let made = folder.join(format!("corpus-{}", args.pages));
    let corpus_args = CorpusArgs { pages: args.pages, seed: 1, out: made.clone(), repetition: 0.1, reprints: 0.05 };
    corpus::make(&corpus_args)?;
    let pages = made.join("pages");
    let text = folder.join("clean.txt");
    let n_bytes = write_clean_text(&programs.join("banmian"), &pages, &text)?;
    let n_printed = args.pages.div_ceil(4);
    let printed = folder.join(format!("pdf-{n_printed}"));
    typeset::plain_files(&made.join("truth/truth.jsonl"), n_printed, &printed)?;
    let mut contenders = contenders(&programs, &folder, &pages, &text)?;
    let n_of_text = contenders.len();
    contenders.extend(of_pdf(&programs, &folder, &printed));
    let figures = folder.join("figures.json");
    let xtask = programs.join("xtask").display().to_string();
    for turn in 1..=args.runs {
        for contender in &mut contenders {
            eprintln!("turn {turn} of {}: {}", args.runs, contender.name);
            let usage = measure(Path::new(&xtask), &contender.command, &figures)?;
            let parts = contender.log.as_deref().map(parts).transpose()?;
            contender.samples.push(Sample { usage, parts });
        }
    }
    println!("{} pages, {:.1} MB of clean text, {} turns, one thread\n", args.pages, n_bytes as f64 / 1e6, args.runs);
    print_table(&contenders[..n_of_text]);
    print_pdf(&contenders[n_of_text..], n_printed);
    Ok(())
}

/// Builds what is measured, as it is released; gives the folder of the programs.
pub(crate) fn build() -> Result<PathBuf> {
    // Apart, so that the program has the features that it has for its users and no others.
    for package in ["banmian-cli", "xtask"] {
        let status = Command::new(cargo()).args(["build", "--release", "--package", package]).status()?;
        ensure!(status.success(), "`cargo build --release --package {package}` failed");
    }
    // This program is in the folder of its profile; `release` is beside it.
    let own = std::env::current_exe()?;
    let target = own.parent().and_then(Path::parent).context("this program is in no target folder")?;
    Ok(target.join("release"))
}

/// Writes the clean text of all pages to one file; gives its bytes.
fn write_clean_text(program: &Path, pages: &Path, text: &Path) -> Result<u64> {
    let mut command = Command::new(program);
    let mut child = command.arg("pages").arg(pages).args(["--format", "jsonl"]).stdout(Stdio::piped()).spawn()?;
    let mut out = BufWriter::new(File::create(text)?);
    let mut n_bytes = 0;
    for line in BufReader::new(child.stdout.take().context("the output is piped")?).lines() {
        let page: Json = serde_json::from_str(&line?).context("`banmian pages` gives a JSON object a line")?;
        let clean = page["text"].as_str().context("a page has a text")?;
        n_bytes += clean.len() as u64 + 1;
        writeln!(out, "{clean}")?;
    }
    out.flush()?;
    ensure!(child.wait()?.success(), "`banmian pages` failed");
    Ok(n_bytes)
}

/// The floor, the empty analyzer, the default suite, and each of its analyzers alone.
fn contenders(programs: &Path, folder: &Path, pages: &Path, text: &Path) -> Result<Vec<Contender>> {
    let path = |path: &Path| path.display().to_string();
    let program = programs.join("banmian");
    let analyzers = analyzers_of_default(&program)?;
    let run = |program: &str, suite: String, name: &str| run(&programs.join(program), suite, pages, folder, name);
    fs::create_dir_all(folder.join("out"))?;
    let floor = Contender {
        name: "floor".to_owned(),
        command: vec![path(&programs.join("xtask")), "floor".to_owned(), path(text)],
        log: None,
        samples: Vec::new(),
    };
    let suite = |name: &str, keep: &str, more: &str| -> Result<String> {
        let file = folder.join(format!("{name}.toml"));
        let off = analyzers.iter().filter(|a| *a != keep);
        let off: String = off.map(|a| format!("[analyzers.{a}]\nenabled = false\n")).collect();
        fs::write(&file, format!("extends = \"default\"\n{off}{more}"))?;
        Ok(path(&file))
    };
    let empty = suite("empty", "", "[analyzers.empty]\n")?;
    let mut contenders =
        vec![floor, run("banmian-bench", empty, "empty"), run("banmian", "default".to_owned(), "default")];
    for analyzer in &analyzers {
        contenders.push(run("banmian", suite(analyzer, analyzer, "")?, analyzer));
    }
    let cut = [path(&programs.join("xtask")), "floor".to_owned(), "--cut".to_owned(), path(text)];
    contenders.push(plain("cut", cut.into()));
    for (name, word) in LOOKED_UP {
        let kwic = [path(&program), "kwic".to_owned(), word.to_owned(), path(pages)];
        contenders.push(plain(name, kwic.into()));
    }
    Ok(contenders)
}

/// Reading PDF pages alone, and the default suite over them.
fn of_pdf(programs: &Path, folder: &Path, printed: &Path) -> [Contender; 2] {
    let program = programs.join("banmian");
    let words = [&program.display().to_string(), "pages", &printed.display().to_string(), "--format", "jsonl"];
    let pages = plain("PDF, pages", words.map(str::to_owned).into());
    [pages, run(&program, "default".to_owned(), printed, folder, "PDF, default")]
}

/// A command that tells nothing of its parts.
fn plain(name: &str, command: Vec<String>) -> Contender {
    Contender { name: name.to_owned(), command, log: None, samples: Vec::new() }
}

/// A run over some pages on one thread.
fn run(program: &Path, suite: String, pages: &Path, folder: &Path, name: &str) -> Contender {
    let path = |path: &Path| path.display().to_string();
    let out = folder.join("out").join(name);
    let run = [path(program), "run".to_owned(), suite];
    let options = ["--corpus".to_owned(), path(pages), "--out".to_owned(), path(&out)];
    let command = [&run[..], &options, &["--threads".to_owned(), "1".to_owned(), "--no-cache".to_owned()]].concat();
    Contender { name: name.to_owned(), command, log: Some(out.join("run.log.json")), samples: Vec::new() }
}

/// The names that the default suite gives its analyzers.
fn analyzers_of_default(program: &Path) -> Result<Vec<String>> {
    let output = Command::new(program).args(["check", "default"]).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the default suite is at fault");
    let suite: toml::Table = toml::from_str(std::str::from_utf8(&output.stdout)?)?;
    let analyzers = suite.get("analyzers").and_then(toml::Value::as_table);
    Ok(analyzers.context("the default suite has no analyzers")?.keys().cloned().collect())
}

fn parts(log: &Path) -> Result<Parts> {
    let text = fs::read(log).with_context(|| format!("`{}`", log.display()))?;
    let log: Json = serde_json::from_slice(&text)?;
    let threads = &log["thread_seconds"];
    let seconds = |value: &Json| value.as_f64().context("run.log.json lacks a time");
    let analyzers = threads["analyzers"].as_object().context("run.log.json lacks the analyzers")?;
    let total = seconds(&log["seconds"]["total"])?;
    Ok(Parts {
        reading: seconds(&threads["reading"])?,
        layout: seconds(&threads["layout"])?,
        words: seconds(&threads["words"])?,
        analyzers: analyzers.values().filter_map(Json::as_f64).sum(),
        end: total - seconds(&log["seconds"]["pages"])?,
        total,
    })
}
