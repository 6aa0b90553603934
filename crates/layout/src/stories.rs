//! From items and headline groups to drafts of articles: bylines, captions and boxes find their place,
//! and what is too little to be an article is set apart.

use std::borrow::Cow;

use banmian_core::{ArticleKind, Part};

use crate::assign::Group;
use crate::blocks::{Block, Sort};
use crate::confidence::Signs;
use crate::content::{Likeness, Pairs, Stretch};
use crate::credits;
use crate::datelines;
use crate::explain::Log;
use crate::few::Few;
use crate::glyphs::{Class, Glyph, Raw};
use crate::items::Item;
use crate::lines::{End, Look};
use crate::phrases::{contains, ends_with, starts_with};
use crate::slots;
use crate::units::Unit;

/// Lines of a piece, each with whether a space parts it from the line before.
pub(crate) type Lines = Few<(u32, bool), 6>;

/// An article before it is written out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) kicker: Lines,
    pub(crate) main: Lines,
    pub(crate) deck: Lines,
    pub(crate) bylines: Vec<u32>,
    /// Paragraphs and section headings.
    pub(crate) body: Vec<(Part, Lines)>,
    pub(crate) captions: Vec<Lines>,
    pub(crate) kind: ArticleKind,
    /// See [`banmian_core::Article::confidence`].
    pub(crate) confidence: u8,
    /// First line of the body.
    pub(crate) first: u32,
}

impl Draft {
    /// The lines of its first paragraph.
    pub(crate) fn first_paragraph(&self) -> Option<&Lines> {
        self.body.iter().find(|(part, _)| *part == Part::Paragraph).map(|(_, lines)| lines)
    }
}

/// Which spaces of a page are its text, and which the setter put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Spaces {
    /// All are judged.
    #[default]
    Printed,
    /// Those of headlines are the text's own, those of running text are judged.
    Marked,
    /// All are the text's own.
    Clean,
}

/// All the pieces of a page, in order.
#[derive(Debug, Default)]
pub(crate) struct Drafts {
    pub(crate) spaces: Spaces,
    pub(crate) articles: Vec<Draft>,
    pub(crate) unattached: Vec<Lines>,
    pub(crate) furniture: Vec<Lines>,
}

/// Words over a box that belongs to an article nearby but is none itself.
const BOX_LABELS: &[&str] = &[
    "相关链接",
    "相關鏈接",
    "链接",
    "新闻链接",
    "新闻背景",
    "背景链接",
    "背景资料",
    "名词解释",
    "延伸阅读",
    "小资料",
    "小知识",
    "小贴士",
    "知识链接",
    "資料",
    "小檔案",
    "人物简介",
    "作者简介",
    "编者按",
    "编后",
    "编后语",
    "新聞背景",
    "話你知",
    "特稿",
    "名单",
    "相关新闻",
];

/// True if the Chinese characters of a line are such a label.
pub(crate) fn is_label(glyphs: &[Glyph]) -> bool {
    // The longest has four; marks and brackets may stand around it.
    let han = || glyphs.iter().filter(|g| g.class == Class::Han);
    han().nth(4).is_none() && BOX_LABELS.iter().any(|label| label.chars().eq(han().map(|g| g.c)))
}

/// An item shorter than this (in characters), with neither headline nor dateline, is no article.
const LEAST_BODY: usize = 60;

