//! Formulations of the lexicons: which of the overlapping hits on a page are mentions.
//!
//! The longest hit wins; core formulations count also inside a longer one; plain policy words keep
//! their place, so that nothing shorter is taken out of them, but are no mentions.

use crate::finding::Kind;
use crate::found::Found;
use crate::lexicon::{Class, Hit, Phrases, letters};
use crate::text::{HAN, View};

/// The numerals that may stand before a numeral phrase and change what it counts: 第三个代表.
const COUNTING: [char; 12] = ['第', '十', '百', '千', '万', '亿', '零', '〇', '几', '数', '每', '前'];

/// How near a book mark must be, in characters.
const LONGEST_TITLE: usize = 30;

/// Adds the mentions among `hits`, and to `plain_words` the plain policy words outside longer entries; `titles` are the places of
/// book marks, in order.
pub(crate) fn find(
    view: &View<'_>,
    phrases: &Phrases,
    hits: &mut Vec<Hit>,
    titles: &[usize],
    out: &mut Vec<Found>,
    plain_words: &mut Vec<Found>,
) {
    hits.retain(|hit| may_stand(view, hit));
    let plain = hits.iter().filter(|h| !h.gapped).copied().collect::<Vec<_>>();
    // 坚持……和……双向发力 is no more than what it holds, if that is two fifths of it.
    hits.retain(|h| {
        let half = |inner: &Hit| {
            h.start <= inner.start && inner.end <= h.end && (inner.end - inner.start) * 5 >= (h.end - h.start) * 2
        };
        !h.gapped || h.class == Class::Core || !plain.iter().any(half)
    });
    hits.sort_unstable_by_key(|h| (std::cmp::Reverse(h.end - h.start), h.start, h.entry));
    hits.dedup_by_key(|h| (h.start, h.end));
    let cores: Vec<Hit> = hits.iter().filter(|h| h.class == Class::Core).copied().collect();
    // What is taken, in order.
    let mut taken: Vec<Hit> = Vec::new();
    for hit in hits.iter() {
        let place = taken.partition_point(|t| t.start < hit.end);
        let before = place.checked_sub(1).map(|i| taken[i]);
        let free = before.is_none_or(|t| t.end <= hit.start);
        if free {
            taken.insert(place, *hit);
        }
        // Not inside another core: 中国特色社会主义 in the name of the Thought says nothing of its own.
        let inside = || {
            before.is_some_and(|t| {
                t.start <= hit.start
                    && hit.end <= t.end
                    && t.class != Class::Core
                    && is_canonical(phrases, hit, &view.text[hit.start..hit.end])
            })
        };
        let tail = tail(hit.class, phrases.canonical(&phrases.entries[hit.entry as usize]), &view.text[hit.end..]);
        // 开发扶贫 is a policy word, 开发扶贫的方针 is a formulation.
        let named = hit.class != Class::Plain || tail > 0;
        if !named && free && !in_title(view.text, titles, hit) {
            plain_words.push(Found { entry: Some(hit.entry), ..Found::new(Kind::Fixed, hit.start, hit.end) });
        }
        let shell = || hit.class != Class::Core && is_shell(view, phrases, hit, &cores);
        let title = || in_title(view.text, titles, hit);
        if named && (free && !shell() || hit.class == Class::Core && inside()) && !title() {
            let kind = if hit.class == Class::Numbered { Kind::Numbered } else { Kind::Fixed };
            let printed = &view.text[hit.start..hit.end];
            // 共建“一带一路”: the closing mark belongs to the opening one inside.
            let open = printed.contains('“') && !printed.contains('”') && view.text[hit.end..].starts_with('”');
            let tail = if open { '”'.len_utf8() } else { tail };
            let mut found = Found::new(kind, hit.start, hit.end + tail);
            found.joined = printed.contains(['、', '，']);
            found.entry = Some(hit.entry);
            found.core = hit.class == Class::Core;
            out.push(found);
        }
    }
}

/// False for hits that only look like the phrase.
fn may_stand(view: &View<'_>, hit: &Hit) -> bool {
    if hit.class == Class::Numbered {
        let before = view.text[..hit.start].chars().next_back();
        // 第三个代表, 23个代表: another number.
        let other = before.is_some_and(|c| c.is_ascii_digit() || COUNTING.contains(&c) || is_numeral(c));
        // 三个代表团 counts delegations.
        return !other && (hit.end - hit.start > 5 * HAN || view.is_word_start(hit.end));
    }
    // 委书记 is not to be taken out of 党委书记: a short phrase must begin and end with a word.
    let short = hit.end - hit.start <= 4 * HAN;
    !short || view.is_word_start(hit.start) && view.is_word_start(hit.end)
}

/// True inside the title of a work: 《为人民服务》.
fn in_title(text: &str, titles: &[usize], hit: &Hit) -> bool {
    // Most phrases are far from any book mark: four bytes are the most of a character.
    let before = titles[..titles.partition_point(|&at| at < hit.start)].last();
    if before.is_none_or(|&at| hit.start - at > 4 * LONGEST_TITLE) {
        return false;
    }
    let near = |c: char| matches!(c, '《' | '》' | '\n');
    text[..hit.start].chars().rev().take(LONGEST_TITLE).find(|&c| near(c)) == Some('《')
        && text[hit.end..].chars().take(LONGEST_TITLE).find(|&c| near(c)) == Some('》')
}

/// True if core formulations make up half of a longer one: 以中国式现代化全面推进强国建设、民族复兴伟业
/// says nothing beside its two.
fn is_shell(view: &View<'_>, phrases: &Phrases, hit: &Hit, cores: &[Hit]) -> bool {
    let mut covered = 0;
    let mut from = hit.start;
    let mut inner: Vec<&Hit> = cores.iter().filter(|c| hit.start <= c.start && c.end <= hit.end).collect();
    inner.sort_unstable_by_key(|c| (c.start, std::cmp::Reverse(c.end)));
    for core in inner {
        if core.start >= from && is_canonical(phrases, core, &view.text[core.start..core.end]) {
            covered += core.end - core.start;
            from = core.end;
        }
    }
    covered > 0 && covered * 2 >= letters(&view.text[hit.start..hit.end]).map(char::len_utf8).sum()
}

/// Only the canonical form of a core formulation counts inside a longer one.
fn is_canonical(phrases: &Phrases, hit: &Hit, printed: &str) -> bool {
    let canonical = phrases.canonical(&phrases.entries[hit.entry as usize]);
    canonical.contains('…') || letters(canonical).eq(letters(printed))
}

/// Bytes of a tail that names what the formulation is: 全心全意为人民服务的宗旨. What is called out by itself needs no such
/// name: 从严治党, 治理整顿和深化改革.
fn tail(class: Class, phrase: &str, after: &str) -> usize {
    let tail = ["的方针", "的宗旨", "的总方针", "的总路线"].iter().find(|t| after.starts_with(**t));
    let whole = || class != Class::Plain && (phrase.len() < 6 * HAN || phrase.contains(['、', '，', '和']));
    tail.filter(|_| !whole()).map_or(0, |t| t.len())
}

/// A Chinese numeral from one to ten, 两 included.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两')
}
