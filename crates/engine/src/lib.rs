//! Suite files and the parallel run.

pub mod builtin;
