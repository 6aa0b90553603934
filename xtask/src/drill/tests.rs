//! Measures on cases small enough to be counted by hand, and laws that hold on every page.
//!
//! Bodies are lines of the Thousand-Character Classic: sixteen characters each, none of them twice.

use std::path::{Path, PathBuf};

use banmian_core::ArticleKind;
use proptest::prelude::*;

use super::counts::{Counts, Cubed, MEASURES, Share, Tally};
use super::differences::differences;
use super::measures::measure;
use super::truth::{Article, Byline, Headline, PageTruth, Paragraph};
use super::{by_name, floors, home, pages};

const HEAVEN: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张";
const SEASON: &str = "寒来暑往秋收冬藏闰余成岁律吕调阳";
const CLOUD: &str = "云腾致雨露结为霜金生丽水玉出昆冈";

fn headline(kicker: &str, main: &str, deck: &str) -> Headline {
    Headline { kicker: kicker.to_owned(), main: main.to_owned(), deck: deck.to_owned() }
}

fn article(main: &str, paragraphs: &[&str]) -> Article {
    let paragraph = |text: &&str| Paragraph { text: (*text).to_owned(), heading: false };
    Article {
        headline: headline("", main, ""),
        paragraphs: paragraphs.iter().map(paragraph).collect(),
        ..Article::default()
    }
}

fn page(articles: &[Article]) -> PageTruth {
    PageTruth { articles: articles.to_vec(), ..PageTruth::default() }
}

fn names(names: &[&str]) -> Vec<Byline> {
    names.iter().map(|&n| Byline { role: "记者".to_owned(), name: n.to_owned() }).collect()
}

fn tally(hits: usize, given: usize, asked: usize) -> Tally {
    Tally { hits, given, asked }
}

fn share(part: usize, whole: usize) -> Share {
    Share { part, whole }
}

fn near(figure: Option<f64>, expected: f64) {
    assert!((figure.expect("there is a figure") - expected).abs() < 1e-9, "{figure:?}, not {expected}");
}

/// Every figure that there is, is perfect; the names of those that there are not.
fn perfect(counts: &Counts) -> Vec<&'static str> {
    let mut none = Vec::new();
    for measure in &MEASURES {
        match (measure.of)(counts) {
            Some(figure) => assert_eq!(figure, if measure.is_error { 0.0 } else { 1.0 }, "{}", measure.name),
            None => none.push(measure.name),
        }
    }
    none
}

#[test]
fn the_truth_itself_is_perfect() {
    let mut full = article("天地初开", &[HEAVEN, "四时", SEASON]);
    full.headline = headline("千字文", "天地初开", "——四时成岁");
    full.paragraphs[1].heading = true;
    full.byline = names(&["罗琼"]);
    full.dateline = "本报洮阳讯".to_owned();
    let truth = page(&[full, article("云雨", &[CLOUD])]);
    assert_eq!(perfect(&measure(&truth, &truth.articles)), [""; 0]);
    assert_eq!(differences(&truth, &truth.articles), [""; 0]);
}

#[test]
fn no_answer_is_the_worst() {
    let truth = page(&[article("天地初开", &[HEAVEN, SEASON])]);
    let counts = measure(&truth, &[]);
    for measure in &MEASURES {
        if let Some(figure) = (measure.of)(&counts) {
            assert_eq!(figure, if measure.is_error { 1.0 } else { 0.0 }, "{}", measure.name);
        }
    }
}

#[test]
fn kicker_and_main_headline_swapped() {
    let mut first = article("天地玄黄宇宙洪荒", &[HEAVEN]);
    first.headline.kicker = "千字文开讲".to_owned();
    let second = article("秋收冬藏", &[SEASON]);
    let truth = page(&[first.clone(), second.clone()]);
    first.headline = headline("天地玄黄宇宙洪荒", "千字文开讲", "");
    let counts = measure(&truth, &[first, second]);
    // Both main headlines are in their articles, one of them in its slot. Of three lines the one of
    // the second article is in its slot.
    assert_eq!((counts.attached, counts.mains, counts.slots), (share(2, 2), share(1, 2), tally(1, 3, 3)));
    near(counts.slots.f1(), 1.0 / 3.0);
    assert_eq!(counts.articles, tally(2, 2, 2));
}

