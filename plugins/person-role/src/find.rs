//! One page to findings: search the text for role nouns, read the sentences that hold some, pair
//! roles with persons, put back what is left out.
//!
//! The steps are in `roles`, `organizations`, `names` (with `scores`), `lists`, `events`, `pairs` and
//! `resolve`. Text without role nouns costs the search alone.

use banmian_core::{Page, Part, Piece, Sentence, TextRange, Words};

use crate::characters::{class, is_han};
use crate::finding::{Event, Finding, Kind, close_up};
use crate::lexicons::{Lexicons, RoleNoun};
use crate::line::Line;
use crate::names::{Memo, Name};
use crate::pairs::{self, Pair};
use crate::resolve::Resolver;
use crate::roles::{self, Phrase};
use crate::search::Search;

/// Longest stretch that is read at once, in bytes; only semicolons join sentences.
const LONGEST_STRETCH: u32 = 30_000;

/// Lexicons and the search machine made of them.
pub(crate) struct Finder {
    lexicons: Lexicons,
    search: Search,
    /// Signs of a biography.
    details: Search,
    /// What each pattern is.
    patterns: Vec<Pattern>,
    min_score: f32,
}

/// What a pattern of the search is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern {
    /// A role noun.
    Noun(RoleNoun),
    /// A word that only holds the letters of a role: 书记处.
    Trap,
    /// A set phrase of name and title; the title has so many characters.
    Pair(usize),
}

/// A role noun in a line, by character.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) pattern: Pattern,
}

/// What the steps look at: the line, the lexicons, and where roles begin and end.
pub(crate) struct Scene<'a> {
    pub(crate) lexicons: &'a Lexicons,
    pub(crate) line: &'a Line,
    pub(crate) role_starts: Vec<bool>,
    pub(crate) role_ends: Vec<bool>,
    pub(crate) min_score: f32,
    pub(crate) memo: Memo,
    /// What a line such as 免去： above says of this one.
    pub(crate) carried: Option<Event>,
}

/// A piece and what stands around it.
#[derive(Clone, Copy)]
struct Around {
    piece: TextRange,
    /// Where the names of its last role end, which may be in the next piece.
    end: u32,
    carried: Option<Event>,
}

impl<'a> Scene<'a> {
    fn new(finder: &'a Finder, line: &'a Line) -> Self {
        let flags = vec![false; line.len() + 1];
        Scene {
            lexicons: &finder.lexicons,
            line,
            role_starts: flags.clone(),
            role_ends: flags,
            min_score: finder.min_score,
            memo: Memo::new(),
            carried: None,
        }
    }

    /// From now on a role, with its organization, starts at `at`.
    pub(crate) fn mark_role(&mut self, at: usize) {
        if !std::mem::replace(&mut self.role_starts[at], true) {
            self.memo.forget(at);
        }
    }
}

impl Finder {
    /// Builds the search for all roles, traps and set phrases.
    pub(crate) fn new(lexicons: Lexicons, min_score: f32) -> Finder {
        let nouns = lexicons.roles.iter().map(|(word, noun)| (word, Pattern::Noun(*noun)));
        let traps = lexicons.trap_words.iter().map(|word| (word, Pattern::Trap));
        let pairs = lexicons.habitual.iter().map(|(pair, title)| (pair, Pattern::Pair(*title)));
        let (words, patterns): (Vec<&String>, Vec<Pattern>) = nouns.chain(traps).chain(pairs).unzip();
        let search = Search::new(words.iter().map(|w| w.as_str()), &lexicons.characters);
        let details = Search::new(pairs::DETAILS.iter().copied(), &lexicons.characters);
        Finder { lexicons, search, details, patterns, min_score }
    }

