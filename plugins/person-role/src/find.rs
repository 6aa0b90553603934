//! One page to findings: search the text for role nouns, read the sentences that hold some, pair
//! roles with persons, put back what is left out.
//!
//! The steps are in `roles`, `organizations`, `names` (with `scores`), `lists`, `events`, `pairs` and
//! `resolve`; what a piece says beyond its lines is in `pieces`. Text without role nouns costs the
//! search alone.

use std::ops::Range;
use std::sync::Mutex;

use banmian_core::{Page, Part, TextRange, Words};

use crate::by_hand;
use crate::characters::{class, sight};
use crate::finding::{Event, Finding, Kind, close_up};
use crate::keys;
use crate::lexicons::Lexicons;
use crate::names::Name;
use crate::offices::Offices;
use crate::pairs::{self, Pair};
use crate::resolve::Resolver;
use crate::roles::{self, Phrase};
use crate::scene::{Hit, Pattern, Scene};
use crate::search::Search;

/// Longest stretch that is read at once, in bytes; only semicolons and the commas of lists join sentences.
const LONGEST_STRETCH: u32 = 30_000;

/// Lexicons and the search machine made of them.
pub(crate) struct Finder {
    pub(crate) lexicons: Lexicons,
    pub(crate) search: Search,
    /// Signs of a biography.
    pub(crate) details: Search,
    /// What each pattern is.
    patterns: Vec<Pattern>,
    /// The number of 校长, which begins in the middle of 中校 and 大校.
    principal: Option<usize>,
    min_score: f32,
    /// What is known of offices: one memory for each thread that finds at this time.
    offices: Mutex<Vec<Offices>>,
}

/// A word found by the search: its bytes in the page and its number.
type Spot = (TextRange, usize);

/// A piece and what stands around it.
struct Around {
    piece: TextRange,
    /// Its sentences, as indices into those of the page.
    sentences: Range<usize>,
    /// Where the names of its last role end, which may be in the next piece.
    end: u32,
    carried: Option<Event>,
}

impl Finder {
    /// Builds the search for all roles, traps and set phrases.
    pub(crate) fn new(lexicons: Lexicons, min_score: f32) -> Finder {
        let nouns = lexicons.roles.iter().map(|(word, noun)| (word, Pattern::Noun(*noun)));
        let traps = lexicons.trap_words.iter().map(|word| (word, Pattern::Trap));
        let pairs = lexicons.habitual.iter().map(|(pair, title)| (pair, Pattern::Pair(*title)));
        let (words, patterns): (Vec<&String>, Vec<Pattern>) = nouns.chain(traps).chain(pairs).unzip();
        let principal = words.iter().position(|word| *word == "校长");
        let forms = lexicons.characters.forms();
        let search = Search::new(words.iter().map(|w| w.as_str()), &lexicons.characters, &forms);
        let details = Search::new(pairs::DETAILS.iter().copied(), &lexicons.characters, &forms);
        Finder { lexicons, search, details, patterns, principal, min_score, offices: Mutex::default() }
    }

    /// Finds all persons with roles, in page order.
    pub(crate) fn find(&self, page: &Page, words: &Words, out: &mut Vec<Finding>) {
        let first = out.len();
        let spots = self.spots(page);
        let mut rest = spots.as_slice();
        let mut scene = Scene::new(&self.lexicons, self.min_score);
        let mut carried = None;
        let mut sentence = 0;
        for (index, piece) in page.pieces.iter().enumerate().filter(|(_, p)| p.part != Part::Furniture) {
            let hits = within(&mut rest, piece.range);
            if self.holds_role(hits) {
                sentence += before(&page.sentences[sentence..], |s| s.range.end <= piece.range.start);
                let sentences =
                    sentence..sentence + before(&page.sentences[sentence..], |s| s.range.start < piece.range.end);
                let around = Around { piece: piece.range, sentences, end: self.list_end(page, index), carried };
                self.find_in_piece(page, words, around, hits, &mut scene, out);
            }
            let above = carried.filter(|_| index > 0 && page.pieces[index - 1].article == piece.article);
            carried = self.carries(page.slice(piece.range), above);
        }
        self.add_bylines(page, out, first);
        out[first..].sort_by_key(|f| (f.range, f.person));
        if out.len() == first && page.persons_by_hand.is_empty() {
            return;
        }
        let origin = keys::origin(page, &self.lexicons, &out[first..]);
        Resolver::new(page, &self.lexicons, origin).resolve(&mut out[first..]);
        by_hand::replace(page, out, first);
        let memories = || self.offices.lock().expect("no thread panics while it holds the lock");
        let mut offices = memories().pop().unwrap_or_default();
        keys::complete(page, &self.lexicons, &mut offices, origin, &mut out[first..]);
        memories().push(offices);
    }