/// Drafts the articles.
#[expect(clippy::too_many_arguments, reason = "everything found so far meets here")]
pub(crate) fn draft(
    raw: &Raw,
    looks: &[Look],
    pairs: &Pairs,
    blocks: &[Block],
    items: &[Item],
    units: &[Unit],
    groups: &[Group],
    log: &mut Log,
) -> Drafts {
    let mut out = Drafts::default();
    let mut place: Vec<Option<usize>> = Vec::with_capacity(items.len());
    let mut used = vec![false; units.len()];
    let many = items.len() > 1;
    for (item, group) in items.iter().zip(groups) {
        let verdict = refuse(raw, looks, blocks, item, units, group, many);
        if let Some(why) = verdict {
            let lines: Vec<u32> = item.body.iter().flat_map(|&b| blocks[b].lines.iter().copied()).collect();
            log.say(raw, &lines, "unattached", 1.0, || why.to_owned());
            place.push(None);
            for &b in item.body.iter() {
                out.unattached.push(plain(&blocks[b].lines));
            }
            continue;
        }
        let signs = Signs::of(blocks, item, group);
        let mut draft = Draft { confidence: signs.confidence(), ..Draft::default() };
        let lines = item.body.first().map(|&b| blocks[b].lines[0]);
        log.say(raw, lines.as_slice(), "confidence", f32::from(draft.confidence) / 100.0, || signs.to_string());
        for (&u, part) in group.units.iter().zip(slots::types(raw, group, units)) {
            used[u] = true;
            let slot = match part {
                Part::Kicker => &mut draft.kicker,
                Part::Deck => &mut draft.deck,
                _ => &mut draft.main,
            };
            let joint = !slot.is_empty();
            slot.extend(units[u].lines.iter().enumerate().map(|(k, l)| (l.0, if k == 0 { joint } else { l.1 })));
        }
        body(blocks, item, &mut draft);
        place.push(Some(out.articles.len()));
        out.articles.push(draft);
    }
    for (u, unit) in units.iter().enumerate().filter(|(u, _)| !used[*u]) {
        let _ = u;
        out.unattached.push(unit.lines.clone());
    }
    loose(raw, pairs, blocks, items, units, groups, &place, &mut out);
    for draft in &mut out.articles {
        let lead = draft.first_paragraph().is_some_and(|p| looks[p[0].0 as usize].lead);
        draft.kind = kind(raw, lead, draft);
    }
    out.articles.sort_by_key(|d| d.first);
    out.unattached.sort_by_key(|l| l.first().map_or(0, |l| l.0));
    out.furniture.sort_by_key(|l| l.first().map_or(0, |l| l.0));
    out
}

fn plain(lines: &[u32]) -> Lines {
    lines.iter().map(|&l| (l, false)).collect()
}

/// Paragraphs and section headings of a draft.
fn body(blocks: &[Block], item: &Item, draft: &mut Draft) {
    draft.first = u32::MAX;
    draft.body.reserve(item.body.len());
    let mut heading = false;
    for &b in item.body.iter() {
        let block = &blocks[b];
        draft.first = draft.first.min(block.lines[0]);
        if block.sort == Sort::Head {
            // Two display lines in a row are one heading: 起步 / 从两间土房说起.
            if heading {
                let last = draft.body.len() - 1;
                draft.body[last].1.push((block.lines[0], true));
            } else {
                draft.body.push((Part::SectionHeading, plain(&block.lines)));
            }
            heading = true;
        } else {
            draft.body.push((Part::Paragraph, plain(&block.lines)));
            heading = false;
        }
    }
}

/// Why an item is no article, if so.
fn refuse(
    raw: &Raw,
    looks: &[Look],
    blocks: &[Block],
    item: &Item,
    units: &[Unit],
    group: &Group,
    many: bool,
) -> Option<&'static str> {
    if !many {
        return None;
    }
    if item.boxed {
        return Some("a box below a label, not an article");
    }
    let paras: Vec<&Block> = item.body.iter().map(|&b| &blocks[b]).filter(|b| b.sort == Sort::Para).collect();
    let size: usize = paras.iter().map(|b| b.len(raw)).sum();
    let lead = paras.first().is_some_and(|b| b.lead);
    let labels = |u: &usize| is_label(&units[*u].glyphs);
    if group.units.len() == 1 && group.units.iter().all(labels) {
        return Some("a box: its headline is a label, not a headline");
    }
    let sentence = paras
        .iter()
        .any(|b| b.lines.iter().any(|&l| looks[l as usize].end == End::Stop || looks[l as usize].stops > 0));
    if !lead && (!sentence || size < 16) {
        return Some("no full sentence: a list, a table or a notice");
    }
    if group.units.is_empty() && !lead && size < LEAST_BODY {
        return Some("too short for an article without headline and dateline");
    }
    if group.units.is_empty() && !lead && paras.len() == 1 && is_picture_text(raw, looks, paras[0]) {
        return Some("the text of a picture without a headline of its own");
    }
    None
}

