//! The faults of a suite, with the texts they point into.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use banmian_core::{Fault, FaultPlace};

/// A suite file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteFile {
    /// As the user named it: a path, or `builtin:default`.
    pub name: String,
    /// The folder that its paths are relative to.
    pub folder: PathBuf,
    /// Its text.
    pub text: Arc<str>,
}

/// A suite that cannot be used: every fault found in it.
///
/// Only the program draws faults; [`fmt::Display`] tells them plainly, a line each.
#[derive(Clone, Debug)]
pub struct SuiteError {
    /// The files that [`FaultPlace::Suite`] numbers.
    pub files: Vec<SuiteFile>,
    /// The faults, sorted by place.
    pub faults: Vec<Fault>,
}

impl fmt::Display for SuiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.faults.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            match &fault.place {
                FaultPlace::Suite(place) => {
                    let file = &self.files[place.file as usize];
                    write!(f, "{}:{}: ", file.name, line(&file.text, place.start as usize))?;
                }
                FaultPlace::File { name, text, range } => write!(f, "{name}:{}: ", line(text, range.start))?,
                FaultPlace::Settings => {}
            }
            f.write_str(&fault.message)?;
            if let Some(help) = &fault.help {
                write!(f, " ({help})")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for SuiteError {}

fn line(text: &str, byte: usize) -> usize {
    1 + text.as_bytes()[..byte.min(text.len())].iter().filter(|&&b| b == b'\n').count()
}
