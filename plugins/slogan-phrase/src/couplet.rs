//! Couplets: two parallel halves, in headlines, section headings and running text.
//!
//! A headline says it with a gap (锚定目标鼓干劲 凝心聚力开新局); a report of a meeting then speaks the
//! halves one by one, each after 要; prose joins them with a comma.

use banmian_core::{Part, Token};

use crate::finding::Kind;
use crate::fixed::is_numeral;
use crate::found::Found;
use crate::pass::{Passed, Piece};
use crate::text::{HAN, Mark, Segment, View, tag};
use crate::vocabulary::Role;
use crate::weigh::{Member, shared_positions};

/// Characters of prose that no couplet has.
const LOOSE: [char; 7] = ['的', '了', '着', '是', '他', '她', '你'];

/// What somebody thinks follows them.
const THOUGHT: [&str; 3] = ["认为", "以为", "觉得"];

/// Longest line, in bytes, that can be a headline printed as a paragraph: forty characters.
const LONGEST_LINE: usize = 120;

/// Two halves, and how they are alike.
struct Pair<'v> {
    view: &'v View<'v>,
    a: &'v Segment,
    b: &'v Segment,
}

/// Adds couplets and their spoken halves.
pub(crate) fn find(view: &View<'_>, passed: &Passed, dense: &[bool], out: &mut Vec<Found>) {
    let (mut evens, mut halves) = (&passed.evens[..], &passed.halves[..]);
    for piece in &passed.pieces {
        let segments = &view.segments[piece.segments.clone()];
        let (even, half) = (take_to(&mut evens, piece.segments.end), take_to(&mut halves, piece.segments.end));
        if is_line(view, piece, segments) {
            line(view, segments, dense[segments[0].piece], out);
        } else {
            let first = piece.segments.start;
            even.iter().for_each(|i| prose(view, segments, i - first, dense[segments[0].piece], out));
            spoken(view, half, out);
        }
    }
}

/// Takes the numbers below `end` off the front.
fn take_to<'n>(numbers: &mut &'n [usize], end: usize) -> &'n [usize] {
    let (taken, rest) = numbers.split_at(numbers.iter().take_while(|&&n| n < end).count());
    *numbers = rest;
    taken
}

/// True for headlines and for short paragraphs without the end of a sentence, which may be one.
fn is_line(view: &View<'_>, piece: &Piece, segments: &[Segment]) -> bool {
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return false };
    let heading = view.part(first).is_headline() || view.part(first) == Part::SectionHeading;
    heading || last.end - first.start <= LONGEST_LINE && !piece.stops
}

/// Couplets of one line: halves with a gap, with a comma, or without anything between.
fn line(view: &View<'_>, segments: &[Segment], dense: bool, out: &mut Vec<Found>) {
    for group in segments.chunk_by(|a, b| a.after == b.before && a.after == Mark::Space) {
        // 协商办理 让答复不再“一复了之”: what goes on in quotation marks is no half yet.
        let goes_on = group.first().is_some_and(|s| s.before == Mark::Close)
            || group.last().is_some_and(|s| s.after == Mark::Open);
        if group.len() < 2 || goes_on {
            continue;
        }
        // Runs of spaces leave empty segments.
        let mut halves = group.iter().filter(|s| !s.is_empty());
        match [0; 5].map(|_| halves.next()) {
            [Some(a), Some(b), None, ..] if gap(view, a, b, dense) => {
                out.push(Found::new(Kind::Couplet, a.start, b.end))
            }
            [Some(a), Some(b), Some(c), None, _] if a.chars() == b.chars() && b.chars() == c.chars() => {
                let run = [a, b, c].iter().all(|s| s.is_han() && (3..=8).contains(&s.chars()) && leads(view, s));
                if run {
                    out.push(Found::new(Kind::Series, a.start, c.end));
                }
            }
            [Some(a), Some(b), Some(c), Some(d), None] => {
                for (a, b) in [(a, b), (c, d)] {
                    if gap(view, a, b, dense) {
                        out.push(Found::new(Kind::Couplet, a.start, b.end));
                    }
                }
            }
            _ => {}
        }
    }
    out.extend(quoting(view, segments).map(|(start, end)| Found::new(Kind::Couplet, start, end)));
    for pair in segments.windows(2) {
        let [a, b] = pair else { continue };
        let bounded = a.before != Mark::Comma && b.after != Mark::Comma;
        if a.after == Mark::Comma && bounded && a.chars() == b.chars() && gap(view, a, b, dense) {
            out.push(Found::new(Kind::Couplet, a.start, b.end));
        }
    }
    if let [one] = segments
        && view.part(one) != Part::Paragraph
        && one.is_han()
        && one.chars() == 14
    {
        let middle = one.start + 7 * HAN;
        let halves = [Segment { end: middle, ..*one }, Segment { start: middle, ..*one }];
        let like = Pair { view, a: &halves[0], b: &halves[1] };
        if view.is_word_start(middle) && like.rhythm() && like.verbs() == 2 && !refused(view, one) {
            out.push(Found::new(Kind::Couplet, one.start, one.end));
        }
    }
}