    /// Finds all persons with roles, in page order.
    pub(crate) fn find(&self, page: &Page, words: &Words, out: &mut Vec<Finding>) {
        let first = out.len();
        let mut hits = Vec::new();
        let mut line = Line::default();
        let mut carried = None;
        for (index, piece) in page.pieces.iter().enumerate().filter(|(_, p)| p.part != Part::Furniture) {
            let text = page.slice(piece.range);
            let base = piece.range.start;
            hits.clear();
            self.search.each(text, &self.lexicons.characters, |found| {
                let at = |n: usize| base + u32::try_from(n).expect("pages are smaller than 4 GiB");
                hits.push((TextRange { start: at(found.start), end: at(found.end) }, found.word));
            });
            if self.holds_role(&hits) {
                let around = Around { piece: piece.range, end: self.list_end(page, index), carried };
                self.find_in_piece(page, words, around, &hits, &mut line, out);
            }
            let above = carried.filter(|_| index > 0 && page.pieces[index - 1].article == piece.article);
            carried = self.carries(text, above);
        }
        self.add_bylines(page, out, first);
        out[first..].sort_by_key(|f| (f.range, f.person));
        Resolver::new(page, &self.lexicons).resolve(&mut out[first..]);
    }

    /// Where the names of a piece that ends in a role and a colon end: with the next piece, and with
    /// those after it that hold names only.
    fn list_end(&self, page: &Page, index: usize) -> u32 {
        const LONGEST_LINE: usize = 600;
        const LONGEST_NAMES: usize = 120;
        let piece = page.pieces[index];
        let mut end = piece.range.end;
        let text = page.slice(piece.range);
        let open = text.ends_with(['：', ':']);
        // 副主席：甲　乙 with more names in the next line.
        let begun = text.len() < LONGEST_LINE && text.ends_with(is_han) && text.contains(['：', ':']);
        if !open && !begun {
            return end;
        }
        let listed = |next: &&Piece| next.article == piece.article && next.part != Part::Furniture;
        for (i, next) in page.pieces[index + 1..].iter().take_while(listed).enumerate() {
            let text = page.slice(next.range);
            let names = text.len() < LONGEST_NAMES && self.is_names(text);
            if names || (open && i == 0 && text.len() < LONGEST_LINE) {
                end = next.range.end;
            }
            if !names {
                break;
            }
        }
        end
    }

    /// True if the text may be names with spaces or commas between: no role, no other marks, nothing longer.
    fn is_names(&self, text: &str) -> bool {
        let mut role = false;
        let characters = &self.lexicons.characters;
        self.search.each(text, characters, |_| role = true);
        let part = |c: char| matches!(characters.fold(c), ' ' | '、' | '\n');
        let name = |text: &str| {
            let dotted = text.chars().any(|c| characters.fold(c) == '·');
            let fits = |c: char| is_han(c) || characters.fold(c) == '·';
            text.chars().all(fits) && (dotted || (2..=4).contains(&text.chars().count()))
        };
        !role && text.split(part).filter(|t| !t.is_empty()).all(name)
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
        let verb = |c: char| matches!(characters.fold(c), '任' | '选' | '免' | '辞' | '聘' | '（' | '是');
        nouns().any(|&(range, _)| named(range)) || (nouns().next().is_some() && page.slice(stretch).contains(verb))
    }

    /// The event that a line says of the lines below it: 任命：, 免去：; it holds over lines that end in
    /// a semicolon, and over short ones without any mark at the end.
    fn carries(&self, text: &str, so_far: Option<Event>) -> Option<Event> {
        const LONGEST_ITEM: usize = 150;
        let open = text.ends_with(['；', ';', '，', '、'])
            || (text.len() < LONGEST_ITEM && !text.ends_with(['。', '：', ':', '！', '？', '）']));
        if open {
            return so_far;
        }
        if !text.ends_with(['：', ':']) || text.len() > 120 {
            return None;
        }
        let chars: Vec<char> = text.chars().map(|c| self.lexicons.characters.fold(c)).collect();
        let end = chars.iter().rposition(|c| *c != '：').map_or(0, |i| i + 1);
        self.lexicons.before_name.ending(&chars, 0, end).filter(|(len, _)| *len > 1).map(|(_, event)| event)
    }

    fn holds_role(&self, hits: &[(TextRange, usize)]) -> bool {
        hits.iter().any(|&(_, word)| !matches!(self.patterns[word], Pattern::Trap))
    }

