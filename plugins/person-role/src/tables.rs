//! The tables of this analyzer, and how findings and counts become rows.

use std::borrow::Cow;

use banmian_core::{Page, Place};

use crate::finding::Finding;
use crate::keys::article_of;
use crate::office::{Level, System};

banmian_core::table! {
    /// A person named with a role: one row each time, and one for each of several roles.
    pub struct Mention as "mentions" at place {
        /// The name as printed, without spaces inside a Chinese name.
        person: Cow<'p, str>,
        /// The role as printed, without the organization: 副主席.
        role: &'p str,
        /// The organization as printed, or empty: 县政协.
        organization: &'p str,
        /// The organization with what the text leaves out put back: 两当县政协. The printed one where nothing is
        /// left out; empty where it is not known.
        organization_resolved: &'p str,
        /// What the resolved organization rests on: `printed`, `clause` (named earlier in the sentence), `article` (elsewhere in
        /// the article), `dateline`, `headline`, `paper`, `by hand` (a correction), or empty.
        resolved_by: &'static str,
        /// `office`, `habitual` (a set phrase of name and title), `byline` or `honorific`.
        kind: &'static str,
        /// What the sentence says happened: `appointed`, `elected`, `removed`, `resigned`, or empty.
        event: &'static str,
        /// True if the text says that the office was held before (原, 前, 曾任).
        former: bool,
        /// The role without modifiers: 主席 of 原副主席. From the lexicons `modifiers` and `posts`.
        base_post: &'p str,
        /// The modifiers as printed: 原副. Empty if there are none.
        modifier: &'p str,
        /// 党委, 人大, 政府, 政协, 纪委监委, 军队, 法院, 检察院, 群团, 企业, 高校科研, 媒体 or 其他, by the organization (lexicon
        /// `bodies`), else the post (`posts`), else the role's group (`systems`); empty where none of them tells.
        system: &'static str,
        /// Level of the territory whose body it is, not the rank of the person: 国家, 省, 地, 县, 乡, 基层; empty if not known.
        level: &'static str,
        /// What the level rests on: `division` (the place is in the lexicon `divisions`), `word` (县 in 县政协, or a national
        /// body), `post` (县长), or empty.
        level_basis: &'static str,
        /// GB/T 2260 code, at the date of the issue, of the lowest division that the organization names; empty if it names none, or
        /// a name that several bear and paper and place do not tell apart.
        division: String,
        /// Who it is as far as the page alone tells: name@organization, else name@place of the dateline, else name@page;
        /// name@* for a set phrase, which means one person everywhere.
        person_key: &'p str,
    }
}

banmian_core::table! {
    /// The order in which one sentence names its persons: a row for each, at the first naming. Data, not a verdict; persons named without
    /// a role are not seen, nor a leader of the country behind others (以习近平同志为核心).
    pub struct NameOrder<'p> as "name_order" {
        /// Name of the page.
        page: &'p str,
        /// Number of the article on its page, from 1; empty in unattached text.
        article: Option<u32>,
        /// Date of the issue as YYYY-MM-DD, if known.
        date: &'p str,
        /// Number of the list on its page, from 1.
        list: u32,
        /// Place in the list, from 1.
        position: u32,
        /// Persons in the list.
        length: u32,
        /// The name as printed.
        person: &'p str,
        /// Who it is, as in `mentions`.
        person_key: &'p str,
        /// The first role with which the sentence names the person.
        role: &'p str,
        /// The organization put back, as in `mentions`.
        organization: &'p str,
    }
}

/// The row of a finding.
pub(crate) fn mention<'p>(page: &'p Page, finding: &'p Finding) -> Mention<'p> {
    Mention {
        person: finding.person_text(page),
        role: &finding.role,
        organization: &finding.organization,
        organization_resolved: finding.resolved(),
        resolved_by: finding.basis.name(),
        kind: finding.kind.name(),
        event: finding.event.name(),
        former: finding.former,
        base_post: &finding.office.base_post,
        modifier: &finding.office.modifier,
        system: finding.office.system.map_or("", System::name),
        level: finding.office.level.map_or("", Level::name),
        level_basis: finding.office.level_basis.name(),
        division: some_code(finding.office.division),
        person_key: &finding.key,
        place: place(page, finding),
    }
}

/// A GB/T 2260 code, a name made of digits and no quantity; empty if there is none.
pub(crate) fn some_code(code: u32) -> String {
    if code == 0 { String::new() } else { code.to_string() }
}

/// The characters of the name, and the sentence that says the role: in a biography they are apart.
fn place<'p>(page: &'p Page, finding: &Finding) -> Place<'p> {
    let sentence = page.sentence_at(finding.person.start);
    let name = page.place_in(sentence, finding.person);
    let same = match sentence {
        Some(i) => {
            let own = page.sentences[i].range;
            (own.start..own.end).contains(&finding.range.start)
        }
        None => page.sentence_at(finding.range.start).is_none(),
    };
    if same {
        return name;
    }
    Place {
        start: name.start,
        end: name.end,
        raw_line: name.raw_line,
        raw_column: name.raw_column,
        ..page.place(finding.range)
    }
}

/// The row of a finding that is the first of a person in a list.
pub(crate) fn name_order<'p>(page: &'p Page, finding: &'p Finding) -> Option<NameOrder<'p>> {
    let place = finding.in_list?;
    Some(NameOrder {
        page: &page.id,
        article: article_of(page, finding.range).map(|a| a + 1),
        date: &page.issue.date,
        list: place.list,
        position: place.position,
        length: place.length,
        person: finding.name(),
        person_key: &finding.key,
        role: &finding.role,
        organization: finding.resolved(),
    })
}
