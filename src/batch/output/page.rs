//! The page a clinic manager opens in a browser: one file, no script, nothing
//! fetched. Names a patient only where an id column was chosen.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::report::model::TOOL;
use crate::report::phrases::{self, escaped};
use candidacy_engine::date::{Date, MONTHS};
use candidacy_engine::plan::Plan;
use candidacy_engine::verdict::Verdict;

use super::problem::counted;
use crate::batch::counts::{Counts, largest};

/// What the page is about.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The counts.
    pub tally: &'a Counts,
    /// The day decided for.
    pub as_of: Date,
    /// Answers that were assumed, as given.
    pub assumes: &'a [(String, String)],
    /// Who may come from when on, by id; none when no id column was chosen.
    pub recalls: Option<&'a [(Date, String)]>,
}

/// The most months shown after the first.
const LONGEST_CALENDAR: i32 = 35;

/// The most reasons and missing answers shown.
const BARS: usize = 12;

/// Stands for all that the desk may not be told.
const PRIVATE: &str = "Private";

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--line:#d8dde3;--bar:#3b6ea5;--paper:#fff}\
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a4adb7;--line:#3a4149;--bar:#7fb0e6;--paper:#16191d}}\
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:46rem;margin:0 auto;padding:1.5rem 1rem 3rem}\
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2.25rem 0 .5rem}\
p{margin:.25rem 0}.soft{color:var(--soft)}\
table{border-collapse:collapse;width:100%}th.d{white-space:nowrap}.last{margin-top:2rem}code{overflow-wrap:anywhere}th,td{text-align:left;padding:.3rem .75rem .3rem 0;vertical-align:top;font-weight:400;overflow-wrap:anywhere}\
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;width:5.5rem}td.b{width:45%;padding-right:0}\
.bar{display:block;background:var(--bar);height:.8rem;margin-top:.35rem;min-width:2px;border-radius:2px;print-color-adjust:exact;-webkit-print-color-adjust:exact}\
tr{border-bottom:1px solid var(--line)}tr,h2{break-inside:avoid;break-after:auto}h2{break-after:avoid}\
@media(max-width:30rem){td.b{width:25%}}\
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--bar:#666;--paper:#fff}body{max-width:none;padding:0;font-size:11pt}}";

