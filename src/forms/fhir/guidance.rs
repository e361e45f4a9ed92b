//! The result as a `GuidanceResponse` of FHIR R4.
//!
//! Each finding is a `DetectedIssue` in it. Everything else is an output parameter. In the desk's
//! view the report contains nothing private, so neither does this resource.

use std::borrow::Cow;

use serde::Serialize;

use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::codes;
use super::resource::{Annotation, Coding, Concept, Reference, in_words};
use crate::report::model::{PRIVATE, Reason, Report};
use crate::report::replay::Overruled;

/// The result of one screening.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GuidanceResponse<'a> {
    resource_type: &'static str,
    contained: Vec<Contained<'a>>,
    module_canonical: String,
    status: &'static str,
    note: Vec<Annotation>,
    output_parameters: Reference,
}

/// A resource inside it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "resourceType")]
enum Contained<'a> {
    Parameters(Parameters<'a>),
    DetectedIssue(DetectedIssue<'a>),
}

#[derive(Clone, Debug, Serialize)]
struct Parameters<'a> {
    id: &'static str,
    parameter: Vec<Parameter<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Parameter<'a> {
    name: &'static str,
    #[serde(flatten)]
    value: Value<'a>,
}

#[derive(Clone, Debug, Serialize)]
enum Value<'a> {
    #[serde(rename = "valueBoolean")]
    Boolean(bool),
    #[serde(rename = "valueCode")]
    Code(&'static str),
    #[serde(rename = "valueDate")]
    Date(Date),
    #[serde(rename = "valueString")]
    String(Cow<'a, str>),
    #[serde(rename = "valueReference")]
    Reference(Reference),
    /// Parameters of their own.
    #[serde(rename = "part")]
    Parts(Vec<Parameter<'a>>),
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DetectedIssue<'a> {
    id: String,
    status: &'static str,
    code: Concept<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Evidence<'a>>,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mitigation: Vec<Mitigation<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct Evidence<'a> {
    code: [Concept<'a>; 1],
}

#[derive(Clone, Debug, Serialize)]
struct Mitigation<'a> {
    action: Concept<'a>,
}

/// What `sheet` says, and what a dermatologist decided otherwise.
#[must_use]
pub fn response<'a>(
    plan: &'a Plan,
    sheet: &'a Report<'a>,
    overrides: &'a [Overruled<'a>],
) -> GuidanceResponse<'a> {
    let system = codes::rules(plan);
    let module = format!("{system}|{}", plan.header.version);
    let issues: Vec<DetectedIssue<'a>> = sheet
        .findings
        .iter()
        .zip(1..)
        .map(|(finding, number)| issue(&system, finding, number))
        .collect();
    let complete = sheet.undecided.is_empty() && sheet.ask_next.is_empty();
    let parameters = Contained::Parameters(Parameters {
        id: "outcome",
        parameter: parameters(sheet, overrides, &issues),
    });
    let note = |text: &String| Annotation { text: text.clone() };
    GuidanceResponse {
        resource_type: "GuidanceResponse",
        contained: std::iter::once(parameters)
            .chain(issues.into_iter().map(Contained::DetectedIssue))
            .collect(),
        module_canonical: module,
        // With more answers the result may be another.
        status: if complete {
            "success"
        } else {
            "data-requested"
        },
        note: sheet.advice.iter().map(note).collect(),
        output_parameters: Reference {
            reference: "#outcome".to_owned(),
        },
    }
}