#[test]
fn two_articles_merged() {
    let truth = page(&[article("天地", &[HEAVEN]), article("四时", &[SEASON, CLOUD])]);
    let counts = measure(&truth, &[article("天地", &[HEAVEN, SEASON, CLOUD])]);
    // Jaccard 16/48 and 32/48: the second is found. Precision 1/1, recall 1/2.
    assert_eq!(counts.articles, tally(1, 1, 2));
    near(counts.articles.f1(), 2.0 / 3.0);
    // 16 characters of precision 16/48 and 32 of 32/48: (16·16 + 32·32)/48 = 80/3 of 48, which is 5/9.
    // All recalls are 1. F1 = 2·(5/9) / (14/9) = 5/7.
    near(Some(counts.bcubed.precision), 80.0 / 3.0);
    near(Some(counts.bcubed.recall), 48.0);
    near(counts.bcubed.f1(), 5.0 / 7.0);
    // The one headline is that of the first; it is compared with the second, too.
    assert_eq!((counts.attached, counts.mains, counts.slots), (share(1, 2), share(1, 2), tally(1, 1, 2)));
    // The start of the second article is no paragraph start; that of its second paragraph is.
    assert_eq!(counts.paragraphs, tally(1, 1, 1));
    assert_eq!(counts.verbatim, share(48, 48));
    // First: 32 characters too many, but at most its own 16 are wrong. Second: 16 too many.
    assert_eq!(counts.edits, share(32, 48));
    // With a space between paragraphs: 16 of 16, and 50 - 33 = 17 of 33.
    assert_eq!(counts.edits_spaced, share(33, 49));
}

#[test]
fn one_paragraph_split() {
    let both = format!("{HEAVEN}{SEASON}");
    let truth = page(&[article("天地", &[&both, CLOUD])]);
    let counts = measure(&truth, &[article("天地", &[HEAVEN, SEASON, CLOUD])]);
    // Two starts given, one of them asked.
    assert_eq!(counts.paragraphs, tally(1, 2, 1));
    near(counts.paragraphs.f1(), 2.0 / 3.0);
    // Only the last paragraph is as it should be: 16 of 48 characters.
    assert_eq!((counts.verbatim, counts.verbatim_spaced), (share(16, 48), share(16, 48)));
    // The split is one space too many.
    assert_eq!((counts.edits, counts.edits_spaced), (share(0, 48), share(1, 49)));
    assert_eq!(counts.articles, tally(1, 1, 1));
}

#[test]
fn two_paragraphs_joined() {
    let truth = page(&[article("天地", &[HEAVEN, SEASON])]);
    let counts = measure(&truth, &[article("天地", &[&format!("{HEAVEN}{SEASON}")])]);
    assert_eq!((counts.paragraphs, counts.verbatim), (tally(0, 0, 1), share(0, 32)));
    assert_eq!(counts.paragraphs.f1(), Some(0.0));
    assert_eq!((counts.edits, counts.edits_spaced), (share(0, 32), share(1, 33)));
}

#[test]
fn one_article_split() {
    let truth = page(&[article("天地", &[HEAVEN, SEASON, CLOUD])]);
    let counts = measure(&truth, &[article("", &[CLOUD]), article("天地", &[HEAVEN, SEASON])]);
    // Jaccard 1/3 and 2/3; the greater is matched. Precision 1/2, recall 1/1.
    assert_eq!(counts.articles, tally(1, 2, 1));
    // All precisions are 1; recalls are 32/48 for 32 characters and 16/48 for 16: 5/9 of all.
    near(counts.bcubed.f1(), 5.0 / 7.0);
    // The start of 寒来暑往 is found. That of 云腾致雨 is no inner start in the answer, so it is missed.
    assert_eq!(counts.paragraphs, tally(1, 1, 2));
    assert_eq!((counts.edits, counts.mains), (share(16, 48), share(1, 1)));
}

#[test]
fn text_lost() {
    let truth = page(&[article("天地", &[HEAVEN, SEASON])]);
    let counts = measure(&truth, &[article("天地", &[HEAVEN])]);
    // Jaccard 16/32 is just enough.
    assert_eq!(counts.articles, tally(1, 1, 1));
    // Precision 1. Recall 1/2 for 16 characters and 0 for 16: 1/4. F1 = 2·(1/4) / (5/4) = 2/5.
    assert_eq!(counts.bcubed, Cubed { precision: 16.0, recall: 8.0, given: 16, asked: 32 });
    near(counts.bcubed.f1(), 0.4);
    assert_eq!((counts.paragraphs, counts.verbatim), (tally(0, 0, 1), share(16, 32)));
    // With spaces, the one between the paragraphs is lost, too.
    assert_eq!((counts.edits, counts.edits_spaced), (share(16, 32), share(17, 33)));
}

