//! The entries a clinic writes: sources, medicines, questions, facts, advice, rules.

use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::locate::{Node, Value};
use crate::engine::source::Located;
use crate::engine::verdict::{Grade, Verdict};

use super::fields::{Fields, Problems, visible};
use super::{
    Advice, Choice, Citation, Closing, Condition, Expectation, Fact, Group, Member, Question, Rule,
};

/// The types a question may have.
pub const TYPES: &[&str] = &[
    "yes-no",
    "choice",
    "choices",
    "number",
    "date",
    "event",
    "course",
    "medicines",
];

const STRENGTHS: &[&str] = &["A", "B", "C", "D", "opinion"];

fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// A citation.
pub fn citation(node: &Node, problems: &mut Problems) -> Option<Citation> {
    let known = &[
        "id",
        "cite",
        "publisher",
        "year",
        "url",
        "strength",
        "unverified",
    ];
    let fields = Fields::of(node, "source", known, problems)?;
    let id = fields.need("id", "P4", problems);
    let cite = fields.need("cite", "Example clinic protocol 4", problems);
    let publisher = fields.need("publisher", "Example clinic", problems);
    let year = fields.text("year", problems).map(|text| text.value);
    let url = fields.need("url", "\"https://example.org/p4\"", problems);
    if fields.get("strength").is_none() {
        fields.missing("strength", "D", problems);
    }
    let is_strength = |word: &str| STRENGTHS.contains(&word).then(|| word.to_owned());
    let strength = fields.word("strength", STRENGTHS, is_strength, problems);
    let unverified = fields.text("unverified", problems).map(|text| text.value);
    Some(Citation {
        id: id?,
        cite: cite?.value,
        publisher: publisher?.value,
        year,
        url: url?.value,
        strength: strength?,
        unverified,
    })
}

/// A group of medicines.
pub fn group(node: &Node, problems: &mut Problems) -> Option<Group> {
    let fields = Fields::of(node, "group", &["id", "label", "members"], problems)?;
    let id = fields.id(problems);
    let label = fields.text("label", problems).map(|text| text.value);
    if fields.get("members").is_none() {
        fields.missing("members", "[{name: apixaban, also: [eliquis]}]", problems);
    }
    let members = fields.list("members", problems);
    let members = members
        .iter()
        .filter_map(|node| member(node, problems))
        .collect();
    Some(Group {
        id: id?,
        label,
        members,
    })
}

fn member(node: &Node, problems: &mut Problems) -> Option<Member> {
    let known = &["name", "also", "ask_route", "note"];
    let fields = Fields::of(node, "medicine", known, problems)?;
    fields.text("note", problems);
    let name = fields.need("name", "apixaban", problems);
    let also = fields.texts("also", problems);
    let ask_route = fields.text("ask_route", problems).map(|text| text.value);
    Some(Member {
        name: name?,
        also,
        ask_route,
    })
}

/// A question.
pub fn question(node: &Node, topic: usize, problems: &mut Problems) -> Option<Question> {
    let known = &[
        "id", "ask", "help", "type", "options", "unit", "range", "also", "ask_when", "optional",
    ];
    let fields = Fields::of(node, "question", known, problems)?;
    let id = fields.id(problems);
    let ask = fields.need(
        "ask",
        "Have you ever had a raised scar that outgrew the wound?",
        problems,
    );
    let help = fields.text("help", problems).map(|text| text.value);
    if fields.get("type").is_none() {
        fields.missing("type", "yes-no", problems);
    }
    let kind = fields.text("type", problems);
    let is_type = |word: &str| TYPES.contains(&word).then_some(());
    let known_kind = fields.word("type", TYPES, is_type, problems);
    let options: Vec<Choice> = fields
        .list("options", problems)
        .iter()
        .filter_map(|node| choice(node, problems))
        .collect();
    let unit = fields.text("unit", problems);
    let range = fields.text("range", problems);
    let also = fields.texts("also", problems);
    let ask_when = fields.condition("ask_when", problems);
    let optional = fields.flag("optional", problems);
    let (id, kind) = (id?, kind?);
    known_kind?;

    let chooses = matches!(kind.value.as_str(), "choice" | "choices");
    if chooses && fields.get("options").is_none() {
        fields.missing(
            "options",
            "[{id: clear, text: Clear}, {id: sore, text: Sore}]",
            problems,
        );
    }
    for (key, fits) in [
        ("options", chooses),
        ("unit", kind.value == "number"),
        ("range", kind.value == "number"),
    ] {
        if let Some(node) = fields.get(key).filter(|_| !fits) {
            problems.push(
                Diagnostic::new(
                    Code::WrongShape,
                    visible(node.place),
                    format!("a {} question has no `{key}`", kind.value),
                )
                .help(format!("leave `{key}` out, or change `type`")),
            );
        }
    }
    Some(Question {
        id,
        ask: ask?.value,
        help,
        kind,
        options,
        unit,
        range,
        also,
        ask_when,
        optional,
        topic,
    })
}