fn parameters<'a>(
    sheet: &'a Report<'a>,
    overrides: &'a [Overruled<'a>],
    issues: &[DetectedIssue<'a>],
) -> Vec<Parameter<'a>> {
    let one = |name, value| Parameter { name, value };
    let verdict = |name, verdict: Verdict| one(name, Value::Code(verdict.word()));
    let text = |name, text: &'a str| one(name, Value::String(text.into()));
    let mut all = vec![
        verdict("verdict", sheet.verdict),
        one("as-of", Value::Date(sheet.as_of)),
        verdict("best", sheet.range.best),
        verdict("worst", sheet.range.worst),
        one("range-exact", Value::Boolean(sheet.range.exact)),
    ];
    let from = sheet.eligible_from.map(Value::Date);
    all.extend(from.map(|from| one("eligible-from", from)));
    all.extend(sheet.timeline.iter().map(|step| {
        let parts = vec![
            one("from", Value::Date(step.from)),
            verdict("verdict", step.verdict),
        ];
        one("timeline", Value::Parts(parts))
    }));
    all.extend(overrides.iter().map(|one_of| {
        let mut parts = vec![
            verdict("verdict", one_of.verdict),
            one("in-force", Value::Boolean(one_of.in_force)),
            text("by", one_of.by),
            one("on", Value::Date(one_of.on)),
        ];
        let until = one_of.until.map(Value::Date);
        parts.extend(until.map(|until| one("until", until)));
        let words = [("reason", one_of.reason_text), ("comment", one_of.comment)];
        let words = words.into_iter();
        parts.extend(words.filter_map(|(name, words)| Some(text(name, words?))));
        one("override", Value::Parts(parts))
    }));
    all.extend(sheet.undecided.iter().map(|id| text("undecided", id)));
    all.extend(sheet.ask_next.iter().map(|id| text("ask-next", id)));
    all.extend(sheet.closer_date.iter().map(|id| text("closer-date", id)));
    let contradictions = sheet.contradictions.iter();
    all.extend(contradictions.map(|found| text("contradiction", found.question)));
    all.extend(sheet.doubts.iter().map(|doubt| text("doubt", doubt)));
    let unknown = sheet.unrecognised_medicines.iter();
    all.extend(unknown.map(|one| text("unrecognised-medicine", &one.typed)));
    let relaxed = sheet.relaxed.iter();
    all.extend(relaxed.map(|relaxed| text("relaxed", relaxed.reason)));
    all.push(text("fingerprint", sheet.pack.fingerprint));
    all.push(text("rules-status", sheet.pack.status.word()));
    all.push(text("tool", sheet.tool));
    all.extend(issues.iter().map(|issue| {
        let reference = format!("#{}", issue.id);
        one("finding", Value::Reference(Reference { reference }))
    }));
    all
}

/// The name of a finding in plain words.
#[must_use]
pub fn title<'a>(finding: &'a Reason<'_>) -> &'a str {
    if finding.rule == PRIVATE {
        "A reason kept for the dermatologist"
    } else {
        &finding.title
    }
}

/// Whether a text can be an address: a source may say that it has none.
fn is_uri(text: &&str) -> bool {
    text.contains(':') && !text.contains(char::is_whitespace)
}

fn issue<'a>(system: &str, finding: &'a Reason<'a>, number: usize) -> DetectedIssue<'a> {
    let because = finding.because.iter().map(|because| Evidence {
        code: [in_words(because.in_words.clone())],
    });
    let wait = finding.until.map(|until| {
        let until = until.in_words();
        in_words(format!("Wait until {until}."))
    });
    let clears = finding.clears.map(|clears| {
        let clears = clears.trim_end_matches('.');
        in_words(format!("Wait until this is settled: {clears}."))
    });
    let advice = finding.advice.iter().map(|advice| in_words(*advice));
    let actions = wait.into_iter().chain(clears).chain(advice);
    DetectedIssue {
        id: format!("finding-{number}"),
        status: if finding.applies() {
            "final"
        } else {
            "preliminary"
        },
        code: Concept {
            coding: vec![Coding {
                system: Some(system.to_owned().into()),
                code: Some(finding.rule.into()),
                display: title(finding).into(),
            }],
            text: None,
        },
        severity: match finding.counts_as {
            Verdict::Eligible | Verdict::EligibleWithPrecautions => "low",
            Verdict::Deferred | Verdict::DermatologistReview => "moderate",
            Verdict::NotEligible => "high",
        },
        evidence: because.collect(),
        detail: finding.why,
        reference: finding.sources.iter().map(|source| source.url).find(is_uri),
        mitigation: actions.map(|action| Mitigation { action }).collect(),
    }
}
