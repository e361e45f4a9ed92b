//! A form filled in as a renderer does it: it knows the questionnaire alone.

use std::collections::BTreeMap;

use candidacy::forms::fhir::questionnaire::questionnaire;
use candidacy_engine::answer::{Answers, Course, Event, Mark, Reply, Value as Said};
use candidacy_engine::date::Days;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;
use serde_json::{Value, json};

/// A questionnaire, as a renderer has it.
pub struct Form {
    url: String,
    /// The type of each field, and what it offers.
    fields: BTreeMap<String, (String, Vec<Value>)>,
}

/// The answers of some fields.
pub type Filled = Vec<(String, Value)>;

impl Form {
    pub fn of(plan: &Plan) -> Self {
        let written = serde_json::to_value(questionnaire(plan)).expect("JSON");
        let mut fields = BTreeMap::new();
        collect(&written["item"], &mut fields);
        let text = |key: &str| written[key].as_str().expect("a text").to_owned();
        Self {
            url: format!("{}|{}", text("url"), text("version")),
            fields,
        }
    }

    /// A response with these answers; a text stands for the option with this code.
    #[track_caller]
    pub fn response(&self, filled: &[(&str, Value)]) -> Value {
        let filled = filled
            .iter()
            .map(|(field, said)| ((*field).to_owned(), said.clone()));
        self.response_of(filled.collect())
    }

    #[track_caller]
    pub fn response_of(&self, filled: Filled) -> Value {
        let items = filled.into_iter().map(|(field, said)| {
            let (kind, offered) = self.fields.get(&field).unwrap_or_else(|| panic!("{field}"));
            let said = said.as_array().expect("a list").iter();
            let answers = said.map(|said| match said.as_str() {
                Some(code) => {
                    assert!(kind.ends_with("choice"), "{field} is a {kind}");
                    let option = offered.iter().find(|option| option["code"] == code);
                    let option = option.unwrap_or_else(|| panic!("{field} offers no {code}"));
                    json!({ "valueCoding": option })
                }
                None => said.clone(),
            });
            json!({ "linkId": field, "answer": answers.collect::<Vec<_>>() })
        });
        json!({
            "resourceType": "QuestionnaireResponse",
            "id": "r1",
            "questionnaire": self.url,
            "status": "completed",
            "authored": "2026-11-20T09:30:00+01:00",
            "subject": { "reference": "Patient/17" },
            "item": [{ "linkId": "topic.1", "item": items.collect::<Vec<_>>() }],
        })
    }

    /// These answers in the fields of the form, and whether some of them were lost: what no field can say is left
    /// as not sure.
    pub fn filled(&self, plan: &Plan, answers: &Answers) -> (Filled, bool) {
        let mut all = Vec::new();
        let mut lost = false;
        for (number, asked) in plan.questions.iter().enumerate() {
            let question = &asked.question;
            let reply = answers.reply(number);
            let filled = self.reply(question, reply);
            lost |= filled.is_none();
            let open = || vec![self.open(question, "asked-unknown")];
            all.extend(filled.unwrap_or_else(open));
        }
        (all, lost)
    }

    /// That a question is left open; the reason is in the field that offers it.
    fn open(&self, question: &Question, code: &str) -> (String, Value) {
        let unknown = format!("{}.unknown", question.id);
        let field = if self.fields.contains_key(&unknown) {
            unknown
        } else {
            question.id.clone()
        };
        (field, json!([code]))
    }

    fn offers(&self, field: &str, code: &str) -> bool {
        let (_, offered) = &self.fields[field];
        offered.iter().any(|option| option["code"] == code)
    }

