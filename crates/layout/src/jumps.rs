//! Articles that go on on another page, or come from one: 下转第三版, 上接第一版.

use banmian_core::{Page, Part, TextRange};

use crate::furniture;
use crate::glyphs::Raw;

/// Whether an article goes on elsewhere or was begun there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    From,
}

/// Marks each article that a jump line belongs to: 下转 the one whose text stands before it on the raw
/// page, 上接 the one whose text stands behind. The line itself is furniture.
pub(crate) fn mark(page: &mut Page) {
    let jumps = page.pieces.iter().filter(|p| p.part == Part::Furniture);
    let jumps: Vec<(Way, TextRange)> =
        jumps.filter_map(|p| Some((way(page.slice(p.range))?, within_brackets(page, p.range)))).collect();
    if jumps.is_empty() {
        return;
    }
    let places = places(page);
    for (way, range) in jumps {
        let jump = page.source.raw_place(&page.text, range.start as usize);
        let after = places.partition_point(|(place, _)| *place < jump);
        match way {
            Way::On => {
                if let Some((_, article)) = after.checked_sub(1).map(|i| places[i]) {
                    page.articles[article as usize].continues_on.get_or_insert(range);
                }
            }
            Way::From => {
                if let Some(&(_, article)) = places.get(after) {
                    page.articles[article as usize].continued_from.get_or_insert(range);
                }
            }
        }
    }
}

/// The same for pages whose articles are ready: there a jump line is a paragraph of its article.
pub(crate) fn mark_paragraphs(page: &mut Page) {
    for a in 0..page.articles.len() {
        let pieces = page.pieces_of(&page.articles[a]).iter().filter(|p| p.part == Part::Paragraph);
        let jumps = pieces.map(|p| p.range).filter(|r| is_jump(page.slice(*r)));
        let jumps: Vec<_> = jumps.filter_map(|r| Some((way(page.slice(r))?, within_brackets(page, r)))).collect();
        for (way, range) in jumps {
            let article = &mut page.articles[a];
            match way {
                Way::On => article.continues_on.get_or_insert(range),
                Way::From => article.continued_from.get_or_insert(range),
            };
        }
    }
}

/// True for a text that is nothing but a jump line.
fn is_jump(text: &str) -> bool {
    text.len() <= LONGEST_JUMP && {
        let raw = Raw::read(text);
        furniture::jump(&raw.glyphs).is_some_and(|end| end + 3 >= raw.glyphs.len())
    }
}

/// Bytes of a jump line, at most.
const LONGEST_JUMP: usize = 60;

fn way(text: &str) -> Option<Way> {
    let mut chars = text.chars().filter(|c| c.is_alphanumeric());
    let two = (chars.next()?, chars.next()?);
    match two {
        ('下', '转' | '轉' | '接') | ('转' | '轉', '第') | ('详' | '詳', '见' | '見' | '刊') => {
            Some(Way::On)
        }
        ('上' | '紧' | '緊', '接') => Some(Way::From),
        _ => None,
    }
}

/// The line without marks at its ends.
fn within_brackets(page: &Page, range: TextRange) -> TextRange {
    let text = page.slice(range);
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    TextRange::new(range.start as usize + start, range.start as usize + end.max(start))
}

/// Raw line and column where each stretch of body text begins, and its article; in raw order.
fn places(page: &Page) -> Vec<((u32, u32), u32)> {
    let mut places = Vec::new();
    let bodies = page.pieces.iter().filter(|p| matches!(p.part, Part::Paragraph | Part::SectionHeading));
    for (piece, article) in bodies.filter_map(|p| Some((p.range, p.article?))) {
        let first = page.source.raw_place(&page.text, piece.start as usize);
        let runs = page.source.runs();
        let from = runs.partition_point(|r| r.clean_byte <= piece.start);
        let later = runs[from..].iter().take_while(|r| r.clean_byte < piece.end).map(|r| (r.raw_line, r.raw_column));
        places.extend(std::iter::once(first).chain(later).map(|place| (place, article)));
    }
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use banmian_core::Issue;

    #[test]
    fn jumps_mark_the_article_they_stand_at() {
        let raw = "全县果农学技术\n　　本报河洮讯（通讯员王小川）九月十日，河洮县在县城召开果业发\n展大会，总结三年来果品产业的经验，安排今冬明春的工作，要求\n（下转第三版）\n渔场迎来丰收\n　　本报洮阳讯（记者李山）连日来，洮阳县渔场的工人们起早贪黑，\n忙着拉网捕鱼，鲜鱼产量比去年增长两成。\n提案办理五年回顾\n（上接第一版）\n　　本报洮阳讯（记者李山）五年来，全市各级政协组织围绕中心、服务大局，提出提案一千二\n百多件，办结率百分之百。\n";
        let page = crate::read_page("p", Issue::default(), raw);
        let text = |range: Option<banmian_core::TextRange>| range.map_or("", |r| page.slice(r));
        let told = page.articles.iter().map(|a| {
            let first = page.pieces_of(a).last().map_or("", |p| page.slice(p.range));
            (first.chars().take(6).collect::<String>(), text(a.continues_on), text(a.continued_from))
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("本报河洮讯（".to_owned(), "下转第三版", ""),
                ("本报洮阳讯（".to_owned(), "", ""),
                ("本报洮阳讯（".to_owned(), "", "上接第一版"),
            ]
        );
    }
}