/// Two halves with words in quotation marks: 管好村里“钱袋子” 拧紧机关“水龙头”.
fn quoting(view: &View<'_>, segments: &[Segment]) -> Option<(usize, usize)> {
    let gap = segments.iter().position(|s| s.after == Mark::Space)?;
    let halves = segments.split_at(gap + 1);
    let read = |half: &[Segment]| {
        let inner = half.split_last()?.1.iter().map(|s| s.after);
        let marks = inner.clone().filter(|&m| m == Mark::Open).count();
        let balanced =
            inner.clone().all(|m| matches!(m, Mark::Open | Mark::Close)) && inner.clone().count() == 2 * marks;
        let han = half.iter().all(|s| s.han) && half.iter().all(|s| !refused(view, s));
        let first = half.first().filter(|s| s.is_han())?;
        let leads = || begins_or_formula(view, first.start, first.end) && marks > 0;
        (balanced && han && leads()).then(|| half.iter().map(Segment::chars).sum::<usize>())
    };
    let (first, last) = (segments.first()?, segments.last()?);
    let [a, b] = [halves.0, halves.1].map(read);
    (a? == b? && (5..=10).contains(&a?)).then_some((first.start, last.end))
}

/// True if two halves with a gap between are a couplet.
fn gap(view: &View<'_>, a: &Segment, b: &Segment, dense: bool) -> bool {
    let fits = |s: &Segment| s.is_han() && (4..=14).contains(&s.chars());
    let difference = a.chars().abs_diff(b.chars());
    // 多打一斤粮…… 少费一度电……
    let text = |s: &Segment| &view.text[s.start..s.end];
    if fits(a) && fits(b) && difference <= 2 && text(a).starts_with('多') && text(b).starts_with('少') {
        return true;
    }
    if !fits(a) || !fits(b) || difference > 2 {
        return false;
    }
    let like = Pair { view, a, b };
    let verbs = like.verbs();
    // 风调雨顺千仓满 政通人和万户春: in verse, three characters at the end are no name.
    let verse = verbs == 2 && like.pauses(4);
    if !verse && (refused(view, a) || refused(view, b)) {
        return false;
    }
    if difference > 0 || verbs == 2 {
        return verbs == 2;
    }
    let classes = like.classes();
    if classes >= if verbs == 1 { 50 } else { 75 } || like.rhythm() || like.statements() {
        return true;
    }
    // 村民点菜支部炒 干部跑腿群众评; 防汛不松春耕不误 两眼都盯两手都勤.
    dense
        && view.part(a) != Part::Paragraph
        && (like.pauses(4) && a.chars() == 7 && like.is_quiet() || like.doubles() && a.chars() == 8)
}

