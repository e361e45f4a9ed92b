//! Numbers as people write them, compared exactly.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A decimal number with at most six digits after the point, in the unit of its question. Stored in
/// millionths, so that 0.1 is exact.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Decimal(i64);

/// Digits kept after the point.
const PLACES: usize = 6;
/// Digits allowed before it.
const WHOLE: usize = 9;

impl Decimal {
    /// The smallest step between two numbers.
    pub const STEP: Self = Self(1);

    /// Parses `12`, `-3` or `0.25`; none if it is not such a number.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        Self::rounded(text).filter(|_| fraction.len() <= PLACES)
    }

    /// The same, with the digits after the sixth rounded: programs write 0.30000000000000004 for
    /// 0.3.
    #[must_use]
    pub fn rounded(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole) || whole.len() > WHOLE || !plain(fraction) {
            return None;
        }
        let (kept, rest) = fraction.split_at(fraction.len().min(PLACES));
        let millionths = format!("{whole}{kept:0<PLACES$}").parse::<i64>().ok()?;
        let millionths = millionths + i64::from(rest.starts_with(['5', '6', '7', '8', '9']));
        Some(Self(if negative { -millionths } else { millionths }))
    }

    /// Parses a range, `0.1 to 3`; none if it is not one, or if the first number is not the smaller one.
    #[must_use]
    pub fn range(text: &str) -> Option<(Self, Self)> {
        let (least, most) = text.split_once(" to ")?;
        let (least, most) = (Self::read(least.trim())?, Self::read(most.trim())?);
        (least < most).then_some((least, most))
    }

    /// The next number above.
    #[must_use]
    pub fn next_up(self) -> Self {
        Self(self.0.saturating_add(Self::STEP.0))
    }

    /// The next number below.
    #[must_use]
    pub fn next_down(self) -> Self {
        Self(self.0.saturating_sub(Self::STEP.0))
    }
}

impl fmt::Display for Decimal {
    /// Without trailing zeros: `0.25`, `12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = format!("{:07}", self.0.unsigned_abs());
        let (whole, fraction) = digits.split_at(digits.len() - PLACES);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn what_is_a_number() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            assert_eq!(
                Decimal::read(text).map(|n| n.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }

        case("12", Some("12"));
        case("012", Some("12"));
        case("0.10", Some("0.1"));
        case("1.5", Some("1.5"));
        case("-3", Some("-3"));
        case("-0.000001", Some("-0.000001"));
        case("", None);
        case(".5", None);
        case("5.", None);
        case("1,5", None);
        case("1e3", None);
        case("1.0000001", None);
        case("9999999999", None);
        case("nan", None);
    }

    #[test]
    fn what_is_a_range() {
        assert!(Decimal::range("0.1 to 3").is_some());
        for text in ["3 to 0.1", "1 to 1", "0.1-3", "to 3", "a to b"] {
            assert!(Decimal::range(text).is_none(), "{text}");
        }
    }

    #[test]
    fn digits_after_the_sixth_are_rounded_in_an_answer() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            let read = Decimal::rounded(text).map(|n| n.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }

        case("0.30000000000000004", Some("0.3"));
        case("0.29999999999999999", Some("0.3"));
        case("1.0000005", Some("1.000001"));
        case("-1.0000005", Some("-1.000001"));
        case("1.00000049", Some("1"));
        case("0.25", Some("0.25"));
        case("1.00000x1", None);
        case("1.", None);
    }
}
