//! Newspaper pages of web sites: which text is an article, and which part of it is what.
//!
//! `charset` decodes, `tree` parses, `blocks` reads the text off, `content` finds where the articles are, `head` their
//! headlines, `told` what the page tells beside them. What is found is written as parts with marks, so the layout only cleans it.
//! docs/methods/html.md tells it for readers, with sources.

mod blocks;
mod charset;
mod content;
mod head;
mod rows;
mod told;
mod tree;

use std::ops::Range;

use banmian_core::{Issue, Marks, Part};

use crate::encoding::Decoded;
use crate::marked_text::{MarkedText, squeezed};
use crate::paragraphs::paragraphs;
use crate::{ReadPageError, Reading};
use blocks::{Block, Role};
use head::Head;
use told::Told;
use tree::{Id, ROOT, Tree};

/// A page of a web site, read.
#[derive(Debug)]
pub(crate) struct HtmlPage {
    pub(crate) issue: Issue,
    /// The parts of its articles, one after another.
    pub(crate) decoded: Decoded,
    pub(crate) marks: Marks,
}

/// Reads the page that `bytes` hold.
pub(crate) fn read(bytes: &[u8], reading: &Reading) -> Result<HtmlPage, ReadPageError> {
    let Decoded { text, encoding } = charset::read(bytes, reading.encoding)?;
    let most = reading.limits.html_elements;
    let tree = Tree::parse(&text, most as usize).map_err(|_| ReadPageError::TooManyElements(most))?;
    let blocks = blocks::blocks(&tree);
    let stories = stories(&tree, &blocks);
    let head = Told::by_head(&tree);
    let single = stories.len() == 1;
    let mut page = MarkedText::default();
    let mut told = Told::default();
    for story in &stories {
        let mut own = Told::by_comment(&tree, story.nodes.clone()).unwrap_or_default();
        if single {
            own = own.or(&head);
        }
        write(&blocks, story, &own, &mut page);
        told = told.or(&own);
    }
    let mut is_text = vec![false; blocks.len()];
    stories.iter().flat_map(|story| story.texts.iter().cloned().flatten()).for_each(|at| is_text[at] = true);
    let around = blocks.iter().zip(&is_text).filter(|(_, is_text)| !**is_text).map(|(block, _)| block);
    let issue = told.or(&head).issue(around);
    if page.marks.articles.is_empty() {
        return Err(ReadPageError::NoArticle);
    }
    Ok(HtmlPage { issue, decoded: Decoded { text: page.text, encoding }, marks: page.marks })
}

/// An article of the page, by its blocks.
#[derive(Debug)]
struct Story {
    /// Blocks between the article before and its first running text.
    before: Range<usize>,
    /// Its blocks; the first range begins inside `before` where headlines stand in the text's element.
    texts: Vec<Range<usize>>,
    /// Nodes from the article before to its text.
    nodes: Range<Id>,
}

/// The articles of a page.
fn stories(tree: &Tree, blocks: &[Block]) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let (mut block, mut node) = (0, ROOT);
    for body in content::bodies(tree, blocks) {
        let held = tree.below(body);
        let start = (block..blocks.len()).find(|&at| held.contains(&blocks[at].holder)).unwrap_or(blocks.len());
        let end = start + blocks[start..].iter().take_while(|b| held.contains(&b.holder)).count();
        for part in divide(&blocks[..end], start, block) {
            let first = (part.start..part.end).find(|&at| blocks[at].running > 0).unwrap_or(part.end);
            let story =
                Story { before: block.min(part.start)..first, texts: vec![part.clone()], nodes: node..body + 1 };
            block = part.end;
            // The text of one article may stand in several elements.
            let headed = blocks[story.before.clone()].iter().any(Block::is_heading)
                || Told::by_comment(tree, story.nodes.clone()).is_some_and(|told| !told.title.is_empty());
            match stories.last_mut().filter(|_| !headed) {
                Some(last) => last.texts.push(part),
                None => stories.push(story),
            }
        }
        node = tree.nodes[body].end;
    }
    stories
}

