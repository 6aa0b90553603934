#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| banmian_fuzz::read_file("page.html", bytes));