#[test]
fn furniture_in_a_body_counts_and_neutral_text_does_not() {
    let mut truth = page(&[article("天地", &[HEAVEN])]);
    let answer = [article("天地", &[HEAVEN, SEASON])];
    let counts = measure(&truth, &answer);
    // 16 characters of precision 16/32, 16 of none: 1/4. Recall 1.
    near(counts.bcubed.f1(), 0.4);
    // The start of a paragraph that stands nowhere in the truth is left out.
    assert_eq!((counts.articles, counts.paragraphs), (tally(1, 1, 1), tally(0, 0, 0)));
    truth.neutral.push(SEASON.to_owned());
    let counts = measure(&truth, &answer);
    assert_eq!(counts.bcubed, Cubed { precision: 16.0, recall: 16.0, given: 16, asked: 16 });
    assert_eq!(counts.paragraphs, tally(0, 0, 0));
    // But it is no text of the body.
    assert_eq!(counts.edits, share(16, 16));
}

#[test]
fn names_are_counted_without_roles() {
    let mut truth = article("天地", &[HEAVEN]);
    truth.byline = names(&["罗琼", "王亮"]);
    let mut answer = article("天地", &[HEAVEN]);
    answer.byline = names(&["罗 琼", "石新民", "石新民"]);
    "通讯员".clone_into(&mut answer.byline[0].role);
    // One of two names given, one of two asked; a name twice is one.
    assert_eq!(measure(&page(&[truth]), &[answer]).bylines, tally(1, 2, 2));
}

#[test]
fn datelines_are_asked_where_printed() {
    let dated =
        |main: &str, body: &str, dateline: &str| Article { dateline: dateline.to_owned(), ..article(main, &[body]) };
    let mut truth =
        [dated("天地", HEAVEN, "本报洮阳讯"), dated("四时", SEASON, ""), dated("云雨", CLOUD, "新华社北京3月4日电")];
    let answer =
        [dated("天地", HEAVEN, "（本报洮阳讯）"), dated("四时", SEASON, "本报讯"), dated("云雨", CLOUD, "新华社")];
    assert_eq!(measure(&page(&truth), &answer).datelines, share(1, 2));
    truth[2].alt_datelines.push("新华社".to_owned());
    assert_eq!(measure(&page(&truth), &answer).datelines, share(2, 2));
}

#[test]
fn the_reading_that_fits_best_counts() {
    let mut truth = article("天地玄黄 宇宙洪荒", &[HEAVEN]);
    truth.alt_headlines.push(headline("天地玄黄", "宇宙洪荒", ""));
    let mut answer = article("宇宙洪荒", &[HEAVEN]);
    // Main headline right and kicker missing, of the second reading.
    let counts = measure(&page(&[truth.clone()]), &[answer.clone()]);
    assert_eq!((counts.mains, counts.slots), (share(1, 1), tally(1, 1, 2)));
    answer.headline = headline("", "天地玄黄宇宙洪荒", "");
    let counts = measure(&page(&[truth]), &[answer]);
    assert_eq!((counts.mains, counts.slots), (share(1, 1), tally(1, 1, 1)));
}

#[test]
fn a_headline_is_attached_if_it_is_there_in_some_form() {
    let attached = |truth: &str, kicker: &str, main: &str| {
        let answer = Article { headline: headline(kicker, main, ""), ..article("", &[HEAVEN]) };
        measure(&page(&[article(truth, &[HEAVEN])]), &[answer]).attached.part == 1
    };
    // One of five characters is wrong: similarity 4/5.
    assert!(attached("秋收冬藏忙", "", "秋收冬臧忙"));
    assert!(!attached("秋收冬藏", "", "秋收冬臧"), "3/4");
    assert!(attached("天地玄黄宇宙", "", "千字文说天地玄黄宇宙洪荒"), "inside a line");
    assert!(!attached("天地玄黄", "", "千字文说天地玄黄宇宙洪荒"), "too short to tell");
    assert!(attached("天地玄黄", "天地", "玄黄"), "cut in two");
}

