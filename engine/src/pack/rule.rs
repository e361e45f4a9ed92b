//! Rules.

use crate::date::Date;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Located;
use crate::verdict::Grade;
use crate::yaml::Node;

use super::entries::{value, values};
use super::example::Examples;
use super::map_reader::{MapReader, date};
use super::{Condition, Rule};

/// A rule.
pub fn rule(entry: &Node, examples: &Examples, problems: &mut Problems) -> Option<Rule> {
    let known = &[
        "id",
        "title",
        "grade",
        "when",
        "unless",
        "clears",
        "why",
        "advice",
        "sources",
        "note",
        "unverified",
        "private",
        "if_unsure",
        "from",
        "to",
        "icd10",
    ];
    let fields = MapReader::of(entry, "rule", known, problems)?;
    let id = fields.id(problems);
    let title = fields.text("title", problems).map(|text| text.value);
    fields.missing("grade", "relative", problems);
    let grade = fields.grade("grade", problems);
    let problems_before = problems.len();
    fields.missing("when", &examples.sentence, problems);
    let when = fields.condition("when", problems);
    let unless = fields.condition("unless", problems);
    let clears = fields.text("clears", problems).map(|text| text.value);
    let (from, to) = days(&fields, problems);
    // A key that could not be read may be `clears`, so a missing `clears` is not reported as well.
    let maybe_clears =
        (problems.len() > problems_before || fields.means("clears")).then(String::new);
    let why = fields.need(
        "why",
        "Treating inflamed skin can spread infection.",
        problems,
    );
    let advice = fields.texts("advice", problems);
    let cited = format!("[{}]", examples.source);
    fields.missing("sources", &cited, problems);
    let sources = fields.texts("sources", problems);
    if fields.is_empty_list("sources") {
        let place = fields.place_of("sources");
        let message = "a rule needs at least one source";
        let help =
            format!("name one that is listed under `sources`, for example `sources: {cited}`");
        problems.push(Diagnostic::new(Code::MissingKey, place, message).help(help));
    }
    let note = fields.text("note", problems).map(|text| text.value);
    let unverified = fields.text("unverified", problems).map(|text| text.value);
    let private = fields.flag("private", problems);
    let if_unsure = fields.grade("if_unsure", problems);
    let icd10 = values(fields.texts("icd10", problems));
    Some(Rule {
        id: id.unwrap_or_else(|| fields.nameless()),
        changed: None,
        title,
        grade: grade.unwrap_or(Grade::Precaution),
        when: when.unwrap_or(Condition::All(Vec::new())),
        unless,
        clears: clears.or(maybe_clears),
        why: value(why),
        advice,
        sources,
        note,
        unverified,
        private,
        if_unsure,
        from,
        to,
        icd10,
    })
}

/// The first and the last day it is in force.
pub fn days(fields: &MapReader<'_>, problems: &mut Problems) -> (Option<Date>, Option<Date>) {
    let (first, last) = (fields.text("from", problems), fields.text("to", problems));
    let mut day = |written: &Option<Located<String>>| {
        let written = written.as_ref()?;
        date(written, problems)
    };
    let (from, to) = (day(&first), day(&last));
    if let (Some(first), Some(last)) = (first, last)
        && let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        let message = format!("this rule would end on {to}, before it begins on {from}");
        problems.push(
            Diagnostic::new(Code::BadValue, last.place, message)
                .other(first.place, "the first day it is in force")
                .help(
                    "`from` is the first day it is in force and `to` the last: swap or correct them",
                ),
        );
    }
    (from, to)
}
