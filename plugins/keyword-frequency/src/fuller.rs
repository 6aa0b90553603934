//! Words as the corpus shows them: parts under the longer word that they were cut off.
//!
//! A part is what nearly always stands beside the same neighbour (see `joints.rs`). It has no row of its own: its
//! occurrences are those of the longer word, and are added to those that jieba cut whole. All of it is looked up in
//! sums over the corpus, at the end, so that it does not depend on which page came first.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::cells::{Cell, Counts, FormTotals, Targets, Totals};
use crate::joints::{Joint, is_foreign, is_place, is_surname};
use crate::not_persons::not_a_person;
use crate::plan::Plan;
use crate::slices::Slice;
use crate::summary::Summary;
use crate::vocabulary::Facts;

/// One place says nothing.
const FEW: u64 = 2;

/// The words of a summary.
pub(crate) struct Fuller<'s> {
    pub(crate) counts: &'s Counts,
    targets: Targets,
    /// The longer words that jieba never cut whole, by the number of their part.
    names: FxHashMap<u32, String>,
    numbers: FxHashMap<String, u32>,
    facts: FxHashMap<u32, Facts>,
    /// Articles that were counted for a part and for its longer word: cell, form, and how many.
    twice: Vec<(&'s Cell, u32, u64)>,
}

/// The longer word of a part.
struct Longer<'s> {
    text: String,
    occurrences: u64,
    joint: Joint,
    /// The part and its neighbour.
    parts: (&'s str, &'s str),
    /// Its number among joints.
    number: u32,
}

impl<'s> Fuller<'s> {
    pub(crate) fn new(plan: &Plan, summary: &'s Summary) -> Self {
        let counts = &summary.words;
        let mut own = Fuller {
            counts,
            targets: Targets::default(),
            names: FxHashMap::default(),
            numbers: FxHashMap::default(),
            facts: FxHashMap::default(),
            twice: Vec::new(),
        };
        if summary.joints.forms.len() > 0 {
            let totals = counts.totals_of_forms(&Targets::default());
            let longer = own.longer(&summary.joints, &totals);
            own.join(longer, &summary.joints);
        }
        own.leave_out(plan);
        own
    }

    /// The longer word of every part, by the number of the part; and in passing which persons are places.
    fn longer(&mut self, joints: &'s Counts, totals: &[FormTotals]) -> Vec<(u32, Longer<'s>)> {
        let mut longer: FxHashMap<u32, Longer<'s>> = FxHashMap::default();
        for number in 0..joints.forms.len() as u32 {
            let (form, facts) = joints.forms.get(number);
            let occurrences = u64::from(facts.pages);
            let Some((joint, before, behind)) = Joint::read(form) else { continue };
            let trims = matches!(joint, Joint::WithDate | Joint::WithDateline);
            if occurrences < FEW && !trims && joint != Joint::Glued {
                continue;
            }
            let (part, other) = match joint {
                Joint::Last | Joint::KnownLast => (behind, before),
                _ => (before, behind),
            };
            // 洮阳/沈卫民 and 副区长/贺艳 stand together wherever the paper names them: two words all the same.
            let is_whole = |word: &str| is_deputy(word) || self.is_full_name(word);
            if !trims && part.len() > 3 && other.len() > 3 && (is_whole(part) || is_whole(other)) {
                continue;
            }
            let whole = [before, behind].concat();
            let Some(own) = self.counts.forms.number(if trims { &whole } else { part }) else { continue };
            let all = totals[own as usize].count;
            if matches!(joint, Joint::Place | Joint::Glued) {
                match joint {
                    _ if occurrences * 2 < all => {}
                    Joint::Place => self.facts_mut(own).pos = *b"ns\0\0",
                    _ => self.targets.set(own, Targets::NONE, totals.len()),
                }
                continue;
            }
            // Now and then the neighbour is lost at the end of a line or column; but a word of the dictionary is a
            // part only if nothing speaks for it.
            let elsewhere = all.saturating_sub(occurrences);
            let allowed = if trims {
                all / 2
            } else if joint.is_of_known() {
                0
            } else {
                (all / 10).max(u64::from(all >= 5))
            };
            if elsewhere > allowed {
                continue;
            }
            let text = match joint {
                Joint::WithDate => behind.to_owned(),
                Joint::WithDateline => before.to_owned(),
                _ => whole,
            };
            let found = Longer { text, occurrences, joint, parts: (part, other), number };
            let known = longer.entry(own).or_insert_with(|| Longer { occurrences: 0, ..found.copy() });
            if (found.occurrences, &known.text) > (known.occurrences, &found.text) {
                *known = found;
            }
        }
        let mut longer: Vec<_> = longer.into_iter().collect();
        // The shortest first: a longer word may be part of one that is longer still.
        longer.sort_unstable_by_key(|(_, l)| (l.text.len(), l.text.clone(), l.parts));
        longer
    }

