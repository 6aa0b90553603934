//! Sentences and words of the sample pages that ship, in bytes and characters per second.
//!
//! The pages are read as they lie in config/sample and their lines joined, without layout, which
//! this crate knows nothing of. Text put together from a few clauses would not do: with a small
//! vocabulary and no unknown names jieba-rs is four times as fast as on a newspaper.
//! `cargo bench --package banmian-annotate` runs it.

use std::fs;
use std::path::Path;

use banmian_annotate::{Segmenter, split_sentences};
use banmian_core::{Page, Part, Piece, TextRange};
use divan::Bencher;
use divan::counter::{BytesCount, CharsCount};

fn main() {
    divan::main();
}

/// All sample pages as one, a piece for each.
fn sample() -> Page {
    let mut texts = Vec::new();
    read_texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/sample"), &mut texts);
    // The order of a listing is chance.
    texts.sort();
    let mut page = Page::default();
    for text in texts {
        let start = page.text.len();
        page.text.extend(text.lines().map(str::trim));
        let range = TextRange::new(start, page.text.len());
        page.pieces.push(Piece { range, part: Part::Paragraph, article: None });
        page.text.push('\n');
    }
    split_sentences(&mut page);
    page
}

fn read_texts(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("config/sample is there") {
        let path = entry.expect("config/sample can be listed").path();
        if path.is_dir() {
            read_texts(&path, texts);
        } else {
            texts.push(fs::read_to_string(&path).expect("sample pages are UTF-8"));
        }
    }
}

fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, page: &Page) -> Bencher<'a, 'b> {
    bencher.counter(BytesCount::of_str(&page.text)).counter(CharsCount::new(page.text.chars().count()))
}

/// Once a run, before the first page.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn load_dictionary() -> Segmenter {
    Segmenter::new(&[])
}

#[divan::bench]
fn sentences(bencher: Bencher<'_, '_>) {
    let page = sample();
    counted(bencher, &page).with_inputs(|| page.clone()).bench_local_refs(split_sentences);
}

#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    let (page, segmenter) = (sample(), Segmenter::new(&[]));
    counted(bencher, &page).bench_local(|| segmenter.words(&page));
}
