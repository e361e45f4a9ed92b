//! Reads the rules that an overlay changes.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::source::Located;
use crate::yaml::Node;

use super::super::map_reader::MapReader;
use super::super::rule;
use super::{Change, changes_nothing, value_of};

/// The keys of a changed rule, except its name.
pub const OF_A_RULE: &[&str] = &[
    "grade",
    "title",
    "why",
    "when",
    "unless",
    "from",
    "to",
    "advice",
    "sources",
    "note",
    "clears",
    "if_unsure",
    "private",
];

/// The rules with the same change.
pub fn rules(node: &Node, problems: &mut Problems) -> Option<Vec<Change>> {
    let known: Vec<&'static str> = ["rule", "rules"].iter().chain(OF_A_RULE).copied().collect();
    let problems_before = problems.len();
    let fields = MapReader::of(node, "change", &known, problems)?;
    let named = if fields.means("rules") {
        if let Some((key, _)) = value_of(node, "rule") {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    key.place,
                    "a change has either `rule` or `rules`",
                )
                .help("put all the ids into `rules: [one, another]`"),
            );
        }
        if fields.is_empty_list("rules") {
            let message = "`rules` is empty";
            problems.push(
                Diagnostic::new(Code::MissingKey, fields.place_of("rules"), message)
                    .help("name the rules of the base that change, such as `rules: [keloid, hiv]`"),
            );
        }
        fields.texts("rules", problems)
    } else {
        let rule = fields.need("rule", "active-acne", problems);
        vec![rule.unwrap_or_else(|| fields.nameless())]
    };
    let has_new_problems = problems.len() > problems_before;
    if !has_new_problems && !OF_A_RULE.iter().any(|key| fields.means(key)) {
        problems.push(changes_nothing(&fields, "grade: relative"));
    }
    if fields.is_empty_list("sources") {
        let message = "a rule needs at least one source";
        problems.push(
            Diagnostic::new(Code::MissingKey, fields.place_of("sources"), message)
                .help("name those of the rule as it is now, or leave `sources` out to keep them"),
        );
    }
    let read = change(&fields, problems);
    let of_rule = |rule: Located<String>| Change {
        rule,
        ..read.clone()
    };
    Some(named.into_iter().map(of_rule).collect())
}

/// The content of a change, without the rule's id.
fn change(fields: &MapReader<'_>, problems: &mut Problems) -> Change {
    let grade = |key: &str, problems: &mut Problems| {
        let grade = fields.grade(key, problems)?;
        Some(fields.placed(key, grade))
    };
    let list = |key: &str, problems: &mut Problems| {
        let there = fields.get(key).is_some();
        there.then(|| fields.texts(key, problems))
    };
    let text = |key: &str, problems: &mut Problems| {
        let text = fields.text(key, problems);
        text.map(|text| text.value)
    };
    let private = fields.get("private").is_some();
    let (from, to) = rule::days(fields, problems);
    Change {
        rule: fields.nameless(),
        grade: grade("grade", problems),
        if_unsure: grade("if_unsure", problems),
        private: private.then(|| {
            let private = fields.flag("private", problems);
            fields.placed("private", private)
        }),
        when: fields.condition("when", problems),
        unless: fields.condition("unless", problems),
        from: from.map(|day| fields.placed("from", day)),
        to: to.map(|day| fields.placed("to", day)),
        title: text("title", problems),
        why: text("why", problems),
        clears: text("clears", problems),
        note: text("note", problems),
        advice: list("advice", problems),
        sources: list("sources", problems),
    }
}
