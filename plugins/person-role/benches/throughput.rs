//! Speed on text without any role and on text full of them, in bytes of clean text.
//!
//! The first is the cost of the search alone; the floor to compare with is the segmenter's tagging
//! of the same text.

#![allow(missing_docs, reason = "a bench")]

use banmian_core::{Analyzer, Issue, Words};
use banmian_testkit::{Reading, build, read};
use divan::Bencher;
use divan::counter::BytesCount;
use person_role::{PersonRole, Settings};

const PLAIN: &str = "今年以来，河洮一带雨水充足，各乡抓住有利时机，翻地、施肥、播种，麦田里一片忙碌。山坡上的果树开了花，\
    引来成群的蜜蜂。孩子们放学以后，沿着新修的水渠走回家去，远处传来拖拉机的声音。\n";
const DENSE: &str = "市委书记梁国栋出席会议并讲话，市委副书记、市长沈卫民作具体部署，市人大常委会主任邱月华、市政协主席罗敏出席。\
    会议任命张立群为市民政局局长；李望舒为市水利局副局长。俄罗斯外长伊万科夫与埃及外长萨布里举行会谈。\n";

fn main() {
    divan::main();
}

fn reading(text: &str) -> Reading {
    read("bench", Issue::default(), &text.repeat(200))
}

fn analyze(bencher: Bencher<'_, '_>, text: &str) {
    let analyzer: PersonRole = build(Settings::default());
    let reading = reading(text);
    bencher.counter(BytesCount::new(reading.page.text.len())).bench_local(|| {
        let mut findings = Vec::new();
        analyzer.analyze(&reading.page, &reading.words, &mut findings);
        findings.len()
    });
}

#[divan::bench]
fn no_role(bencher: Bencher<'_, '_>) {
    analyze(bencher, PLAIN);
}

#[divan::bench]
fn full_of_roles(bencher: Bencher<'_, '_>) {
    analyze(bencher, DENSE);
}

/// What the segmenter needs for the same text, for comparison.
#[divan::bench]
fn words_of_the_same(bencher: Bencher<'_, '_>) {
    let reading = reading(DENSE);
    let segmenter = banmian_annotate::Segmenter::new(&[]);
    bencher
        .counter(BytesCount::new(reading.page.text.len()))
        .bench_local(|| -> Words { segmenter.words(&reading.page) });
}

#[divan::bench]
fn build_the_analyzer() -> PersonRole {
    build(Settings::default())
}
