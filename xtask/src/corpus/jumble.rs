//! Lays the articles of a page out and reads them off again as a text layer does: column after
//! column, headline groups before, after or far from their bodies, furniture in between.
//!
//! A body may be cut by other matter, but only between two paragraphs, so that every paragraph of
//! the truth stands in the page in one run of characters once spaces are taken out.

use fastrand::Rng;

use super::Issue;
use super::articles::{Article, BylineAt};
use super::random::{Kind as Stream, chance, pick, stream, word, zipf};
use super::truth::Kind;
use super::wrap::{Setting, gap_digits, gap_name, space_out, wrap};

/// A page as a text layer, and what the maker knows of it.
pub(super) struct Jumbled {
    pub(super) text: String,
    /// The articles by the place of their bodies on the page.
    pub(super) order: Vec<usize>,
    pub(super) furniture: Vec<String>,
}

/// Lines that stay together.
type Block = Vec<String>;

/// Blank lines between printed ones.
#[derive(Clone, Copy)]
enum Blanks {
    Every,
    Never,
    Sometimes,
}

pub(super) fn jumble(issue: &Issue, articles: &[Article], names: super::names::Names) -> Jumbled {
    let mut rng = stream(names.seed, Stream::Jumble, issue.page);
    let mut page = Page { setting: setting(&mut rng), names, rng };
    let mut order: Vec<usize> = (0..articles.len()).collect();
    page.rng.shuffle(&mut order);
    let mut far: Vec<Block> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    for &index in &order {
        page.article(&articles[index], &mut blocks, &mut far);
    }
    // Headlines read off apart from their bodies come together, or wherever.
    let scattered = chance(&mut page.rng, 400);
    let together = page.rng.u64(0..=blocks.len() as u64) as usize;
    for (n, head) in far.into_iter().enumerate() {
        let at = if scattered { page.rng.u64(0..=blocks.len() as u64) as usize } else { together + n };
        blocks.insert(at.min(blocks.len()), head);
    }
    let (furniture, places) = page.furniture(issue);
    for (block, place) in furniture.iter().zip(places) {
        let at = match place {
            0 => 0,
            1 => blocks.len(),
            _ => page.rng.u64(0..=blocks.len() as u64) as usize,
        };
        blocks.insert(at, block.clone());
    }
    let text = page.print(&blocks);
    Jumbled { text, order, furniture: furniture.concat() }
}

fn setting(rng: &mut Rng) -> Setting {
    Setting {
        width: rng.u32(13..24),
        indent: word(rng, &["　　", "　　", "  ", " ", ""]),
        digit_gaps: *pick(rng, &[0, 300, 700]),
        name_gaps: rng.bool(),
        spaced_lines: *pick(rng, &[0, 0, 15]),
    }
}

struct Page {
    setting: Setting,
    names: super::names::Names,
    rng: Rng,
}

impl Page {
    /// Blocks of one article, in the order in which they are read; a headline group may go to `far`.
    fn article(&mut self, article: &Article, blocks: &mut Vec<Block>, far: &mut Vec<Block>) {
        let head = self.head(article);
        let mut bodies = self.body(article);
        let mut under_headline = None;
        if !article.byline.is_empty() && article.byline_at != BylineAt::Opening {
            let line = self.byline_line(article);
            match article.byline_at {
                BylineAt::Headline => under_headline = Some(line),
                _ => self.sign(&mut bodies, line),
            }
        }
        let place = if head.is_empty() { 0 } else { self.rng.u32(0..10) };
        if place < 5 {
            blocks.extend(Some(head.clone()).filter(|h| !h.is_empty()));
        }
        blocks.extend(under_headline.map(|line| vec![line]));
        // Another headline or furniture may fall between the parts, for they are blocks of their own.
        blocks.append(&mut bodies);
        match place {
            0..5 => {}
            5 | 6 => blocks.push(head),
            _ => far.push(head),
        }
        for caption in &article.captions {
            let width = self.setting.width + self.rng.u32(4..12);
            let text = gap_digits(&mut self.rng, caption, self.setting.digit_gaps);
            let mut block = wrap(&text, width);
            block.push(format!("本报记者 {} 摄", self.name(&article.credit)));
            blocks.push(block);
        }
    }

    /// Kicker, headline and deck in lines, once in a while in the wrong order.
    fn head(&mut self, article: &Article) -> Block {
        let headline = &article.headline;
        let mut parts = [&headline.kicker, &headline.main, &headline.deck];
        if chance(&mut self.rng, 100) {
            parts.swap(0, 1);
        }
        let width = self.rng.u32(10..30);
        parts.iter().filter(|p| !p.is_empty()).flat_map(|part| wrap(part, width.max(8))).collect()
    }

