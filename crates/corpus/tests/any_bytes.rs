//! Files of any bytes, under any name: pages or failures, never a panic. The fuzz targets (fuzz/) enter by the same door.

use banmian_corpus::{Inputs, Metadata, Source};
use proptest::prelude::*;

/// Names of files of every kind that is read.
const NAMES: [&str; 10] =
    ["a.txt", "a.jsonl", "a.html", "a.pdf", "a.zip", "a.tar", "a.tar.gz", "a.txt.gz", "a.jsonl.zst", "a.html.gz"];

/// How files of these kinds begin, so that not all of them end at their first byte.
const HEADS: [&[u8]; 10] = [
    b"",
    b"{\"headline\": \"",
    b"<html><body><p>",
    b"%PDF-1.7\n1 0 obj\n<<",
    b"PK\x03\x04\x14\x00\x00\x08",
    b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    b"\x28\xb5\x2f\xfd\x04\x00",
    b"\xff\xfe",
    "　　本报讯".as_bytes(),
    b"<meta charset=gbk>",
];

proptest! {
    #[test]
    fn every_file_is_pages_or_failures(
        name in prop::sample::select(&NAMES[..]),
        head in prop::sample::select(&HEADS[..]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let sources = [Source::in_memory(name, [head, &bytes].concat())];
        let mut n_told = 0;
        for input in Inputs::new(&sources) {
            match input.load(&Metadata::default()) {
                Ok((page, _)) => prop_assert!(!page.text.trim().is_empty() && page.page.starts_with(name)),
                Err(failure) => prop_assert!(!failure.error.to_string().is_empty()),
            }
            n_told += 1;
        }
        // An archive without a readable entry may hold nothing; every other file is told of.
        prop_assert!(n_told > 0 || name.contains("tar") || name.contains("zip"), "nothing is told of {}", name);
    }
}
