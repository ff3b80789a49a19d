//! Numbers that a slip of the hand makes of each other.
//!
//! ```text
//! 4,900 ~ 49,000 noughts      18 ~ 81, 44 ~ 14 short      14,260 ~ 54,260 long      15 ~ 17 none
//! ```
//!
//! Not handled: words for numbers that look alike ("million", "billion" are a thousand times, which
//! is noughts).

/// What may have happened to a number on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two neighbours have changed places, or one figure is another and those after it are the same:
    /// of a short number it may be chance.
    OfShort,
    /// The same of a number so long that it is none.
    OfLong,
    /// A nought or more too many or too few.
    Noughts,
}

/// The slip that makes the one of the other; none where it could as well have grown.
pub(super) fn is_slip(a: f64, b: f64) -> Option<Slip> {
    let (less, more) = (a.min(b), a.max(b));
    if less <= 0.0 || less == more {
        return None;
    }
    if [10.0, 100.0, 1_000.0, 1e6].iter().any(|times| (less * times - more).abs() < 1e-6 * more) {
        return Some(Slip::Noughts);
    }
    if less < 10.0 || more > 1e15 || less.fract() != 0.0 || more.fract() != 0.0 {
        return None;
    }
    let figures =
        |number: f64| (number as u64).to_string().trim_end_matches('0').to_owned().into_bytes();
    let (low, high) = (figures(less), figures(more));
    // 390 and 190 million end in the same noughts; 20 and 30 leave no figure to know them by.
    if low.len() != high.len() || (less.log10().floor() - more.log10().floor()).abs() > 0.0 {
        return None;
    }
    let other: Vec<usize> = (0..low.len()).filter(|&at| low[at] != high[at]).collect();
    match other.as_slice() {
        [x, y] if x + 1 == *y && low[*x] == high[*y] && low[*y] == high[*x] => {
            Some(if low.len() > 2 { Slip::OfLong } else { Slip::OfShort })
        }
        [x] => {
            // What grows changes its last figures too.
            let left = low[x + 1..].iter().filter(|&&figure| figure != b'0').count();
            let least = if more / less < 1.35 { 2 } else { 1 };
            let slip = if left > 2 { Slip::OfLong } else { Slip::OfShort };
            (left >= least).then_some(slip)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_growth() {
        assert_eq!(is_slip(4_900.0, 49_000.0), Some(Slip::Noughts));
        assert_eq!(is_slip(81.0, 18.0), Some(Slip::OfShort));
        assert_eq!(is_slip(14.0, 44.0), Some(Slip::OfShort));
        assert_eq!(is_slip(5_057.0, 6_057.0), Some(Slip::OfShort));
        assert_eq!(is_slip(632_220.0, 362_220.0), Some(Slip::OfLong));
        assert_eq!(is_slip(14_260.0, 54_260.0), Some(Slip::OfLong));
        for (a, b) in [(15.0, 17.0), (20.0, 30.0), (242_900.0, 298_768.0), (5_050.0, 6_050.0)] {
            assert_eq!(is_slip(a, b), None, "{a} {b}");
        }
    }
}
