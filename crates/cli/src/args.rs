//! The command line: what can be asked, in the words of its `--help`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Reads Chinese newspaper pages, rebuilds their articles and analyses them.
///
/// Pages are plain text (the text layer of a PDF, say) or JSON Lines. Out come tables for a
/// spreadsheet or a program and a report for a browser: which words are frequent, which official
/// formulations are in circulation, who is named as holding which office. Every row says on which
/// page and line it was found.
#[derive(Parser)]
#[command(
    name = "banmian",
    version,
    after_help = "\
Examples:
  banmian run                              try it on the sample pages that come with the program
  banmian run --corpus pages               analyse the pages in the folder `pages`
  banmian run my-suite.toml --out results  run a suite of your own
  banmian pages page.txt                   see the articles of one page
  banmian init                             write a suite to start from"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run a suite of analyzers over a corpus and write tables and a report
    Run(RunArgs),
    /// Show the articles rebuilt from pages
    Pages(PagesArgs),
    /// List the analyzers, or the settings and tables of one
    Analyzers(AnalyzersArgs),
    /// Check a suite: print its faults, or the suite with all settings filled in
    Check(CheckArgs),
    /// Write a suite file to start from
    Init(InitArgs),
    /// Show every place where a word, phrase or pattern stands, with what stands around it
    Kwic(KwicArgs),
}

/// Show every place where a word, phrase or pattern stands, with what stands around it
///
/// PATTERN is a word or phrase, found letter by letter however words are cut; or a regular expression between slashes;
/// or a pattern of words: `"word"`, `[pos="n"]` (also finer tags, as nr), `[word="会.*" & pos="v"]`, `[]` for any word, each perhaps
/// with `+`, `*`, `?` or `{2,4}` behind it. Furniture is not searched.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  banmian kwic 政协 pages
  banmian kwic '[pos=\"n\"]+ \"工作\"' pages --limit 20
  banmian kwic '/第[一二三四五]次/' pages --sort right --format csv > places.csv")]
pub(crate) struct KwicArgs {
    /// What to look for
    pub(crate) pattern: String,
    /// Files, folders or patterns
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Characters to show on either side, of the same article
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = context)]
    pub(crate) context: usize,
    /// The order: of the pages, or by what stands before or behind (which waits for all)
    #[arg(long, value_enum, default_value_t = KwicSort::Page)]
    pub(crate) sort: KwicSort,
    /// Tell at most so many, and read no further
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// For reading, or a table for programs
    #[arg(long, value_enum, default_value_t = KwicFormat::Text)]
    pub(crate) format: KwicFormat,
}

fn context(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n <= 1000 => Ok(n),
        _ => Err("write a number of characters from 0 to 1000".to_owned()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KwicSort {
    Page,
    Left,
    Right,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KwicFormat {
    Text,
    Jsonl,
    Csv,
}

/// Run a suite of analyzers over a corpus and write tables and a report
///
/// Without SUITE the default suite runs; without SUITE and --corpus it runs on a small sample
/// corpus that comes with the program. The results take the place of an earlier run in the same
/// folder; any other folder that is not empty is refused.
///
/// Exit status: 0 all done, 1 done but some pages or an analyzer failed (see the table
/// `failures`), 2 unusable arguments or suite, 130 interrupted.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  banmian run --corpus 'scans/**/*.txt' --out results
  banmian run my-suite.toml --threads 4 --format jsonl")]
pub(crate) struct RunArgs {
    /// A suite file, or the name of a suite that comes with the program
    pub(crate) suite: Option<String>,
    /// A file, a folder (all its pages) or a pattern such as 'pages/**/*.txt'; may be repeated;
    /// takes the place of the suite's own paths
    #[arg(long, value_name = "PATH")]
    pub(crate) corpus: Vec<String>,
    /// The folder for the results
    #[arg(long, value_name = "DIR", default_value = "banmian-out")]
    pub(crate) out: PathBuf,
    /// Threads to use; 0 means one for each processor. The results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub(crate) threads: u16,
    /// Formats of the tables, separated by commas: csv, jsonl
    #[arg(long, value_name = "FORMATS", value_delimiter = ',')]
    pub(crate) format: Option<Vec<String>>,
    /// Read every page afresh (always so at present: there is no cache yet)
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// Show the articles rebuilt from pages
///
/// A page is read alone: pieces continued on another page are not joined.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  banmian pages page.txt
  banmian pages page.txt --explain          why each line belongs where it is
  banmian pages pages --format jsonl > pages.jsonl")]
pub(crate) struct PagesArgs {
    /// Files, folders or patterns
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// For reading, or one JSON object a page for programs
    #[arg(long, value_enum, default_value_t = PagesFormat::Text)]
    pub(crate) format: PagesFormat,
    /// Say why each headline, byline and paragraph was put where it is
    #[arg(long)]
    pub(crate) explain: bool,
    /// Encoding of text files: a name such as gb18030 or big5; auto finds it out for each file
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<banmian_corpus::TextEncoding>,
    /// Read the files as `[corpus]` of this suite says: its encoding, limits and passwords
    #[arg(long, value_name = "FILE")]
    pub(crate) suite: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PagesFormat {
    Text,
    Jsonl,
}

/// List the analyzers, or the settings and tables of one
#[derive(clap::Args)]
pub(crate) struct AnalyzersArgs {
    /// The name of an analyzer
    pub(crate) name: Option<String>,
}

/// Check a suite: print its faults, or the suite with all settings filled in
#[derive(clap::Args)]
pub(crate) struct CheckArgs {
    /// A suite file, or the name of a suite that comes with the program
    pub(crate) suite: String,
}

/// Write a suite file to start from
#[derive(clap::Args)]
pub(crate) struct InitArgs {
    /// The file to write; one that exists is never overwritten
    #[arg(default_value = "banmian.toml")]
    pub(crate) file: PathBuf,
}