/// 图为…, （…摄）
pub(crate) fn is_picture_text(raw: &Raw, looks: &[Look], block: &Block) -> bool {
    if block.len(raw) > 260 {
        return false;
    }
    let picture = |g: &Glyph| matches!(g.c, '图' | '圖');
    let shows = |g: &Glyph| matches!(g.c, '为' | '為' | '中');
    let line = |l: u32| raw.lines[l as usize].of(&raw.glyphs);
    for (k, &l) in block.lines.iter().enumerate().filter(|(_, l)| looks[**l as usize].picture) {
        let next = block.lines.get(k + 1).and_then(|&l| line(l).first());
        if line(l).windows(2).any(|w| picture(&w[0]) && shows(&w[1]))
            || line(l).last().is_some_and(picture) && next.is_some_and(shows)
        {
            return true;
        }
    }
    block.each(raw).rev().take(3).any(|g| matches!(g.c, '摄' | '攝'))
}

/// Bylines, captions, furniture and jump lines find their article.
#[expect(clippy::too_many_arguments, reason = "everything found so far meets here")]
fn loose(
    raw: &Raw,
    pairs: &Pairs,
    blocks: &[Block],
    items: &[Item],
    units: &[Unit],
    groups: &[Group],
    place: &[Option<usize>],
    out: &mut Drafts,
) {
    // The item of each block: its body, or its headline.
    let mut owner: Vec<Option<usize>> = vec![None; blocks.len()];
    for (i, (item, group)) in items.iter().zip(groups).enumerate() {
        for &b in item.body.iter() {
            owner[b] = Some(i);
        }
        for &u in group.units.iter() {
            for o in &mut owner[units[u].blocks.0..=units[u].blocks.1] {
                *o = Some(i);
            }
        }
    }
    // Made only for pages with captions.
    let mut like: Option<Likeness> = None;
    for (b, block) in blocks.iter().enumerate() {
        let lines = || plain(&block.lines);
        match block.sort {
            Sort::Furniture | Sort::Jump => out.furniture.push(lines()),
            Sort::Byline => match byline_owner(raw, blocks, &owner, items, b).and_then(|i| place[i]) {
                Some(a) => out.articles[a].bylines.push(block.lines[0]),
                None => out.unattached.push(lines()),
            },
            Sort::Caption => {
                match caption_owner(raw, pairs, blocks, &owner, items, b, &mut like).and_then(|i| place[i]) {
                    Some(a) => out.articles[a].captions.push(lines()),
                    None => out.unattached.push(lines()),
                }
            }
            Sort::Para | Sort::Head => {}
        }
    }
}

/// How far from its article a byline or caption is looked for, in blocks.
const NEAR: usize = 6;

/// The item of a byline: the text that ends right above it, or the headline or text right below.
fn byline_owner(raw: &Raw, blocks: &[Block], owner: &[Option<usize>], items: &[Item], b: usize) -> Option<usize> {
    let solid = |k: &usize| matches!(blocks[*k].sort, Sort::Para | Sort::Head);
    let above = (b.saturating_sub(NEAR)..b).rev().find(solid);
    let below = (b + 1..blocks.len().min(b + 1 + NEAR)).find(solid);
    let (above_item, below_item) = (above.and_then(|k| owner[k]), below.and_then(|k| owner[k]));
    if above_item == below_item {
        return above_item;
    }
    let under_head = above.is_some_and(|k| blocks[k].sort == Sort::Head);
    let over_text = below.is_some_and(|k| blocks[k].sort == Sort::Para);
    if under_head {
        // Beneath a headline; or between a loose headline and the body it does not belong to.
        return above_item.or(if over_text { below_item } else { None });
    }
    // Right after a text: its end, unless that text names its author already.
    let named = |i: Option<usize>| i.is_some_and(|i| has_names(raw, blocks, &items[i]));
    if named(above_item) && !named(below_item) && over_text { below_item } else { above_item.or(below_item) }
}