impl Page<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        let mut page = String::new();
        page.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        let title = escaped(&self.plan.header.title);
        let _ = writeln!(
            page,
            "<title>Screening: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
        );
        let _ = writeln!(
            page,
            "<h1>{}, screened before {}</h1>",
            rows(self.tally.rows(), "patient"),
            escaped(self.plan.procedure())
        );
        let _ = writeln!(
            page,
            "<p class=\"soft\">Decided for {}, by {}.</p>",
            self.as_of.in_words(),
            phrases::packs(self.plan, "", escaped)
        );
        self.verdicts(&mut page);
        let rules = &self.plan.rules;
        let title = |rule: usize| rules.get(rule).map_or(PRIVATE.into(), phrases::title);
        let reasons = largest(&self.tally.reasons, title, BARS);
        self.bars(
            &mut page,
            "The commonest reasons",
            "Rules that apply, in any row.",
            &reasons,
        );
        let questions = &self.plan.questions;
        let words = |number: usize| {
            let asked = questions.get(number);
            asked.map_or(PRIVATE, |asked| asked.question.ask.as_str())
        };
        let missing = largest(&self.tally.missing, words, BARS);
        self.bars(
            &mut page,
            "The commonest missing answers",
            "Questions whose answer would settle a rule.",
            &missing,
        );
        self.calendar(&mut page);
        self.recall(&mut page);
        for (name, value) in self.assumes {
            let (name, value) = (escaped(name), escaped(value));
            let _ = writeln!(
                page,
                "<p class=\"soft\">Wherever nothing was said, {name} = {value} was assumed.</p>"
            );
        }
        let _ = writeln!(
            page,
            "<p class=\"soft last\">Rules: {} {}, fingerprint <code>{}</code>; {TOOL}.</p>",
            escaped(&self.plan.header.id),
            escaped(&self.plan.header.version),
            self.plan.fingerprint,
        );
        page.push_str("<p class=\"soft\">This is a pre-screening and no diagnosis. Consult a dermatologist before treating anyone who is not eligible, or whose answers leave a doubt.</p>\n</body>\n</html>\n");
        page
    }

    fn verdicts(&self, page: &mut String) {
        let counts = Verdict::ALL
            .iter()
            .map(|verdict| verdict.word())
            .zip(self.tally.verdicts);
        let all: Vec<(&str, u64)> = counts
            .chain([("unreadable", self.tally.unreadable)])
            .collect();
        self.bars(page, "Verdicts", "", &all);
        self.notes(page);
    }

    /// What the counts of verdicts alone would hide.
    fn notes(&self, page: &mut String) {
        let mut note = |count: u64, words: &str| {
            if count > 0 {
                let rows = rows(count, "row");
                let _ = writeln!(page, "<p class=\"soft\">{rows} {words}</p>");
            }
        };
        note(
            self.tally.unreadable,
            "could not be read: no verdict was reached. The column <code>problem</code> of the table says why.",
        );
        note(
            self.tally.doubted,
            "with answers that cannot all be right. The column <code>doubts</code> of the table says which.",
        );
        note(
            self.tally.relaxed,
            "would be graver, were some rules not relaxed for a while. The column <code>relaxed</code> says on whose word.",
        );
        let deferred = self.tally.verdicts.get(Verdict::Deferred as usize);
        let dated: u64 = self.tally.days.values().sum();
        let undated = deferred.map_or(0, |deferred| deferred.saturating_sub(dated));
        if undated > 0 {
            let _ = writeln!(
                page,
                "<p class=\"soft\">In no calendar or list below: {}, deferred, with no day known on which that ends.</p>",
                rows(undated, "row")
            );
        }
    }

    /// A table of counts with a bar each, as long as its share of all rows.
    fn bars<N: AsRef<str>>(&self, page: &mut String, title: &str, note: &str, counts: &[(N, u64)]) {
        if counts.is_empty() {
            return;
        }
        heading(page, title, note);
        let all = self.tally.rows();
        for (name, count) in counts {
            bar(page, &escaped(name.as_ref()), *count, all);
        }
        page.push_str("</table>\n");
    }

    /// When deferred patients may come, by month.
    fn calendar(&self, page: &mut String) {
        let mut months: BTreeMap<i32, u64> = BTreeMap::new();
        for (day, count) in &self.tally.days {
            let (year, month, _) = day.parts();
            *months
                .entry(i32::from(year) * 12 + i32::from(month) - 1)
                .or_default() += count;
        }
        let ends = months.keys().next().zip(months.keys().next_back());
        let (Some((first, last)), Some(most)) = (ends, months.values().max()) else {
            return;
        };
        let end = (*last).min(first + LONGEST_CALENDAR);
        let later: u64 = months.range(end + 1..).map(|(_, count)| count).sum();
        let note = if later > 0 {
            format!(
                "By the month, if nothing else changes; {} more later.",
                rows(later, "")
            )
        } else {
            "By the month, if nothing else changes.".to_owned()
        };
        heading(page, "When deferred patients become eligible", &note);
        // Months with nobody in them are shown, but not years of them.
        for month in *first..=end {
            let name = usize::try_from(month % 12)
                .ok()
                .and_then(|month| MONTHS.get(month));
            let name = format!("{} {}", name.unwrap_or(&""), month / 12);
            bar(page, &name, months.get(&month).copied().unwrap_or(0), *most);
        }
        page.push_str("</table>\n");
    }

    /// The days to call people back, with their ids where those were asked for.
    fn recall(&self, page: &mut String) {
        if self.tally.days.is_empty() {
            return;
        }
        heading(
            page,
            "Recall list",
            "The first day on which treatment may go ahead, if nothing else changes.",
        );
        for (day, count) in &self.tally.days {
            let ids = self.recalls.unwrap_or_default();
            let first = ids.partition_point(|(other, _)| other < day);
            let ids = ids.iter().skip(first).take_while(|(other, _)| other == day);
            let mut ids: Vec<String> = ids.map(|(_, id)| escaped(id)).collect();
            let left = usize::try_from(*count)
                .unwrap_or(usize::MAX)
                .saturating_sub(ids.len());
            if self.recalls.is_some() && left > 0 {
                ids.push(format!("and {left} more"));
            }
            let _ = writeln!(
                page,
                "<tr><th scope=\"row\" class=\"d\">{}</th><td class=\"n\">{}</td><td>{}</td></tr>",
                day.in_words(),
                rows(*count, ""),
                ids.join(", ")
            );
        }
        page.push_str("</table>\n");
    }
}

fn heading(page: &mut String, title: &str, note: &str) {
    let _ = writeln!(page, "<h2>{title}</h2>");
    if !note.is_empty() {
        let _ = writeln!(page, "<p class=\"soft\">{note}</p>");
    }
    page.push_str("<table>\n");
}

fn bar(page: &mut String, name: &str, count: u64, all: u64) {
    let share = (count * 1000).checked_div(all).unwrap_or(0);
    let bar = if count > 0 {
        format!(
            "<span class=\"bar\" style=\"width:{}.{}%\"></span>",
            share / 10,
            share % 10
        )
    } else {
        String::new()
    };
    let count = rows(count, "");
    let _ = writeln!(
        page,
        "<tr><th scope=\"row\">{name}</th><td class=\"n\">{count}</td><td class=\"b\">{bar}</td></tr>"
    );
}

fn rows(count: u64, noun: &str) -> String {
    let words = counted(usize::try_from(count).unwrap_or(usize::MAX), noun);
    if noun.is_empty() {
        words.trim_end_matches(['s', ' ']).to_owned()
    } else {
        words
    }
}