#[test]
fn section_headings_must_be_headings() {
    let typed = |texts: &[(&str, bool)]| Article {
        paragraphs: texts.iter().map(|&(text, heading)| Paragraph { text: text.to_owned(), heading }).collect(),
        ..article("天地", &[])
    };
    let truth = typed(&[(HEAVEN, false), ("四时成岁", true), (SEASON, false), ("露结为霜", true), (CLOUD, false)]);
    let answer = typed(&[(HEAVEN, false), ("四时成岁", true), (SEASON, false), ("露结为霜", false), (CLOUD, true)]);
    // 四时成岁 is right; 露结为霜 is missed, and 云腾致雨… is none.
    let counts = measure(&page(&[truth]), &[answer]);
    assert_eq!(counts.headings, tally(1, 2, 2));
    // As text and as starts of paragraphs they are right.
    assert_eq!((counts.paragraphs, counts.verbatim), (tally(4, 4, 4), share(56, 56)));
}

#[test]
fn what_has_no_body_is_found_by_its_headline() {
    let mut picture = article("天地初开", &[]);
    picture.kind = Some(ArticleKind::Photo);
    let truth = page(&[article("四时", &[SEASON]), picture.clone()]);
    let counts = measure(&truth, &[picture, article("四时", &[SEASON])]);
    // Nothing is shared with the picture, so as a body it is not found.
    assert_eq!((counts.mains, counts.articles), (share(2, 2), tally(1, 2, 2)));
    // A long body that is not there is not excused.
    let long = format!("{HEAVEN}{SEASON}{CLOUD}");
    let counts = measure(&page(&[article("天地初开", &[&long])]), &[article("天地初开", &[])]);
    assert_eq!(counts.mains, share(0, 1));
}

#[test]
fn equal_paragraphs_are_needed_as_often() {
    let truth = page(&[article("天地", &[HEAVEN, SEASON, HEAVEN])]);
    let counts = measure(&truth, &[article("天地", &[HEAVEN, SEASON])]);
    assert_eq!(counts.verbatim, share(32, 48));
}

#[test]
fn differences_between_articles_are_told() {
    let truth = page(&[article("天地", &[HEAVEN]), article("四时", &[SEASON])]);
    let body = format!("{HEAVEN}剑号{SEASON}");
    let expected = [
        "1. 天地 — ours 1, 0.47 alike, matched with another",
        "   paragraph 1 [天地玄黄宇宙洪荒日月盈昃辰宿列张]: joined to what follows: 剑号寒来暑往秋收冬藏…",
        "   text of no article of the truth, 2 characters: 剑号",
        "   text of article 2, 16 characters: 寒来暑往秋收冬藏闰余成岁律吕调阳",
        "2. 四时 — ours 1, 0.47 alike",
        "   main: 四时 — ours: 天地",
        "   paragraph 1 [寒来暑往秋收冬藏闰余成岁律吕调阳]: joined to what stands before: …日月盈昃辰宿列张剑号",
        "   text of article 1, 16 characters: 天地玄黄宇宙洪荒日月盈昃辰宿列张",
        "   text of no article of the truth, 2 characters: 剑号",
    ];
    assert_eq!(differences(&truth, &[article("天地", &[&body])]), expected);
}

#[test]
fn differences_are_told() {
    let mut truth = article("天地初开", &[HEAVEN, &format!("{SEASON}{CLOUD}")]);
    truth.headline.kicker = "千字文".to_owned();
    truth.byline = names(&["罗琼"]);
    let answer = article("天地初开", &[&format!("{HEAVEN}{SEASON}"), CLOUD]);
    let expected = [
        "1. 天地初开 — ours 1, 1.00 alike",
        "   kicker: 千字文 — ours: none",
        "   byline: 记者 罗琼 — missing",
        "   paragraph 1 [天地玄黄宇宙洪荒日月盈昃辰宿列张]: joined to the next",
        "   paragraph 2 [寒来暑往秋收冬藏闰余成岁律吕调阳云腾…金生丽水玉出昆冈]: joined to the one before; \
         broken before: 云腾致雨露结为霜金生…",
        "ours 2. [剑号巨阙] — truth: none",
    ];
    assert_eq!(differences(&page(&[truth]), &[answer, article("", &["剑号巨阙"])]), expected);
}

