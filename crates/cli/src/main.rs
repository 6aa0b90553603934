//! The program `banmian`.
fn main() {}
