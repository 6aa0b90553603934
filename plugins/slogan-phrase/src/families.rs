//! The table `families`: forms of one formulation, and how often it is used in any of them.
//!
//! Forms belong together if a lexicon says so, if one has the members of the other (truncation, swap), if one has words
//! put in (insertion), or if one holds the other (nested). What belongs to the same form belongs
//! together, so no phrase is in two families; the head is the form of the most articles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use banmian_core::TableSink;
use rustc_hash::FxHashMap;

use crate::circulation::Form;
use crate::corpus::Corpus;
use crate::lexicon::{Class, letters};
use crate::matcher::Matcher;
use crate::settings::Plan;
use crate::summary::PhraseRecord;
use crate::tables::{entry, is_plain};

/// Letters of the shortest form that another may hold.
const LEAST_NESTED: usize = 4;

banmian_core::table! {
    /// A form of a formulation that has more than one, family by family, the family of the most articles first. No phrase is in two families.
    pub struct Variant<'s> as "families" {
        /// What a lexicon calls the family; else its form with the most articles.
        family: &'s str,
        /// This form.
        canonical: &'s str,
        /// How it was recognised.
        kind: &'static str,
        /// What it is to the form with the most articles: `head` itself, `swap` (the same members in another order), `truncation` (members or an end left
        /// out), `extension` (members or an end more), `insertion` (words put in), `omission` (words left out), `nested` (it stands inside or around), `lexicon` (a lexicon says
        /// so), `linked` (through another form).
        relation: &'static str,
        /// Mentions of this form.
        count: u64,
        /// Articles with this form.
        articles: u64,
        /// Mentions of the family: those that stand inside another one of the family are not counted again.
        family_count: u64,
        /// Articles with any of its forms, each once.
        family_articles: u64,
    }
}

/// Writes the table; `forms` come by the number of their mentions, so that a family begins with the most frequent.
pub(crate) fn write(plan: &Plan, corpus: &Corpus<'_>, forms: &[Form<'_, '_>], out: &mut TableSink<'_>) {
    let mut groups = Groups::new(forms.len());
    join_by_lexicon(plan, forms, &mut groups);
    // Wording does not bind by a plain word: 经济发展 stands in many that have nothing else in common.
    let worded: Vec<usize> = (0..forms.len()).filter(|&i| !is_plain(plan, forms[i].1)).collect();
    join_by_members(forms, &worded, &mut groups);
    join_nested(plan, forms, &worded, &mut groups);
    let mut families: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..forms.len() {
        families.entry(groups.of(i)).or_default().push(i);
    }
    let mut families: Vec<Family<'_, '_>> = families
        .into_iter()
        // A family of plain words alone is no formulation.
        .filter(|(_, members)| members.len() > 1 && !members.iter().all(|&i| is_plain(plan, forms[i].1)))
        .map(|(first, members)| Family::new(corpus, forms, groups.names[first], members))
        .collect();
    families.sort_by_key(|f| (Reverse(f.articles), Reverse(f.count), &f.members[0].0.1.canonical));
    for family in families {
        let head = family.members[0].0.1;
        for ((_, phrase, uses), articles) in family.members {
            out.row(Variant {
                family: family.name.unwrap_or(&head.canonical),
                canonical: &phrase.canonical,
                kind: phrase.kind.name(),
                relation: relation(plan, head, phrase),
                count: uses.len() as u64,
                articles,
                family_count: family.count,
                family_articles: family.articles,
            });
        }
    }
}

/// Forms that belong together, with what they come to.
struct Family<'c, 's> {
    /// What a lexicon calls it.
    name: Option<&'s str>,
    /// Forms and their articles, the head first.
    members: Vec<(Form<'c, 's>, u64)>,
    count: u64,
    articles: u64,
}

