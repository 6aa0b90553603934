//! Scratch.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
use banmian_core::Analyzer;
use slogan_phrase::SloganPhrase;
use std::time::Instant;
fn main() {
    let analyzer: SloganPhrase = banmian_testkit::build(Default::default());
    let seg = banmian_annotate::Segmenter::new(&[]);
    let readings: Vec<_> = std::env::args()
        .skip(1)
        .map(|p| banmian_testkit::read("x", Default::default(), &std::fs::read_to_string(p).unwrap()))
        .collect();
    let bytes: usize = readings.iter().map(|r| r.page.text.len()).sum();
    let (mut best_j, mut best_a) = (f64::MAX, f64::MAX);
    let n: usize = std::env::var("N").ok().and_then(|n| n.parse().ok()).unwrap_or(15);
    let only = std::env::var("ONLY").is_ok();
    for _ in 0..n {
        let t = Instant::now();
        if !only {
            for r in &readings {
                std::hint::black_box(seg.words(&r.page));
            }
        }
        best_j = best_j.min(t.elapsed().as_secs_f64());
        let t = Instant::now();
        for r in &readings {
            let mut f = Vec::new();
            analyzer.analyze(&r.page, &r.words, &mut f);
            std::hint::black_box(f);
        }
        best_a = best_a.min(t.elapsed().as_secs_f64());
    }
    println!(
        "{bytes} bytes, jieba {:.1} MB/s, slogan {:.1} MB/s, share {:.1} %",
        bytes as f64 / best_j / 1e6,
        bytes as f64 / best_a / 1e6,
        100.0 * best_a / best_j
    );
}