    /// True for the name of a Chinese person with surname and given name.
    fn is_full_name(&self, word: &str) -> bool {
        let is_person = |number| self.fact(number).pos[..2] == *b"nr";
        word.len() == 9
            && word.get(..3).is_some_and(is_surname)
            && !is_foreign(word)
            && !is_place(word)
            && self.counts.forms.number(word).is_some_and(is_person)
    }

    /// Puts the parts under their longer words. The list is in order of these.
    fn join(&mut self, longer: Vec<(u32, Longer<'s>)>, joints: &'s Counts) {
        let mut overlaps: FxHashMap<u32, u32> = FxHashMap::default();
        let mut joined: FxHashSet<u32> = FxHashSet::default();
        for same in longer.chunk_by(|a, b| a.1.text == b.1.text) {
            let text = &same[0].1.text;
            // Of 四访/四送 both are parts, and stand in the same places: one of them is counted.
            let is_second = |l: &Longer<'_>| {
                matches!(l.joint, Joint::Last | Joint::KnownLast)
                    && same.iter().any(|(_, o)| (o.parts.0, o.parts.1) == (l.parts.1, l.parts.0))
            };
            // What is no word at all is none that parts could be counted for.
            let mut target = self.counts.forms.number(text).filter(|&t| self.targets.of(t) != Targets::NONE);
            for (part, found) in same {
                if is_second(found) {
                    // A half that has parts of its own is a word: 富/工兴 and 富工兴 behind 洮阳.
                    if !joined.contains(part) {
                        self.targets.set(*part, Targets::NONE, self.counts.forms.len());
                    }
                    continue;
                }
                match target {
                    Some(target) => {
                        self.targets.set(*part, target, self.counts.forms.len());
                        overlaps.insert(found.number, target);
                        joined.insert(target);
                        let (own, of_both) = (self.fact(*part), joints.forms.get(found.number).1);
                        let facts = self.facts_mut(target);
                        facts.pages += own.pages;
                        facts.most = facts.most.max(own.most).max(of_both.most);
                    }
                    None => {
                        target = Some(*part);
                        self.names.insert(*part, text.clone());
                        self.numbers.insert(text.clone(), *part);
                        if let Some(pos) = found.pos(self.fact(*part).pos) {
                            self.facts_mut(*part).pos = pos;
                        }
                    }
                }
            }
        }
        self.targets.settle();
        for cell in joints.cells() {
            for posting in cell.postings() {
                let target = overlaps.get(&posting.form).map(|&target| self.targets.of(target));
                if let Some(target) = target.filter(|&target| target != Targets::NONE) {
                    self.twice.push((cell, target, posting.articles.into()));
                    let facts = self.facts_mut(target);
                    facts.pages = facts.pages.saturating_sub(posting.count);
                }
            }
        }
    }

    /// Leaves out what turned out to be of a part of speech that is not asked for: 文明 is none of the persons.
    fn leave_out(&mut self, plan: &Plan) {
        let forms = self.counts.forms.len();
        let is_other = |&form: &u32| self.fact(form).pos[..2] == *b"nr" && !plan.counts_tag(self.get(form).1.pos);
        let others: Vec<u32> = (0..forms as u32).filter(is_other).collect();
        others.into_iter().for_each(|form| self.targets.set(form, Targets::NONE, forms));
    }

    fn fact(&self, form: u32) -> Facts {
        self.facts.get(&form).copied().unwrap_or_else(|| self.counts.forms.get(form).1)
    }

    fn facts_mut(&mut self, form: u32) -> &mut Facts {
        let counted = self.counts.forms.get(form).1;
        self.facts.entry(form).or_insert(counted)
    }

