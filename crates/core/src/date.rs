//! Dates of the calendar.

/// A date as `YYYY-MM-DD` (ISO 8601, Gregorian calendar); none if the calendar lacks it.
pub fn calendar_date(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    let exists = (1..=9999).contains(&year) && (1..=days).contains(&day);
    exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::calendar_date;

    #[test]
    fn days_that_do_not_exist_are_none() {
        assert_eq!(calendar_date(2024, 2, 29).as_deref(), Some("2024-02-29"));
        assert_eq!(calendar_date(2000, 2, 29).as_deref(), Some("2000-02-29"));
        for (year, month, day) in [(1900, 2, 29), (2023, 2, 29), (2023, 4, 31), (2023, 13, 1), (2023, 0, 1), (0, 1, 1)]
        {
            assert_eq!(calendar_date(year, month, day), None, "{year}-{month}-{day}");
        }
    }
}
