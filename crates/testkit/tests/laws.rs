//! The law test must find a wrong merge: analyzers here are made wrong on purpose.

use std::panic::catch_unwind;

use banmian_core::{
    Analyzer, Fault, Issue, Manifest, Needs, Page, Resources, Summary, TableSink, Words, schemars::JsonSchema,
};
use banmian_testkit::{Reading, laws, read};
use serde::{Deserialize, Serialize};

#[derive(Default, Deserialize, Serialize, JsonSchema)]
struct NoSettings {}

/// Counts characters; how two counts merge is up to `M`.
struct Counter<M>(std::marker::PhantomData<M>);

trait Merge: Default + Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static {
    fn merge(a: u64, b: u64) -> u64;
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Adding;
impl Merge for Adding {
    fn merge(a: u64, b: u64) -> u64 {
        a + b
    }
}

/// Passes the laws of the empty summary and of grouping, and loses pages all the same.
#[derive(Clone, Debug, Default, PartialEq)]
struct Overwriting;
impl Merge for Overwriting {
    fn merge(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { b }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Doubling;
impl Merge for Doubling {
    fn merge(a: u64, b: u64) -> u64 {
        a + 2 * b
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Count<M>(u64, std::marker::PhantomData<M>);

impl<M> Default for Count<M> {
    fn default() -> Self {
        Count(0, std::marker::PhantomData)
    }
}

impl<M: Merge> Summary for Count<M> {
    fn merge(&mut self, other: Self) {
        self.0 = M::merge(self.0, other.0);
    }
}

impl<M: Merge> Analyzer for Counter<M> {
    type Settings = NoSettings;
    type Finding = u64;
    type Summary = Count<M>;
    const MANIFEST: Manifest =
        Manifest { name: "counter", version: 1, doc: "Counts characters.", needs: Needs::Text, tables: &[] };

    fn new(_: NoSettings, _: &Resources<'_>) -> Result<Self, Vec<Fault>> {
        Ok(Counter(std::marker::PhantomData))
    }
    fn analyze(&self, page: &Page, _: &Words, out: &mut Vec<u64>) {
        out.push(page.text.chars().count() as u64);
    }
    fn absorb(&self, _: &Page, findings: &[u64], into: &mut Count<M>) {
        into.0 += findings.iter().sum::<u64>();
    }
    fn tables(&self, _: &Count<M>, _: &mut TableSink<'_>) {}
}

fn pages() -> Vec<Reading> {
    let texts = [
        "县政协召开会议。",
        "全县春耕全面展开，农机下地。",
        "小学举行运动会。",
        "大桥通车。",
        "雪。",
        "剧团下乡演出三场。",
    ];
    texts.iter().enumerate().map(|(i, t)| read(&i.to_string(), Issue::default(), t)).collect()
}

fn broken_law<M: Merge>() -> Option<String> {
    let check = || laws(&Counter::<M>(std::marker::PhantomData), &pages());
    let payload = catch_unwind(check).err()?;
    payload.downcast_ref::<String>().cloned().or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()))
}

#[test]
fn a_right_merge_keeps_the_laws() {
    assert_eq!(broken_law::<Adding>(), None);
}

#[test]
fn an_overwriting_merge_is_found_by_the_law_of_splits() {
    let told = broken_law::<Overwriting>().expect("an overwriting merge must fail");
    assert!(told.contains("law 3"), "{told}");
}

#[test]
fn a_merge_that_counts_twice_is_found() {
    assert!(broken_law::<Doubling>().is_some());
}
