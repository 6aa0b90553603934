//! The laws that every analyzer's summary and findings obey, checked on real pages in random
//! splits and orders.

use banmian_core::{Analyzer, CellRef, Page, Summary, TableSink};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::Reading;

/// Checks the five laws of a summary on `readings` (six or more pages tell most):
///
/// 1. Nothing changes nothing: merging the empty summary on either side.
/// 2. Grouping does not matter: (a + b) + c = a + (b + c).
/// 3. Any split of the pages, in any order, merged = one pass over all, to the same bytes.
/// 4. A summary and a finding survive being written down and read back.
/// 5. Findings and page written, read back and absorbed give the same summary and rows.
///
/// # Panics
/// With the law that fails and the split that shows it.
pub fn laws<A: Analyzer>(analyzer: &A, readings: &[Reading]) {
    let found: Vec<Vec<A::Finding>> = readings.iter().map(|r| find(analyzer, r)).collect();
    let whole = summarize(analyzer, readings, &found, 0..readings.len());
    survives_writing(analyzer, readings, &found, &whole);

    let mut nothing = A::Summary::default();
    nothing.merge(whole.clone());
    assert_eq!(nothing, whole, "law 1: an empty summary merged with one must give that one");
    let mut something = whole.clone();
    something.merge(A::Summary::default());
    assert_eq!(something, whole, "law 1: a summary merged with an empty one must not change");

    let order: Vec<usize> = (0..readings.len()).collect();
    let splits = (Just(order).prop_shuffle(), prop::collection::vec(0..3usize, readings.len()));
    // A fixed generator: a law that fails today fails tomorrow.
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 64, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&splits, |(order, parts)| {
        let part = |k: usize| {
            let pages = order.iter().zip(&parts).filter(move |&(_, &p)| p == k).map(|(&i, _)| i);
            summarize(analyzer, readings, &found, pages)
        };
        let [a, b, c] = [part(0), part(1), part(2)];
        let left = merged(merged(a.clone(), b.clone()), c.clone());
        let right = merged(a.clone(), merged(b.clone(), c.clone()));
        prop_assert_eq!(&left, &right, "law 2: grouping must not matter");
        prop_assert_eq!(&left, &whole, "law 3: parts merged must equal one pass over all");
        prop_assert_eq!(&merged(merged(c, a), b), &whole, "law 3: the order of merging must not matter");
        prop_assert_eq!(bytes(&left), bytes(&whole), "law 3: equal summaries must be equal bytes");
        Ok(())
    });
    if let Err(e) = outcome {
        panic!("{}: {e}", A::MANIFEST.name);
    }
}

fn find<A: Analyzer>(analyzer: &A, reading: &Reading) -> Vec<A::Finding> {
    let mut findings = Vec::new();
    analyzer.analyze(&reading.page, &reading.words, &mut findings);
    let mut again = Vec::new();
    analyzer.analyze(&reading.page, &reading.words, &mut again);
    assert_eq!(findings, again, "analyze must give the same findings for the same page");
    findings
}

fn summarize<A: Analyzer>(
    analyzer: &A,
    readings: &[Reading],
    found: &[Vec<A::Finding>],
    pages: impl IntoIterator<Item = usize>,
) -> A::Summary {
    let mut summary = A::Summary::default();
    for i in pages {
        analyzer.absorb(&readings[i].page, &found[i], &mut summary);
    }
    summary
}

fn merged<S: Summary>(mut a: S, b: S) -> S {
    a.merge(b);
    a
}

fn survives_writing<A: Analyzer>(analyzer: &A, readings: &[Reading], found: &[Vec<A::Finding>], whole: &A::Summary) {
    let read: A::Summary = postcard::from_bytes(&bytes(whole)).expect("law 4: a summary must be readable again");
    assert_eq!(&read, whole, "law 4: a summary must survive being written and read");
    let mut summary = A::Summary::default();
    for (reading, findings) in readings.iter().zip(found) {
        let page: Page = postcard::from_bytes(&bytes(&reading.page)).expect("a page must be readable again");
        let read: Vec<A::Finding> =
            postcard::from_bytes(&bytes(findings)).expect("law 4: findings must be readable again");
        assert_eq!(&read, findings, "law 4: findings must survive being written and read");
        analyzer.absorb(&page, &read, &mut summary);
        let fresh = evidence(analyzer, &reading.page, findings);
        assert_eq!(evidence(analyzer, &page, &read), fresh, "law 5: rows from written findings must be the same");
    }
    assert_eq!(&summary, whole, "law 5: the summary of written findings must be the same");
}

fn evidence<A: Analyzer>(analyzer: &A, page: &Page, findings: &[A::Finding]) -> Vec<banmian_core::Cells> {
    let mut rows = Vec::new();
    let mut write = |_: &'static _, cells: &[CellRef<'_>]| rows.push(cells.iter().map(|c| c.to_cell()).collect());
    let mut sink = TableSink::new(&mut write);
    for finding in findings {
        analyzer.evidence(page, finding, &mut sink);
    }
    rows
}

fn bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("plain data can always be written")
}
