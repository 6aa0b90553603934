//! The text form of a rebuilt page: made to be read in a terminal, corrected in an editor, and read
//! again as it stands.
//!
//! ```text
//! ── 临江日报/2022-09-16/01.txt · 1 article ──
//!
//! ── 1 · news · 记者 某某、摄影 某某 ──
//! kicker: 引题
//! main: 主题
//! deck: ——副题
//! byline: 本报记者 某某
//! 　　本报讯 正文第一段。
//! heading: 小标题
//! 　　正文第二段。
//! caption: 图片说明
//!
//! ── unattached ──
//! 　　找不到归属的文字
//!
//! ── furniture ──
//! 　　2022年9月16日 星期五
//! ```
//!
//! A page that begins with such a title line is not guessed at but taken as it says. Title lines and
//! labels are the form's own; all else is text of the page. The title of an article tells its number,
//! its kind and who is named in its byline (role and name); numbers may be wrong, and without names the
//! text is searched for them. A line without a label is a paragraph, and of several kickers, mains or decks of one article the later
//! ones are joined to the first by a space.

use std::ops::Range;

use banmian_core::{Article, ArticleKind, Byline, Issue, Page, Part, Piece, Run, SourceMap, TextRange};

use crate::credits::{self, Name};
use crate::datelines;
use crate::glyphs::{Glyph, Raw};

/// What a line of the form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormLine {
    /// A title: of the page, an article, the unattached text or the furniture; or an empty line.
    Title,
    /// Text of this part of the page, with its label.
    Text(Part),
}

/// The parts that have a label; others are indented.
const LABELS: [(Part, &str); 6] = [
    (Part::Kicker, "kicker: "),
    (Part::Main, "main: "),
    (Part::Deck, "deck: "),
    (Part::Byline, "byline: "),
    (Part::SectionHeading, "heading: "),
    (Part::Caption, "caption: "),
];

/// Two ideographic spaces, as printed pages have them.
const INDENT: &str = "　　";
const UNATTACHED: &str = "unattached";
const FURNITURE: &str = "furniture";

/// The text form of a page, line by line, without line ends.
pub fn text_form(page: &Page) -> Vec<(FormLine, String)> {
    let title = |text: &str| (FormLine::Title, format!("── {text} ──"));
    let count = page.articles.len();
    let mut out = vec![title(&format!("{} · {count} article{}", page.id, if count == 1 { "" } else { "s" }))];
    let empty = || (FormLine::Title, String::new());
    for (article, number) in page.articles.iter().zip(1..) {
        let names = article.byline.iter().map(|b| format!("{} {}", b.role, b.name)).collect::<Vec<_>>().join("、");
        let named = if names.is_empty() { String::new() } else { format!(" · {names}") };
        out.extend([
            empty(),
            title(&format!("{number} · {} · confidence {} %{named}", article.kind.name(), article.confidence)),
        ]);
        out.extend(page.pieces_of(article).iter().map(|piece| text_line(piece.part, page.slice(piece.range))));
    }
    for (part, name) in [(Part::Unattached, UNATTACHED), (Part::Furniture, FURNITURE)] {
        let mut pieces = page.pieces.iter().filter(|p| p.part == part).peekable();
        if pieces.peek().is_some() {
            out.extend([empty(), title(name)]);
            out.extend(pieces.map(|piece| text_line(part, page.slice(piece.range))));
        }
    }
    out
}

fn text_line(part: Part, text: &str) -> (FormLine, String) {
    let label = LABELS.iter().find(|(labelled, _)| *labelled == part).map_or(INDENT, |(_, label)| label);
    (FormLine::Text(part), format!("{label}{text}"))
}

/// The page that a text in this form tells; none if the text has another form.
pub(crate) fn read(id: &str, issue: &Issue, text: &str) -> Option<Page> {
    let first = text.lines().find(|line| !bare(line).is_empty())?;
    let counted = title(first)?.rsplit_once(" · ").map(|(_, count)| count);
    counted?.strip_suffix('s').or(counted)?.strip_suffix(" article")?;
    let mut form =
        Form { page: Page { id: id.to_owned(), issue: issue.clone(), ..Page::default() }, ..Form::default() };
    let mut section = Section::Article(ArticleTitle::default());
    for (line, number) in text.lines().zip(1..) {
        match title(line) {
            Some(title) => section = Section::named(title),
            None => form.line(&mut section, line, number),
        }
    }
    Some(form.finish())
}

/// What the title of an article tells.
#[derive(Clone, Default)]
struct ArticleTitle<'t> {
    kind: ArticleKind,
    /// In per cent, if it is told.
    confidence: Option<u8>,
    /// Role and name of each in the byline.
    byline: Vec<(&'t str, &'t str)>,
}

