//! Tasks around the workspace: `cargo xtask test | corpus | bench | drill | typeset | planted`.
//!
//! What `cargo` itself does is not here. Each task is a module; this file only reads the command
//! line. Hidden tasks are processes that the bench starts, so that each thing measured is one
//! process that does nothing else.

// A tool for the terminal: it prints what it did.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod corpus;
mod drill;
mod planted;
mod test;
mod typeset;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Tasks around the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run all tests, after setting up what they need beyond Rust
    Test(test::TestArgs),
    /// Make a corpus of newspaper pages, with the truth about them beside it
    Corpus(corpus::CorpusArgs),
    /// Measure CPU time and memory of runs against the floor, in turns
    Bench(bench::BenchArgs),
    /// Measure layout on pages with truth
    Drill(drill::DrillArgs),
    /// Set articles as newspaper pages in PDF, with the truth about them beside
    Typeset(typeset::TypesetArgs),
    /// Run slogan-phrase over a made corpus and compare its tables with what was planted
    Planted(planted::PlantedArgs),
    /// Cut and tag a text with jieba-rs and nothing else
    #[command(hide = true)]
    Floor {
        /// Cut words and do not tag them
        #[arg(long)]
        cut: bool,
        /// Clean text, one piece a line
        text: PathBuf,
    },
    /// Run a command and write what it used
    #[command(hide = true)]
    Measure {
        /// The file for the figures
        #[arg(long)]
        to: PathBuf,
        /// The command and its arguments
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

fn main() -> Result<ExitCode> {
    match Args::parse().task {
        Task::Test(args) => test::test(&args),
        Task::Corpus(args) => corpus::corpus(&args).map(|()| ExitCode::SUCCESS),
        Task::Bench(args) => bench::bench(&args).map(|()| ExitCode::SUCCESS),
        Task::Drill(args) => drill::drill(&args).map(|()| ExitCode::SUCCESS),
        Task::Typeset(args) => typeset::typeset(&args).map(|()| ExitCode::SUCCESS),
        Task::Planted(args) => planted::planted(&args).map(|()| ExitCode::SUCCESS),
        Task::Floor { cut, text } => bench::floor(&text, cut).map(|()| ExitCode::SUCCESS),
        Task::Measure { to, command } => bench::measure_to(&to, &command).map(|()| ExitCode::SUCCESS),
    }
}
