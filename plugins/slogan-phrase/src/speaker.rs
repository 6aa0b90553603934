//! Who says it: the subject of the verb of saying that governs a sentence.
//!
//! Reports name the speaker once and go on for a paragraph (会议强调，要…。要…。), so the last verb
//! of saying before the mention in its paragraph counts.

use banmian_core::{TextRange, Token};

use crate::text::{HAN, Mark, Segment, View};
use crate::vocabulary::Role;

/// Longest subject taken whole, in characters; of a longer one the last words are taken.
const LONGEST: usize = 12;

/// Words between the subject and its verb: 他最后强调, 会议还指出.
const BETWEEN: [&str; 22] = [
    "最后",
    "还",
    "并",
    "同时",
    "特别",
    "进一步",
    "着重",
    "反复",
    "明确",
    "也",
    "又",
    "再次",
    "曾",
    "在讲话中",
    "在会上",
    "在发言中",
    "在致辞中",
    "多次",
    "首先",
    "一致",
    "日前",
    "今天",
];

/// Speakers of a page, asked for in page order.
#[derive(Default)]
pub(crate) struct Speakers {
    /// Segments read so far.
    read: usize,
    /// The piece of the last of them, and who speaks there.
    current: Option<(usize, TextRange)>,
}

impl Speakers {
    /// The speaker of what stands at `at`, if the paragraph names one before.
    pub(crate) fn of(&mut self, view: &View<'_>, at: usize) -> Option<TextRange> {
        let rest = &view.segments[self.read..];
        let unread = &rest[..rest.partition_point(|s| s.end < at)];
        self.read += unread.len();
        let piece = view.segments.get(self.read).map(|s| s.piece)?;
        // Backwards: the last verb of saying counts, and paragraphs without a mention are never read.
        let here = unread.iter().rev().take_while(|s| s.piece == piece);
        if let Some(speaker) = here.filter_map(|s| in_clause(view, s)).next() {
            self.current = Some((piece, speaker));
        }
        self.current.filter(|&(p, _)| p == piece).map(|(_, speaker)| speaker)
    }
}

/// The subject of a clause that ends with a verb of saying: 会议强调，要… or 她指出：“…
fn in_clause(view: &View<'_>, segment: &Segment) -> Option<TextRange> {
    if !matches!(segment.after, Mark::Comma | Mark::Colon) {
        return None;
    }
    let said = &view.text[segment.start..segment.end];
    // Nearly every clause ends otherwise; its last character tells without a look at the list.
    if !view.vocabulary.may_end(said, Role::Saying) {
        return None;
    }
    let mut starts = said.char_indices().rev().map(|(i, _)| i).take(3);
    let mut verb = starts.by_ref().find(|&i| view.vocabulary.is(&said[i..], Role::Saying))?;
    // 强调指出: two verbs.
    if let Some(earlier) = verb.checked_sub(2 * HAN)
        && said.get(earlier..verb).is_some_and(|w| view.vocabulary.is(w, Role::Saying))
    {
        verb = earlier;
    }
    subject(view, segment.start, &said[..verb])
}

/// 提出具体 before 要求: no subject begins with a verb of two characters.
fn first_is_verb(view: &View<'_>, base: usize, subject: &str) -> bool {
    let first = view.tokens(base, base + subject.len()).get(0);
    first.is_some_and(|t| t.pos.class() == b'v' && t.range.len() >= 2 * HAN)
}

fn subject(view: &View<'_>, base: usize, before: &str) -> Option<TextRange> {
    let mut subject = without_adverbs(before);
    // 各项要求， and 提出具体要求， are nouns.
    if subject.ends_with(['的', '项', '体']) || first_is_verb(view, base, subject) {
        return None;
    }
    // 习近平在主持学习时指出: the subject stands before 在.
    if let Some(at) = subject.find('在').filter(|&at| at > 0) {
        subject = without_adverbs(&subject[..at]);
    }
    let (mut start, mut end) = (base, base + subject.len());
    if start >= end || view.text[start..end].trim().is_empty() {
        return None;
    }
    if subject.chars().count() > LONGEST {
        // 副省长李明参加农业组讨论时说: a name, or else the last noun.
        let tokens = view.tokens(start, end);
        let last = |wanted: &dyn Fn(&Token) -> bool| tokens.iter().filter(|t| wanted(t)).last();
        let noun =
            |t: &Token| matches!(t.pos.class(), b'n' | b'r') && !matches!(view.token_text(t), "时" | "后" | "中");
        let token = last(&|t| view.is_person(t)).or_else(|| last(&noun))?;
        (start, end) = (token.range.start as usize, token.range.end as usize);
    }
    Some(TextRange::new(start, end))
}

fn without_adverbs(subject: &str) -> &str {
    let mut subject = subject;
    while let Some(shorter) = BETWEEN.iter().find_map(|w| subject.strip_suffix(w)) {
        subject = shorter;
    }
    subject
}
