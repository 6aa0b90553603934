//! What a reader sees, on digests made by hand.

use super::*;

banmian_core::table! {
    /// Findings of this test.
    pub struct Found as "found" at place {
        /// The phrase.
        phrase: String,
    }
}

fn digest(phrase: &str, sentence: &str) -> Digest {
    use banmian_core::Row;
    let place = banmian_core::Place {
        page: "01.txt",
        article: Some(1),
        paper: "",
        date: "",
        edition: "",
        start: 0,
        end: 2,
        raw_line: 3,
        raw_column: 1,
        sentence,
        sentence_key: 0,
    };
    let head = vec![Found { phrase: phrase.to_owned(), place }.cells()];
    let table = TableDigest { schema: Found::SCHEMA, head, n_rows: 1_234 };
    Digest {
        manifest: serde_json::json!({ "program": "banmian" }),
        counts: Default::default(),
        sample: true,
        tables: vec![table],
        analyzers: Vec::new(),
    }
}

#[test]
fn a_finding_is_marked_in_its_sentence() {
    let html = html(&digest("双向发力", "要坚持双向发力。"));
    assert!(html.contains("要坚持<mark>双向发力</mark>。"), "{html}");
    assert!(html.contains("1 / 1,234 "));
}

#[test]
fn text_of_a_page_is_never_markup() {
    let html = html(&digest("<script>", "版面上有<script>alert(1)</script>&\"引号\""));
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;&amp;&quot;引号&quot;"));
}

#[test]
fn the_sample_says_that_it_is_one() {
    assert!(html(&digest("甲", "甲")).contains(words::SAMPLE.zh));
}
