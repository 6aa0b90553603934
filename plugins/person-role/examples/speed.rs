//! Scratch.
#![allow(clippy::print_stdout, missing_docs)]
use banmian_core::{Analyzer, Issue};
use banmian_testkit::{build, read};
fn main() {
    let a: person_role::PersonRole = build(person_role::Settings::default());
    let seg = banmian_annotate::Segmenter::new(&[]);
    let rs: Vec<_> = std::env::args()
        .skip(1)
        .map(|p| read("x", Issue::default(), &std::fs::read_to_string(&p).expect("f")))
        .collect();
    let bytes: usize = rs.iter().map(|r| r.page.text.len()).sum();
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let mut n = 0;
        for _ in 0..60 {
            for r in &rs {
                let mut f = vec![];
                a.analyze(&r.page, &r.words, &mut f);
                n += f.len();
            }
        }
        let d = t.elapsed().as_secs_f64() / 60.0;
        let t = std::time::Instant::now();
        for _ in 0..5 {
            for r in &rs {
                std::hint::black_box(seg.words(&r.page));
            }
        }
        let e = t.elapsed().as_secs_f64() / 5.0;
        println!(
            "bytes {} findings {} analyze {:.3} ms {:.1} MB/s; jieba {:.3} ms {:.1} MB/s; share {:.1}%",
            bytes,
            n / 60,
            d * 1e3,
            bytes as f64 / d / 1e6,
            e * 1e3,
            bytes as f64 / e / 1e6,
            d / e * 100.0
        );
    }
}