/// The couplet inside a sentence that begins with a segment: two clauses of one length, alone among their neighbours.
fn prose(view: &View<'_>, segments: &[Segment], i: usize, dense: bool, out: &mut Vec<Found>) {
    let [a, b, ..] = &segments[i..] else { return };
    if a.after != Mark::Comma {
        return;
    }
    if double(view, &segments[i..], dense) {
        out.push(Found::new(Kind::Couplet, a.start, segments[i + 3].end));
        return;
    }
    if a.end - a.start != b.end - b.start {
        return;
    }
    if !a.is_han() || !b.is_han() {
        return;
    }
    let length = a.chars();
    let opens = matches!(a.before, Mark::Edge | Mark::Stop | Mark::Open);
    // 开局关乎全局，起步决定成败。 A sentence of two even clauses and no more.
    let whole = dense && opens && b.after == Mark::Stop && (5..=12).contains(&length);
    // Clauses of other lengths are prose: 完善投资机制，拓展投资空间.
    let framed = dense && (4..=10).contains(&length) && framed(view, a, b);
    let even = whole || framed || matches!(length, 5 | 7);
    if !even {
        return;
    }
    // Outside the official register only verse of seven counts: two looks settle most pairs.
    let paused = |s: &Segment| length == 7 && view.is_word_start(s.start + 4 * HAN);
    let likely = dense || paused(a) && paused(b);
    if !likely {
        return;
    }
    let alone = |s: Option<&Segment>| s.is_none_or(|s| s.chars() != length);
    let before = i.checked_sub(1).map(|j| &segments[j]);
    let lonely = (a.before != Mark::Comma || alone(before)) && (b.after != Mark::Comma || alone(segments.get(i + 2)));
    // 他原来认为，山里是穷地方，城里是好地方: what somebody thinks is no slogan.
    let thought = before.is_some_and(|s| THOUGHT.iter().any(|t| view.text[s.start..s.end].ends_with(t)));
    let edges = !thought
        && matches!(a.before, Mark::Edge | Mark::Stop | Mark::Comma | Mark::Colon | Mark::Open)
        && matches!(b.after, Mark::Edge | Mark::Stop | Mark::Comma | Mark::Close);
    let both = &view.text[a.start..b.end];
    let loose = |text: &str| text.contains(|c| LOOSE.contains(&c) && !(framed && c == '是'));
    if !lonely || !edges || both.starts_with(['要', '应', '将', '会', '能', '以']) || loose(both) {
        return;
    }
    // 从村组流程到园区平台，改革举措落在细处: a circumstance is no half.
    let circumstance = |s: &Segment| view.tokens(s.start, s.end).get(0).is_some_and(|t| t.pos.class() == b'p');
    if refused(view, a) || refused(view, b) || circumstance(a) != circumstance(b) {
        return;
    }
    let like = Pair { view, a, b };
    let classes = like.classes();
    let parallel = || dense && classes >= 75 && like.verbs() == 2;
    let sentence = || whole && (classes >= 50 || like.beat());
    // Verse has its verb at the fifth of seven characters.
    if framed || like.rhythm() || parallel() || sentence() {
        out.push(Found::new(Kind::Couplet, a.start, b.end));
    }
}

/// True if two clauses turn on the same verb or adverb in the same place, after words of their own: 工厂就是战场，机器就是武器.
fn framed(view: &View<'_>, a: &Segment, b: &Segment) -> bool {
    let turns = |t: &Token| t.pos != tag::VN && matches!(t.pos.class(), b'v' | b'd');
    let other = view.tokens(b.start, b.end);
    view.tokens(a.start, a.end).iter().any(|t| {
        let at = t.range.bytes().start - a.start;
        let same = |u: &Token| u.range.bytes().start - b.start == at && view.token_text(u) == view.token_text(&t);
        at >= 2 * HAN && turns(&t) && other.iter().any(|u| turns(&u) && same(&u))
    })
}

