//! A small corpus, and whether its truth is true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use super::calendar::Day;
use super::names::{Names, Pool};
use super::pen::{Passage, Pen, Phrase, Scene};
use super::plants::Lexicon;
use super::random::{Kind, stream};
use super::{CorpusArgs, grammar, lexicons, make};

fn made(folder: &Path, pages: u64, seed: u64) {
    let args = CorpusArgs { pages, seed, out: folder.to_owned(), repetition: 0.1, reprints: 0.05 };
    make(&args).unwrap();
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(n, b)| (format!("{name}/{n}"), b)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

fn truth(folder: &Path) -> (Vec<Json>, Json) {
    let lines = fs::read_to_string(folder.join("truth/truth.jsonl")).unwrap();
    let pages = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let corpus = fs::read(folder.join("truth/truth-corpus.json")).unwrap();
    (pages, serde_json::from_slice(&corpus).unwrap())
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn texts(page: &Json, article: usize) -> impl Iterator<Item = &str> {
    let article = &page["articles"][article - 1];
    let headline = article["headline"].as_object().unwrap().values();
    headline.chain(article["paragraphs"].as_array().unwrap().iter().map(|p| &p["text"])).map(|t| t.as_str().unwrap())
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_a_larger_corpus_the_same_pages() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b, larger, other] = ["a", "b", "larger", "other"].map(|n| folder.path().join(n));
    made(&a, 45, 7);
    made(&b, 45, 7);
    made(&larger, 90, 7);
    made(&other, 45, 8);
    let pages = files(&a.join("pages"));
    assert_eq!(pages.len(), 45);
    assert_eq!(files(&a), files(&b));
    let more = files(&larger.join("pages"));
    assert_eq!(more.len(), 90);
    assert!(pages.iter().all(|(name, text)| more.get(name) == Some(text)));
    assert!(files(&other.join("pages")).values().all(|text| !pages.values().any(|t| t == text)));
}

#[test]
fn every_paragraph_of_the_truth_stands_in_its_page() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path(), 120, 3);
    let (pages, _) = truth(folder.path());
    for page in &pages {
        let name = page["page"].as_str().unwrap();
        let raw = fs::read_to_string(folder.path().join("pages").join(name)).unwrap();
        let raw = without_spaces(&raw);
        let mut last = 0;
        for number in 1..=page["articles"].as_array().unwrap().len() {
            for text in texts(page, number) {
                assert!(raw.contains(&without_spaces(text)), "{name}: {text}");
            }
            let first = &page["articles"][number - 1]["paragraphs"][0]["text"];
            let at = raw.find(&without_spaces(first.as_str().unwrap())).unwrap();
            assert!(at >= last, "{name}: articles are numbered by the place of their bodies");
            last = at;
        }
    }
}

#[test]
fn planted_formulations_persons_and_reprints_are_where_the_truth_says() {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path(), 400, 3);
    let (pages, corpus) = truth(folder.path());
    let known: BTreeSet<&str> = pages.iter().map(|p| p["page"].as_str().unwrap()).collect();
    for planted in corpus["planted"].as_array().unwrap() {
        let phrase = planted["phrase"].as_str().unwrap();
        let (mut mentions, mut articles) = (0, 0);
        for page in &pages {
            for number in 1..=page["articles"].as_array().unwrap().len() {
                let found: usize = texts(page, number).map(|t| t.matches(phrase).count()).sum();
                mentions += found as u64;
                articles += u64::from(found > 0);
            }
        }
        assert!(articles > 10, "{phrase} is planted often enough to be found");
        assert_eq!((planted["mentions"].as_u64(), planted["articles"].as_u64()), (Some(mentions), Some(articles)));
        if planted["plan"] == "falling-silent" {
            assert!(planted["last"].as_str().unwrap() < "2021-01-01");
        }
    }
    for page in &pages {
        for person in page["persons"].as_array().unwrap() {
            let printed = person["person"].as_str().unwrap();
            let number = usize::try_from(person["article"].as_u64().unwrap()).unwrap();
            let role = person["role"].as_str().unwrap();
            assert!(texts(page, number).any(|t| t.contains(printed) && t.contains(role)));
        }
    }
    let reprints = corpus["reprints"].as_array().unwrap();
    let share = reprints.len() as f64 / corpus["articles"].as_f64().unwrap();
    assert!((0.03..0.07).contains(&share), "{share}");
    assert!(reprints.iter().all(|r| known.contains(r["of"].as_str().unwrap().split('#').next().unwrap())));
}

#[test]
fn every_rule_can_be_written() {
    let lexicon = Lexicon::read(&lexicons(), 1).unwrap();
    let names = Names { seed: 1 };
    let scene = Scene { day: Day(1000), pool: Pool::on_page(9), place: names.place(0) };
    let mut rng = stream(1, Kind::Article, 0);
    for grammar in grammar::topics().unwrap() {
        for rule in grammar.rule_names() {
            for _ in 0..100 {
                let phrase = Some(Phrase { text: "引泉润野".to_owned(), planted: Some(0) });
                let (lexicon, scene, rng, cast) = (&lexicon, &scene, &mut rng, &mut Vec::new());
                let pen = Pen { names, lexicon, scene, rng, cast, phrase, out: Passage::default() };
                let text = pen.write(&grammar, rule).text;
                assert!(!text.is_empty() && !text.contains(['{', '}', '|', '@']), "{rule}: {text}");
            }
        }
    }
}
