//! Members of a numbered formulation, where the text lists them:
//! “三个下沉”（力量下沉、资源下沉、服务下沉）, “五大行动”：……

use banmian_core::TextRange;

use crate::finding::Kind;
use crate::found::Found;
use crate::text::HAN;

/// Most characters of one member.
const LONGEST: usize = 20;

/// The stretch that lists the members: as many as the number says, right after the formulation in
/// brackets, after a colon, a dash or 即, or right before it with 等 or nothing between.
pub(crate) fn of(text: &str, found: &Found) -> Option<TextRange> {
    if found.kind != Kind::Numbered {
        return None;
    }
    let wanted = number(text[found.start..found.end].chars().next()?)?;
    after(text, found.end, wanted).or_else(|| before(text, found.start, wanted))
}

fn number(c: char) -> Option<usize> {
    let at = ['两', '二', '三', '四', '五', '六', '七', '八', '九', '十'].iter().position(|&n| n == c)?;
    Some(if at == 0 { 2 } else { at + 1 })
}

fn after(text: &str, end: usize, wanted: usize) -> Option<TextRange> {
    let rest = &text[end..];
    let listed = rest.trim_start_matches(['”', '」', '’']);
    let bracket = listed.strip_prefix(['（', '(']);
    // 等 of 即 is no part of the list.
    let open =
        bracket.or_else(|| ["，即", "，就是", "——", "：", "，是指"].iter().find_map(|o| listed.strip_prefix(*o)))?;
    let open = open.trim_start_matches(['即', '：', '“']);
    let stop: &[char] = if bracket.is_some() { &['）', ')', '\n'] } else { &['。', '；', '！', '\n', '）'] };
    let length = open.find(stop)?;
    // More than this is no list of members, whatever its marks.
    if length > (wanted * (LONGEST + 1) + 2) * HAN {
        return None;
    }
    let list = open[..length].trim_end_matches(['”', '等']);
    // What is left of the text tells where the list begins.
    let start = text.len() - open.len();
    is_list(list, wanted).then(|| TextRange::new(start, start + list.len()))
}

fn before(text: &str, start: usize, wanted: usize) -> Option<TextRange> {
    let head = text[..start].strip_suffix(['“', '「']).unwrap_or(&text[..start]);
    let head = head.strip_suffix('等').unwrap_or(head);
    let head = head.strip_suffix('的').unwrap_or(head);
    // Only a list that fills its clause can be told from the sentence around it.
    let opens = |c: char| matches!(c, '。' | '；' | '，' | '：' | '\n' | '（' | '！');
    let from = head.char_indices().rfind(|&(_, c)| opens(c)).map_or(0, |(i, c)| i + c.len_utf8());
    let list = &head[from..];
    (list.contains('、') && is_list(list, wanted) && is_parallel(list)).then(|| TextRange::new(from, from + list.len()))
}

/// True for as many members as wanted, each of two characters or more.
fn is_list(list: &str, wanted: usize) -> bool {
    let separator = ['；', '、', '，'].into_iter().find(|&s| list.contains(s));
    let Some(separator) = separator else { return false };
    let good = |m: &str| (2..=LONGEST).contains(&m.chars().count());
    list.split(separator).count() == wanted && list.split(separator).all(good)
}

/// True if all members are of one length or end alike: a list before the formulation has no bracket to prove it.
fn is_parallel(list: &str) -> bool {
    let same = |mut of: Box<dyn Iterator<Item = usize> + '_>| of.next().is_some_and(|first| of.all(|n| n == first));
    let end = |m: &str| m.chars().next_back().map_or(0, |c| c as usize);
    same(Box::new(list.split('、').map(str::len))) || same(Box::new(list.split('、').map(end)))
}
