//! Warns about a treatment day that is far from today.
//!
//! In a year of another calendar (2569 is 2026 in Thailand), every waiting period has ended. All
//! patients would then be eligible.

use candidacy_engine::date::Date;

/// Maximum distance from today in months without a warning.
const NEAR_MONTHS: i32 = 24;

/// The warning about a treatment day that is more than two years from today; none if it is nearer.
pub fn far_day(as_of: Date, today: Date) -> Option<String> {
    let (early, late) = (as_of.min(today), as_of.max(today));
    if late <= early.plus_months(NEAR_MONTHS) {
        return None;
    }
    let years = late.parts().0 - early.parts().0;
    let (side, waits) = if as_of > today {
        (
            "after",
            "waiting periods that last until today will be over by then",
        )
    } else {
        ("before", "later events are not included")
    };
    Some(format!(
        "the treatment day, {}, is about {years} years {side} today: {waits}",
        as_of.in_words()
    ))
}

/// Warns of such a day in a run without questions.
pub fn warn(as_of: Date, today: Date) {
    if let Some(words) = far_day(as_of, today) {
        super::note(&format!("warning: {words}; check the year\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::far_day;
    use candidacy_engine::date::Date;

    #[track_caller]
    fn case(as_of: &str, far: bool) {
        let day = |iso| Date::from_iso(iso).expect("a day");
        assert_eq!(far_day(day(as_of), day("2026-11-28")).is_some(), far);
    }

    #[test]
    fn more_than_two_years_is_far() {
        case("2026-11-28", false);
        case("2028-11-28", false);
        case("2028-11-29", true);
        case("2569-11-28", true);
        case("2024-11-28", false);
        case("2024-11-27", true);
        case("1405-09-07", true);
    }
}
