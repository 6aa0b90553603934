//! Sentences and words of a made page, in bytes and characters per second.
//!
//! The page is put together from clauses of our own, so that the bench needs no files; its words
//! are those of newspaper reports. `cargo bench --package banmian-annotate` runs it.

use banmian_annotate::{Segmenter, split_sentences};
use banmian_core::{Page, Part, Piece, TextRange};
use divan::Bencher;
use divan::counter::{BytesCount, CharsCount};

fn main() {
    divan::main();
}

const SUBJECTS: [&str; 7] =
    ["县交通运输局", "白溪镇党委", "会议", "来自各乡镇的代表", "村民们", "市政协调研组", "城南小学的师生"];
const VERBS: [&str; 6] = ["深入推进", "认真讨论", "总结了", "正在完善", "按期完成", "实地察看了"];
const OBJECTS: [&str; 11] = [
    "农村公路养护", "饮水安全工程", "春季招生工作", "2023年重点项目", "防汛物资储备", "旧城改造方案", "基层卫生服务",
    "37个村的产业规划", "文化惠民演出", "大棚蔬菜种植技术", "营商环境评价",
];
const ENDS: [&str; 5] = ["，取得了阶段性成效。", "，并提出修改意见；", "，群众普遍满意。", "！", "，投入资金1260万元。"];

/// A page of this many paragraphs; the lists have lengths without common factor, so that sentences
/// do not soon repeat.
fn made_page(n_paragraphs: usize) -> Page {
    let mut page = Page::default();
    for paragraph in 0..n_paragraphs {
        let start = page.text.len();
        for sentence in 0..5 {
            let n = paragraph * 5 + sentence;
            page.text += SUBJECTS[n % 7];
            page.text += VERBS[n / 7 % 6];
            page.text += OBJECTS[n % 11];
            page.text += ENDS[n % 5];
        }
        let range = TextRange::new(start, page.text.len());
        page.pieces.push(Piece { range, part: Part::Paragraph, article: None });
        page.text.push('\n');
    }
    split_sentences(&mut page);
    page
}

fn counted<'a, 'b>(bencher: Bencher<'a, 'b>, page: &Page) -> Bencher<'a, 'b> {
    bencher.counter(BytesCount::of_str(&page.text)).counter(CharsCount::new(page.text.chars().count()))
}

/// Once a run, before the first page.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn load_dictionary() -> Segmenter {
    Segmenter::new(&[])
}

#[divan::bench(args = [20, 200])]
fn sentences(bencher: Bencher<'_, '_>, n_paragraphs: usize) {
    let page = made_page(n_paragraphs);
    counted(bencher, &page).with_inputs(|| page.clone()).bench_local_refs(split_sentences);
}

#[divan::bench(args = [20, 200])]
fn words(bencher: Bencher<'_, '_>, n_paragraphs: usize) {
    let (page, segmenter) = (made_page(n_paragraphs), Segmenter::new(&[]));
    counted(bencher, &page).bench_local(|| segmenter.words(&page));
}