impl<'c, 's> Family<'c, 's> {
    fn new(corpus: &Corpus<'_>, forms: &[Form<'c, 's>], name: Option<&'s str>, members: Vec<usize>) -> Self {
        let mut all = Vec::new();
        let mut mentions = 0;
        let mut with_articles: Vec<(Form<'c, 's>, u64)> = Vec::with_capacity(members.len());
        for form in members.into_iter().map(|i| forms[i]) {
            let before = all.len();
            all.extend(corpus.articles_of(form.2).map(|(article, _)| article));
            with_articles.push((form, (all.len() - before) as u64));
            mentions += form.2.len() as u64;
        }
        all.sort_unstable();
        all.dedup();
        let keys: Vec<u64> = with_articles.iter().map(|(form, _)| form.0).collect();
        let pairs = keys.iter().flat_map(|&inner| keys.iter().map(move |&outer| (inner, outer)));
        let twice: u64 = pairs.filter_map(|pair| corpus.summary.nested.get(&pair)).sum();
        with_articles.sort_by_key(|((_, phrase, uses), articles)| {
            (Reverse(*articles), Reverse(uses.len()), &phrase.canonical, phrase.kind)
        });
        Family { name, members: with_articles, count: mentions - twice, articles: all.len() as u64 }
    }
}

/// Which forms belong together: disjoint sets, and what a lexicon calls them.
struct Groups<'s> {
    parent: Vec<usize>,
    /// The family of the lexicon, of the first form of each set.
    names: Vec<Option<&'s str>>,
}

impl<'s> Groups<'s> {
    fn new(n: usize) -> Self {
        Groups { parent: (0..n).collect(), names: vec![None; n] }
    }

    fn of(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    /// Joins the sets of two forms, unless lexicons give them different names: wording does not overrule a lexicon.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        let name = match (self.names[a], self.names[b]) {
            (Some(x), Some(y)) if x != y => return,
            (x, y) => x.or(y),
        };
        self.names[a.min(b)] = name;
        self.parent[a.max(b)] = a.min(b);
    }

    /// Says what a lexicon calls the set of a form.
    fn call(&mut self, i: usize, name: &'s str) {
        let i = self.of(i);
        self.names[i].get_or_insert(name);
    }
}

fn join_by_lexicon<'s>(plan: &'s Plan, forms: &[Form<'_, 's>], groups: &mut Groups<'s>) {
    let mut first: FxHashMap<&str, usize> =
        forms.iter().enumerate().rev().map(|(i, f)| (f.1.canonical.as_str(), i)).collect();
    for (i, (_, phrase, _)) in forms.iter().enumerate() {
        let entry = entry(plan, phrase.entry);
        let family = entry.map_or("", |e| plan.phrases.family(e));
        if !family.is_empty() {
            groups.call(i, family);
            groups.join(*first.entry(family).or_insert(i), i);
        } else if entry.is_some_and(|e| e.class == Class::Core) {
            // A core formulation stands in many that say something of their own, and binds none of them.
            groups.call(i, &phrase.canonical);
        }
        // One form that was recognised in two ways.
        groups.join(first[phrase.canonical.as_str()], i);
    }
}

/// Members of a form: 担当实干 and 争创一流.
fn members(canonical: &str) -> Vec<&str> {
    canonical.split(['、', ' ']).filter(|m| !m.is_empty()).collect()
}

/// Joins forms of which one has all members of the other, two or more; and those that share most of three or more.
fn join_by_members(forms: &[Form<'_, '_>], worded: &[usize], groups: &mut Groups<'_>) {
    let mut holders: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let lists: Vec<Vec<&str>> = worded.iter().map(|&i| members(&forms[i].1.canonical)).collect();
    for (i, list) in lists.iter().enumerate().filter(|(_, list)| list.len() > 1) {
        for member in list {
            holders.entry(member).or_default().push(i);
        }
    }
    for (i, list) in lists.iter().enumerate().filter(|(_, list)| list.len() > 1) {
        // Whatever shares two members holds one that is not the most frequent.
        let mut rare: Vec<&str> = list.clone();
        rare.sort_by_key(|m| (holders[m].len(), *m));
        for member in &rare[..rare.len() - 1] {
            for &j in holders[member].iter().filter(|&&j| j < i) {
                let shared = list.iter().filter(|m| lists[j].contains(m)).count();
                if shared > 1 && shared * 2 > list.len().min(lists[j].len()) {
                    groups.join(worded[i], worded[j]);
                }
            }
        }
    }
}

