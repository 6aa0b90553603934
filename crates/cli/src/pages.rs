//! `banmian pages`: the articles rebuilt from pages, for reading or as JSON Lines.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use banmian_core::{Article, Page, Part, Piece};
use banmian_corpus::{CorpusPath, Failure, Inputs, Metadata, Reading, find};
use banmian_engine::Entry;
use banmian_engine::suite::{self, Extra, SuiteError};
use banmian_layout::{Decision, FormLine, RawText};
use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::Status;
use crate::args::{PagesArgs, PagesFormat};
use crate::run::{suite_source, unusable};

/// Pages laid out at once; printed in order, so memory is bounded.
const BATCH: usize = 64;

pub(crate) fn pages(args: &PagesArgs, entries: &[Entry]) -> Result<Status> {
    let reading = match reading(args, entries) {
        Ok(reading) => reading,
        Err(error) => return Ok(unusable(&error)),
    };
    let path = |p: &String| CorpusPath { pattern: p.clone(), base: PathBuf::new() };
    let corpus = match find(&args.paths.iter().map(path).collect::<Vec<_>>()) {
        Ok(corpus) => corpus,
        Err(errors) => bail!("{}", errors.iter().map(|(_, e)| e.to_string()).collect::<Vec<_>>().join("; ")),
    };
    // JSON has no colours to take out.
    let stdout = io::stdout().lock();
    let mut out = match args.format {
        PagesFormat::Jsonl => anstream::AutoStream::always_ansi(stdout),
        PagesFormat::Text => anstream::AutoStream::auto(stdout),
    };
    let mut status = Status::Done;
    let told = |failure: &Failure| format!("{}: {}", failure.page, failure.error);
    let mut tell = |message: &str| {
        status = Status::Partial;
        crate::show::tell(message);
    };
    corpus.failures.iter().for_each(|failure| tell(&told(failure)));
    let mut inputs = Inputs::new(&corpus.sources).with(reading);
    loop {
        let batch: Vec<_> = {
            let _quiet = banmian_engine::quiet::here();
            inputs.by_ref().take(BATCH).collect()
        };
        if batch.is_empty() {
            break;
        }
        let shown: Vec<_> = batch
            .into_par_iter()
            .map(|input| {
                // Readers of damaged files may panic; they tell it themselves.
                let _quiet = banmian_engine::quiet::here();
                let (raw, _) = input.load(&Metadata::default()).map_err(|failure| told(&failure))?;
                let shown = banmian_engine::caught(|| {
                    let text = RawText { text: &raw.text, print: raw.print.as_ref(), marks: raw.marks.as_ref() };
                    let (page, decisions) = if args.explain {
                        let (page, decisions) = banmian_layout::explain(&raw.page, raw.issue.clone(), text);
                        (page, Some(decisions))
                    } else {
                        (banmian_layout::read_page(&raw.page, raw.issue.clone(), text), None)
                    };
                    match args.format {
                        PagesFormat::Jsonl => format!("{}\n", json_of(&page, decisions.as_ref())),
                        PagesFormat::Text => text_of(&page, decisions.as_ref()),
                    }
                });
                shown.map_err(|message| format!("{}: layout failed: {message}", raw.page))
            })
            .collect();
        for page in shown {
            match page {
                Ok(text) => out.write_all(text.as_bytes())?,
                Err(failure) => tell(&failure),
            }
        }
    }
    out.flush()?;
    Ok(status)
}

/// How files are read: as a suite says, and as the command line says beside it.
fn reading(args: &PagesArgs, entries: &[Entry]) -> Result<Reading, SuiteError> {
    let reading = match &args.suite {
        Some(name) => {
            let extra = Extra { no_corpus: true, ..Extra::default() };
            suite::load(&suite_source(name), entries, extra)?.reading
        }
        None => Reading::default(),
    };
    Ok(Reading { encoding: args.encoding.unwrap_or(reading.encoding), ..reading })
}

fn json_of(page: &Page, decisions: Option<&Vec<Decision>>) -> Json {
    let texts = |part: Part| -> Vec<&str> {
        page.pieces.iter().filter(|p| p.part == part).map(|p| page.slice(p.range)).collect()
    };
    let article = |article: &Article| {
        let pieces = page.pieces_of(article);
        let paragraph = |p: &Piece| match p.part {
            Part::Paragraph | Part::SectionHeading => {
                Some(json!({ "text": page.slice(p.range), "heading": p.part == Part::SectionHeading }))
            }
            _ => None,
        };
        let captions = pieces.iter().filter(|p| p.part == Part::Caption).map(|p| page.slice(p.range));
        json!({
            "headline": {
                "kicker": page.headline(article, Part::Kicker),
                "main": page.headline(article, Part::Main),
                "deck": page.headline(article, Part::Deck),
            },
            "byline": article.byline.iter().map(|b| json!({ "role": b.role, "name": b.name })).collect::<Vec<_>>(),
            "dateline": article.dateline.map_or("", |d| page.slice(d)),
            "kind": article.kind.name(),
            "confidence": f64::from(article.confidence) / 100.0,
            "paragraphs": pieces.iter().filter_map(paragraph).collect::<Vec<_>>(),
            "captions": captions.collect::<Vec<_>>(),
        })
    };
    let mut object = json!({
        "page": page.id,
        "text": page.text,
        "articles": page.articles.iter().map(article).collect::<Vec<_>>(),
        "unattached": texts(Part::Unattached),
        "furniture": texts(Part::Furniture),
    });
    if let Some(decisions) = decisions {
        object["decisions"] = decisions.iter().map(|d| json!(decision_line(d))).collect();
    }
    object
}