    /// The word with this number, and what is known of it.
    pub(crate) fn get(&self, form: u32) -> (&str, Facts) {
        let (word, mut facts) = (self.names.get(&form).map(String::as_str), self.fact(form));
        let word = word.unwrap_or_else(|| self.counts.forms.get(form).0);
        if facts.pos[..2] == *b"nr"
            && let Some(pos) = not_a_person(word)
        {
            facts.pos = pos;
        }
        (word, facts)
    }

    /// The number of a word.
    pub(crate) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied().or_else(|| self.counts.forms.number(word))
    }

    /// The number of the word that a form is counted for.
    pub(crate) fn target(&self, form: u32) -> u32 {
        self.targets.of(form)
    }

    /// The occurrences and articles of every word, by its number.
    pub(crate) fn totals_of_words(&self) -> Vec<FormTotals> {
        let mut totals = self.counts.totals_of_forms(&self.targets);
        for &(_, form, articles) in &self.twice {
            let own = &mut totals[form as usize].articles;
            *own = own.saturating_sub(articles);
        }
        totals
    }

    /// See [`Counts::by_form`].
    pub(crate) fn by_word(
        &self,
        cells: &[&Cell],
        totals: &[FormTotals],
        wanted: impl Fn(u32) -> bool,
        take: impl FnMut(u32, &[(u32, u32)]),
    ) {
        self.counts.by_form(cells, totals, &self.targets, wanted, take);
    }

    /// The sums over a slice, and the occurrences and articles there of every word, by its number.
    pub(crate) fn of_slice(&self, slice: &Slice) -> (Totals, Vec<(u64, u64)>) {
        let (mut totals, mut words) = (Totals::default(), vec![(0, 0); self.counts.forms.len()]);
        for cell in self.counts.cells().iter().filter(|c| slice.holds(&c.key)) {
            totals.add(cell.totals);
            for posting in cell.postings() {
                let target = self.targets.of(posting.form);
                let Some(known) = words.get_mut(target as usize) else { continue };
                known.0 += u64::from(posting.count);
                known.1 += u64::from(posting.articles);
            }
        }
        for (_, form, articles) in self.twice.iter().filter(|(cell, _, _)| slice.holds(&cell.key)) {
            let own = &mut words[*form as usize].1;
            *own = own.saturating_sub(*articles);
        }
        (totals, words)
    }
}

/// True for 副区长 and the like, of which jieba's dictionary has few.
fn is_deputy(word: &str) -> bool {
    word.starts_with('副') && word.ends_with(['长', '任', '席', '记', '理', '使', '授', '長', '記'])
}

