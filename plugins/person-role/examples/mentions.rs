//! Scratch.
#![allow(clippy::print_stdout, missing_docs)]
use banmian_core::{Cell, Issue};
use banmian_testkit::{build, read, rows};
fn esc(s: &str) -> String {
    s.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', " ")
}
fn main() {
    let a: person_role::PersonRole = build(person_role::Settings::default());
    for p in std::env::args().skip(1) {
        let raw = std::fs::read_to_string(&p).expect("file");
        let stem = std::path::Path::new(&p).file_stem().expect("stem").to_string_lossy().into_owned();
        let r = read(&stem, Issue::default(), &raw);
        for (schema, cells) in rows(&a, &[r]) {
            if schema.name != "mentions" {
                continue;
            }
            let mut parts = vec![format!("\"page\":\"{}\"", esc(&stem))];
            for (c, cell) in schema.all_columns().zip(cells) {
                if c.name == "page" {
                    continue;
                }
                if let Cell::Text(t) = cell {
                    parts.push(format!("\"{}\":\"{}\"", c.name, esc(&t)));
                }
            }
            println!("{{{}}}", parts.join(","));
        }
    }
}
