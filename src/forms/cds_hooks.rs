//! The result as a card of CDS Hooks.

use serde::Serialize;

use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::fhir::codes;
use super::fhir::guidance::title;
use super::fhir::resource::Coding;
use crate::report::model::{Report, View};
use crate::report::replay::Overruled;
use crate::report::{note, phrases};

/// What a service of CDS Hooks answers.
#[derive(Clone, Debug, Serialize)]
pub struct Response<'a> {
    cards: [Card<'a>; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Card<'a> {
    summary: String,
    detail: String,
    indicator: &'static str,
    source: Source<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    override_reasons: Vec<Coding<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Source<'a> {
    label: String,
    topic: Coding<'a>,
}

/// The longest summary, in letters.
const LONGEST: usize = 140;

/// The card for `sheet`, and for what a dermatologist decided otherwise.
#[must_use]
pub fn response<'a>(
    plan: &'a Plan,
    sheet: &Report<'_>,
    overrides: &[Overruled<'_>],
    view: View,
) -> Response<'a> {
    let in_force = overrides.iter().find(|one| one.in_force);
    let verdict = in_force.map_or(sheet.verdict, |one| one.verdict);
    let reasons = plan.override_reasons.iter().map(|reason| Coding {
        system: Some(codes::overrides(plan).into()),
        code: Some(reason.id.as_str().into()),
        display: reason.text.as_str().into(),
    });
    let header = &plan.header;
    Response {
        cards: [Card {
            summary: summary(sheet, verdict, in_force.is_some()),
            detail: note::document(plan, sheet, overrides, view).markdown(),
            indicator: match verdict {
                Verdict::Eligible => "info",
                Verdict::NotEligible => "critical",
                _ => "warning",
            },
            source: Source {
                label: format!("{} (rules {} {})", header.title, header.id, header.version),
                topic: Coding {
                    system: Some(codes::rules(plan).into()),
                    code: Some(header.id.as_str().into()),
                    display: header.title.as_str().into(),
                },
            },
            override_reasons: reasons.collect(),
        }],
    }
}

/// The verdict, its day and the first reasons, as far as they fit.
fn summary(sheet: &Report<'_>, verdict: Verdict, overruled: bool) -> String {
    let mut summary = phrases::verdict(verdict);
    if overruled {
        summary.push_str(" (a dermatologist's decision)");
    } else {
        let when = phrases::may_go_ahead(sheet, "");
        summary.extend(when.map(|when| format!("; {when}")));
    }
    let mut before = ": ";
    for reason in sheet.reasons() {
        let more = format!("{before}{}", title(reason));
        if summary.chars().count() + more.chars().count() > LONGEST {
            break;
        }
        summary.push_str(&more);
        before = ", ";
    }
    capital(&summary)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).take(LONGEST).collect()
}
