//! What analyzer authors test with: real text in, expected rows out, and the laws of a summary.

mod laws;
mod read;

pub use laws::laws;
pub use read::{Reading, build, page, read, resources, rows};
