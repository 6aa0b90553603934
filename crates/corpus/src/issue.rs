//! Paper, date and edition from the name of a page, by a pattern with named groups.

use banmian_core::{Issue, calendar_date};
use regex::Regex;
use thiserror::Error;

/// A pattern with the groups `paper`, `date` and `edition`, any of which may be missing, and `meta.NAME` for other
/// metadata.
#[derive(Clone, Debug)]
pub struct PageName(Regex);

/// Why a pattern was refused.
#[derive(Debug, Error)]
pub enum PageNameError {
    /// Not a regular expression.
    #[error("not a regular expression: {0}")]
    Syntax(String),
    /// Has none of the groups.
    #[error("the pattern names none of the groups `paper`, `date` and `edition`")]
    NoGroup,
    /// Has a group of another name.
    #[error("there is no metadata called `{0}`; the groups are `paper`, `date`, `edition` and `meta.NAME`")]
    UnknownGroup(String),
}

const GROUPS: [&str; 3] = ["paper", "date", "edition"];

/// What the names of groups for other metadata begin with.
const OTHER: &str = "meta.";

impl PageName {
    /// Reads a pattern such as `(?<paper>[^/]+)/(?<date>\d{4}-\d{2}-\d{2})/(?<edition>\d+)`.
    pub fn new(pattern: &str) -> Result<Self, PageNameError> {
        let regex = Regex::new(pattern).map_err(|e| PageNameError::Syntax(last_line(&e.to_string())))?;
        let names: Vec<&str> = regex.capture_names().flatten().collect();
        if let Some(other) = names.iter().find(|n| !GROUPS.contains(n) && !n.starts_with(OTHER)) {
            return Err(PageNameError::UnknownGroup((*other).to_owned()));
        }
        if names.is_empty() { Err(PageNameError::NoGroup) } else { Ok(PageName(regex)) }
    }

    /// What the name of a page tells; empty where the pattern does not match. The date is as
    /// written, not yet checked against the calendar.
    pub fn read(&self, page: &str) -> Issue {
        let Some(groups) = self.0.captures(page) else { return Issue::default() };
        let group = |name| groups.name(name).map_or(String::new(), |m| m.as_str().to_owned());
        let others = self.0.capture_names().flatten().filter_map(|name| Some((name.strip_prefix(OTHER)?, group(name))));
        let other =
            others.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect();
        Issue { paper: group("paper"), date: group("date"), edition: group("edition"), other }
    }
}

/// The regex crate draws the fault over several lines; its last line says it in words.
fn last_line(message: &str) -> String {
    message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

/// A date as `YYYY-MM-DD`, from that form or from `YYYYMMDD`; none if the calendar lacks it.
pub(crate) fn normal_date(date: &str) -> Option<String> {
    let digits: String = date.chars().filter(|c| !matches!(c, '-' | '/' | '.' | '_')).collect();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits[range].parse::<u32>().ok();
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    calendar_date(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_paper_date_and_edition() {
        let pattern = PageName::new(r"(?<paper>[^/]+)/(?<date>\d{4}-\d{2}-\d{2})/(?<edition>\d+)").expect("is valid");
        let issue = pattern.read("临江日报/2023-02-03/02.txt");
        assert_eq!((&*issue.paper, &*issue.date, &*issue.edition), ("临江日报", "2023-02-03", "02"));
        assert_eq!(pattern.read("扫描件.txt"), Issue::default());
        let pattern = PageName::new(r"(?<meta.level>省|市)/(?<date>\d{8})").expect("is valid");
        assert_eq!(pattern.read("市/20230203.txt").other["level"], "市");
    }

    #[test]
    fn a_pattern_without_the_groups_is_refused() {
        assert!(matches!(PageName::new("page"), Err(PageNameError::NoGroup)));
        assert!(matches!(PageName::new("(?<year>.)"), Err(PageNameError::UnknownGroup(g)) if g == "year"));
        assert!(matches!(PageName::new("(?<paper>"), Err(PageNameError::Syntax(_))));
    }

    #[test]
    fn dates_that_do_not_exist_are_none() {
        assert_eq!(normal_date("20230203").as_deref(), Some("2023-02-03"));
        assert_eq!(normal_date("2024-02-29").as_deref(), Some("2024-02-29"));
        for wrong in ["2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "23-4-1", "二月三日", ""] {
            assert_eq!(normal_date(wrong), None, "{wrong}");
        }
    }
}
