//! Reads the smaller entries: sources, medicines, facts, advice, expectations and closing texts.
//!
//! An incomplete entry is kept with empty values. The rest of it can then be checked against the
//! other files in the same run.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::medicine::Forms;
use crate::source::Located;
use crate::strength::Strength;
use crate::verdict::Verdict;
use crate::yaml::Node;

use super::example::Examples;
use super::map_reader::MapReader;
use super::unknown_words::{unknown_verdict, unknown_word};
use super::{
    Advice, Citation, Closing, Condition, Expectation, Fact, Group, Member, MemberForm,
    OverrideReason, PagePart,
};

/// The texts without their places.
pub fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// The text without its place; empty if it is missing.
pub fn value(text: Option<Located<String>>) -> String {
    text.map(|text| text.value).unwrap_or_default()
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
    let fields = MapReader::of(node, "source", known, problems)?;
    let id = fields.need("id", "P4", problems);
    let cite = fields.need("cite", "Example clinic protocol 4", problems);
    let publisher = fields.need("publisher", "Example clinic", problems);
    let year = fields.text("year", problems).map(|text| text.value);
    let url = fields.need("url", "\"https://example.org/p4\"", problems);
    fields.missing("strength", "D", problems);
    let words = Strength::ALL.map(Strength::word);
    let strength = fields.word("strength", &words, Strength::from_word, problems);
    let unverified = fields.text("unverified", problems).map(|text| text.value);
    Some(Citation {
        id: id.unwrap_or_else(|| fields.nameless()),
        cite: value(cite),
        publisher: value(publisher),
        year,
        url: value(url),
        // A pack without it is refused.
        strength: strength.unwrap_or(Strength::Opinion),
        unverified,
    })
}

/// A group of medicines.
pub fn group(node: &Node, problems: &mut Problems) -> Option<Group> {
    let fields = MapReader::of(
        node,
        "group",
        &["id", "label", "checked_by", "generics", "members"],
        problems,
    )?;
    let id = fields.id(problems);
    let label = fields.text("label", problems).map(|text| text.value);
    let checked_by = fields.text("checked_by", problems).map(|text| text.value);
    fields.missing("members", "[{name: apixaban, also: [eliquis]}]", problems);
    let members = fields.list("members", problems);
    let members = members.iter().filter_map(|node| member(node, problems));
    let mut members: Vec<Member> = members.collect();
    let generics = fields.texts("generics", problems);
    members.extend(generics.into_iter().map(Member::generic));
    Some(Group {
        id: id.unwrap_or_else(|| fields.nameless()),
        label,
        checked_by,
        members,
    })
}

impl Member {
    /// A medicine written only as a generic name.
    fn generic(name: Located<String>) -> Self {
        Self {
            name,
            also: Vec::new(),
            ask_route: None,
            forms: Vec::new(),
            note: None,
        }
    }
}

fn member(node: &Node, problems: &mut Problems) -> Option<Member> {
    let known = &["name", "also", "ask_route", "forms", "note"];
    let fields = MapReader::of(node, "medicine", known, problems)?;
    let remark = fields.text("note", problems).map(|text| text.value);
    let name = fields.need("name", "apixaban", problems);
    let also = fields.texts("also", problems);
    let ask_route = fields.text("ask_route", problems).map(|text| text.value);
    let mut forms: Vec<MemberForm> = Vec::new();
    for node in fields.list("forms", problems) {
        forms.extend(member_form(node, &forms, problems));
    }
    Some(Member {
        name: name?,
        also,
        ask_route,
        forms,
        note: remark,
    })
}