/// Where one element holds several articles: at headings of one level, the first of which opens it, if no larger
/// heading stands over all of them or most of their texts open as reports do.
fn divide(blocks: &[Block], start: usize, after: usize) -> Vec<Range<usize>> {
    let whole = start..blocks.len();
    let first = (whole.clone()).find(|&at| blocks[at].running > 0).unwrap_or(whole.end);
    let level = blocks[start..first].iter().map(|b| b.level).filter(|l| *l > 0).min();
    let Some(level) = level else { return vec![whole] };
    let heads = whole.clone().filter(|&at| blocks[at].level == level);
    // A kicker above the headline goes along.
    let kickers = |at: usize| blocks[start..at].iter().rev().take_while(|b| b.level > level).count();
    let starts: Vec<usize> = heads.map(|at| at - kickers(at)).collect();
    let ends = starts.iter().skip(1).copied().chain([whole.end]);
    let mut parts: Vec<Range<usize>> = starts.iter().zip(ends).map(|(from, to)| *from..to).collect();
    let lead = |part: &Range<usize>| part.clone().find(|&at| blocks[at].running > 0);
    if parts.len() < 2 || parts.iter().any(|part| lead(part).is_none()) {
        return vec![whole];
    }
    let larger = blocks[after.min(start)..].iter().any(|b| (1..level).contains(&b.level) && 2 * b.linked <= b.inked);
    let reports = parts.iter().filter_map(lead).filter(|&at| opens_report(&blocks[at].text)).count();
    if larger && 2 * reports <= parts.len() {
        return vec![whole];
    }
    parts[0].start = start;
    parts
}

/// True for a text that opens with a dateline: 本报讯, 新华社北京2月3日电.
fn opens_report(text: &str) -> bool {
    let opening: String = squeezed(text).chars().take(24).collect();
    let agency = ["本报", "新华社", "中新社", "据"].iter().any(|word| opening.contains(word));
    agency && opening.contains(['讯', '电']) || opening.starts_with("本报")
}

/// Writes an article.
fn write(blocks: &[Block], story: &Story, told: &Told, page: &mut MarkedText) {
    let end = story.texts.last().map_or(story.before.end, |text| text.end);
    let head = Head::read(blocks, story.before.clone(), end, told);
    let texts = || story.texts.iter().cloned().flatten().filter(|at| !head.used.contains(at));
    if !texts().any(|at| matches!(part_of(&blocks[at]), Some(Part::Paragraph | Part::Caption))) {
        return;
    }
    let article = Some(page.article());
    for (lines, part) in
        [(&head.kicker, Part::Kicker), (&vec![head.main.clone()], Part::Main), (&head.deck, Part::Deck)]
    {
        lines.iter().for_each(|line| page.part(part, article, line));
    }
    let said: Vec<String> = texts().take(3).map(|at| squeezed(&blocks[at].text)).collect();
    for byline in &head.bylines {
        if !said.iter().any(|text| text.contains(&squeezed(byline))) {
            page.part(Part::Byline, article, byline);
        }
    }
    let last = texts().rfind(|&at| part_of(&blocks[at]) == Some(Part::Paragraph)).unwrap_or(0);
    let mut captions: Vec<&String> = head.captions.iter().map(|&at| &blocks[at].text).collect();
    let mut imprint = Vec::new();
    for at in texts() {
        let block = &blocks[at];
        match part_of(block) {
            // A heading heads something.
            Some(Part::SectionHeading) if at < last => {
                page.part(Part::SectionHeading, article, &head::one_line(&block.text))
            }
            Some(Part::Caption) => captions.push(&block.text),
            Some(Part::Furniture) => imprint.push(&block.text),
            Some(_) => paragraphs(&block.text).into_iter().for_each(|text| page.part(Part::Paragraph, article, text)),
            None => {}
        }
    }
    captions.into_iter().for_each(|text| page.part(Part::Caption, article, text));
    imprint.into_iter().for_each(|text| page.part(Part::Furniture, None, text));
}

/// What a block of a text is; none for links to other pages.
fn part_of(block: &Block) -> Option<Part> {
    let text = block.text.trim();
    let ends = text.ends_with(['。', '！', '？', '…', '；', '，', '：']);
    let picture = text.contains('摄') || text.starts_with("图") || text.starts_with('▲') || text.starts_with('↑');
    if 2 * block.linked > block.inked && block.running == 0 && !ends {
        None
    } else if told::is_imprint(text) {
        Some(Part::Furniture)
    } else if block.role == Some(Role::Caption)
        || block.pictured && block.inked <= 150 && (block.centered && !text.contains('\n') || picture)
    {
        Some(Part::Caption)
    } else if block.level > 0 || block.strong == block.inked && block.inked <= 30 && !ends && !text.contains('\n') {
        Some(Part::SectionHeading)
    } else {
        Some(Part::Paragraph)
    }
}