const BOLD: Style = Style::new().bold();
const SOFT: Style = AnsiColor::BrightBlack.on_default();
const ACCENT: Style = AnsiColor::Red.on_default();

/// The page in text form, coloured for a terminal.
fn text_of(page: &Page, decisions: Option<&Vec<Decision>>) -> String {
    let mut out = String::new();
    let line = |out: &mut String, style: Style, text: &str| out.push_str(&format!("{style}{text}{style:#}\n"));
    for (kind, text) in banmian_layout::text_form(page) {
        let style = match kind {
            FormLine::Title => SOFT,
            FormLine::Text(Part::Main | Part::SectionHeading) => BOLD,
            FormLine::Text(Part::Byline) => ACCENT,
            FormLine::Text(_) => Style::new(),
        };
        line(&mut out, style, &text);
    }
    if let Some(decisions) = decisions {
        out.push('\n');
        line(&mut out, SOFT, "── why ──");
        decisions.iter().for_each(|d| line(&mut out, SOFT, &decision_line(d)));
    }
    out.push('\n');
    out
}

fn decision_line(decision: &Decision) -> String {
    decision.to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::path::Path;

    use banmian_core::Issue;
    use banmian_layout::read_page;
    use proptest::prelude::*;

    use super::*;

    /// What is read from lines that this program printed.
    fn read_back(lines: &[Json]) -> Vec<Json> {
        let dir = tempfile::tempdir().unwrap();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(dir.path().join("p.jsonl"), text).unwrap();
        let corpus = find(&[CorpusPath { pattern: ".".to_owned(), base: dir.path().to_owned() }]).unwrap();
        let read = Inputs::new(&corpus.sources).map(|input| {
            let (raw, warning) = input.load(&Metadata::default()).unwrap();
            assert!(warning.is_none(), "{warning:?}");
            let text = RawText { text: &raw.text, print: None, marks: raw.marks.as_ref() };
            json_of(&read_page(&raw.page, Issue::default(), text), None)
        });
        read.collect()
    }

    fn same(printed: &[Json]) {
        for (read, printed) in read_back(printed).iter().zip(printed) {
            for key in ["text", "articles", "unattached", "furniture"] {
                assert_eq!(read[key], printed[key]);
            }
        }
    }

    #[test]
    fn what_is_printed_is_read_as_the_same_articles() {
        let drill = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/drill");
        let texts = std::fs::read_dir(drill).unwrap().map(|e| e.unwrap().path());
        let texts = texts.filter(|p| p.extension().is_some_and(|e| e == "txt"));
        let page = |p: std::path::PathBuf| {
            let text = std::fs::read_to_string(&p).unwrap();
            json_of(&read_page(&p.display().to_string(), Issue::default(), &text), None)
        };
        let printed: Vec<Json> = texts.map(page).collect();
        assert!(printed.len() >= 30, "the drill has its pages");
        same(&printed);
    }

    #[test]
    fn ready_articles_need_no_text() {
        let raw = "上下一心\n春灌开闸放水\n　　本报临江讯（记者 苗青 田小禾）三月二日，东干渠开闸放水，全县五万亩麦田\n喝上头茬水。\n　　县水利站站长程远志说，水量比去年多两成。\n";
        let mut printed = json_of(&read_page("p", Issue::default(), raw), None);
        printed.as_object_mut().unwrap().remove("text");
        assert_eq!(read_back(std::slice::from_ref(&printed))[0]["articles"], printed["articles"]);
    }

    proptest! {
        #[test]
        fn any_page_that_is_printed_is_read_as_the_same(
            lines in prop::collection::vec(prop::sample::select(LINES), 1..30)
        ) {
            let page = read_page("p", Issue::default(), &lines.join("\n"));
            if !page.text.is_empty() {
                same(&[json_of(&page, None)]);
            }
        }
    }

    const LINES: &[&str] = &[
        "",
        "　　本报洮阳讯（记者 李 山 通讯员 王小川）1月29日，市政协召开全体会议，会议指出，要认真学习。",
        "　　会议强调，要坚持",
        "以人民为中心，把工作做实做细。",
        "市政协召开全体会议",
        "——强产业 促增收",
        "强产业  12  34 促增收",
        "本报记者 李 山",
        "□ 王小川",
        "（李 山 摄）",
        "图为委员们在田间 李山摄",
        "责编：王 青　　2023年2月2日 星期四",
        "（下转第三版）",
        "１２３ 3.5%  12  34 Deep Learn-",
        "ing from data",
        "a a a",
    ];
}
