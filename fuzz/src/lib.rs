//! What every fuzz target does: a file of any bytes goes the way of a run, from its name to its articles.

use banmian_corpus::{Inputs, Metadata, Source};
use banmian_layout::{RawText, read_page};

/// Reads a file called `name` and rebuilds the articles of each of its pages. Failures are answers; a panic is not.
pub fn read_file(name: &str, bytes: &[u8]) {
    let sources = [Source::in_memory(name, bytes.to_vec())];
    for input in Inputs::new(&sources) {
        if let Ok((page, _)) = input.load(&Metadata::default()) {
            let raw = RawText { text: &page.text, print: page.print.as_ref(), marks: page.marks.as_ref() };
            read_page(&page.page, page.issue.clone(), raw);
        }
    }
}