fn sample() -> [PathBuf; 2] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    [root.join("tests/sample"), root.join("config/sample")]
}

#[test]
fn the_truth_of_every_page_is_perfect_against_itself() {
    let [truths, texts] = sample();
    for group in pages::groups(&home(), &home()).unwrap().into_iter().chain(pages::groups(&truths, &texts).unwrap()) {
        for case in group.cases {
            perfect(&measure(&case.truth, &case.truth.articles));
            assert_eq!(differences(&case.truth, &case.truth.articles), [""; 0], "{}", case.stem);
        }
    }
}

#[test]
fn the_pages_are_our_own_words() {
    let groups = pages::groups(&home(), &home()).unwrap();
    assert_eq!(
        groups.iter().map(|g| (g.name.as_str(), g.cases.len())).collect::<Vec<_>>(),
        [("fifth", 12), ("first", 18), ("fourth", 12), ("second", 18), ("third", 16)]
    );
    for case in groups.iter().flat_map(|g| &g.cases) {
        assert!(case.truth.source.starts_with("invented text"), "{}", case.stem);
    }
}

/// Layout must not get worse unnoticed. If it has become better, or worse for a good reason:
/// `cargo xtask drill --renew-floors`.
#[test]
fn layout_is_above_its_floors() {
    let groups = pages::groups(&home(), &home()).unwrap();
    let measured: Vec<_> = groups.iter().map(super::measure).collect();
    let floors = std::fs::read_to_string(home().join(floors::FILE)).unwrap();
    let fallen = floors::fallen(&floors, &by_name(&measured));
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// Articles of a few characters, with many repetitions.
#[test]
fn right_articles_are_surer_than_wrong_ones() {
    let groups = pages::groups(&home(), &home()).unwrap();
    let [right, wrong] = super::calibration::Calibration::of(&groups).means();
    assert!(right > wrong + 0.2, "right {right:.3}, wrong {wrong:.3}");
}

fn articles() -> impl Strategy<Value = Vec<Article>> {
    let text = "[甲乙丙丁 O（]{0,20}";
    let paragraph = (text, any::<bool>()).prop_map(|(text, heading)| Paragraph { text, heading });
    let line = "[甲乙丙丁—]{0,7}";
    let lines = (line, line, line).prop_map(|(kicker, main, deck)| Headline { kicker, main, deck });
    let byline = "[甲乙]{0,2}".prop_map(|name| Byline { role: String::new(), name });
    let kind = prop::sample::select(vec![None, Some(ArticleKind::News), Some(ArticleKind::Photo)]);
    let fields =
        (lines, prop::collection::vec(byline, 0..3), "[甲讯]{0,2}", kind, prop::collection::vec(paragraph, 0..4));
    let article = fields.prop_map(|(headline, byline, dateline, kind, paragraphs)| Article {
        headline,
        byline,
        dateline,
        kind,
        paragraphs,
        ..Article::default()
    });
    prop::collection::vec(article, 0..4)
}

proptest! {
    #[test]
    fn figures_lie_between_0_and_1(truth in articles(), answer in articles(), neutral in "[甲乙丙丁]{0,20}") {
        let mut truth = page(&truth);
        truth.neutral.push(neutral);
        let counts = measure(&truth, &answer);
        for measure in &MEASURES {
            if let Some(figure) = (measure.of)(&counts) {
                prop_assert!((0.0..=1.0).contains(&figure), "{}: {figure}", measure.name);
            }
        }
        // Telling the differences copes with whatever there is.
        differences(&truth, &answer);
    }

    /// Text without repetitions, cut anyhow into articles and paragraphs.
    #[test]
    fn truth_without_repetitions_is_perfect(lengths in prop::collection::vec(prop::collection::vec(1..30_usize, 1..4), 1..5)) {
        let mut chars = '\u{4e00}'..;
        let articles: Vec<Article> = lengths.iter().map(|paragraphs| {
            let texts: Vec<String> = paragraphs.iter().map(|&n| chars.by_ref().take(n).collect()).collect();
            article("天地", &texts.iter().map(String::as_str).collect::<Vec<_>>())
        }).collect();
        // Fewer than six characters have no neighbour that could tell where they belong.
        prop_assume!(lengths.iter().flatten().sum::<usize>() >= 6);
        perfect(&measure(&page(&articles), &articles));
    }
}