fn choice(node: &Node, problems: &mut Problems) -> Option<Choice> {
    let fields = Fields::of(node, "option", &["id", "text", "also", "icd10"], problems)?;
    let id = fields.id(problems);
    let words = fields.need("text", "Red or sore spots", problems);
    let also = fields.texts("also", problems);
    let icd10 = values(fields.texts("icd10", problems));
    Some(Choice {
        id: id?,
        text: words?.value,
        also,
        icd10,
    })
}

/// A named condition.
pub fn fact(node: &Node, problems: &mut Problems) -> Option<Fact> {
    let fields = Fields::of(node, "fact", &["id", "label", "when"], problems)?;
    let id = fields.id(problems);
    let label = fields.need("label", "skin is inflamed today", problems);
    let when = need_condition(&fields, "when", problems);
    Some(Fact {
        id: id?,
        label: label?.value,
        when: when?,
    })
}

fn need_condition(fields: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<Condition> {
    if fields.get(key).is_none() {
        fields.missing(key, "acne is inflamed", problems);
    }
    fields.condition(key, problems)
}

/// A text that rules name.
pub fn advice(node: &Node, problems: &mut Problems) -> Option<Advice> {
    let fields = Fields::of(node, "piece of advice", &["id", "text"], problems)?;
    let id = fields.id(problems);
    let words = fields.need("text", "Ask for acne treatment first.", problems);
    Some(Advice {
        id: id?,
        text: words?.value,
    })
}

/// A rule.
pub fn rule(node: &Node, problems: &mut Problems) -> Option<Rule> {
    let known = &[
        "id",
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
    let fields = Fields::of(node, "rule", known, problems)?;
    let id = fields.id(problems);
    if fields.get("grade").is_none() {
        fields.missing("grade", "relative", problems);
    }
    let grades = Grade::ALL.map(Grade::word);
    let grade = fields.word("grade", &grades, Grade::from_word, problems);
    let when = need_condition(&fields, "when", problems);
    let unless = fields.condition("unless", problems);
    let clears = fields.text("clears", problems).map(|text| text.value);
    let why = fields.need(
        "why",
        "Needling over inflamed skin can spread infection.",
        problems,
    );
    let advice = fields.texts("advice", problems);
    if fields.get("sources").is_none() {
        fields.missing("sources", "[P4]", problems);
    }
    let sources = fields.texts("sources", problems);
    if let Some(Node {
        value: Value::List(items),
        place,
    }) = fields.get("sources")
        && items.is_empty()
    {
        problems.push(
            Diagnostic::new(
                Code::MissingKey,
                visible(*place),
                "a rule needs at least one source",
            )
            .help("name one listed under `sources`, for example `sources: [P4]`"),
        );
    }
    let remark = fields.text("note", problems).map(|text| text.value);
    let unverified = fields.text("unverified", problems).map(|text| text.value);
    let private = fields.flag("private", problems);
    let if_unsure = fields.word("if_unsure", &grades, Grade::from_word, problems);
    let (from, to) = (fields.date("from", problems), fields.date("to", problems));
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        problems.push(
            Diagnostic::new(
                Code::BadValue,
                fields.place(),
                format!("this rule ends on {last}, before it begins on {first}"),
            )
            .help("`from` is the first day it is in force and `to` the last"),
        );
    }
    let icd10 = values(fields.texts("icd10", problems));
    Some(Rule {
        id: id?,
        grade: grade?,
        when: when?,
        unless,
        clears,
        why: why?.value,
        advice,
        sources,
        note: remark,
        unverified,
        private,
        if_unsure,
        from,
        to,
        icd10,
    })
}

/// What a patient can expect.
pub fn expectation(node: &Node, problems: &mut Problems) -> Option<Expectation> {
    let known = &[
        "id",
        "title",
        "when",
        "text",
        "points",
        "sources",
        "unverified",
    ];
    let fields = Fields::of(node, "expectation", known, problems)?;
    let id = fields.id(problems);
    let title = fields.need("title", "The first week after", problems);
    let when = fields.condition("when", problems);
    let words = fields.need(
        "text",
        "Redness like sunburn for two or three days.",
        problems,
    );
    let points = values(fields.texts("points", problems));
    let sources = fields.texts("sources", problems);
    let unverified = fields.text("unverified", problems).map(|text| text.value);
    Some(Expectation {
        id: id?,
        title: title?.value,
        when,
        text: words?.value,
        points,
        sources,
        unverified,
    })
}

/// The last words of reports, for one verdict or for `always`.
pub fn closing(node: &Node, problems: &mut Problems) -> Option<Closing> {
    let fields = Fields::of(node, "closing text", &["verdict", "text"], problems)?;
    if fields.get("verdict").is_none() {
        fields.missing("verdict", "always", problems);
    }
    let mut words: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
    words.push("always");
    let read = |word: &str| match word {
        "always" => Some(None),
        word => Verdict::from_word(word).map(Some),
    };
    let verdict = fields.word("verdict", &words, read, problems);
    let words = fields.need(
        "text",
        "Please see a dermatologist before you book.",
        problems,
    );
    Some(Closing {
        verdict: verdict?,
        text: words?.value,
    })
}
