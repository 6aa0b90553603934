//! `banmian pages`: the articles rebuilt from pages, for reading or as JSON Lines.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use banmian_core::{Article, Page, Part, Piece};
use banmian_corpus::{CorpusPath, Failure, Inputs, Metadata, Reading, find};
use banmian_layout::{Decision, FormLine, RawText};
use rayon::prelude::*;
use serde_json::{Value as Json, json};

use crate::Status;
use crate::args::{PagesArgs, PagesFormat};

/// Pages laid out at once; printed in order, so memory is bounded.
const BATCH: usize = 64;

pub(crate) fn pages(args: &PagesArgs) -> Result<Status> {
    let path = |p: &String| CorpusPath { pattern: p.clone(), base: PathBuf::new() };
    let corpus = match find(&args.paths.iter().map(path).collect::<Vec<_>>()) {
        Ok(corpus) => corpus,
        Err(errors) => bail!("{}", errors.iter().map(|(_, e)| e.to_string()).collect::<Vec<_>>().join("; ")),
    };
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let mut status = Status::Done;
    let told = |failure: &Failure| format!("{}: {}", failure.page, failure.error);
    let mut tell = |message: &str| {
        status = Status::Partial;
        crate::show::tell(message);
    };
    corpus.failures.iter().for_each(|failure| tell(&told(failure)));
    let mut inputs = Inputs::new(&corpus.sources).with(Reading { encoding: args.encoding, ..Reading::default() });
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
                    let text = RawText { text: &raw.text, print: raw.print.as_ref() };
                    let (page, decisions) = banmian_layout::explain(&raw.page, raw.issue.clone(), text);
                    match args.format {
                        PagesFormat::Jsonl => format!("{}\n", json_of(&page, args.explain.then_some(&decisions))),
                        PagesFormat::Text => text_of(&page, args.explain.then_some(&decisions)),
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
