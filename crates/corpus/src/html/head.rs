//! The headline group and the bylines of an article, from what stands before its text.
//!
//! A page says which line is the headline by heading elements, by names of classes, or by its own title; what stands
//! above it is the kicker, what stands below it the deck.

use std::ops::Range;

use banmian_core::Part;

use super::blocks::{Block, Role};
use super::part_of;
use super::told::{Told, author, is_about};
use crate::marked_text::squeezed;

/// What stands over a text.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) kicker: Vec<String>,
    pub(super) main: String,
    pub(super) deck: Vec<String>,
    pub(super) bylines: Vec<String>,
    /// Blocks that are captions of pictures above the text.
    pub(super) captions: Vec<usize>,
    /// Blocks that are none of the text.
    pub(super) used: Vec<usize>,
}

/// Most lines above a main headline, and below.
const MOST: usize = 3;

impl Head {
    /// Reads the blocks of `before`, which end with the first running text, for the article of blocks up to `end`.
    pub(super) fn read(blocks: &[Block], before: Range<usize>, end: usize, told: &Told) -> Head {
        let mut head = Head::default();
        let Some(main) = main(blocks, before.clone(), &told.title) else {
            head.main = told.title.clone();
            head.around(blocks, before.start, before, told);
            return head;
        };
        head.main = one_line(&blocks[main].text);
        head.used.push(main);
        let level = blocks[main].level;
        let lesser = |b: &Block| b.is_heading() && (level == 0 || b.level == 0 || b.level > level);
        for at in (before.start..main).rev().take(MOST) {
            let block = &blocks[at];
            // A heading that links elsewhere is the site's.
            if !lesser(block) || block.role == Some(Role::Deck) || 2 * block.linked > block.inked {
                break;
            }
            head.kicker.insert(0, one_line(&block.text));
            head.used.push(at);
        }
        // The level of section headings comes again in the text.
        let again = |b: &Block| b.level > 0 && blocks[before.end..end].iter().any(|later| later.level == b.level);
        let mut at = main + 1;
        while at < before.end && head.deck.len() < MOST {
            let block = &blocks[at];
            let about = is_about(&block.text) || is_byline(block);
            if !about && (!lesser(block) || again(block)) {
                break;
            }
            if !about {
                head.deck.push(one_line(&block.text));
                head.used.push(at);
            }
            at += 1;
        }
        head.around(blocks, main + 1, before, told);
        head
    }

    /// Finds bylines, and lines that tell of the text, behind the headline.
    fn around(&mut self, blocks: &[Block], from: usize, before: Range<usize>, told: &Told) {
        if self.kicker.is_empty() && !told.kicker.is_empty() {
            self.kicker.push(told.kicker.clone());
        }
        if self.deck.is_empty() && !told.deck.is_empty() {
            self.deck.push(told.deck.clone());
        }
        for (at, block) in blocks.iter().enumerate().take(before.end).skip(from) {
            if self.used.contains(&at) {
                continue;
            }
            if is_about(&block.text) {
                self.bylines.extend(author(&block.text));
                self.used.push(at);
            } else if is_byline(block) {
                self.bylines.push(one_line(&block.text));
                self.used.push(at);
            } else if from > before.start && part_of(block) == Some(Part::Caption) {
                self.captions.push(at);
                self.used.push(at);
            }
        }
        if self.bylines.is_empty() && is_names(&told.author) {
            self.bylines.push(told.author.clone());
        }
        // The title of the page may hold the whole group.
        let own = squeezed(&self.main);
        self.kicker.retain(|text| squeezed(text) != own);
        self.deck.retain(|text| squeezed(text) != own);
    }
}

/// The block of the main headline.
fn main(blocks: &[Block], before: Range<usize>, title: &str) -> Option<usize> {
    let title = squeezed(title);
    let is_title = |b: &Block| {
        let text = squeezed(&b.text);
        let enough = text.chars().count() >= 4 && b.inked <= 120;
        enough && !title.is_empty() && (title.contains(&text) || text.contains(&title))
    };
    let own = || before.clone().filter(|&at| 2 * blocks[at].linked <= blocks[at].inked);
    let longest = |wanted: &dyn Fn(&Block) -> bool| {
        own().filter(|&at| wanted(&blocks[at])).max_by_key(|&at| (blocks[at].inked, at))
    };
    let last = |wanted: &dyn Fn(&Block) -> bool| own().filter(|&at| wanted(&blocks[at])).last();
    let least = own().map(|at| blocks[at].level).filter(|level| *level > 0).min();
    // A heading that is the page's title, too; the title as it stands in the text; then what is called so.
    longest(&|b| b.is_heading() && is_title(b) && b.role != Some(Role::Minor))
        .or_else(|| longest(&|b| is_title(b) && b.running == 0))
        .or_else(|| last(&|b| b.role == Some(Role::Main)))
        .or_else(|| least.and_then(|least| last(&|b| b.level == least && !is_byline(b))))
        .or_else(|| title.is_empty().then(|| last(&|b| is_display(b))).flatten())
}

/// True for a short line in bold or in the middle, as a headline is set where nothing calls it so.
fn is_display(block: &Block) -> bool {
    let text = block.text.trim();
    let set = block.strong == block.inked || block.centered;
    let about = is_byline(block) || is_about(text) || block.role == Some(Role::Caption) || block.pictured;
    set && !about && block.inked <= 60 && block.running == 0
}

/// True for a line that names who wrote: 本报记者 苗青, or what the page calls so.
fn is_byline(block: &Block) -> bool {
    const OPEN: &[&str] = &["本报记者", "记者", "本报通讯员", "通讯员", "特约记者", "本报特约", "作者", "□", "■", "○"];
    let text = block.text.trim();
    let short = block.inked <= 40 && !text.contains(['。', '！', '？']);
    short && (block.role == Some(Role::Byline) || OPEN.iter().any(|word| text.starts_with(word)))
}

/// True for nothing but names of persons, as far as their length tells: 苗青、田小禾.
fn is_names(text: &str) -> bool {
    let mut names = text.split(['、', ',', '，', ' ', ';', '；', '　']).filter(|n| !n.is_empty()).peekable();
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    names.peek().is_some()
        && names.all(|n| {
            (2..=4).contains(&n.chars().count())
                && n.chars().all(is_han)
                && !n.ends_with(['网', '报', '社', '台', '部', '室'])
        })
}

/// A headline part on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
