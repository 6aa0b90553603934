//! What one process used: CPU time of user and system together, and its peak memory.
//!
//! The operating system tells this of all children of a process that have ended, the peak being
//! the largest of them. So every command is started by a process of its own (`xtask measure`),
//! which has that one child and nothing in memory, and hands the figures over in a file.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// What a process used.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Usage {
    /// Of user and system.
    pub(crate) cpu_seconds: f64,
    /// Resident, at the peak.
    pub(crate) peak_bytes: u64,
}

/// Runs a command through a process of its own and gives what it used.
pub(super) fn measure(xtask: &Path, command: &[String], figures: &Path) -> Result<Usage> {
    let status = Command::new(xtask).arg("measure").arg("--to").arg(figures).arg("--").args(command).status()?;
    ensure!(status.success(), "`{}` failed", command.join(" "));
    let text = std::fs::read(figures).with_context(|| format!("`{}`", figures.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

/// Runs a command as the only child of this process and writes down what it used.
pub(crate) fn measure_to(figures: &Path, command: &[String]) -> Result<()> {
    let (program, args) = command.split_first().context("no command")?;
    let status = Command::new(program)
        .args(args)
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("`{program}` cannot be started"))?;
    ensure!(status.success(), "`{}`: {status}", command.join(" "));
    let usage = of_children()?;
    std::fs::write(figures, serde_json::to_vec(&usage)?).with_context(|| format!("`{}`", figures.display()))
}

#[cfg(target_os = "linux")]
fn of_children() -> Result<Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    // Linux counts the peak in KiB.
    let peak_bytes = u64::try_from(usage.max_rss())? * 1024;
    Ok(Usage { cpu_seconds: seconds(usage.user_time()) + seconds(usage.system_time()), peak_bytes })
}

#[cfg(not(target_os = "linux"))]
fn of_children() -> Result<Usage> {
    anyhow::bail!("only Linux is known to tell what a process used in a comparable way: measure there")
}
