//! The program `banmian` as a library, so that others can build it with analyzers of their own:
//! a main that hands its list of entries to [`run()`].

// The one crate that talks to people; what goes to standard output goes through `show::say`, since
// a pipe may be closed at any time.
#![allow(clippy::print_stderr)]

mod analyzers;
mod args;
mod check;
mod init;
mod kwic;
mod pages;
mod progress;
mod reference;
mod render;
mod run;
mod show;

use std::process::ExitCode;

use banmian_engine::Entry;
use clap::Parser;

use args::{Args, Command};

pub use reference::reference;

/// How a command ended, told by the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// All done.
    Done,
    /// Done, but some pages or an analyzer failed.
    Partial,
    /// Unusable arguments or suite.
    Unusable,
    /// Interrupted from outside.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::Partial => 1,
            Status::Unusable => 2,
            Status::Interrupted => 130,
        })
    }
}

/// Runs the program with these analyzers on the arguments of the process.
pub fn run(entries: &[Entry]) -> ExitCode {
    let args = Args::parse();
    let ended = match args.command {
        Command::Run(args) => run::run(&args, entries),
        Command::Pages(args) => pages::pages(&args, entries),
        Command::Analyzers(args) => analyzers::analyzers(&args, entries),
        Command::Check(args) => check::check(&args, entries),
        Command::Init(args) => init::init(&args),
        Command::Kwic(args) => kwic::kwic(&args),
    };
    match ended {
        Ok(status) => status.into(),
        // The reader of a pipe has had enough (`banmian pages … | head`): nothing is wrong.
        Err(e) if is_broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            show::tell(&format!("{}error:{} {e:#}", render::ERROR, render::RESET));
            Status::Unusable.into()
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|e| e.downcast_ref().is_some_and(kind))
}