    /// All words of the search on the page, up to where only furniture follows. None reaches over a
    /// line feed, and so none from one piece into the next.
    fn spots(&self, page: &Page) -> Vec<Spot> {
        let end = page.pieces.iter().rfind(|p| p.part != Part::Furniture).map_or(0, |p| p.range.end);
        let at = |n: usize| u32::try_from(n).expect("pages are smaller than 4 GiB");
        let mut spots = Vec::with_capacity(64);
        let text = &page.text[..end as usize];
        self.search.each(text, &self.lexicons.characters, |found| {
            let mut spot = (TextRange { start: at(found.start), end: at(found.end) }, found.word);
            // 一中｜校长, 港大｜校长: no ranks.
            // Both forms of 长 have this second byte, and few characters besides.
            if text.as_bytes().get(found.end + 1) == Some(&0x95)
                && let Some(principal) = self.principal
                && matches!(self.patterns[found.word], Pattern::Noun(noun) if noun.rank)
                && text[..found.end].ends_with('校')
                && let Some(next) = text[found.end..].chars().next().filter(|c| matches!(c, '长' | '長'))
            {
                spot.0 = TextRange { start: at(found.end - '校'.len_utf8()), end: at(found.end + next.len_utf8()) };
                spot.1 = principal;
            }
            spots.push(spot);
        });
        spots
    }

    /// False where no person can be named with a role: only common nouns, none of them followed by
    /// what may begin a name, and no verb that gives a role. Saves reading two sentences in three.
    fn is_promising(&self, page: &Page, stretch: TextRange, hits: &[(TextRange, usize)], biography: bool) -> bool {
        let weak = |word: usize| match self.patterns[word] {
            Pattern::Noun(noun) => noun.weak,
            Pattern::Trap => true,
            Pattern::Pair(_) => false,
        };
        if biography || hits.iter().any(|&(_, word)| !weak(word)) {
            return self.holds_role(hits);
        }
        let characters = &self.lexicons.characters;
        let named = |range: TextRange| {
            let next = page.text[range.end as usize..stretch.end as usize].chars().next().map(|c| characters.fold(c));
            next.is_some_and(|c| {
                let joins = matches!(c, ' ' | '：' | '（' | '、' | '兼' | '暨' | '/' | '有');
                joins || c.is_ascii_uppercase() || characters.is(c, class::BEGINS)
            })
        };
        let nouns = || hits.iter().filter(|(_, word)| !matches!(self.patterns[*word], Pattern::Trap));
        let verb = || characters.sights(page.slice(stretch)) & sight::GIVES != 0;
        nouns().any(|&(range, _)| named(range)) || (nouns().next().is_some() && verb())
    }

    fn holds_role(&self, hits: &[Spot]) -> bool {
        hits.iter().any(|&(_, word)| !matches!(self.patterns[word], Pattern::Trap))
    }

    fn find_in_piece(
        &self,
        page: &Page,
        words: &Words,
        around: Around,
        hits: &[Spot],
        scene: &mut Scene<'_>,
        out: &mut Vec<Finding>,
    ) {
        let subject = self.subject_of(page, words, around.sentences.clone(), scene);
        let mut rest = hits;
        for (mut stretch, sentences) in stretches(page, around.sentences) {
            let mut tokens = words.of_sentence(sentences.start).start..words.of_sentence(sentences.end - 1).end;
            if stretch.end == around.piece.end && around.end > stretch.end {
                stretch.end = around.end;
                tokens = words.touching(stretch);
            }
            let here = within(&mut rest, stretch);
            if !self.is_promising(page, stretch, here, subject.is_some()) {
                continue;
            }
            scene.read(page, words, tokens, stretch);
            scene.carried = around.carried;
            self.find_in_line(page, scene, stretch, here, subject, out);
        }
    }

