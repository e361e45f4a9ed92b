//! The questions of a pack as a `Questionnaire` of FHIR R4.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Number;

use candidacy_engine::decimal::Decimal;
use candidacy_engine::pack::short_fingerprint;
use candidacy_engine::plan::{Plan, Status};
use candidacy_engine::question::{Question, Scale};

use super::codes::{self, coding, link_id};
use super::resource::{Coding, Concept, Extension, ExtensionValue};
use crate::forms::fields::{Field, FieldKind, Item as Asked, Part, Section, inner_part, sections};
use crate::forms::form_answer::FormAnswer;
use crate::forms::shown::Shown;

/// The questionnaire.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Questionnaire<'a> {
    resource_type: &'static str,
    url: String,
    version: &'a str,
    name: String,
    title: String,
    status: &'static str,
    subject_type: [&'static str; 1],
    publisher: &'a str,
    description: String,
    item: Vec<Item<'a>>,
}

/// A heading with its questions, or a field.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Extension<'a>>,
    link_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
    text: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: ItemType,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    enable_when: Vec<EnableWhen<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enable_behavior: Option<Behavior>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    repeats: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answer_option: Vec<AnswerOption<'a>>,
    #[serde(rename = "item", skip_serializing_if = "Vec::is_empty")]
    below: Vec<Item<'a>>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
enum ItemType {
    Group,
    Display,
    Choice,
    OpenChoice,
    Decimal,
    Date,
    String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Behavior {
    All,
    Any,
}

/// A condition on another field.
#[derive(Clone, Debug, Serialize)]
struct EnableWhen<'a> {
    question: String,
    operator: &'static str,
    #[serde(flatten)]
    answer: EnableAnswer<'a>,
}

#[derive(Clone, Debug, Serialize)]
enum EnableAnswer<'a> {
    #[serde(rename = "answerBoolean")]
    Boolean(bool),
    #[serde(rename = "answerCoding")]
    Coding(Coding<'a>),
    #[serde(rename = "answerDecimal")]
    Decimal(Number),
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AnswerOption<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Extension<'a>>,
    value_coding: Coding<'a>,
}

const ITEM_CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
const ITEM_CONTROLS: &str = "http://hl7.org/fhir/questionnaire-item-control";
const EXCLUSIVE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
const LEAST: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MOST: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";

/// The questionnaire of `plan`.
#[must_use]
pub fn questionnaire(plan: &Plan) -> Questionnaire<'_> {
    let header = &plan.header;
    let writer = Writer {
        plan,
        system: codes::answers(plan),
    };
    let sections = sections(plan);
    let numbered = sections.into_iter().zip(1..);
    let fingerprint = short_fingerprint(&plan.fingerprint);
    Questionnaire {
        resource_type: "Questionnaire",
        url: codes::questionnaire(plan),
        version: &header.version,
        name: name(&header.id),
        title: format!("Before your {}: questions", plan.procedure()),
        status: match plan.status() {
            Status::Draft => "draft",
            Status::Reviewed => "active",
        },
        subject_type: ["Patient"],
        publisher: &header.owner,
        description: format!(
            "{}. A pre-screening, not a diagnosis. Rules {} {} ({fingerprint}).",
            header.title, header.id, header.version
        ),
        item: numbered
            .map(|(section, number)| writer.section(section, number))
            .collect(),
    }
}

/// A name for programs: it begins with a capital letter, and has letters, digits and `_` only.
fn name(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    id.split(['-', '_']).map(word).collect()
}

struct Writer<'a> {
    plan: &'a Plan,
    system: String,
}

impl<'a> Writer<'a> {
    fn section(&self, section: Section<'a>, number: usize) -> Item<'a> {
        let fields = section.items.into_iter();
        let fields = fields.flat_map(|asked| self.question(asked));
        Item {
            below: fields.collect(),
            ..Item::new(
                format!("topic.{number}"),
                section.title.into(),
                ItemType::Group,
            )
        }
    }

    /// The fields of a question, side by side.
    fn question(&self, asked: Asked<'a>) -> Vec<Item<'a>> {
        let question = asked.question;
        let shown = asked.shown.as_ref();
        let fields = asked.fields.into_iter();
        let mut items: Vec<Item<'_>> = fields
            .map(|field| self.field(question, field, shown))
            .collect();
        if let Some(first) = items.first_mut() {
            first.prefix = Some(format!("{}.", asked.number));
            // Conditions that `enableWhen` cannot express are stated in words.
            let only = asked.only.filter(|_| first.enable_when.is_empty());
            let help: Vec<String> = only.into_iter().chain(question.help.clone()).collect();
            if !help.is_empty() {
                let link_id = format!("{}.help", question.id);
                first.below.push(Item {
                    extension: vec![control("help")],
                    ..Item::new(link_id, help.join(" ").into(), ItemType::Display)
                });
            }
        }
        items
    }

    fn field(
        &self,
        question: &'a Question,
        field: Field<'a>,
        asked: Option<&Shown<'a>>,
    ) -> Item<'a> {
        let (kind, repeats, form_answer) = match &field.kind {
            FieldKind::One(form_answer) => (ItemType::Choice, false, form_answer.as_slice()),
            FieldKind::Several(form_answer) => (ItemType::Choice, true, form_answer.as_slice()),
            FieldKind::Medicines(form_answer) => {
                (ItemType::OpenChoice, true, form_answer.as_slice())
            }
            FieldKind::Number(_) => (ItemType::Decimal, false, [].as_slice()),
            FieldKind::Day => (ItemType::Date, false, [].as_slice()),
            FieldKind::Words => (ItemType::String, false, [].as_slice()),
        };
        let shown = match field.part {
            // It needs an answer that is hidden with its question.
            Part::When => field.shown,
            Part::About | Part::Unknown => in_one_list(field.shown, asked),
            Part::Answer => asked.cloned(),
        };
        let (enable_when, behavior) = self.enable_when(shown.as_ref());
        let option = |form_answer: &FormAnswer<'a>| {
            let exclusive = Extension {
                url: EXCLUSIVE,
                value: ExtensionValue::ValueBoolean(true),
            };
            let exclusive = (repeats && form_answer.is_alone()).then_some(exclusive);
            AnswerOption {
                extension: exclusive.into_iter().collect(),
                value_coding: coding(&self.system, *form_answer, form_answer.text(question)),
            }
        };
        let answer_option = form_answer.iter().map(option).collect();
        let extension = match &field.kind {
            FieldKind::Number(scale) => of_number(scale),
            _ => Vec::new(),
        };
        let link_id = link_id(&question.id, field.part);
        Item {
            extension,
            enable_behavior: behavior.filter(|_| enable_when.len() > 1),
            enable_when,
            repeats,
            answer_option,
            ..Item::new(link_id, field.text.into(), kind)
        }
    }

