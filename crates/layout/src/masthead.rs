//! Paper, date and edition as the page's own furniture prints them.

use std::sync::LazyLock;

use banmian_core::{Issue, Page, Part, calendar_date};
use regex::Regex;

/// What the furniture of a page tells of its issue; empty where it tells nothing or contradicts
/// itself. Dates that the calendar lacks (misread digits) are passed over.
///
/// - Date: as in `2023年2月3日`, `一九五二年四月十六日`, `2008.3.11` or, in Hong Kong,
///   `02/12/2023`. A date beside a weekday counts before others: cut-off dates of notices have none.
/// - Paper: a name in Chinese characters that ends in 报, on its own or beside the date.
/// - Edition: as printed, `第二版` as `二`, `A05`, `2 要闻` as `2`.
pub fn read_issue(page: &Page) -> Issue {
    let furniture = page.pieces.iter().filter(|p| p.part == Part::Furniture).map(|p| narrow(page.slice(p.range)));
    let lines: Vec<String> = furniture.filter(|line| !POINTER.is_match(line)).collect();
    let dates: Vec<Date> = lines.iter().flat_map(|line| dates(line)).collect();
    let with_weekday = dates.iter().filter(|d| d.weekday).map(|d| d.date.as_str());
    let date = only(with_weekday).or_else(|| only(dates.iter().map(|d| d.date.as_str())));
    let paper = only(lines.iter().flat_map(|line| NAME.captures_iter(line)).map(|found| found.extract::<1>().1[0]));
    let edition = only(lines.iter().filter_map(|line| edition(line)));
    let text = |told: Option<&str>| told.unwrap_or_default().to_owned();
    Issue { paper: text(paper), date: text(date), edition: text(edition), ..Issue::default() }
}

struct Date {
    date: String,
    weekday: bool,
}

/// Names of weekdays stand beside the date of an issue, before it or behind.
const WEEKDAY: &str = r"\s*(?:星期|周|週)[一二三四五六日天]";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = r"(?<y>[12]\d{3}|[一二三四五六七八九〇零○OＯ]{4})";
    let digits = r"[一二三四五六七八九十廿]{1,3}";
    regex(&format!(
        r"(?:{year}\s*年\s*(?<m>\d{{1,2}}|{digits})\s*月\s*(?<d>\d{{1,2}}|{digits})\s*日|(?<y2>[12]\d{{3}})(?:[.．](?<m2>\d{{1,2}})[.．]|-(?<m3>\d{{2}})-)(?<d2>\d{{1,2}})|(?<d3>\d{{2}})/(?<m4>\d{{2}})/(?<y3>[12]\d{{3}}))(?<w>{WEEKDAY})?"
    ))
});
static WEEKDAY_BEFORE: LazyLock<Regex> = LazyLock::new(|| regex(&format!("{WEEKDAY}\\s*$")));
/// A name of three to ten characters, alone between spaces or marks, or with the date behind it.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[\s|·]|第[一二三四五六七八九十\d]+版)(?<n>[\p{Han}&&[^本电電简簡海]]\p{Han}{1,8}[报報])(?:$|[\s|·]|[12]\d{3}\s*[年.])",
    )
});
static EDITION: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|\s|\|)第\s*(?:0?(?<n>\d{1,3})|(?<h>[一二三四五六七八九十]{1,3}))\s*版|^(?:[\p{Han}\s]{1,6}\|?)?(?<s>[A-D]?\d{1,2})(?:\s*\|?[\p{Han}\s]{1,6})?$",
    )
});
/// A pointer to another page tells that page's edition, not this one's.
static POINTER: LazyLock<Regex> = LazyLock::new(|| regex("转|轉|接|见|見|今日|共|刊"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

fn dates(line: &str) -> Vec<Date> {
    let found = DATE.captures_iter(line).filter_map(|found| {
        let group = |names: &[&str]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
        let year = year(group(&["y", "y2", "y3"])?)?;
        let month = number(group(&["m", "m2", "m3", "m4"])?)?;
        let date = calendar_date(year, month, number(group(&["d", "d2", "d3"])?)?)?;
        let weekday = found.name("w").is_some() || WEEKDAY_BEFORE.is_match(&line[..found.get(0)?.start()]);
        Some(Date { date, weekday })
    });
    found.collect()
}

/// The edition that a line of furniture names.
fn edition(line: &str) -> Option<&str> {
    let found = EDITION.captures(line)?;
    let named = ["n", "h", "s"].iter().find_map(|name| found.name(name));
    named.map(|m| m.as_str())
}

/// A year in digits of either kind.
fn year(text: &str) -> Option<u32> {
    text.chars().try_fold(0, |year, c| Some(year * 10 + digit(c)?))
}

/// A month or day: `4`, `十六`, `廿三`, `三十一`.
fn number(text: &str) -> Option<u32> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let mut sum = 0;
    let mut pending = None;
    for c in text.chars() {
        match c {
            '十' => sum += 10 * pending.take().unwrap_or(1),
            '廿' => sum += 20,
            _ => pending = Some(digit(c)?),
        }
    }
    Some(sum + pending.unwrap_or(0))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '零' | '○' | 'O' | 'Ｏ' => Some(0),
        _ => c.to_digit(10).or_else(|| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1)),
    }
}