    fn find_in_piece(
        &self,
        page: &Page,
        words: &Words,
        around: Around,
        hits: &[(TextRange, usize)],
        line: &mut Line,
        out: &mut Vec<Finding>,
    ) {
        let Around { piece, end, carried } = around;
        let from = page.sentences.partition_point(|s| s.range.end <= piece.start);
        let sentences = &page.sentences[from..];
        let sentences = &sentences[..sentences.partition_point(|s| s.range.start < piece.end)];
        let subject = self.subject_of(page, words, sentences, line);
        let mut rest = hits;
        for mut stretch in stretches(page, sentences) {
            if stretch.end == piece.end {
                stretch.end = end;
            }
            let upto = rest.partition_point(|(r, _)| r.start < stretch.end);
            let (here, after) = rest.split_at(upto);
            rest = after;
            if !self.is_promising(page, stretch, here, subject.is_some()) {
                continue;
            }
            line.read(page, words, stretch, &self.lexicons.characters);
            self.find_in_line(page, line, stretch, here, (subject, carried), out);
        }
    }

    fn find_in_line(
        &self,
        page: &Page,
        line: &Line,
        stretch: TextRange,
        hits: &[(TextRange, usize)],
        (subject, carried): (Option<TextRange>, Option<Event>),
        out: &mut Vec<Finding>,
    ) {
        let mut scene = Scene::new(self, line);
        scene.carried = carried;
        let at = |byte| line.char_at_byte(byte);
        let hits: Vec<Hit> = hits
            .iter()
            .filter(|(r, _)| stretch.contains(*r))
            .map(|&(r, pattern)| Hit { start: at(r.start), end: at(r.end), pattern: self.patterns[pattern] })
            .collect();
        let phrases = roles::phrases(&mut scene, &hits);
        // The subject of a biography may stand in an earlier sentence: it is no place of this line.
        let here = subject.filter(|s| stretch.contains(*s));
        let biography = match subject {
            Some(s) if here.is_some() => Some(Name { start: at(s.start), end: at(s.end), score: 9.0 }),
            Some(_) => Some(Name { start: 0, end: 0, score: 9.0 }),
            None => None,
        };
        for hit in &hits {
            if let Pattern::Pair(title) = hit.pattern
                && !roles::in_title(line, hit.start)
            {
                let title = hit.end - title;
                let organization = (hit.start, hit.start);
                let found = Found { name: (hit.start, title), role: (title, hit.end), organization };
                out.push(found.finding(page, line, Kind::Habitual));
            }
        }
        for pair in pairs::pairs(&scene, &phrases, biography) {
            let person = if pair.name.end == 0 { subject } else { None };
            push(page, &scene, &phrases[pair.phrase], &pair, person, out);
        }
    }

    /// The person that a piece is about, if it is a biography.
    fn subject_of(&self, page: &Page, words: &Words, sentences: &[Sentence], line: &mut Line) -> Option<TextRange> {
        let first = sentences.first()?.range;
        // Details of a life stand at the start; the first two sentences hold them.
        let second = sentences.get(1).map(|s| s.range.end).filter(|&end| end < first.start + 900);
        let end = second.unwrap_or(first.end);
        // A name, then a mark or a style: most pieces open otherwise, and need no line for it.
        let opens = |c| {
            matches!(
                c,
                '，' | '：' | '（' | ' ' | '(' | ':' | ',' | '　' | '先' | '生' | '女' | '士' | '同' | '出' | '性'
            )
        };
        let mut chars = page.slice(first).chars();
        let opener = self.lexicons.characters.fold(chars.next()?);
        // Chinese names are short; those that begin with a character of sound may not be.
        let short = self.lexicons.characters.is(opener, class::SURNAME | class::RARE_SURNAME)
            && !self.lexicons.characters.is(opener, class::SOUND | class::BEGINS);
        if !chars.skip(1).take(if short { 3 } else { 5 }).any(opens) {
            return None;
        }
        let skipped = page.slice(first).find(|c: char| !c.is_whitespace()).unwrap_or(0);
        let start = first.start + u32::try_from(skipped).expect("pages are smaller than 4 GiB");
        let range = TextRange { start: first.start, end };
        if !self.may_begin_name(page, words, start) || !self.tells_a_life(page.slice(range)) {
            return None;
        }
        line.read(page, words, range, &self.lexicons.characters);
        let line = &*line;
        let scene = Scene::new(self, line);
        pairs::biography(&scene).map(|n| line.range(n.start, n.end))
    }

