//! Temporary.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
use banmian_core::Issue;
fn main() {
    for path in std::env::args().skip(1) {
        let raw = std::fs::read_to_string(&path).unwrap();
        let (_, decisions) = banmian_layout::explain("x", Issue::default(), &raw);
        for d in decisions {
            if d.action == "split" || d.action == "same article" {
                println!("{path}\t{}\t{}\t{}\t{}\t{}", d.lines.start(), d.lines.end(), d.action, d.score, d.reason);
            }
        }
    }
}
