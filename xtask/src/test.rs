//! `cargo xtask test`: the one command that runs every test.
//!
//! Plain `cargo test --workspace` runs what needs Rust alone. Here is the place for whatever else
//! the tests come to need (a browser, Python): it is set up first, so that nobody has to read how.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::bench::cargo;

/// Run all tests, after setting up what they need beyond Rust
#[derive(clap::Args)]
pub(crate) struct TestArgs {
    /// Arguments for `cargo test`, such as `--release` or `-- a_test_name`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    cargo_args: Vec<String>,
}

/// Runs the tests; ends with the status of `cargo test`.
pub(crate) fn test(args: &TestArgs) -> Result<ExitCode> {
    set_up()?;
    let mut command = Command::new(cargo());
    command.args(["test", "--workspace"]).args(&args.cargo_args);
    let status = command.status().context("cargo cannot be started")?;
    // Ended by a signal: there is no status to hand on, but it was no success.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}

/// Sets up what tests need beyond Rust: nothing at present.
// The signature is what set-up steps will need: each may fail with a reason.
#[allow(clippy::unnecessary_wraps)]
fn set_up() -> Result<()> {
    Ok(())
}
