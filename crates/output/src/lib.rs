//! Tables to files: rows become the bytes of a format, wherever those bytes go.
//!
//! Encoding is apart from writing so that worker threads can encode the rows of their pages and
//! one writer appends them in page order.

mod encode;
mod format;
mod marks;
mod number;
mod pen;

pub use encode::{Encoded, Encoder, header};
pub use format::{Format, UnknownFormat};
