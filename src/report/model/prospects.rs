//! Data for the consult: what would change the verdict, and how strong the evidence is.

use candidacy_engine::finding::Standing;
use candidacy_engine::strength::Strength;
use candidacy_engine::verdict::Verdict;

use super::{Reason, Report, Source, Way};
use crate::report::phrases;

/// Maximum number of undecided rules, and of questions, that are listed one by one.
pub const MOST_LISTED: usize = 5;

/// What would change a verdict, grouped by what causes the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prospects {
    /// The ways under their headings; headings without entries are left out.
    pub ways: Vec<(&'static str, Vec<String>)>,
    /// The verdict that would remain.
    pub at_best: String,
}

/// What would change the verdict of `sheet`; none if there is no finding.
#[must_use]
pub fn prospects(sheet: &Report<'_>) -> Option<Prospects> {
    let (mut time, mut action, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = Verdict::Eligible;
    let open = |reason: &&Reason<'_>| reason.ways.contains(&Way::Answer);
    let open = sheet.findings.iter().filter(open).count();
    for reason in &sheet.findings {
        // If few questions were answered, most undecided rules do not concern the patient, so they
        // are only counted.
        if open > MOST_LISTED && reason.ways.contains(&Way::Answer) {
            continue;
        }
        for way in &reason.ways {
            match way {
                Way::Time(day) => {
                    // The reason may have ended already, because the day of the answer is not
                    // known.
                    let latest = match reason.state {
                        Standing::Undecided => " at the latest",
                        Standing::Applies => "",
                    };
                    let words = format!("{}: over on {}{latest}", reason.rule, day.in_words());
                    time.push((*day, words));
                }
                Way::Action(what) => action.push(format!("{}: {what}", reason.rule)),
                Way::Answer => {}
                Way::Nothing => {
                    nothing.push(reason.rule.to_owned());
                    left = left.max(reason.counts_as);
                }
            }
        }
    }
    time.sort_by_key(|(day, _)| *day);
    if open > 0 {
        let ask = if sheet.ask_next.is_empty() {
            &sheet.undecided
        } else {
            &sheet.ask_next
        };
        let ask = if ask.len() > MOST_LISTED {
            phrases::count(ask.len(), "answer")
        } else {
            phrases::headings(ask)
        };
        action.push(format!(
            "{} undecided: find out {ask}",
            phrases::count(open, "rule")
        ));
    }
    let ways = [
        ("Time", time.into_iter().map(|(_, words)| words).collect()),
        ("Clinical action", action),
        ("Cannot change, as far as the rules say", nothing),
    ];
    let ways: Vec<(&str, Vec<String>)> = ways
        .into_iter()
        .filter(|(_, points)| !points.is_empty())
        .collect();
    (!ways.is_empty()).then(|| Prospects {
        ways,
        at_best: format!("At best, then: {}.", phrases::verdict(left)),
    })
}

/// The strength of the strongest source of a finding, in words; none without sources.
#[must_use]
pub fn strongest(sources: &[Source<'_>]) -> Option<String> {
    let best = strongest_grade(sources)?;
    let meaning = match best {
        Strength::A => ": labelling or consensus that names this treatment",
        Strength::B => ": a review or study",
        Strength::C => ": carried over from lasers, peels or surgery",
        Strength::D => ": what clinics do",
        Strength::Opinion => "",
    };
    let of = match sources.len() {
        1 => String::new(),
        several => format!(", the strongest of {several} sources"),
    };
    Some(format!("{best}{meaning}{of}"))
}

/// The strength of the strongest source; none without sources.
#[must_use]
pub fn strongest_grade(sources: &[Source<'_>]) -> Option<Strength> {
    sources.iter().map(|source| source.strength).min()
}