impl Longer<'_> {
    fn copy(&self) -> Self {
        Longer { text: self.text.clone(), ..*self }
    }

    /// The part of speech of the longer word, if it is not that of its part.
    fn pos(&self, of_part: [u8; 4]) -> Option<[u8; 4]> {
        let (part, other) = self.parts;
        let (two, one) = (part.len() == 6, other.len() == 3);
        let name = match self.joint {
            Joint::Last | Joint::KnownLast => two && is_surname(other),
            Joint::First | Joint::KnownFirst => two && one && part.get(..3).is_some_and(is_surname),
            _ => return None,
        };
        match () {
            () if one && is_place(&self.text) => Some(*b"ns\0\0"),
            () if name => Some(*b"nr\0\0"),
            // 森丰/新能源 begins like a name, and is none.
            () if !one && of_part[..2] == *b"nr" && !is_foreign(&self.text) => Some(*b"n\0\0\0"),
            () => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use banmian_core::{
        Analyzer, Article, Page, Part, Piece, Pos, Rare, Resources, Sentence, Summary as _, TextRange, Token, Words,
    };

    use super::Fuller;
    use crate::{KeywordFrequency, Settings, Summary};

    /// A page with an article a line; words have spaces between, and those with a `?` were guessed.
    fn page(id: &str, articles: &[&str]) -> (Page, Words) {
        let mut page = Page { id: id.to_owned(), ..Page::default() };
        let (mut tokens, mut ends, mut rare) = (Vec::new(), Vec::new(), Vec::new());
        for (article, line) in (0..).zip(articles) {
            let begin = page.text.len();
            for word in line.split(' ') {
                let start = page.text.len();
                page.text.push_str(word.trim_end_matches('?'));
                if word.ends_with('?') {
                    rare.push(Rare { token: tokens.len() as u32, guessed: true });
                }
                let range = TextRange::new(start, page.text.len());
                tokens.push(Token { range, pos: Pos::new("nr"), number: Token::NO_NUMBER });
            }
            let range = TextRange::new(begin, page.text.len());
            page.sentences.push(Sentence { range, piece: article });
            page.pieces.push(Piece { range, part: Part::Paragraph, article: Some(article) });
            page.articles.push(Article { pieces: article..article + 1, ..Article::default() });
            ends.push(tokens.len() as u32);
        }
        (page, Words::new(tokens, ends).with_rare(rare))
    }

    fn told(pages: &[(Page, Words)]) -> Vec<String> {
        let settings = Settings { part: "article".to_owned().into(), ..Settings::default() };
        let files = Resources::new(&|_, _| Ok("".into()));
        let analyzer = KeywordFrequency::new(settings, &files).expect("the settings are right");
        let mut summary = Summary::default();
        for (page, words) in pages {
            let (mut findings, mut own) = (Vec::new(), Summary::default());
            analyzer.analyze(page, words, &mut findings);
            analyzer.absorb(page, &findings, &mut own);
            summary.merge(own);
        }
        let words = Fuller::new(&analyzer.plan, &summary);
        let totals = words.totals_of_words();
        let row = |form: u32| {
            let (word, facts) = words.get(form);
            let total = totals[form as usize];
            format!("{word} {} {} {} {}", total.count, total.articles, facts.pages, facts.most)
        };
        let mut rows: Vec<_> = (0..totals.len() as u32).filter(|&f| totals[f as usize].count > 0).map(row).collect();
        rows.sort();
        rows
    }

    #[test]
    fn what_is_cut_in_two_ways_is_one_word_and_its_articles_count_once() {
        let pages = [
            page("甲", &["沈 卫民? 说 沈卫民? 到", "沈卫民? 说", "沈 卫民? 说"]),
            page("乙", &["沈 卫民? 到", "代表 说"]),
            page("丙", &["沈卫民? 到"]),
        ];
        assert_eq!(told(&pages), ["代表 1 1 1 1", "沈卫民 6 5 3 2"]);
    }

    #[test]
    fn a_guess_that_stands_beside_several_neighbours_is_a_word() {
        let pages = [page("甲", &["沈 卫民? 说", "沈 卫民? 说", "沈 卫民? 说 邹 卫民? 说"])];
        assert_eq!(told(&pages), ["卫民 4 3 1 2"]);
    }

    #[test]
    fn two_halves_are_counted_once() {
        let pages = [page("甲", &["四访? 四送? 来", "四访? 四送? 来", "四访? 四送? 来"])];
        assert_eq!(told(&pages), ["四访四送 3 3 1 1"]);
    }

    #[test]
    fn a_half_that_is_a_longer_word_itself_keeps_its_own() {
        let pages = [
            page("甲", &["洮阳? 富工兴? 来", "洮阳? 富工兴? 来 富 工兴? 到", "富 工兴? 到"]),
            page("乙", &["洮阳? 富工兴? 来"]),
        ];
        assert_eq!(told(&pages), ["富工兴 5 4 2 2", "洮阳富工兴 3 3 2 1"]);
    }

    #[test]
    fn a_person_and_the_place_before_the_name_are_two_words() {
        let pages = [
            page("甲", &["洮阳? 沈卫民? 来", "洮阳? 沈卫民? 来 沈 卫民? 到", "沈 卫民? 到"]),
            page("乙", &["洮阳? 沈卫民? 来"]),
        ];
        assert_eq!(told(&pages), ["沈卫民 5 4 2 2", "洮阳 3 3 2 1"]);
    }

    #[test]
    fn an_office_and_who_holds_it_are_two_words() {
        let pages = [page("甲", &["副区长? 贺艳? 来", "副区长? 贺艳? 到"]), page("乙", &["副区长? 贺艳? 来"])];
        assert_eq!(told(&pages), ["副区长 3 3 2 1", "贺艳 3 3 2 1"]);
    }

    #[test]
    fn a_word_with_the_end_of_a_dateline_is_counted_for_the_word() {
        let pages = [page("甲", &["本报 洮阳讯? 来", "洮阳? 来"]), page("乙", &["本报 洮阳讯? 到 洮阳? 来"])];
        assert_eq!(told(&pages), ["本报 2 2 2 1", "洮阳 4 3 2 2"]);
    }
}