/// Where a line stands.
#[derive(Clone)]
enum Section<'t> {
    /// Behind the title of an article that has no text yet.
    Article(ArticleTitle<'t>),
    /// In the last article.
    Open,
    Unattached,
    Furniture,
}

impl<'t> Section<'t> {
    fn named(title: &'t str) -> Section<'t> {
        let mut told = ArticleTitle::default();
        match title {
            UNATTACHED => Section::Unattached,
            FURNITURE => Section::Furniture,
            _ => {
                for part in title.split(" · ") {
                    if let Some(share) = part.strip_prefix("confidence ").and_then(|p| p.strip_suffix(" %")) {
                        told.confidence = share.parse().ok().filter(|share| *share <= 100);
                        continue;
                    }
                    match ArticleKind::ALL.into_iter().find(|kind| kind.name() == part) {
                        Some(kind) => told.kind = kind,
                        None => told.byline.extend(part.split('、').filter_map(|named| named.split_once(' '))),
                    }
                }
                Section::Article(told)
            }
        }
    }
}

/// A line without byte order mark and spaces at its ends.
fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim()
}

/// What stands between the dashes of a title line, which has no indent.
fn title(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim_end();
    line.strip_prefix("──")?.strip_suffix("──").map(str::trim)
}

/// Text of one piece: where it stands on its line.
struct Text<'t> {
    text: &'t str,
    line: u32,
    /// Characters before it.
    column: u32,
}

#[derive(Default)]
struct ArticleText<'t> {
    title: ArticleTitle<'t>,
    kicker: Vec<Text<'t>>,
    main: Vec<Text<'t>>,
    deck: Vec<Text<'t>>,
    bylines: Vec<Text<'t>>,
    body: Vec<(Part, Text<'t>)>,
    captions: Vec<Text<'t>>,
}

#[derive(Default)]
struct Form<'t> {
    page: Page,
    articles: Vec<ArticleText<'t>>,
    unattached: Vec<Text<'t>>,
    furniture: Vec<Text<'t>>,
    runs: Vec<Run>,
    chars: u32,
}

impl<'t> Form<'t> {
    /// Takes a line that is no title.
    fn line(&mut self, section: &mut Section<'t>, line: &'t str, number: u32) {
        let content = bare(line);
        if content.is_empty() {
            return;
        }
        let indented = line.starts_with(INDENT);
        let labelled = LABELS
            .iter()
            .filter(|_| !indented)
            .find_map(|(part, label)| Some((*part, content.strip_prefix(label.trim_end())?)));
        let (part, text) = match section {
            Section::Unattached | Section::Furniture => (Part::Unattached, content),
            _ => labelled.unwrap_or((Part::Paragraph, content)),
        };
        let text = text.trim_start();
        let before = text.as_ptr() as usize - line.as_ptr() as usize;
        let text = Text { text, line: number, column: line[..before].chars().count() as u32 };
        if text.text.is_empty() {
            return;
        }
        match section {
            Section::Unattached => self.unattached.push(text),
            Section::Furniture => self.furniture.push(text),
            Section::Article(title) => {
                let mut article = ArticleText { title: std::mem::take(title), ..ArticleText::default() };
                article.take(part, text);
                self.articles.push(article);
                *section = Section::Open;
            }
            Section::Open => {
                if let Some(article) = self.articles.last_mut() {
                    article.take(part, text);
                }
            }
        }
    }

    fn finish(mut self) -> Page {
        for (article, number) in std::mem::take(&mut self.articles).into_iter().zip(0..) {
            let article = self.article(&article, number);
            self.page.articles.push(article);
        }
        for text in std::mem::take(&mut self.unattached) {
            self.piece(&[text], Part::Unattached, None);
        }
        for text in std::mem::take(&mut self.furniture) {
            self.piece(&[text], Part::Furniture, None);
        }
        self.page.source = SourceMap::new(self.runs, &self.page.text);
        self.page
    }

