//! The questions as a data dictionary of `REDCap`.
//!
//! The name of a field and the code of a box may have letters, digits and `_`, so that `-` becomes `_`; a batch
//! reads both. The whole answer of a question with several fields is worked out with `@CALCTEXT`.

use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::fields::Part;
use super::form_answer::FormAnswer;
use super::rows::{FormulaLanguage, Row, RowKind, blocks, inner_name, name};
use super::shown::Shown;

/// The headings of a data dictionary.
const HEADINGS: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// One line of a dictionary.
#[derive(Debug, Default)]
struct Line {
    name: String,
    section: String,
    kind: &'static str,
    label: String,
    choices: String,
    note: String,
    validation: &'static str,
    least: String,
    most: String,
    branching: String,
    annotation: String,
}

/// The data dictionary, as CSV.
#[must_use]
pub fn dictionary(plan: &Plan) -> String {
    let form = variable(&plan.header.id);
    let mut text = String::new();
    csv(&mut text, &HEADINGS);
    let mut record = "record_id".to_owned();
    while plan
        .questions
        .iter()
        .any(|asked| variable(&asked.question.id) == record)
    {
        record.push_str("_field");
    }
    let record = Line {
        name: record,
        kind: "text",
        label: "Record ID".to_owned(),
        ..Line::default()
    };
    record.write(&form, &mut text);
    for block in blocks(plan) {
        let mut title = shown_as(block.title);
        for row in block.rows {
            let line = Line {
                section: std::mem::take(&mut title),
                ..line(plan, row)
            };
            line.write(&form, &mut text);
        }
    }
    text
}

/// A name as `REDCap` takes it.
fn variable(name: &str) -> String {
    name.replace('-', "_").to_lowercase()
}

/// A text that is shown as it is, although labels may hold HTML.
fn shown_as(text: &str) -> String {
    text.replace('<', "&lt;")
}

fn line(plan: &Plan, row: Row<'_>) -> Line {
    let question = row.question;
    let mut line = Line {
        name: variable(&row.name),
        label: shown_as(&row.text),
        note: shown_as(row.help.as_deref().unwrap_or_default()),
        branching: row
            .shown
            .map(|shown| logic(plan, &shown))
            .unwrap_or_default(),
        ..Line::default()
    };
    match row.kind {
        RowKind::One(form_answer) => {
            line.kind = "radio";
            line.choices = choices(question, &form_answer, &|form_answer| {
                form_answer.code().to_owned()
            });
        }
        RowKind::Several(form_answer) => {
            line.kind = "checkbox";
            line.choices = choices(question, &form_answer, &|form_answer| {
                variable(form_answer.code())
            });
            if form_answer.iter().any(|form_answer| form_answer.is_alone()) {
                line.annotation = format!("@NONEOFTHEABOVE='{}'", FormAnswer::None.code());
            }
        }
        RowKind::Number(scale) => {
            line.kind = "text";
            line.validation = "number";
            if let Some((least, most)) = scale.range {
                (line.least, line.most) = (least.to_string(), most.to_string());
            }
            if let Some(unit) = &scale.unit {
                line.note.insert_str(0, &format!("In {}. ", shown_as(unit)));
            }
        }
        RowKind::Day => {
            line.kind = "text";
            line.validation = "date_ymd";
        }
        RowKind::Words => line.kind = "text",
        RowKind::Whole(whole) => {
            line.kind = "text";
            line.label = format!("{} (worked out)", shown_as(&question.ask));
            line.annotation = format!("@HIDDEN @CALCTEXT({})", whole.formula(&FORMULAS));
        }
    }
    line
}

fn choices(
    question: &Question,
    form_answer: &[FormAnswer<'_>],
    code: &dyn Fn(FormAnswer<'_>) -> String,
) -> String {
    let choice = |form_answer: &FormAnswer<'_>| {
        let text = shown_as(form_answer.text(question)).replace('|', "/");
        format!("{}, {text}", code(*form_answer))
    };
    form_answer
        .iter()
        .map(choice)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// How `REDCap` writes formulas.
const FORMULAS: FormulaLanguage = FormulaLanguage {
    field: |name| format!("[{}]", variable(name)),
    text: |name| format!("[{}]", variable(name)),
    has_value: |name| format!("[{}]<>''", variable(name)),
    equals: "=",
};

fn logic(plan: &Plan, shown: &Shown<'_>) -> String {
    let question = |at: usize| plan.questions.get(at).map(|asked| &asked.question);
    let answer = |at: usize| {
        question(at).map_or_else(String::new, |asked| {
            variable(&name(plan, asked, Part::Answer))
        })
    };
    let joined = |parts: &[Shown<'_>], word: &str| {
        let parts = parts.iter().map(|part| format!("({})", logic(plan, part)));
        parts.collect::<Vec<_>>().join(word)
    };
    match shown {
        Shown::Is(at, form_answer) => {
            let (field, code) = (answer(*at), form_answer.code());
            if question(*at).is_some_and(Question::takes_several) {
                format!("[{field}({})] = '1'", variable(code))
            } else {
                format!("[{field}] = '{code}'")
            }
        }
        Shown::AtLeast(at, least) => format!("[{0}] <> '' and [{0}] >= {least}", answer(*at)),
        Shown::AtMost(at, most) => format!("[{0}] <> '' and [{0}] <= {most}", answer(*at)),
        Shown::Blank(at) => {
            let inner = question(*at).map(|asked| variable(&inner_name(plan, asked)));
            format!("[{}] = ''", inner.unwrap_or_default())
        }
        Shown::All(parts) => joined(parts, " and "),
        Shown::Any(parts) => joined(parts, " or "),
        Shown::Not(part) => format!("!({})", logic(plan, part)),
    }
}

impl Line {
    fn write(&self, form: &str, text: &mut String) {
        let cells: [&str; 18] = [
            &self.name,
            form,
            &self.section,
            self.kind,
            &self.label,
            &self.choices,
            self.note.trim_end(),
            self.validation,
            &self.least,
            &self.most,
            "",
            &self.branching,
            "",
            "",
            "",
            "",
            "",
            &self.annotation,
        ];
        csv(text, &cells);
    }
}

/// Adds a line of CSV.
fn csv(text: &mut String, cells: &[&str]) {
    let cell = |cell: &&str| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            (*cell).to_owned()
        }
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    text.push_str(&cells.join(","));
    text.push('\n');
}
