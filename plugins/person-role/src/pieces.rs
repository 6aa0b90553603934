//! What a piece says beyond its single lines: names that run on into the next piece, an event that
//! holds for the lines below, the person whose life it tells, a byline that the text did not give.

use std::ops::Range;
use std::sync::Arc;

use banmian_core::{Page, Part, Piece, TextRange, Token, Words};

use crate::characters::{class, is_han};
use crate::find::Finder;
use crate::finding::{Event, Finding, Kind};
use crate::lexicons::Walk;
use crate::office::System;
use crate::pairs;
use crate::scene::Scene;

impl Finder {
    /// Where the names of a piece that ends in a role and a colon end: with the next piece, and with
    /// those after it that hold names only.
    pub(crate) fn list_end(&self, page: &Page, index: usize) -> u32 {
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
        let characters = &self.lexicons.characters;
        let part = |c: char| matches!(characters.fold(c), ' ' | '、' | '\n');
        let name = |text: &str| {
            let dotted = text.chars().any(|c| characters.fold(c) == '·');
            let fits = |c: char| is_han(c) || characters.fold(c) == '·';
            text.chars().all(fits) && (dotted || (2..=4).contains(&text.chars().count()))
        };
        !self.search.is_in(text, characters) && text.split(part).filter(|t| !t.is_empty()).all(name)
    }

    /// The event that a line says of the lines below it: 任命：, 免去：, and 任命甲为局长； where the list goes on in the
    /// next line. It holds over lines that end in a semicolon, and over short ones without any mark at the end.
    pub(crate) fn carries(&self, text: &str, so_far: Option<Event>) -> Option<Event> {
        const LONGEST_ITEM: usize = 150;
        const LONGEST_HEAD: usize = 120;
        let last = text.chars().next_back()?;
        let mark = matches!(last, '。' | '：' | ':' | '！' | '？' | '）');
        if matches!(last, '；' | ';' | '，' | '、') || (text.len() < LONGEST_ITEM && !mark) {
            let item = text.len() < LONGEST_ITEM && matches!(last, '；' | ';');
            return if item { self.opens_list(text).or(so_far) } else { so_far };
        }
        if !matches!(last, '：' | ':') || text.len() > LONGEST_HEAD {
            return None;
        }
        self.verb_at_end(text)
    }

    /// The verb with which an item begins: 任命：甲为乙；.
    fn opens_list(&self, item: &str) -> Option<Event> {
        const LONGEST_VERB: usize = 4;
        let verb = item.trim_start();
        let end = verb.char_indices().nth(LONGEST_VERB + 1).map_or(verb.len(), |(end, _)| end);
        let chars: Vec<char> = verb[..end].chars().map(|c| self.lexicons.characters.fold(c)).collect();
        self.lexicons.before_name.at(&chars, 0).filter(|(len, _)| *len > 1).map(|(_, event)| event)
    }

    /// The verb that stands before the colon at the end.
    fn verb_at_end(&self, text: &str) -> Option<Event> {
        let chars: Vec<char> = text.chars().map(|c| self.lexicons.characters.fold(c)).collect();
        let end = chars.iter().rposition(|c| *c != '：').map_or(0, |i| i + 1);
        self.lexicons.before_name.ending(&chars, 0, end).filter(|(len, _)| *len > 1).map(|(_, event)| event)
    }

    /// The person that a piece is about, if it is a biography.
    pub(crate) fn subject_of(
        &self,
        page: &Page,
        words: &Words,
        sentences: Range<usize>,
        scene: &mut Scene<'_>,
    ) -> Option<TextRange> {
        let tokens = &words.tokens()[words.of_sentence(sentences.clone().next()?)];
        let sentences = &page.sentences[sentences];
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
        if !page.slice(first).chars().skip(2).take(5).any(opens) {
            return None;
        }
        let skipped = page.slice(first).find(|c: char| !c.is_whitespace()).unwrap_or(0);
        let start = first.start + u32::try_from(skipped).expect("pages are smaller than 4 GiB");
        let range = TextRange { start: first.start, end };
        // 拟任人选：张立群，男.
        let labelled = page.slice(first).chars().skip(2).take(5).any(|c| matches!(c, '：' | ':'));
        if !(labelled || self.may_begin_name(page, tokens, start)) || !self.tells_a_life(page.slice(range)) {
            return None;
        }
        scene.read(page, words, words.touching(range), range);
        pairs::biography(scene).map(|n| scene.line.range(n.start, n.end))
    }

    /// True if signs of a biography stand in the text.
    fn tells_a_life(&self, text: &str) -> bool {
        // The rules look at 120 characters.
        let end = (400..text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        let text = &text[..end];
        self.details.is_in(text, &self.lexicons.characters)
    }

    /// False if no name begins at this byte of the page, by its first character or word; the tokens are those of the sentence.
    fn may_begin_name(&self, page: &Page, tokens: &[Token], start: u32) -> bool {
        let characters = &self.lexicons.characters;
        let Some(first) = page.text[start as usize..].chars().next().map(|c| characters.fold(c)) else { return false };
        let classes = class::SURNAME | class::RARE_SURNAME | class::SOUND | class::BEGINS;
        // 姓名： may stand before the name; the dictionary knows names that no list of ours would make.
        let word = || tokens.iter().find(|token| token.range.end > start).filter(|token| token.range.start <= start);
        first.is_ascii_uppercase()
            || first == '姓'
            || characters.is(first, classes)
            || word().is_some_and(|token| token.pos.class() == b'n')
    }

    /// The bylines that the layout found and the text did not give.
    pub(crate) fn add_bylines(&self, page: &Page, out: &mut Vec<Finding>, first: usize) {
        for byline in page.articles.iter().flat_map(|a| &a.byline) {
            let known = out[first..].iter().any(|f| f.person.overlaps(byline.range));
            // 作者 is the layout's word for a name without any.
            // 記者張三／台南報導: a place between the name and the report is none.
            let before = page.text[..byline.range.start as usize].ends_with(['／', '/']);
            let after = &page.text[byline.range.end as usize..];
            let place = before && ["报道", "報道", "報導", "讯", "訊", "电", "電"].iter().any(|w| after.starts_with(w));
            // 采访整理：, 责任编辑：: a word for what was done is no name.
            let text = page.slice(byline.range);
            let chars: Vec<char> = text.chars().map(|c| self.lexicons.characters.fold(c)).collect();
            let word = self.lexicons.walk.get(&chars) == Some(Walk::Stop)
                || self.search.is_in(text, &self.lexicons.characters);
            if !known && !place && !word && !byline.range.is_empty() && byline.role != "作者" {
                let own = byline.role.strip_prefix("本报").filter(|role| !role.is_empty());
                out.push(Finding {
                    person: byline.range,
                    range: byline.range,
                    role: own.unwrap_or(&byline.role).to_owned(),
                    organization: if own.is_some() { "本报".to_owned() } else { String::new() },
                    completed: None,
                    basis: crate::Basis::Unknown,
                    kind: Kind::Byline,
                    event: crate::Event::Held,
                    former: false,
                    group: Some(System::Media),
                    common: false,
                    office: Arc::default(),
                    key: String::new(),
                    in_list: None,
                });
            }
        }
    }
}