    fn find_in_line(
        &self,
        page: &Page,
        scene: &mut Scene<'_>,
        stretch: TextRange,
        hits: &[Spot],
        subject: Option<TextRange>,
        out: &mut Vec<Finding>,
    ) {
        let line = &scene.line;
        let at = |byte| line.char_at_byte(byte);
        let inside = hits.iter().filter(|(r, _)| stretch.contains(*r));
        let hit = |&(r, word): &Spot| Hit { start: at(r.start), end: at(r.end), pattern: self.patterns[word] };
        let mut hits = std::mem::take(&mut scene.hits);
        hits.clear();
        hits.extend(inside.map(hit));
        // The subject of a biography may stand in an earlier sentence: it is no place of this line.
        let here = subject.filter(|s| stretch.contains(*s));
        let biography = match subject {
            Some(s) if here.is_some() => Some(Name { start: at(s.start), end: at(s.end), score: 9.0 }),
            Some(_) => Some(Name { start: 0, end: 0, score: 9.0 }),
            None => None,
        };
        let phrases = roles::phrases(scene, &hits);
        let line = &scene.line;
        for hit in &hits {
            if let Pattern::Pair(title) = hit.pattern
                && !roles::in_title(line, hit.start)
            {
                let title = hit.end - title;
                let organization = (hit.start, hit.start);
                let found = Found { name: (hit.start, title), role: (title, hit.end), organization };
                out.push(found.finding(page, scene, Kind::Habitual));
            }
        }
        for pair in pairs::pairs(scene, &phrases, biography) {
            let person = if pair.name.end == 0 { subject } else { None };
            push(page, scene, &phrases[pair.phrase], &pair, person, out);
        }
        scene.hits = hits;
    }
}

/// How many of the first elements are such.
fn before<T>(list: &[T], such: impl Fn(&T) -> bool) -> usize {
    list.iter().take_while(|item| such(item)).count()
}

/// The words found in a range, of which `rest` are those from its start on; `rest` is left with those after it.
fn within<'a>(rest: &mut &'a [Spot], range: TextRange) -> &'a [Spot] {
    let from = &rest[before(rest, |(r, _)| r.start < range.start)..];
    let (inside, after) = from.split_at(before(from, |(r, _)| r.start < range.end));
    *rest = after;
    inside
}

/// True if what follows is of the same sentence in the sense of this method: after a semicolon, and after the comma of a
/// list that was cut for its length.
fn goes_on(text: &str) -> bool {
    // ； and 、 by their bytes.
    matches!(text.as_bytes(), [.., b';'] | [.., 0xEF, 0xBC, 0x9B] | [.., 0xE3, 0x80, 0x81])
}

/// Sentences joined over semicolons (任命甲为A；乙为B) and over long lists, each stretch with its sentences.
fn stretches(page: &Page, sentences: Range<usize>) -> impl Iterator<Item = (TextRange, Range<usize>)> + '_ {
    let mut next = sentences.start;
    let within = move |i: usize| page.sentences[..sentences.end].get(i);
    std::iter::from_fn(move || {
        let first = next;
        let mut range = within(next)?.range;
        next += 1;
        while let Some(sentence) = within(next) {
            let joins = goes_on(page.slice(range)) && sentence.range.end - range.start < LONGEST_STRETCH;
            if !joins {
                break;
            }
            range = range.cover(sentence.range);
            next += 1;
        }
        Some((range, first..next))
    })
}

/// A finding in the making, by characters of its line.
struct Found {
    name: (usize, usize),
    role: (usize, usize),
    organization: (usize, usize),
}

impl Found {
    fn finding(&self, page: &Page, scene: &Scene<'_>, kind: Kind) -> Finding {
        let line = &scene.line;
        let text = |(start, end)| close_up(page.slice(line.range(start, end))).into_owned();
        let person = line.range(self.name.0, self.name.1);
        Finding {
            person,
            range: line.range(self.organization.0, self.role.1).cover(person),
            role: text(self.role),
            organization: text(self.organization),
            completed: None,
            basis: crate::Basis::Unknown,
            kind,
            event: crate::Event::Held,
            former: false,
            group: None,
            common: false,
            office: scene.unknown.clone(),
            key: String::new(),
            in_list: None,
        }
    }
}

/// Turns a pair into a finding; `subject` is the person of a biography named in an earlier sentence.
fn push(
    page: &Page,
    scene: &Scene<'_>,
    phrase: &Phrase,
    pair: &Pair,
    subject: Option<TextRange>,
    out: &mut Vec<Finding>,
) {
    let kind = match phrase.noun {
        noun if noun.byline => Kind::Byline,
        noun if noun.honorific => Kind::Honorific,
        _ => Kind::Office,
    };
    let found = Found {
        name: if subject.is_some() { (phrase.start, phrase.end) } else { (pair.name.start, pair.name.end) },
        role: (phrase.role_start, phrase.end),
        organization: (phrase.start, phrase.role_start),
    };
    let mut finding = found.finding(page, scene, kind);
    finding.person = subject.unwrap_or(finding.person);
    finding.event = pair.event;
    finding.former = pair.former;
    finding.group = phrase.noun.system;
    finding.common = phrase.noun.weak;
    let known = |f: &Finding| f.person == finding.person && f.range == finding.range && f.role == finding.role;
    if !out.iter().rev().take(64).any(known) {
        out.push(finding);
    }
}
