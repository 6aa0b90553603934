//! Pages whose source divides them: the text is cleaned and nothing else.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use banmian_core::{ArticleKind, Issue, Mark, MarkedArticle, MarkedName, Marks, Page, Part, TextRange};
use banmian_layout::{RawText, read_page};
use proptest::prelude::*;

const PARTS: [Part; 9] = [
    Part::Kicker,
    Part::Main,
    Part::Deck,
    Part::Byline,
    Part::SectionHeading,
    Part::Paragraph,
    Part::Caption,
    Part::Unattached,
    Part::Furniture,
];

/// A page of these parts, a line each.
fn written(parts: &[(u32, Part, &str)]) -> (String, Marks) {
    let mut text = String::new();
    let mut marks = Marks::default();
    for (article, part, line) in parts {
        let start = text.len();
        text.push_str(line);
        let article = (!matches!(part, Part::Unattached | Part::Furniture)).then_some(*article);
        marks.parts.push(Mark { range: TextRange::new(start, text.len()), part: *part, article });
        text.push('\n');
        let articles = article.map_or(0, |a| a as usize + 1).max(marks.articles.len());
        marks.articles.resize(articles, MarkedArticle::default());
    }
    (text, marks)
}

fn read(text: &str, marks: &Marks) -> Page {
    read_page("p", Issue::default(), RawText { text, print: None, marks: Some(marks) })
}

fn pieces(page: &Page) -> Vec<(Part, &str)> {
    page.pieces.iter().map(|p| (p.part, page.slice(p.range))).collect()
}

#[test]
fn text_is_cleaned_and_never_divided_again() {
    let (text, marks) = written(&[
        (0, Part::Kicker, "上下　一心"),
        (0, Part::Main, "春灌开闸放水\n浇地五万亩"),
        (0, Part::Byline, "本报记者 苗 青"),
        (0, Part::Paragraph, "本报临江讯 三月 2 日， 东干渠开\n闸放水。市政协委员到会。\n——群众说好"),
        (0, Part::SectionHeading, "水到 田头"),
        (0, Part::Paragraph, "（下转第三版）"),
        (1, Part::Paragraph, "本报讯 麦苗返青。"),
        (1, Part::Caption, "麦苗\n返青"),
    ]);
    let page = read(&text, &marks);
    assert_eq!(
        pieces(&page),
        [
            (Part::Kicker, "上下 一心"),
            (Part::Main, "春灌开闸放水 浇地五万亩"),
            (Part::Byline, "本报记者 苗青"),
            (Part::Paragraph, "本报临江讯三月2日，东干渠开闸放水。市政协委员到会。——群众说好"),
            (Part::SectionHeading, "水到 田头"),
            (Part::Paragraph, "（下转第三版）"),
            (Part::Paragraph, "本报讯麦苗返青。"),
            (Part::Caption, "麦苗返青"),
        ]
    );
    let article = &page.articles[0];
    assert_eq!(article.dateline.map(|d| page.slice(d)), Some("本报临江讯"));
    assert_eq!(article.byline.iter().map(|b| (&*b.role, &*b.name)).collect::<Vec<_>>(), [("记者", "苗青")]);
    assert_eq!(article.continues_on.map(|d| page.slice(d)), Some("下转第三版"));
    assert_eq!(page.articles.len(), 2);
    // 闸 of the second line of the first paragraph: line 6 of the raw text.
    let at = page.text.find("闸放水。").unwrap();
    assert_eq!(page.source.raw_place(&page.text, at), (6, 1));
}

#[test]
fn what_the_source_tells_of_an_article_counts() {
    let (text, mut marks) =
        written(&[(0, Part::Main, "麦苗返青"), (0, Part::Paragraph, "昨日临江电 苗　青 报道，麦苗返青。")]);
    let range = |words: &str| {
        let at = text.find(words).unwrap();
        TextRange::new(at, at + words.len())
    };
    let name = MarkedName { role: "特派员".to_owned(), name: "苗青".to_owned(), range: range("苗　青") };
    marks.articles[0] = MarkedArticle {
        kind: Some(ArticleKind::Photo),
        confidence: Some(90),
        dateline: Some(range("昨日临江电")),
        byline: Some(vec![name]),
    };
    let page = read(&text, &marks);
    let article = &page.articles[0];
    assert_eq!((article.kind, article.confidence), (ArticleKind::Photo, 90));
    assert_eq!(article.dateline.map(|d| page.slice(d)), Some("昨日临江电"));
    let byline = &article.byline[0];
    assert_eq!((&*byline.role, &*byline.name, page.slice(byline.range)), ("特派员", "苗青", "苗青"));
}

#[test]
fn text_without_a_mark_is_kept() {
    let text = "甲乙丙丁\n戊己";
    let article = Some(0);
    let marks = Marks {
        parts: vec![Mark { range: TextRange::new(3, 9), part: Part::Paragraph, article }],
        articles: vec![MarkedArticle::default()],
        clean: false,
    };
    let page = read(text, &marks);
    assert_eq!(
        pieces(&page),
        [(Part::Paragraph, "乙丙"), (Part::Unattached, "甲"), (Part::Unattached, "丁"), (Part::Unattached, "戊己")]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Any text, cut into marks anywhere: no character lost or doubled, each where it was printed, each in the part that its
    /// mark says.
    #[test]
    fn nothing_is_lost(
        text in "[甲乙丙，。 　a1\n\u{200b}⻓-]{0,60}",
        cuts in prop::collection::vec((0usize..60, 0usize..9, 0u32..3), 0..8),
        clean in any::<bool>(),
    ) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut cuts: Vec<_> = cuts.into_iter().map(|(at, part, article)| (bounds[at % bounds.len()], part, article)).collect();
        cuts.sort_unstable();
        let mut marks = Marks { clean, articles: vec![MarkedArticle::default(); 3], ..Marks::default() };
        for w in cuts.windows(2) {
            // Every fourth stretch has no mark.
            if w[0].1 % 4 != 3 && w[0].0 < w[1].0 {
                let part = PARTS[w[0].1];
                let article = (!matches!(part, Part::Unattached | Part::Furniture)).then_some(w[0].2);
                marks.parts.push(Mark { range: TextRange::new(w[0].0, w[1].0), part, article });
            }
        }
        let page = read(&text, &marks);
        let lines: Vec<Vec<char>> = text.split('\n').map(|l| l.chars().collect()).collect();
        let inked = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        prop_assert_eq!(inked(&text) - inked(&page.text), page.repairs.removed_characters as usize);
        let mut seen = std::collections::BTreeSet::new();
        for (at, c) in page.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let (line, column) = page.source.raw_place(&page.text, at);
            let there = lines[line as usize - 1][column as usize - 1];
            prop_assert!(there == c || there == '⻓');
            prop_assert!(seen.insert((line, column)));
            let byte = lines[..line as usize - 1].iter().map(|l| l.iter().map(|c| c.len_utf8()).sum::<usize>() + 1).sum::<usize>()
                + lines[line as usize - 1][..column as usize - 1].iter().map(|c| c.len_utf8()).sum::<usize>();
            let mark = marks.parts.iter().find(|m| m.range.bytes().contains(&byte));
            let piece = page.pieces[page.piece_at(at as u32).unwrap()];
            prop_assert_eq!(piece.part, mark.map_or(Part::Unattached, |m| m.part));
        }
    }
}