/// A，B；C，D: two halves of two clauses each, like in length and in form.
fn double(view: &View<'_>, segments: &[Segment], dense: bool) -> bool {
    let [a, b, c, d, ..] = segments else { return false };
    let even = a.end - a.start == c.end - c.start && b.end - b.start == d.end - d.start;
    if !even
        || b.after != Mark::Stop
        || a.after != Mark::Comma
        || c.after != Mark::Comma
        || !view.text[b.end..].starts_with('；')
    {
        return false;
    }
    let fits = |s: &&Segment| s.is_han() && (3..=9).contains(&s.chars());
    let closes = matches!(d.after, Mark::Edge | Mark::Stop | Mark::Close);
    let quoted = a.before == Mark::Open && d.after == Mark::Close;
    if !closes || !(dense || quoted) || ![a, b, c, d].iter().all(fits) || [a, b, c, d].iter().any(|s| refused(view, s))
    {
        return false;
    }
    let loose = view.text[a.start..d.end].contains(['着', '他', '她', '我']);
    let alike = |x: &Segment, y: &Segment| {
        let [x, y] = [x, y].map(|s| Member { start: s.start, end: s.end });
        shared_positions(&[x, y], view.text) > 0
    };
    let classes = |a: &Segment, b: &Segment| Pair { view, a, b }.classes() >= 50;
    let opens = matches!(a.before, Mark::Edge | Mark::Stop | Mark::Open | Mark::Colon);
    let form = if opens {
        alike(a, c) || alike(b, d) || classes(a, c) && classes(b, d)
    } else {
        // After another clause of the sentence both must share their form.
        a.before == Mark::Comma && alike(a, c) && alike(b, d)
    };
    !loose && form
}

/// The spoken halves: 要把准方向聚合力，在服务大局上下功夫。要深入基层察民情，…
fn spoken(view: &View<'_>, halves: &[usize], out: &mut Vec<Found>) {
    let begin = out.len();
    for segment in halves.iter().map(|&i| &view.segments[i]) {
        let start = segment.start + HAN;
        let half = &view.text[start..segment.end];
        if view.is_word_start(start + 4 * HAN) && !half.contains(['的', '了', '着']) && begins(view, start, segment.end)
        {
            let mut found = Found::new(Kind::Series, start, segment.end);
            found.half = true;
            out.push(found);
        }
    }
    // One alone is an ordinary clause.
    if out.len() == begin + 1 {
        out.truncate(begin);
    }
}

fn begins(view: &View<'_>, start: usize, end: usize) -> bool {
    view.begins_with_verb(start, end) || view.vocabulary.is(&view.text[start..start + 4 * HAN], Role::Formula)
}

fn leads(view: &View<'_>, s: &Segment) -> bool {
    begins_or_formula(view, s.start, s.end)
}

/// True if the text begins with a verb or with a four-character formula.
fn begins_or_formula(view: &View<'_>, start: usize, end: usize) -> bool {
    view.begins_with_verb(start, end)
        || end - start >= 4 * HAN && view.vocabulary.is(&view.text[start..start + 4 * HAN], Role::Formula)
}

/// True if a half reports an event or names somebody: no slogan does.
fn refused(view: &View<'_>, s: &Segment) -> bool {
    view.tokens(s.start, s.end)
        .iter()
        .any(|t| matches!(t.pos, tag::NT | tag::ENG) || view.is_report(&t) || view.is_person(&t))
}

/// True for a count: 三十, not 第一线.
fn numeral(word: &str) -> bool {
    word.chars().all(|c| is_numeral(c) || matches!(c, '百' | '千' | '万' | '亿' | '余' | '多' | '个' | '几'))
}

fn has_verb_at(view: &View<'_>, s: &Segment, character: usize) -> bool {
    let start = s.start + character * HAN;
    begins_or_formula(view, start, s.end)
}

