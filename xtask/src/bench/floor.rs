//! The floor: what cutting and tagging the words of a text costs and nothing else.
//!
//! jieba-rs on one thread, with the hidden Markov model, its dictionary loaded once; sentences are
//! cut at 。！？； and at the ends of lines. No run that reads words can cost less.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use jieba_rs::Jieba;

/// Tags a text, or only cuts it, a line at a time, and prints how many words it has.
pub(crate) fn floor(text: &Path, cut: bool) -> Result<()> {
    let file = File::open(text).with_context(|| format!("`{}`", text.display()))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let jieba = Jieba::new();
    let mut n_words = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            break;
        }
        for sentence in line.trim_end().split_inclusive(['。', '！', '？', '；']) {
            n_words += match cut {
                true => black_box(jieba.cut(sentence, true)).len(),
                false => black_box(jieba.tag(sentence, true)).len(),
            };
        }
    }
    println!("{n_words} words");
    Ok(())
}
