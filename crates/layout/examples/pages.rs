//! Prints the rebuilt pages as JSON Lines, for measuring.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for measuring")]

use banmian_core::{Issue, Page, Part};
use serde_json::json;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let explain = args.first().is_some_and(|a| a == "--explain");
    if explain {
        args.remove(0);
    }
    let mut paths: Vec<std::path::PathBuf> = Vec::new();
    for a in &args {
        let p = std::path::PathBuf::from(a);
        if p.is_dir() {
            let mut inside: Vec<_> = std::fs::read_dir(&p)
                .unwrap()
                .map(|e| e.unwrap().path())
                .filter(|p| p.extension().is_some_and(|e| e == "txt"))
                .collect();
            inside.sort();
            paths.extend(inside);
        } else {
            paths.push(p);
        }
    }
    for path in paths {
        let raw = std::fs::read_to_string(&path).unwrap();
        let id = path.file_name().unwrap().to_string_lossy().into_owned();
        if explain {
            let (_, decisions) = banmian_layout::explain(&id, Issue::default(), &raw);
            for d in decisions {
                println!("{id} {}-{} {} {:.1} {}", d.lines.start(), d.lines.end(), d.action, d.score, d.reason);
            }
            continue;
        }
        let page = banmian_layout::read_page(&id, Issue::default(), &raw);
        println!("{}", show(&page));
    }
}

fn show(page: &Page) -> serde_json::Value {
    let loose = |part: Part| -> Vec<&str> {
        page.pieces.iter().filter(|p| p.part == part).map(|p| page.slice(p.range)).collect()
    };
    let articles: Vec<_> = page
        .articles
        .iter()
        .map(|a| {
            let pieces = page.pieces_of(a);
            let body: Vec<_> = pieces.iter().filter(|p| matches!(p.part, Part::Paragraph | Part::SectionHeading)).map(|p| json!({"text": page.slice(p.range), "heading": p.part == Part::SectionHeading})).collect();
            let captions: Vec<_> = pieces.iter().filter(|p| p.part == Part::Caption).map(|p| page.slice(p.range)).collect();
            let byline: Vec<_> = a.byline.iter().map(|b| json!({"role": b.role, "name": b.name})).collect();
            json!({"headline": {"kicker": page.headline(a, Part::Kicker), "main": page.headline(a, Part::Main), "deck": page.headline(a, Part::Deck)},
                "byline": byline, "dateline": a.dateline.map_or("", |d| page.slice(d)), "kind": a.kind.name(), "paragraphs": body, "captions": captions})
        })
        .collect();
    json!({"page": page.id, "text": page.text, "articles": articles, "unattached": loose(Part::Unattached), "furniture": loose(Part::Furniture)})
}
