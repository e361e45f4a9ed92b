//! The questions as an `XLSForm` for ODK, Kobo and the like.
//!
//! No groups are used: exports would put their names before those of the questions.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;

use super::fields::Part;
use super::form_answer::FormAnswer;
use super::rows::{FormulaLanguage, Row, RowKind, blocks, inner_name, name};
use super::shown::Shown;

/// The columns of the sheet `survey`.
const SURVEY: [&str; 8] = [
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
];

/// One row of the sheet `survey`.
#[derive(Debug, Default)]
struct Line {
    kind: String,
    name: String,
    label: String,
    hint: String,
    relevant: String,
    constraint: String,
    message: String,
    calculation: String,
}

/// The form as a workbook.
///
/// # Errors
///
/// Why a workbook cannot hold it.
pub fn workbook(plan: &Plan) -> Result<Vec<u8>, String> {
    let mut lines = Vec::new();
    // Lists with the same answers are one list.
    let mut lists: BTreeMap<Vec<(String, String)>, String> = BTreeMap::new();
    for (block, number) in blocks(plan).into_iter().zip(1..) {
        lines.push(Line {
            kind: "note".to_owned(),
            name: free(plan, format!("heading_{number}")),
            label: format!("**{}**", label(block.title)),
            ..Line::default()
        });
        for row in block.rows {
            lines.push(line(plan, row, &mut lists));
        }
    }
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let survey = lines.iter().map(Line::cells);
        sheet(
            book.add_worksheet(),
            "survey",
            &SURVEY,
            survey.map(|cells| cells.map(str::to_owned)),
        )?;
        let choices = lists.iter().flat_map(|(choices, list)| {
            let choices = choices.iter();
            choices.map(|(name, text)| [list.clone(), name.clone(), text.clone()])
        });
        let columns = ["list_name", "name", "label"];
        sheet(book.add_worksheet(), "choices", &columns, choices)?;
        let header = &plan.header;
        let settings = [[
            format!("Before your {}: questions", plan.procedure()),
            header.id.clone(),
            header.version.clone(),
        ]];
        let columns = ["form_title", "form_id", "version"];
        sheet(
            book.add_worksheet(),
            "settings",
            &columns,
            settings.into_iter(),
        )?;
        book.save_to_buffer()
    };
    written().map_err(|why| why.to_string())
}

/// A name that no question has.
fn free(plan: &Plan, mut name: String) -> String {
    while plan.question(&name).is_some() {
        name.push_str("_field");
    }
    name
}

/// Writes the rows of a sheet; every cell is text.
fn sheet<const N: usize>(
    sheet: &mut Worksheet,
    title: &str,
    columns: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<(), XlsxError> {
    sheet.set_name(title)?;
    let bold = Format::new().set_bold();
    for (column, heading) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, *heading, &bold)?;
        sheet.set_column_width(column, 28)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A text in which nothing is a reference to another field.
fn label(text: &str) -> String {
    text.replace("${", "$ {")
}

fn line(plan: &Plan, row: Row<'_>, lists: &mut BTreeMap<Vec<(String, String)>, String>) -> Line {
    let question = row.question;
    let mut list = |form_answer: &[FormAnswer<'_>]| {
        let choice = |form_answer: &FormAnswer<'_>| {
            (
                form_answer.code().to_owned(),
                label(form_answer.text(question)),
            )
        };
        let choices: Vec<(String, String)> = form_answer.iter().map(choice).collect();
        let number = lists.len() + 1;
        let list = lists.entry(choices);
        list.or_insert_with(|| format!("answers_{number}")).clone()
    };
    let mut line = Line {
        label: label(&row.text),
        hint: label(row.help.as_deref().unwrap_or_default()),
        relevant: row
            .shown
            .map(|shown| logic(plan, &shown))
            .unwrap_or_default(),
        name: row.name,
        ..Line::default()
    };
    match row.kind {
        RowKind::One(form_answer) => line.kind = format!("select_one {}", list(&form_answer)),
        RowKind::Several(form_answer) => {
            line.kind = format!("select_multiple {}", list(&form_answer));
            if form_answer.iter().any(|form_answer| form_answer.is_alone()) {
                let none = FormAnswer::None.code();
                line.constraint = format!("not(selected(., '{none}') and count-selected(.) > 1)");
                let text = FormAnswer::None.text(question);
                line.message = format!("\"{text}\" stands alone");
            }
        }
        RowKind::Number(scale) => {
            "decimal".clone_into(&mut line.kind);
            if let Some((least, most)) = scale.range {
                line.constraint = format!(". >= {least} and . <= {most}");
                line.message = format!("The range is {least} to {most}");
            }
            if let Some(unit) = &scale.unit {
                line.hint.insert_str(0, &format!("In {}. ", label(unit)));
            }
        }
        RowKind::Day => {
            "date".clone_into(&mut line.kind);
            if question.planned {
                ". <= today() + 730".clone_into(&mut line.constraint);
                "It is at most 2 years ahead".clone_into(&mut line.message);
            } else {
                ". <= today()".clone_into(&mut line.constraint);
                "It is a day in the past".clone_into(&mut line.message);
            }
        }
        RowKind::Words => "text".clone_into(&mut line.kind),
        RowKind::Whole(whole) => {
            "calculate".clone_into(&mut line.kind);
            line.calculation = whole.formula(&FORMULAS);
        }
    }
    line
}

/// How `XLSForm` writes formulas.
const FORMULAS: FormulaLanguage = FormulaLanguage {
    field: |name| format!("${{{name}}}"),
    text: |name| format!("string(${{{name}}})"),
    has_value: |name| format!("string-length(${{{name}}}) > 0"),
    equals: " = ",
};

fn logic(plan: &Plan, shown: &Shown<'_>) -> String {
    let question = |at: usize| plan.questions.get(at).map(|asked| &asked.question);
    let answer = |at: usize| {
        let name = question(at).map(|asked| name(plan, asked, Part::Answer));
        format!("${{{}}}", name.unwrap_or_default())
    };
    let joined = |parts: &[Shown<'_>], word: &str| {
        let parts = parts.iter().map(|part| format!("({})", logic(plan, part)));
        parts.collect::<Vec<_>>().join(word)
    };
    match shown {
        Shown::Is(at, form_answer) => {
            let (field, code) = (answer(*at), form_answer.code());
            if question(*at).is_some_and(Question::takes_several) {
                format!("selected({field}, '{code}')")
            } else {
                format!("{field} = '{code}'")
            }
        }
        // An empty field is not a number, so every comparison with it is false.
        Shown::AtLeast(at, least) => format!("{} >= {least}", answer(*at)),
        Shown::AtMost(at, most) => format!("{} <= {most}", answer(*at)),
        Shown::Blank(at) => {
            let inner = question(*at).map(|asked| inner_name(plan, asked));
            format!("string-length(${{{}}}) = 0", inner.unwrap_or_default())
        }
        Shown::All(parts) => joined(parts, " and "),
        Shown::Any(parts) => joined(parts, " or "),
        Shown::Not(part) => format!("not({})", logic(plan, part)),
    }
}

impl Line {
    fn cells(&self) -> [&str; 8] {
        [
            &self.kind,
            &self.name,
            &self.label,
            self.hint.trim_end(),
            &self.relevant,
            &self.constraint,
            &self.message,
            &self.calculation,
        ]
    }
}