    fn article(&mut self, article: &ArticleText<'t>, number: u32) -> Article {
        let first = self.page.pieces.len() as u32;
        for (texts, part) in [(&article.kicker, Part::Kicker), (&article.main, Part::Main), (&article.deck, Part::Deck)]
        {
            if !texts.is_empty() {
                self.piece(texts, part, Some(number));
            }
        }
        let mut byline: Vec<Byline> = Vec::new();
        for text in &article.bylines {
            let range = self.piece(std::slice::from_ref(text), Part::Byline, Some(number));
            self.credit(range, &mut byline, |glyphs| credits::byline(glyphs, true).unwrap_or_default());
        }
        let mut dateline = None;
        let last = article.body.iter().rposition(|(part, _)| *part == Part::Paragraph);
        let first_paragraph = article.body.iter().position(|(part, _)| *part == Part::Paragraph);
        for (k, (part, text)) in article.body.iter().enumerate() {
            let range = self.piece(std::slice::from_ref(text), *part, Some(number));
            if Some(k) == first_paragraph {
                let printed = self.page.slice(range).to_owned();
                let raw = Raw::read(&printed);
                let found = datelines::dateline(&raw.glyphs);
                dateline = found.map(|d| place(&raw, d.start, d.end, range.start));
                let after = found.map_or(0, |d| d.after);
                self.credit(range, &mut byline, |glyphs| credits::lead_names(glyphs, after));
            }
            if Some(k) == last {
                self.credit(range, &mut byline, credits::closing_names);
            }
        }
        for text in &article.captions {
            self.piece(std::slice::from_ref(text), Part::Caption, Some(number));
        }
        let pieces = first..self.page.pieces.len() as u32;
        if !article.title.byline.is_empty() {
            byline = self.named(&article.title.byline, &pieces);
        }
        byline.sort_by_key(|b| b.range.start);
        Article {
            kind: article.title.kind,
            pieces,
            confidence: article.title.confidence.unwrap_or(100),
            dateline,
            byline,
            ..Article::default()
        }
    }

    /// The names of a title, each where the article's text has it first; others are passed over.
    fn named(&self, names: &[(&str, &str)], pieces: &Range<u32>) -> Vec<Byline> {
        let pieces = &self.page.pieces[pieces.start as usize..pieces.end as usize];
        let find = |name: &str| {
            pieces.iter().find_map(|piece| {
                let start = piece.range.start as usize + self.page.slice(piece.range).find(name)?;
                Some(TextRange::new(start, start + name.len()))
            })
        };
        let found = names.iter().filter_map(|&(role, name)| {
            Some(Byline { role: role.to_owned(), name: name.to_owned(), range: find(name)? })
        });
        found.collect()
    }

    /// Writes a piece of one line or of several, joined by a space.
    fn piece(&mut self, texts: &[Text<'t>], part: Part, article: Option<u32>) -> TextRange {
        if !self.page.text.is_empty() {
            self.push("\n");
        }
        let start = self.page.text.len();
        for (k, text) in texts.iter().enumerate() {
            if k > 0 {
                self.push(" ");
            }
            let (clean_byte, clean_char) = (self.page.text.len() as u32, self.chars);
            self.runs.push(Run { clean_byte, clean_char, raw_line: text.line, raw_column: text.column + 1 });
            self.push(text.text);
        }
        let range = TextRange::new(start, self.page.text.len());
        self.page.pieces.push(Piece { range, part, article });
        range
    }

    fn push(&mut self, text: &str) {
        self.page.text.push_str(text);
        self.chars += text.chars().count() as u32;
    }

    /// Notes the names that `find` sees in a piece.
    fn credit(&mut self, range: TextRange, byline: &mut Vec<Byline>, find: impl Fn(&[Glyph]) -> Vec<Name>) {
        let printed = self.page.slice(range);
        let raw = Raw::read(printed);
        for name in find(&raw.glyphs) {
            let text: String = raw.glyphs[name.start..name.end].iter().map(|g| g.c).collect();
            if byline.iter().all(|b| b.name != text) {
                let role = if name.role.is_empty() { "作者" } else { name.role }.to_owned();
                let range = place(&raw, name.start, name.end, range.start);
                byline.push(Byline { role, name: text, range });
            }
        }
    }
}

impl<'t> ArticleText<'t> {
    fn take(&mut self, part: Part, text: Text<'t>) {
        match part {
            Part::Kicker => self.kicker.push(text),
            Part::Main => self.main.push(text),
            Part::Deck => self.deck.push(text),
            Part::Byline => self.bylines.push(text),
            Part::Caption => self.captions.push(text),
            _ => self.body.push((part, text)),
        }
    }
}

/// Where glyphs of a piece stand in the clean text, the piece starting at byte `base`.
fn place(raw: &Raw, start: usize, end: usize, base: u32) -> TextRange {
    let text = raw.source;
    let column = |glyph: usize| raw.lines.iter().flat_map(|l| raw.columns(l)).nth(glyph).map_or(0, |c| c as usize - 1);
    let byte = |column: usize| text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(column(start)), byte(column(end.max(1) - 1) + 1));
    TextRange::new(base as usize + start, base as usize + end)
}
