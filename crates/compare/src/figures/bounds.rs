//! The least and the most that readers take a figure for.
//!
//! ```text
//! 31,000 → 30,500 to 31,500      over a million → 1,000,000 to 1,999,000      millions → 2,000,000 on
//! ```
//!
//! Not handled: rises and falls, which are no levels.

use onrecord_model::{Bound, Quantity};

/// Whether a figure is one word without a number: "dozens", "millions".
pub(super) fn is_vague(quantity: &Quantity) -> bool {
    quantity.bound == Bound::About && quantity.value.is_none() && quantity.high.is_none()
}

/// The least and the most that readers take a figure for.
///
/// "More than a million" is no two million, or it would say so: the most is the next step of the
/// first figure. A round number is right to within half its last figure. "Millions" are at least
/// two of them.
pub(super) fn bounds(quantity: &Quantity) -> Option<(f64, f64)> {
    let value = quantity.value.or(quantity.low).or(quantity.high)?;
    if !value.is_finite() || value < 0.0 {
        return None;
    }
    let step = last_step(value);
    Some(match quantity.bound {
        Bound::Exact => (value - step / 2.0, value + step / 2.0),
        Bound::About if is_vague(quantity) => {
            // "dozens" begin at 24, "millions" at two million; the record has 12 and one million.
            (value * 2.0, value * 99.0)
        }
        Bound::About if quantity.value.is_none() => {
            (quantity.low.unwrap_or(value) * 0.9, quantity.high.unwrap_or(value) * 1.1)
        }
        Bound::About => ((value * 0.85).min(value - step / 2.0), value * 1.15 + 0.5),
        // The next step itself would be said: "millions" is not "over a million".
        Bound::Over => (value, value + step * 0.999),
        // "At least 30" of 53 is so; of 500 it would be another thing.
        Bound::AtLeast => (value, value * 2.0),
        Bound::UpTo => (0.0, value),
        Bound::Under => (value * 0.5, value),
        Bound::Nearly => (value * 0.8, value),
        Bound::Between => (quantity.low?, quantity.high?),
        // A change is no level.
        Bound::Up | Bound::Down => return None,
    })
}

/// What one more of the last figure that is not nought is worth: 1,000 for 31,000.
pub(super) fn last_step(value: f64) -> f64 {
    if value < 1.0 {
        return value.max(0.1);
    }
    let mut step = 1.0;
    // Tenths and hundredths: 1.5
    while (value / step).fract().abs() > 1e-6 && step > 0.001 {
        step /= 10.0;
    }
    while value / (step * 10.0) >= 1.0 && (value / (step * 10.0)).fract().abs() < 1e-9 {
        step *= 10.0;
    }
    step
}

/// How many figures of a number say something: 2 for 31,000.
pub(super) fn telling_digits(value: f64) -> i32 {
    if value <= 0.0 {
        return 0;
    }
    let steps = (value / last_step(value)).abs().max(1.0);
    steps.log10().floor() as i32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_the_last_figure_that_says_something() {
        assert_eq!(last_step(31_000.0), 1_000.0);
        assert_eq!(last_step(1_000_000.0), 1_000_000.0);
        assert_eq!(last_step(1_300_000.0), 100_000.0);
        assert_eq!(last_step(35.0), 1.0);
        assert!((last_step(4.5) - 0.1).abs() < 1e-9);
    }

    #[test]
    fn telling_digits_leave_noughts_out() {
        let digits = [31_240.0, 31_000.0, 1_300_000.0, 5.0, 4.5].map(telling_digits);
        assert_eq!(digits, [4, 2, 2, 1, 2]);
    }
}