    /// The paragraphs in lines, in one block or two.
    fn body(&mut self, article: &Article) -> Vec<Block> {
        let width = (self.setting.width + self.rng.u32(0..7)).saturating_sub(3).max(11);
        let n_paragraphs = article.paragraphs.len() as u64;
        let cut = (n_paragraphs > 2 && chance(&mut self.rng, 120)).then(|| self.rng.u64(1..n_paragraphs) as usize);
        let mut blocks = vec![Block::new()];
        for (index, paragraph) in article.paragraphs.iter().enumerate() {
            if cut == Some(index) {
                blocks.push(Block::new());
            }
            let mut text = article.paragraph_text(index);
            if self.setting.name_gaps {
                for person in paragraph.passage.persons.iter().map(|p| &p.person).chain(opening_names(article, index)) {
                    text = text.replace(person.as_str(), &gap_name(person, ' '));
                }
            }
            let text = gap_digits(&mut self.rng, &text, self.setting.digit_gaps);
            let indent = if paragraph.heading { "" } else { self.setting.indent };
            let mut lines = wrap(&format!("{indent}{text}"), width);
            for line in &mut lines {
                if chance(&mut self.rng, self.setting.spaced_lines) {
                    *line = space_out(line);
                }
            }
            blocks.last_mut().expect("one was made above").extend(lines);
        }
        blocks
    }

    /// A byline after the body: on a line of its own, or at the end of the last.
    fn sign(&mut self, bodies: &mut [Block], line: String) {
        let Some(last) = bodies.last_mut() else { return };
        match last.last_mut() {
            Some(end) if chance(&mut self.rng, 300) => *end = format!("{end} {line}"),
            _ => last.push(line),
        }
    }

    fn byline_line(&mut self, article: &Article) -> String {
        let mut names = Vec::new();
        for byline in article.byline.iter().filter(|b| b.role != "摄影") {
            let name = self.name(&byline.name);
            names.push(match byline.role {
                "记者" => format!("本报记者 {name}"),
                "作者" => format!("{}{name}", word(&mut self.rng, &["■", "□", ""])),
                role => format!("{role} {name}"),
            });
        }
        let joined = names.join(word(&mut self.rng, &[" ", "　"]));
        match article.kind {
            Kind::Photo => joined + word(&mut self.rng, &[" 摄", "摄", " 摄影报道"]),
            _ => joined,
        }
    }

    fn name(&self, name: &str) -> String {
        if self.setting.name_gaps { gap_name(name, ' ') } else { name.to_owned() }
    }

    /// Blocks that belong to no article, and where each goes: top, bottom or anywhere.
    fn furniture(&mut self, issue: &Issue) -> (Vec<Block>, Vec<u32>) {
        let date = issue.day.date();
        let weekday = issue.day.weekday();
        let dated = match self.rng.u32(0..3) {
            0 => vec![format!("{}年{}月{}日", date.year, date.month, date.day), format!("星期{weekday}")],
            1 => vec![format!("{} 年 {} 月 {} 日 星期{weekday}", date.year, date.month, date.day)],
            _ => vec![format!("{}-{:02}-{:02}　星期{weekday}", date.year, date.month, date.day)],
        };
        let edition = match self.rng.u32(0..3) {
            0 => vec![issue.edition.to_string()],
            1 => vec![format!("第{}版", issue.edition)],
            _ => vec![format!("{:02}版 要闻", issue.edition)],
        };
        let mut editor = || self.names.person(Stream::Reporter, zipf(&mut self.rng, 60));
        let (editor, proofs) = (editor(), editor());
        let (editor, proofs) = (self.name(&editor), self.name(&proofs));
        let staff = match self.rng.u32(0..3) {
            0 => vec![format!("责编：{editor}　校对：{proofs}")],
            1 => vec![format!("责任编辑 {editor}"), format!("版式 {proofs}")],
            _ => vec![format!(
                "本版编辑：{editor} 校对：{proofs} 新闻热线：0{}-{}",
                self.rng.u32(310..999),
                self.rng.u32(2_000_000..8_999_999)
            )],
        };
        let blocks = vec![vec![issue.paper_name.clone()], [dated, edition].concat(), staff];
        let places = vec![self.rng.u32(0..3), self.rng.u32(0..3), self.rng.u32(1..3)];
        (blocks, places)
    }

    fn print(&mut self, blocks: &[Block]) -> String {
        let blanks = *pick(&mut self.rng, &[Blanks::Every, Blanks::Never, Blanks::Sometimes]);
        let mut text = String::new();
        for block in blocks {
            let every = match blanks {
                Blanks::Every => true,
                Blanks::Never => false,
                Blanks::Sometimes => self.rng.bool(),
            };
            for line in block {
                text += line;
                text += if every { "\n\n" } else { "\n" };
            }
            if chance(&mut self.rng, 400) {
                text.push('\n');
            }
            // Where a picture was, text layers often have nothing but lines.
            if chance(&mut self.rng, 20) {
                text.extend(std::iter::repeat_n('\n', self.rng.u64(5..60) as usize));
            }
        }
        text
    }
}

/// The names in the opening, which stand in the first paragraph.
fn opening_names(article: &Article, paragraph: usize) -> impl Iterator<Item = &String> {
    let opening = paragraph == 0 && article.byline_at == BylineAt::Opening;
    article.byline.iter().filter(move |_| opening).map(|b| &b.name)
}