    /// True if signs of a biography stand in the text.
    fn tells_a_life(&self, text: &str) -> bool {
        // The rules look at 120 characters.
        let end = (400..text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        let text = &text[..end];
        let mut told = false;
        self.details.each(text, &self.lexicons.characters, |_| told = true);
        told
    }

    /// False if no name begins at this byte of the page, by its first character or word.
    fn may_begin_name(&self, page: &Page, words: &Words, start: u32) -> bool {
        let characters = &self.lexicons.characters;
        let Some(first) = page.text[start as usize..].chars().next().map(|c| characters.fold(c)) else { return false };
        let classes = class::SURNAME | class::RARE_SURNAME | class::SOUND | class::BEGINS;
        // 姓名： may stand before the name; the dictionary knows names that no list of ours would make.
        let word = || words.tokens()[words.touching(TextRange { start, end: start + 1 })].first();
        first.is_ascii_uppercase()
            || first == '姓'
            || characters.is(first, classes)
            || word().is_some_and(|token| token.pos.class() == b'n')
    }

    /// The bylines that the layout found and the text did not give.
    fn add_bylines(&self, page: &Page, out: &mut Vec<Finding>, first: usize) {
        for byline in page.articles.iter().flat_map(|a| &a.byline) {
            let known = out[first..].iter().any(|f| f.person.overlaps(byline.range));
            // 作者 is the layout's word for a name without any.
            // 記者張三／台南報導: a place between the name and the report is none.
            let before = page.text[..byline.range.start as usize].ends_with(['／', '/']);
            let after = &page.text[byline.range.end as usize..];
            let place = before && ["报道", "報道", "報導", "讯", "訊", "电", "電"].iter().any(|w| after.starts_with(w));
            if !known && !place && !byline.range.is_empty() && byline.role != "作者" {
                let own = byline.role.strip_prefix("本报").filter(|role| !role.is_empty());
                out.push(Finding {
                    person: byline.range,
                    range: byline.range,
                    role: own.unwrap_or(&byline.role).to_owned(),
                    organization: if own.is_some() { "本报".to_owned() } else { String::new() },
                    resolved: String::new(),
                    basis: crate::Basis::Unknown,
                    kind: Kind::Byline,
                    event: crate::Event::Held,
                    former: false,
                });
            }
        }
    }
}

/// Sentences joined over semicolons: 任命甲为A；乙为B。
fn stretches<'a>(page: &'a Page, sentences: &'a [Sentence]) -> impl Iterator<Item = TextRange> + 'a {
    let mut next = 0;
    std::iter::from_fn(move || {
        let mut range = sentences.get(next)?.range;
        next += 1;
        while let Some(sentence) = sentences.get(next) {
            let joins = page.slice(range).ends_with(['；', ';']) && sentence.range.end - range.start < LONGEST_STRETCH;
            if !joins {
                break;
            }
            range = range.cover(sentence.range);
            next += 1;
        }
        Some(range)
    })
}

/// A finding in the making, by characters of its line.
struct Found {
    name: (usize, usize),
    role: (usize, usize),
    organization: (usize, usize),
}

impl Found {
    fn finding(&self, page: &Page, line: &Line, kind: Kind) -> Finding {
        let text = |(start, end)| close_up(page.slice(line.range(start, end)));
        let person = line.range(self.name.0, self.name.1);
        Finding {
            person,
            range: line.range(self.organization.0, self.role.1).cover(person),
            role: text(self.role),
            organization: text(self.organization),
            resolved: String::new(),
            basis: crate::Basis::Unknown,
            kind,
            event: crate::Event::Held,
            former: false,
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
    let mut finding = found.finding(page, scene.line, kind);
    finding.person = subject.unwrap_or(finding.person);
    finding.event = pair.event;
    finding.former = pair.former;
    let known = |f: &Finding| f.person == finding.person && f.range == finding.range && f.role == finding.role;
    if !out.iter().rev().take(64).any(known) {
        out.push(finding);
    }
}