/// True if the text names its authors in lead or end brackets.
fn has_names(raw: &Raw, blocks: &[Block], item: &Item) -> bool {
    let paras = || item.body.iter().map(|&b| &blocks[b]).filter(|b| b.sort == Sort::Para);
    let lead = paras().next().is_some_and(|p| {
        let glyphs = p.head_glyphs(raw, 120);
        !credits::lead_names(&glyphs, datelines::dateline(&glyphs).map_or(0, |d| d.after)).is_empty()
    });
    lead || paras().next_back().is_some_and(|p| !credits::closing_names(&p.tail_glyphs(raw, 48)).is_empty())
}

/// The item of a caption: one nearby whose words it shares.
fn caption_owner(
    raw: &Raw,
    pairs: &Pairs,
    blocks: &[Block],
    owner: &[Option<usize>],
    items: &[Item],
    b: usize,
    like: &mut Option<Likeness>,
) -> Option<usize> {
    let near = (b.saturating_sub(NEAR)..b).rev().find_map(|k| owner[k]);
    let next = (b + 1..blocks.len().min(b + 1 + NEAR)).find_map(|k| owner[k]);
    let (mut caption, mut text) = (Stretch::default(), Stretch::default());
    caption.add(raw, &blocks[b].lines, usize::MAX);
    let mut best: Option<(f32, usize)> = None;
    for i in near.into_iter().chain(next.filter(|n| Some(*n) != near)) {
        text.clear();
        for &k in items[i].body.iter() {
            if text.len() > 3000 {
                break;
            }
            text.add(raw, &blocks[k].lines, 600);
        }
        let score = like.get_or_insert_default().coverage(pairs, &caption, &text);
        if score >= 0.3 && best.is_none_or(|(s, _)| score > s + 0.05) {
            best = Some((score, i));
        }
    }
    best.map(|b| b.1)
}

/// The genre of a draft; `lead` tells whether a dateline opens its text.
pub(crate) fn kind(raw: &Raw, lead: bool, draft: &Draft) -> ArticleKind {
    let text = |lines: &[(u32, bool)]| -> Cow<'_, [Glyph]> {
        let of = |l: &(u32, bool)| raw.lines[l.0 as usize].of(&raw.glyphs);
        match lines {
            [line] => Cow::Borrowed(of(line)),
            _ => lines.iter().flat_map(of).copied().collect(),
        }
    };
    let main = text(&draft.main);
    let deck = text(&draft.deck);
    let kicker = text(&draft.kicker);
    let paras = || draft.body.iter().filter(|p| p.0 == Part::Paragraph).map(|p| &p.1);
    let size: usize = paras().flat_map(|p| p.iter()).map(|l| raw.lines[l.0 as usize].len()).sum();
    let credit = draft.bylines.iter().any(|&l| text(&[(l, false)]).iter().any(|g| matches!(g.c, '摄' | '攝')))
        || paras().next_back().is_some_and(|p| contains(&text(&p[p.len().saturating_sub(2)..]), "摄）"));
    let sections = draft.body.iter().any(|p| p.0 == Part::SectionHeading);
    let ends = |words: &[&str]| words.iter().any(|w| ends_with(&main, w));
    if ends(&["公告", "通告", "公示", "启事", "通知", "声明", "啓事", "公報", "公报"]) {
        ArticleKind::Notice
    } else if credit && size <= 260 {
        ArticleKind::Photo
    } else if ends(&["简讯", "短讯", "要闻", "短波", "點滴", "點評"]) {
        ArticleKind::Briefs
    } else if lead {
        ArticleKind::News
    } else if starts_with(&deck, "——") || ends_with(&main, "记") || sections && !draft.bylines.is_empty() {
        ArticleKind::Feature
    } else if ["评论", "社论", "短评", "时评", "評論", "社論", "随想", "杂谈"]
        .iter()
        .any(|w| contains(&main, w) || contains(&kicker, w))
    {
        ArticleKind::Commentary
    } else {
        ArticleKind::News
    }
}
