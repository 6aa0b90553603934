//! Bytes of clean text analyzed in a second, beside the segmenter on the same text.
//!
//! The pages are official prose, the costliest there is: every sentence holds formulations and runs.

#![allow(missing_docs, reason = "a benchmark")]

use banmian_core::{Analyzer, Issue};
use banmian_testkit::{Reading, build, read};
use divan::Bencher;
use divan::counter::BytesCount;
use slogan_phrase::{Settings, SloganPhrase};

const OFFICIAL: &str = "　　会议强调，要贯彻以人民为中心的发展思想，坚持稳中求进工作总基调，推动全县经济社会高质量发展。要把准方向聚合力，\
在服务大局上下功夫，谋良策、出实招、鼓干劲，推动各项工作走在前列。要牢固树立群众观念，深入乡镇和村组，听取意见建议，做好春耕备耕、\
道路维修、安全饮水等工作，把“四访四送”活动抓细抓实，不断提高窗口服务标准化、精细化、便民化水平。\n";

const PLAIN: &str = "　　昨天下午，记者在城东的菜市场看到，买菜的市民比平时多了一些。摊主说，这几天下雨，运菜的车来得晚，白菜和萝卜的价钱\
涨了两三毛，豆腐和鸡蛋没有涨。市场管理人员介绍，明天天气转晴以后，供应会好起来，大家不用多买。附近的居民王先生提着一袋土豆说，家里三口人，\
够吃就行，贵几毛钱也不要紧。\n";

fn page(paragraph: &str) -> Reading {
    read("bench", Issue::default(), &paragraph.repeat(40))
}

fn main() {
    divan::main();
}

fn analyze(bencher: Bencher<'_, '_>, paragraph: &str) {
    let reading = page(paragraph);
    let analyzer: SloganPhrase = build(Settings::default());
    bencher.counter(BytesCount::of_str(&reading.page.text)).bench_local(|| {
        let mut findings = Vec::new();
        analyzer.analyze(&reading.page, &reading.words, &mut findings);
        findings
    });
}

#[divan::bench]
fn official_prose(bencher: Bencher<'_, '_>) {
    analyze(bencher, OFFICIAL);
}

#[divan::bench]
fn plain_news(bencher: Bencher<'_, '_>) {
    analyze(bencher, PLAIN);
}

#[divan::bench]
fn start() -> SloganPhrase {
    build(Settings::default())
}