/// Forms that give a medicine other groups; `others` are the forms named before.
fn member_form(node: &Node, others: &[MemberForm], problems: &mut Problems) -> Option<MemberForm> {
    let known = &["form", "groups", "ask_route"];
    let fields = MapReader::of(node, "form", known, problems)?;
    fields.missing("form", "[skin]", problems);
    fields.missing("groups", "[skin-cream]", problems);
    let forms = fields.texts("form", problems);
    let groups = fields.texts("groups", problems);
    let ask_route = fields.text("ask_route", problems).map(|text| text.value);
    let names: Vec<&str> = Forms::names().collect();
    for (number, form) in forms.iter().enumerate() {
        let before = others.iter().flat_map(|other| &other.forms);
        let mut before = before.chain(forms.iter().take(number));
        if !names.contains(&form.value.as_str()) {
            problems.push(unknown_word(form, "form", &names));
        } else if let Some(first) = before.find(|other| other.value == form.value) {
            let message = format!("the form `{}` is in `forms` twice", form.value);
            problems.push(
                Diagnostic::new(Code::DuplicateWord, form.place, message)
                    .other(first.place, "the first time")
                    .help("keep it in one of the two places"),
            );
        }
    }
    for key in ["form", "groups"] {
        if fields.is_empty_list(key) {
            let message = format!("`{key}` is empty");
            problems.push(
                Diagnostic::new(Code::BadValue, fields.place_of(key), message)
                    .help("name at least one, or remove this form"),
            );
        }
    }
    Some(MemberForm {
        forms,
        groups,
        ask_route,
    })
}

/// A named condition.
pub fn fact(node: &Node, examples: &Examples, problems: &mut Problems) -> Option<Fact> {
    let fields = MapReader::of(node, "fact", &["id", "label", "when", "doubtful"], problems)?;
    let id = fields.id(problems);
    let label = fields.need("label", "skin is inflamed today", problems);
    fields.missing("when", &examples.sentence, problems);
    let when = fields.condition("when", problems);
    let doubtful = fields.flag("doubtful", problems);
    Some(Fact {
        doubtful,
        id: id.unwrap_or_else(|| fields.nameless()),
        label: value(label),
        when: when.unwrap_or(Condition::All(Vec::new())),
    })
}

/// A text that rules name.
pub fn advice(node: &Node, problems: &mut Problems) -> Option<Advice> {
    let fields = MapReader::of(node, "piece of advice", &["id", "text"], problems)?;
    let id = fields.id(problems);
    let words = fields.need("text", "Ask for acne treatment first.", problems);
    Some(Advice {
        id: id.unwrap_or_else(|| fields.nameless()),
        text: value(words),
    })
}

/// A reason for which a dermatologist may override a verdict.
pub fn override_reason(node: &Node, problems: &mut Problems) -> Option<OverrideReason> {
    let fields = MapReader::of(node, "reason to overrule", &["id", "text"], problems)?;
    let id = fields.id(problems);
    let words = fields.need("text", "The skin was seen and is calm.", problems);
    Some(OverrideReason {
        id: id.unwrap_or_else(|| fields.nameless()),
        text: value(words),
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
        "on_page",
    ];
    let fields = MapReader::of(node, "expectation", known, problems)?;
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
    let parts = PagePart::ALL.map(PagePart::word);
    let on_page = fields.word("on_page", &parts, PagePart::from_word, problems);
    Some(Expectation {
        id: id.unwrap_or_else(|| fields.nameless()),
        title: value(title),
        when,
        text: value(words),
        points,
        sources,
        unverified,
        on_page,
    })
}

/// The verdict of a closing text; `always` means every verdict.
#[must_use]
pub fn closing_verdict(word: &str) -> Option<Option<Verdict>> {
    match word {
        "always" => Some(None),
        word => Verdict::from_word(word).map(Some),
    }
}

/// The last words of reports, for one verdict or for `always`.
pub fn closing(node: &Node, problems: &mut Problems) -> Option<Located<Closing>> {
    let fields = MapReader::of(node, "closing text", &["verdict", "text"], problems)?;
    fields.missing("verdict", "always", problems);
    let mut words: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.word()).collect();
    words.push("always");
    let word = fields.text("verdict", problems);
    let verdict = word.and_then(|word| {
        let verdict = closing_verdict(&word.value);
        if verdict.is_none() {
            problems.push(unknown_verdict(&word, "verdict", &words));
        }
        verdict
    });
    let words = fields.need(
        "text",
        "Please see a dermatologist before you book.",
        problems,
    );
    Some(Located {
        value: Closing {
            verdict: verdict.flatten(),
            text: value(words),
        },
        place: fields.nameless().place,
    })
}
