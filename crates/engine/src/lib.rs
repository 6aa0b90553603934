//! Suite files and the parallel run.
//!
//! The engine never names an analyzer: it is handed a list of [`Entry`]s. [`suite::load`] turns a
//! suite file into a [`suite::Suite`]; [`run::run`] reads its corpus once and leaves tables.

pub mod builtin;
mod corrections;
mod erased;
pub mod quiet;
pub mod run;
pub mod suite;

pub use erased::{Entry, caught};
