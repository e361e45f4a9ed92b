//! The names and codes of questions and answers in FHIR.
//!
//! Published codes are only used with their exact meaning: yes, no, not known, not stated.
//! Everything else has the id from the rules, in a code system of the pack. No medical code is
//! invented.

use candidacy_engine::plan::Plan;

use super::resource::Coding;
use crate::forms::fields::Part;
use crate::forms::form_answer::FormAnswer;

/// Yes and no.
pub const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";
/// Why there is no answer.
pub const ABSENT: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
/// The same, as an extension in place of an answer.
pub const ABSENT_EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
/// It was asked, and is not known.
pub const ASKED_UNKNOWN: &str = "asked-unknown";
/// It was asked, and the patient prefers not to say.
pub const ASKED_DECLINED: &str = "asked-declined";

/// The address of the questionnaire, without its version.
#[must_use]
pub fn questionnaire(plan: &Plan) -> String {
    format!("urn:candidacy:questionnaire:{}", plan.header.id)
}

/// The code system of the answers.
#[must_use]
pub fn answers(plan: &Plan) -> String {
    format!("urn:candidacy:answers:{}", plan.header.id)
}

/// The address of the rules, without their version; the code system of their ids too.
#[must_use]
pub fn rules(plan: &Plan) -> String {
    format!("urn:candidacy:rules:{}", plan.header.id)
}

/// The code system for statements about a result.
#[must_use]
pub fn overrides(plan: &Plan) -> String {
    format!("urn:candidacy:override-reasons:{}", plan.header.id)
}

/// The name of a field. An id of a question has no full stop in it.
#[must_use]
pub fn link_id(question: &str, part: Part) -> String {
    match part {
        Part::Answer => question.to_owned(),
        part => format!("{question}.{}", part.word()),
    }
}

/// The code of an answer.
#[must_use]
pub fn coding<'a>(system: &str, form_answer: FormAnswer<'a>, text: &'a str) -> Coding<'a> {
    let (system, code) = match form_answer {
        FormAnswer::Yes => (YES_NO, "Y"),
        FormAnswer::No => (YES_NO, "N"),
        FormAnswer::NotSure => (ABSENT, ASKED_UNKNOWN),
        FormAnswer::Declined => (ABSENT, ASKED_DECLINED),
        FormAnswer::None => (system, "none-of-these"),
        form_answer => (system, form_answer.code()),
    };
    Coding {
        system: Some(system.to_owned().into()),
        code: Some(code.into()),
        display: text.into(),
    }
}