/// Joins a form to the longest one that stands in it.
fn join_nested(plan: &Plan, forms: &[Form<'_, '_>], worded: &[usize], groups: &mut Groups<'_>) {
    let texts: Vec<String> = worded.iter().map(|&i| letters(&forms[i].1.canonical).collect()).collect();
    let lengths: Vec<usize> = texts.iter().map(|t| t.chars().count()).collect();
    let matcher = Matcher::new(texts);
    for (i, text) in matcher.strings().iter().enumerate() {
        let mut longest: Option<usize> = None;
        matcher.scan(text, |j, _| {
            // A core formulation stands in many that say something of their own.
            let core = entry(plan, forms[worded[j]].1.entry).is_some_and(|e| e.class == Class::Core);
            let part = j != i && lengths[j] >= LEAST_NESTED && lengths[j] * if core { 2 } else { 3 } >= lengths[i];
            if part && longest.is_none_or(|l| lengths[j] > lengths[l]) {
                longest = Some(j);
            }
        });
        if let Some(j) = longest {
            groups.join(worded[i], worded[j]);
        }
    }
    // 以人民为中心发展思想 and 以人民为中心的发展思想: one with words put in.
    let mut ends: FxHashMap<[Option<char>; 4], Vec<usize>> = FxHashMap::default();
    for (i, text) in matcher.strings().iter().enumerate().filter(|&(i, _)| lengths[i] >= 6) {
        let (mut head, mut tail) = (text.chars(), text.chars().rev());
        let same = ends.entry([head.next(), head.next(), tail.next(), tail.next()]).or_default();
        if let Some(&j) = same.iter().find(|&&j| lengths[i] != lengths[j] && is_inserted(text, &matcher.strings()[j])) {
            groups.join(worded[i], worded[j]);
        }
        same.push(i);
    }
}

/// True if the longer text is the shorter one with a third more, at most, put in.
fn is_inserted(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if (long.len() - short.len()) * 3 > long.len() {
        return false;
    }
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|d| c == d))
}

/// What a form is to the head of its family.
fn relation(plan: &Plan, head: &PhraseRecord, form: &PhraseRecord) -> &'static str {
    let (h, f): (String, String) = (letters(&head.canonical).collect(), letters(&form.canonical).collect());
    if h == f {
        return "head";
    }
    let (of_head, of_form) = (members(&head.canonical), members(&form.canonical));
    let inside = |a: &[&str], b: &[&str]| a.len() > 1 && a.iter().all(|m| b.contains(m));
    match (inside(&of_form, &of_head), inside(&of_head, &of_form)) {
        (true, true) => return "swap",
        (true, false) => return "truncation",
        (false, true) => return "extension",
        _ => {}
    }
    if h.starts_with(&f) || h.ends_with(&f) {
        return "truncation";
    }
    if f.starts_with(&h) || f.ends_with(&h) {
        return "extension";
    }
    if h.contains(&f) || f.contains(&h) {
        return "nested";
    }
    if is_inserted(&h, &f) {
        return if f.len() > h.len() { "insertion" } else { "omission" };
    }
    let family = |p: &PhraseRecord| entry(plan, p.entry).map_or("", |e| plan.phrases.family(e));
    let same = !family(form).is_empty() && (family(form) == family(head) || family(form) == head.canonical);
    if same || family(head) == form.canonical { "lexicon" } else { "linked" }
}
