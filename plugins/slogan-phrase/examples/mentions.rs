//! Scratch.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
use banmian_core::{Cell, Issue};
use slogan_phrase::SloganPhrase;
fn main() {
    use banmian_core::Analyzer;
    let analyzer = SloganPhrase::new(
        toml::from_str(&std::env::var("SETTINGS").unwrap_or_default()).unwrap(),
        &banmian_testkit::resources(),
    )
    .unwrap_or_else(|f| {
        for x in f {
            eprintln!("{}", x.message);
        }
        std::process::exit(1)
    });
    for path in std::env::args().skip(1) {
        let p = std::path::Path::new(&path);
        let stem = p.file_stem().unwrap().to_str().unwrap().to_owned();
        let raw = std::fs::read_to_string(p).unwrap();
        let reading = banmian_testkit::read(&stem, Issue::default(), &raw);
        for (schema, cells) in banmian_testkit::rows(&analyzer, &[reading]) {
            if schema.name != "mentions" {
                continue;
            }
            let t = |i: usize| match &cells[i] {
                Cell::Text(t) => t.replace('\\', "\\\\").replace('"', "\\\""),
                _ => String::new(),
            };
            println!(
                "{{\"page\":\"{stem}\",\"phrase\":\"{}\",\"kind\":\"{}\",\"canonical\":\"{}\",\"part\":\"{}\",\"speaker\":\"{}\",\"sentence\":\"{}\"}}",
                t(0),
                t(2),
                t(1),
                t(6),
                t(7),
                t(17)
            );
        }
    }
}
