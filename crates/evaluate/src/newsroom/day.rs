//! Days as numbers, and as reports write them.
//!
//! ```text
//! Day(22_711) → 2032-03-07, Sunday, "March 7"
//! ```
//!
//! Not handled: times of day.

use super::grammar::names;

/// Days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub(super) i64);

impl Day {
    /// Year, month (from 1) and day of the month (Hinnant, "chrono-compatible low-level date
    /// algorithms").
    fn civil(self) -> (i64, usize, i64) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = doy - (153 * mp + 2) / 5 + 1;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i64::from(month <= 2), month as usize, day)
    }

    /// As ISO 8601 writes it.
    pub(super) fn iso(self) -> String {
        let (year, month, day) = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// "Monday"
    pub(super) fn weekday(self) -> &'static str {
        // The first of January 1970 was a Thursday.
        &names().days[(self.0 + 3).rem_euclid(7) as usize]
    }

    /// "March"
    pub(super) fn month(self) -> &'static str {
        &names().months[self.civil().1 - 1]
    }

    /// "March 7"
    pub(super) fn date(self) -> String {
        format!("{} {}", self.month(), self.civil().2)
    }

    /// As a report of `published` has it: "on Monday", "on March 7".
    pub(super) fn told(self, published: Self) -> String {
        match (published.0 - self.0).abs() {
            0..=5 => format!("on {}", self.weekday()),
            _ => format!("on {}", self.date()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates() {
        assert_eq!(Day(0).iso(), "1970-01-01");
        assert_eq!(Day(0).weekday(), "Thursday");
        assert_eq!(Day(19_782).iso(), "2024-02-29");
        assert_eq!(Day(22_711).date(), "March 7");
    }
}