    /// The conditions and whether all or only one must hold; none if `enableWhen` cannot express
    /// them, so that the field is always shown.
    fn enable_when(&self, shown: Option<&Shown<'a>>) -> (Vec<EnableWhen<'a>>, Option<Behavior>) {
        let (parts, behavior) = match shown {
            None => return (Vec::new(), None),
            Some(Shown::All(parts)) => (parts.as_slice(), Behavior::All),
            Some(Shown::Any(parts)) => (parts.as_slice(), Behavior::Any),
            Some(one) => (std::slice::from_ref(one), Behavior::All),
        };
        let parts = parts.iter().map(|part| self.one(part));
        match parts.collect::<Option<Vec<_>>>() {
            Some(parts) => (parts, Some(behavior)),
            None => (Vec::new(), None),
        }
    }

    fn one(&self, shown: &Shown<'a>) -> Option<EnableWhen<'a>> {
        let question = |at: usize| self.plan.questions.get(at).map(|asked| &asked.question);
        let enable = |at: usize, part, operator, answer| {
            Some(EnableWhen {
                question: link_id(&question(at)?.id, part),
                operator,
                answer,
            })
        };
        match shown {
            Shown::Is(at, form_answer) => {
                let coding = coding(&self.system, *form_answer, form_answer.text(question(*at)?));
                enable(*at, Part::Answer, "=", EnableAnswer::Coding(coding))
            }
            Shown::AtLeast(at, least) => {
                let answer = EnableAnswer::Decimal(exactly(*least)?);
                enable(*at, Part::Answer, ">=", answer)
            }
            Shown::AtMost(at, most) => {
                let answer = EnableAnswer::Decimal(exactly(*most)?);
                enable(*at, Part::Answer, "<=", answer)
            }
            Shown::Blank(at) => {
                let part = inner_part(question(*at)?);
                enable(*at, part, "exists", EnableAnswer::Boolean(false))
            }
            Shown::All(_) | Shown::Any(_) | Shown::Not(_) => None,
        }
    }
}

impl<'a> Item<'a> {
    fn new(link_id: String, text: Cow<'a, str>, kind: ItemType) -> Self {
        Self {
            extension: Vec::new(),
            link_id,
            prefix: None,
            text,
            kind,
            enable_when: Vec::new(),
            enable_behavior: None,
            repeats: false,
            answer_option: Vec::new(),
            below: Vec::new(),
        }
    }
}

/// Both conditions as one list for `enableWhen`, if it can express both.
fn in_one_list<'a>(own: Option<Shown<'a>>, asked: Option<&Shown<'a>>) -> Option<Shown<'a>> {
    match (own, asked) {
        // It needs an answer that is hidden with its question.
        (Some(Shown::All(parts)), _) => Some(Shown::All(parts)),
        (Some(own), Some(Shown::All(parts))) => {
            Some(Shown::All(parts.iter().cloned().chain([own]).collect()))
        }
        (Some(own), Some(one @ (Shown::Is(..) | Shown::AtLeast(..) | Shown::AtMost(..)))) => {
            Some(Shown::All(vec![one.clone(), own]))
        }
        (own, None) => own,
        (_, asked) => asked.cloned(),
    }
}

fn control(code: &'static str) -> Extension<'static> {
    let control = Coding {
        system: Some(ITEM_CONTROLS.into()),
        code: Some(code.into()),
        display: "Help-Button".into(),
    };
    Extension {
        url: ITEM_CONTROL,
        value: ExtensionValue::ValueCodeableConcept(Concept {
            coding: vec![control],
            text: None,
        }),
    }
}

/// The unit of a number, and which numbers make sense.
fn of_number(scale: &Scale) -> Vec<Extension<'_>> {
    let unit = scale.unit.as_deref().map(|unit| Extension {
        url: UNIT,
        value: ExtensionValue::ValueCoding(Coding {
            system: None,
            code: None,
            display: unit.into(),
        }),
    });
    let limit = |url, limit| {
        exactly(limit).map(|limit| Extension {
            url,
            value: ExtensionValue::ValueDecimal(limit),
        })
    };
    let limits = scale
        .range
        .map(|(least, most)| [limit(LEAST, least), limit(MOST, most)]);
    unit.into_iter()
        .chain(limits.into_iter().flatten().flatten())
        .collect()
}

/// The number as JSON writes it.
fn exactly(number: Decimal) -> Option<Number> {
    number.to_string().parse().ok()
}
