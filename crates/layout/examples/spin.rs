//! Temporary.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let texts: Vec<String> = std::env::args()
        .skip(1)
        .flat_map(|d| std::fs::read_dir(d).unwrap().map(|e| e.unwrap().path()).collect::<Vec<_>>())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .map(|p| std::fs::read_to_string(p).unwrap())
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let t = std::time::Instant::now();
    let mut n = 0;
    for _ in 0..6 {
        for t in &texts {
            n += banmian_layout::read_page("x", banmian_core::Issue::default(), t).pieces.len();
        }
    }
    println!("{} pages {} MB/s {}", texts.len(), bytes as f64 * 6.0 / 1e6 / t.elapsed().as_secs_f64(), n);
}
