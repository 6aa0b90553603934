//! Who says it: the subject of the verb of saying that governs a sentence.
//!
//! Reports name the speaker once and go on for a paragraph (会议强调，要…。要…。), so the verb is looked for
//! in the mention's own sentence and then back to the beginning of its paragraph.

use banmian_core::TextRange;

use crate::text::View;
use crate::vocabulary::Role;

/// Longest subject taken whole, in characters; of a longer one the last words are taken.
const LONGEST: usize = 12;

/// Words between the subject and its verb: 他最后强调, 会议还指出.
const BETWEEN: [&str; 22] = [
    "最后", "还", "并", "同时", "特别", "进一步", "着重", "反复", "明确", "也", "又", "再次", "曾", "在讲话中", "在会上", "在发言中", "在致辞中",
    "多次", "首先", "一致", "日前", "今天",
];

/// The speaker of what stands at `at`, if the paragraph names one before.
pub(crate) fn of(view: &View<'_>, at: usize) -> Option<TextRange> {
    let byte = u32::try_from(at).ok()?;
    let own = view.page.sentence_at(byte)?;
    let piece = view.page.sentences[own].piece;
    (0..=own)
        .rev()
        .map(|i| view.page.sentences[i])
        .take_while(|s| s.piece == piece)
        .find_map(|s| in_sentence(view, s.range.start as usize, (s.range.end as usize).min(at)))
}

/// The last subject with a verb of saying in `start..end`.
fn in_sentence(view: &View<'_>, start: usize, end: usize) -> Option<TextRange> {
    let text = &view.text[start..end];
    // The verb ends its clause: 强调，要… or 指出：“…
    text.rmatch_indices(['，', '：', ':']).find_map(|(mark, _)| {
        let clause = text[..mark].rfind(['，', '。', '；', '：', '“', '”', '\n']).map_or(0, |i| {
            i + text[i..].chars().next().map_or(0, char::len_utf8)
        });
        let said = &text[clause..mark];
        let verb = (1..=3).rev().find_map(|n| {
            let at = said.char_indices().rev().nth(n - 1)?.0;
            view.vocabulary.is(&said[at..], Role::Saying).then_some(at)
        })?;
        subject(view, start + clause, &said[..verb])
    })
}

fn subject(view: &View<'_>, base: usize, before: &str) -> Option<TextRange> {
    let mut subject = before;
    while let Some(shorter) = BETWEEN.iter().find_map(|w| subject.strip_suffix(w)) {
        subject = shorter;
    }
    // 习近平在主持学习时指出: the subject stands before 在.
    if let Some(at) = subject.find('在').filter(|&at| at > 0) {
        subject = &subject[..at];
    }
    let lead = subject.len() - subject.trim_start().len();
    let (mut start, end) = (base + lead, base + subject.trim_end().len());
    if start >= end {
        return None;
    }
    if subject.chars().count() > LONGEST {
        let tokens = view.tokens(start, end);
        let name = tokens.iter().filter(|t| matches!(t.pos.class(), b'n' | b'r')).last()?;
        start = name.range.start as usize;
    }
    Some(TextRange::new(start, end))
}
