//! The program `banmian` with one more analyzer, the empty one, for `cargo xtask bench`.
//!
//! It is what anyone would write who builds the program with analyzers of their own: the list that
//! ships, and another entry.

use std::process::ExitCode;

use banmian_engine::Entry;
use banmian_testkit::Empty;

fn main() -> ExitCode {
    let mut entries = banmian_analyzers::ALL.to_vec();
    entries.push(Entry::of::<Empty>());
    banmian_cli::run(&entries)
}
