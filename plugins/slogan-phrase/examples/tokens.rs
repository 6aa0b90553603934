//! Scratch.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    for text in std::env::args().skip(1) {
        let r = banmian_testkit::read("p", Default::default(), &text);
        let s: Vec<String> =
            r.words.tokens().iter().map(|t| format!("{}/{}", r.page.slice(t.range), t.pos.as_str())).collect();
        println!("{}", s.join(" "));
    }
}
