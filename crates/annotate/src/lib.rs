//! Sentences and words of a page, cut once for all analyzers.
//!
//! Words and parts of speech come from jieba-rs with its bundled dictionary and the hidden Markov
//! model for unknown words switched on. A suite may add words of its own.

mod segmenter;
mod sentences;
mod tag_memory;

pub use segmenter::{SEGMENTER, Segmenter, UserDictionary};
pub use sentences::split_sentences;
