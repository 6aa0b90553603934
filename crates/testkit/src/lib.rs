//! What analyzer authors test with: real text in, expected rows out, and the laws of a summary.

mod blank_font;
mod cases;
mod empty;
mod key;
mod laws;
pub mod pack;
pub mod pdf;
mod read;

pub use cases::cases;
pub use empty::{Empty, EmptySettings, EmptySummary};
pub use laws::laws;
pub use read::{Reading, build, page, read, resources, rows};
