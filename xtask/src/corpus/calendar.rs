//! Days of the made papers: eight years, from the first day of 2016 to the last of 2023.
//!
//! The issues step through the span by a stride without common factor with its length, so that any
//! number of pages is spread evenly over all of it and page i has the same date whatever follows.

use std::fmt;

/// Days in the span.
pub(super) const SPAN: u64 = 2922;
/// Days from 1970-01-01 to the first day of the span.
const FIRST: u64 = 16_801;
/// About the golden section of the span, and coprime with it.
const STRIDE: u64 = 1807;

/// A day of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub(super) u64);

/// Year, month and day of the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub(super) year: u64,
    pub(super) month: u64,
    pub(super) day: u64,
}

impl Day {
    /// The day on which the `number`th set of issues comes out.
    pub(super) fn of_issue(number: u64, offset: u64) -> Self {
        Day((offset + number % SPAN * STRIDE) % SPAN)
    }

    /// Some days earlier, but not before the span.
    pub(super) fn before(self, days: u64) -> Self {
        Day(self.0.saturating_sub(days))
    }

    /// Months since the first of the span.
    pub(super) fn month_index(self) -> u64 {
        let date = self.date();
        (date.year - 2016) * 12 + date.month - 1
    }

    /// 一 to 日.
    pub(super) fn weekday(self) -> char {
        // The first day of the span was a Friday.
        ['五', '六', '日', '一', '二', '三', '四'][(self.0 % 7) as usize]
    }

    /// In the Gregorian calendar, counted in years that begin in March (Hinnant's `civil_from_days`).
    pub(super) fn date(self) -> Date {
        let z = self.0 + FIRST + 719_468;
        let era = z / 146_097;
        let day_of_era = z % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        Date { year, month, day: day_of_year - (153 * shifted + 2) / 5 + 1 }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_span_is_eight_years() {
        assert_eq!(Day(0).date().to_string(), "2016-01-01");
        assert_eq!(Day(59).date().to_string(), "2016-02-29");
        assert_eq!(Day(SPAN - 1).date().to_string(), "2023-12-31");
        assert_eq!((Day(SPAN - 1).weekday(), Day(SPAN - 1).month_index()), ('日', 95));
    }

    #[test]
    fn every_day_has_its_issue() {
        let days: std::collections::BTreeSet<u64> = (0..SPAN).map(|i| Day::of_issue(i, 5).0).collect();
        assert_eq!(days.len(), SPAN as usize);
    }
}