/// The one thing that all say; none if they say nothing or contradict each other.
fn only<'t>(mut said: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// Full-width digits, letters and marks as the narrow ones, character by character.
fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    text.chars().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use banmian_core::{Piece, TextRange};

    use super::*;

    fn read(furniture: &[&str]) -> (String, String, String) {
        let mut page = Page::default();
        for line in furniture {
            let start = page.text.len();
            page.text.push_str(line);
            let range = TextRange::new(start, page.text.len());
            page.pieces.push(Piece { range, part: Part::Furniture, article: None });
        }
        let Issue { paper, date, edition, .. } = read_issue(&page);
        (paper, date, edition)
    }

    fn told(paper: &str, date: &str, edition: &str) -> (String, String, String) {
        (paper.to_owned(), date.to_owned(), edition.to_owned())
    }

    #[test]
    fn a_modern_page_head() {
        let head = ["A05", "江城早报", "２００５年１２月１４日 星期三", "新闻热线85771234报料有奖"];
        assert_eq!(read(&head), told("江城早报", "2005-12-14", "A05"));
        assert_eq!(read(&["临江日报2023年2月10日 星期五", "2 要闻"]), told("临江日报", "2023-02-10", "2"));
        assert_eq!(read(&["时事|A03", "2026年6月18日星期四"]), told("", "2026-06-18", "A03"));
        assert_eq!(read(&["综 合3", "星期五2022年12月9日 第49期 总第1638期"]), told("", "2022-12-09", "3"));
    }

    #[test]
    fn an_old_page_head() {
        let head = ["甘東日報", "一九五二年四月十七日 星期四", "夏曆壬辰年三月廿三日"];
        assert_eq!(read(&head), told("甘東日報", "1952-04-17", ""));
        assert_eq!(read(&["第三版 一九七一年三月二十六日 星期五"]), told("", "1971-03-26", "三"));
        assert_eq!(read(&["一九六O年十月三十一日"]), told("", "1960-10-31", ""));
    }

    #[test]
    fn a_hong_kong_page_head() {
        assert_eq!(read(&["02/12/2023 星期六", "港聞", "A7"]), told("", "2023-12-02", "A7"));
        assert_eq!(read(&["2008.3.11 星期二", "6"]), told("", "2008-03-11", "6"));
    }

    #[test]
    fn what_is_of_other_days_and_pages_does_not_count() {
        assert_eq!(read(&["2014年6月19日 星期四", "2014年6月10日"]).1, "2014-06-19");
        assert_eq!(read(&["2014年6月19日", "2014年6月10日"]).1, "");
        assert_eq!(read(&["2014年6月31日"]).1, "");
        assert_eq!(read(&["（下转第三版）", "今日4版", "第1版"]).2, "1");
        assert_eq!(read(&["第1版", "第2版"]).2, "");
        assert_eq!(read(&["本报", "电子报", "主办：河洮政协报社"]).0, "");
    }
}
