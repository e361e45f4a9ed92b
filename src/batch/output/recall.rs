//! The clinic's list of patients to call back, by day.

use crate::report::calendar::Recall;
use crate::report::model::{PRIVATE, View};
use crate::report::phrases;
use candidacy_engine::plan::Rule;
use candidacy_engine::summary::Summary;
use candidacy_engine::verdict::Verdict;

use super::row::{own, undecided};
use crate::batch::table::{Form, Table};

/// Why a deferred patient waits, limited to what the reader of the table may see.
#[must_use]
pub fn reason(table: &Table<'_>, summary: &Summary) -> String {
    let rules = summary.applies.iter();
    let rules: Vec<&Rule> = rules
        .filter_map(|rule| table.plan.rules.get(*rule))
        .collect();
    let text = |rule: &Rule| {
        if table.view == View::Desk && rule.private {
            PRIVATE.to_owned()
        } else {
            phrases::title(rule).into_owned()
        }
    };
    let waits = |rule: &&&Rule| rule.grade.verdict() == Verdict::Deferred;
    let reasons: Vec<String> = rules.iter().filter(waits).map(|rule| text(rule)).collect();
    if !reasons.is_empty() {
        return joined(reasons);
    }
    // The waiting period comes from an unknown answer.
    let open = undecided(table, summary).map(str::to_owned);
    format!("not known: {}", joined(open.collect()))
}

fn joined(words: Vec<String>) -> String {
    let mut each: Vec<String> = Vec::new();
    for one in words {
        if !each.contains(&one) {
            each.push(one);
        }
    }
    each.join("; ")
}

/// The list as a table.
#[must_use]
pub fn csv(table: &Table<'_>, recalls: &[Recall]) -> Vec<u8> {
    let excel = table.form == Form::Excel;
    let end = if excel { "\r\n" } else { "\n" };
    let mut out = Vec::new();
    if excel {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    out.extend_from_slice(format!("day,id,reason{end}").as_bytes());
    for one in recalls {
        let cells = [one.day.to_string(), one.id.clone(), one.reason.clone()];
        for (column, cell) in cells.iter().enumerate() {
            if column > 0 {
                out.push(b',');
            }
            own(cell, b',', &mut out);
        }
        out.extend_from_slice(end.as_bytes());
    }
    out
}