impl Pair<'_> {
    /// How many of the two begin with a verb or a formula.
    fn verbs(&self) -> usize {
        usize::from(leads(self.view, self.a)) + usize::from(leads(self.view, self.b))
    }

    /// True if both have seven characters and a verb at the fifth.
    fn rhythm(&self) -> bool {
        let seven = |s: &Segment| s.chars() == 7;
        let at_fifth = |s| self.view.is_word_start(s + 4 * HAN);
        let [a, b] = [self.a, self.b];
        seven(a)
            && seven(b)
            && at_fifth(a.start)
            && at_fifth(b.start)
            && has_verb_at(self.view, a, 4)
            && has_verb_at(self.view, b, 4)
    }

    /// True if both have seven or more characters and a word that begins after so many.
    fn pauses(&self, after: usize) -> bool {
        let pauses = |s: &Segment| s.chars() >= 7 && self.view.is_word_start(s.start + after * HAN);
        pauses(self.a) && pauses(self.b)
    }

    /// True if nothing in the two is counted, dated, said or named.
    fn is_quiet(&self) -> bool {
        let view = self.view;
        let quiet = |s: &Segment| {
            let counted = |t: &Token| t.pos.class() == b'm' && numeral(view.token_text(t));
            let said = |t: &Token| view.vocabulary.is(view.token_text(t), Role::Saying);
            let tokens = view.tokens(s.start, s.end);
            let named = tokens.get(0).is_some_and(|t| matches!(t.pos, tag::NS | tag::NT | tag::NR));
            !named && !tokens.iter().any(|t| t.pos == tag::T || counted(&t) || said(&t))
        };
        quiet(self.a) && quiet(self.b) && !self.view.text[self.a.start..self.b.end].contains(LOOSE)
    }

    /// True if both are two fours that share a character in one place.
    fn doubles(&self) -> bool {
        let double = |s: &Segment| {
            let middle = s.start + 4 * HAN;
            let fours = [Member { start: s.start, end: middle }, Member { start: middle, end: s.end }];
            s.chars() == 8 && self.view.is_word_start(middle) && shared_positions(&fours, self.view.text) > 0
        };
        double(self.a) && double(self.b)
    }

    /// True if both say something of something, in five to eight characters: 洪水冲不垮 改革不停步.
    fn statements(&self) -> bool {
        let says = |s: &Segment| {
            let tokens = self.view.tokens(s.start, s.end);
            let subject = tokens.get(0).is_some_and(|t| matches!(t.pos.class(), b'n' | b'j' | b'r' | b'b'));
            let plain = !self.view.has_name(s.start, s.end) && tokens.iter().all(|t| t.pos.class() != b'm');
            let predicate = tokens.last().is_some_and(|t| matches!(t.pos.class(), b'v' | b'a' | b'i' | b'l'));
            subject && plain && predicate && (5..=8).contains(&s.chars())
        };
        says(self.a) && says(self.b)
    }

    /// Words of the same lengths, at least three.
    fn beat(&self) -> bool {
        let [a, b] = [self.a, self.b].map(|s| self.view.tokens(s.start, s.end));
        a.len() >= 3 && a.iter().map(|t| t.range.len()).eq(b.iter().map(|t| t.range.len()))
    }

    /// Shared part of the word-class sequences: the longest common subsequence over the mean length, in
    /// hundredths.
    fn classes(&self) -> usize {
        let [a, b] = [self.a, self.b].map(|s| self.view.tokens(s.start, s.end));
        // Halves have so many words at most, since they have no more characters.
        let mut row = [0; 32];
        for x in a.classes() {
            let mut diagonal = 0;
            let mut left = 0;
            for (above, y) in row.iter_mut().zip(b.classes()) {
                let here = if x == y { diagonal + 1 } else { left.max(*above) };
                diagonal = std::mem::replace(above, here);
                left = here;
            }
        }
        let longest = row.iter().take(b.len()).next_back().copied().unwrap_or(0);
        200 * longest / (a.len() + b.len()).max(1)
    }
}
