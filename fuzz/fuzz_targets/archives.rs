#![no_main]

const ENDINGS: [&str; 5] = ["zip", "tar", "tar.gz", "txt.gz", "jsonl.zst"];

// The first byte says what the file is called.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((&first, rest)) = bytes.split_first() {
        banmian_fuzz::read_file(&format!("file.{}", ENDINGS[usize::from(first) % ENDINGS.len()]), rest);
    }
});
