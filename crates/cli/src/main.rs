//! The program `banmian` with the analyzers that ship.

use std::process::ExitCode;

fn main() -> ExitCode {
    banmian_cli::run(banmian_analyzers::ALL)
}