    fn reply(&self, question: &Question, reply: &Reply) -> Option<Filled> {
        let id = question.id.clone();
        let choices = question.kind.choices();
        let of = |said: Value| Some(vec![(id.clone(), said)]);
        let value = match reply {
            Reply::Blank => return Some(Vec::new()),
            Reply::NotSure | Reply::Declined => {
                let declined = *reply == Reply::Declined;
                let code = if declined {
                    "asked-declined"
                } else {
                    "asked-unknown"
                };
                let open = self.open(question, code);
                return self.offers(&open.0, code).then(|| vec![open]);
            }
            Reply::Given(value) => value,
        };
        match value {
            Said::YesNo(yes) => of(json!([if *yes { "Y" } else { "N" }])),
            Said::Choice(option) => of(json!([choices[*option].id])),
            Said::Choices(marks) => {
                let rest: Vec<&Mark> = marks.iter().filter(|mark| **mark != Mark::Yes).collect();
                let yes = choices
                    .iter()
                    .zip(marks)
                    .filter(|(_, mark)| **mark == Mark::Yes);
                let mut codes: Vec<&str> = yes.map(|(choice, _)| choice.id.as_str()).collect();
                if rest.iter().all(|mark| **mark == Mark::NotSure) && !rest.is_empty() {
                    codes.push("asked-unknown");
                } else if rest.iter().any(|mark| **mark != Mark::No) {
                    return None;
                }
                if codes.is_empty() {
                    codes.push("none-of-these");
                }
                of(json!(codes))
            }
            Said::Number(number) => {
                let number: Value = serde_json::from_str(&number.to_string()).expect("a number");
                of(json!([{ "valueDecimal": number }]))
            }
            Said::Date(days) => {
                let day = written(*days)?;
                of(json!([{ "valueDate": day }]))
            }
            Said::Event(Event::Never) | Said::Course(Course::Never) => of(json!(["never"])),
            Said::Course(Course::Ongoing) => of(json!(["ongoing"])),
            Said::Event(Event::Happened(days)) => on(&id, "happened", *days),
            Said::Course(Course::Ended(days)) => on(&id, "ended", *days),
            Said::Medicines(medicines) => {
                let entries = medicines.entries.iter();
                let entries = entries.map(|entry| json!({ "valueString": entry.text }));
                let mut entries: Vec<Value> = entries.collect();
                if medicines.open && entries.is_empty() {
                    return None;
                }
                if medicines.open {
                    entries.push(json!("asked-unknown"));
                }
                if entries.is_empty() {
                    entries.push(json!("none-of-these"));
                }
                of(json!(entries))
            }
        }
    }
}

/// That something happened or ended, and on which day.
fn on(id: &str, code: &str, days: Days) -> Option<Filled> {
    let mut filled = vec![(id.to_owned(), json!([code]))];
    if days.first.is_some() {
        let day = written(days)?;
        filled.push((format!("{id}.when"), json!([{ "valueDate": day }])));
    }
    Some(filled)
}

/// A day, or a whole month or year, as FHIR writes it.
fn written(days: Days) -> Option<String> {
    let first = days.first?;
    if let Some(day) = days.exact() {
        return Some(day.to_string());
    }
    let (year, month, day) = first.parts();
    let text = first.to_string();
    if day == 1 && days.last == first.month_end() {
        return text.get(..7).map(str::to_owned);
    }
    let (to_year, to_month, to_day) = days.last.parts();
    let whole_year = (month, day, to_month, to_day) == (1, 1, 12, 31) && year == to_year;
    whole_year
        .then(|| text.get(..4).map(str::to_owned))
        .flatten()
}

fn collect(items: &Value, fields: &mut BTreeMap<String, (String, Vec<Value>)>) {
    for item in items.as_array().into_iter().flatten() {
        let text = |key: &str| item[key].as_str().expect("a text").to_owned();
        let options = item["answerOption"].as_array().cloned().unwrap_or_default();
        let options = options
            .into_iter()
            .map(|option| option["valueCoding"].clone());
        let before = fields.insert(text("linkId"), (text("type"), options.collect()));
        assert!(before.is_none(), "{item} is there twice");
        collect(&item["item"], fields);
    }
}
