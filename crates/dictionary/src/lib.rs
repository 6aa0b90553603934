//! The words that the segmenter knows: jieba's own dictionary, loaded once a process, and simplified characters to ask
//! it with.
//!
//! Two lean on it: layout asks whether lines belong together, before there are sentences; annotate cuts sentences.

mod across;
mod script;

use std::sync::LazyLock;

pub use across::{spans_word, words_of};
use jieba_rs::Jieba;
pub use script::simplified;

/// jieba with its own dictionary and hidden Markov model, loaded when it is first asked for; takes about 0.1 s.
pub static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);
