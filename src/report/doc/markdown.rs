//! The document as Markdown, readable as plain text too.

use crate::report::doc::survey::Survey;
use crate::report::markdown::escaped as plain;
use crate::report::phrases;
use crate::report::style::Style;
use candidacy_engine::verdict::Verdict;

use super::{Card, Part, Point, Span, Table};

/// The whole pack as Markdown.
#[must_use]
pub fn markdown(survey: &Survey<'_>) -> String {
    let document = super::document(survey);
    let mut page = Page::default();
    page.block(&format!("# {}", plain(&document.title)));
    for part in std::iter::once(&document.standing).chain(&document.parts) {
        page.part(part, 0);
    }
    page.block(&plain(&document.footer));
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
    sections: usize,
    headed: bool,
}

impl Page {
    /// A block, parted from the one before by an empty line.
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn part(&mut self, part: &Part, depth: usize) {
        let indent = "  ".repeat(depth);
        match part {
            Part::Section { title, .. } => {
                self.sections += 1;
                self.headed = false;
                self.block(&format!("## {}. {}", self.sections, plain(title)));
            }
            Part::Heading { title, .. } => {
                self.headed = true;
                self.block(&format!("### {}", plain(title)));
            }
            Part::Text(spans) | Part::Names(spans) => {
                self.block(&format!("{indent}{}", inline(spans)));
            }
            Part::Warning(spans) => self.block(&format!("> {}", inline(spans))),
            Part::Points(points) => {
                let mut lines = Vec::new();
                point_lines(points, depth, &mut lines);
                self.block(&lines.join("\n"));
            }
            Part::Facts(facts) => {
                let mut lines = Vec::new();
                for fact in facts {
                    let mut words = Vec::new();
                    for part in &fact.says {
                        words.extend(under(part, depth + 1));
                    }
                    lines.push(format!("{indent}* **{}:**{}", fact.name, words.concat()));
                }
                self.block(&lines.join("\n"));
            }
            Part::Table(table) => self.table(table),
            Part::Card(card) => self.card(card),
            Part::Signature(statements) => {
                let boxes: Vec<String> = statements
                    .iter()
                    .map(|statement| format!("* [ ] {}", plain(statement)))
                    .collect();
                self.block(&boxes.join("\n"));
                for field in ["Name", "Specialty and registration", "Date", "Signature"] {
                    self.block(&format!("{field}: {}", "\\_".repeat(30)));
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let mut lines = vec![row(table.head.iter().map(|cell| plain(cell)).collect())];
        let rule = |column: usize| {
            if table.numbers.contains(&column) {
                "---:".to_owned()
            } else {
                "---".to_owned()
            }
        };
        lines.push(row((0..table.head.len()).map(rule).collect()));
        for cells in &table.rows {
            lines.push(row(cells.iter().map(|cell| inline(cell)).collect()));
        }
        self.block(&format!("{}:", plain(&table.caption)));
        self.block(&lines.join("\n"));
    }

    fn card(&mut self, card: &Card) {
        let level = if self.headed { "####" } else { "###" };
        let verdict = card
            .verdict
            .map_or_else(String::new, |verdict| format!(": {}", signed(verdict)));
        self.block(&format!(
            "{level} {} (`{}`){verdict}",
            plain(&card.title),
            card.code
        ));
        card.says.iter().for_each(|part| self.part(part, 0));
        if card.verdict.is_some() {
            self.block("* [ ] agree\n* [ ] change");
        }
    }
}

/// What stands behind the name of a fact: on its line, or as points below.
fn under(part: &Part, depth: usize) -> Vec<String> {
    match part {
        Part::Text(spans) => vec![format!(" {}", inline(spans))],
        Part::Points(points) => {
            let mut lines = Vec::new();
            point_lines(points, depth, &mut lines);
            lines.iter().map(|line| format!("\n{line}")).collect()
        }
        _ => Vec::new(),
    }
}

fn point_lines(points: &[Point], depth: usize, lines: &mut Vec<String>) {
    for point in points {
        lines.push(format!("{}* {}", "  ".repeat(depth), inline(&point.words)));
        point_lines(&point.under, depth + 1, lines);
    }
}

fn signed(verdict: Verdict) -> String {
    let sign = Style::plain(0).sign(verdict);
    format!("{sign} {}", phrases::verdict(verdict))
}

fn inline(spans: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Text(words) | Span::Link { words, .. } | Span::Place { words, .. } => plain(words),
        Span::Strong(words) => format!("**{}**", plain(words)),
        Span::Code(words) => format!("`{}`", words.replace(['`', '|'], " ")),
        Span::Quote(words) => format!("\u{201c}{}\u{201d}", plain(words)),
        Span::Address(url) if url.contains([' ', '<', '>', '|']) => plain(url),
        Span::Address(url) => format!("<{url}>"),
        Span::Verdict(verdict) => signed(*verdict),
        Span::Unverified(words) => format!("**Not verified:** {}", plain(words)),
    };
    spans.iter().map(span).collect()
}
