//! Words counted per second on the pages of the sample, segmentation not included.

use banmian_core::{Analyzer, Issue};
use banmian_testkit::{build, read};
use divan::Bencher;
use divan::counter::BytesCount;
use keyword_frequency::{KeywordFrequency, Settings};

fn main() {
    divan::main();
}

#[divan::bench]
fn analyze(bencher: Bencher<'_, '_>) {
    let analyzer = build::<KeywordFrequency>(Settings::default());
    let pages = banmian_engine::builtin::SAMPLE.iter();
    let readings: Vec<_> = pages.map(|(name, text)| read(name, Issue::default(), text)).collect();
    let bytes: usize = readings.iter().map(|r| r.page.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut findings = Vec::new();
        for reading in &readings {
            analyzer.analyze(&reading.page, &reading.words, &mut findings);
        }
        findings
    });
}
