//! A document as Markdown that is also readable as plain text.

use crate::report::phrases;
use crate::report::style::Style;
use candidacy_engine::verdict::Verdict;

use super::{Block, Card, Document, Form, Point, SIGNED_BY, Span, Table, Tone};

/// The whole document.
pub fn markdown(document: &Document) -> String {
    let mut page = Page::default();
    document.all().for_each(|block| page.write(block, 0));
    if !document.footer.is_empty() {
        page.block(&plain(&document.footer));
    }
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
    /// Whether the title has been written.
    titled: bool,
    sections: usize,
    headed: bool,
}

impl Page {
    /// Writes a block, after an empty line if it is not the first.
    fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A heading of this level.
    fn heading(&mut self, level: usize, words: &str) {
        self.block(&format!("{} {words}", "#".repeat(level)));
    }

    fn write(&mut self, block: &Block, depth: usize) {
        let indent = "  ".repeat(depth);
        match block {
            Block::Title(_, title) => {
                let level = if self.titled { 2 } else { 1 };
                self.titled = true;
                self.heading(level, &plain(title));
            }
            Block::Section { title, .. } => {
                self.sections += 1;
                self.headed = false;
                self.heading(2, &format!("{}. {}", self.sections, plain(title)));
            }
            Block::Heading { title, .. } => {
                self.headed = true;
                let level = if self.sections > 0 { 3 } else { 2 };
                self.heading(level, &plain(title));
            }
            Block::Text(Tone::Warning, spans) => self.block(&format!("> {}", inline(spans))),
            Block::Text(Tone::Lead, spans) => self.block(&format!("**{}**", inline(spans))),
            Block::Text(_, spans) => self.block(&format!("{indent}{}", inline(spans))),
            Block::Items(items) => {
                let lines: Vec<String> = items
                    .iter()
                    .map(|item| format!("{indent}* {}", inline(item)))
                    .collect();
                self.block(&lines.join("\n"));
            }
            Block::Points(points) => {
                let mut lines = Vec::new();
                point_lines(points, depth, &mut lines);
                self.block(&lines.join("\n"));
            }
            Block::Facts(facts) => {
                let mut lines = Vec::new();
                for fact in facts {
                    let says = fact.says.iter().flat_map(|block| under(block, depth + 1));
                    let says: String = says.collect();
                    let name = phrases::heading(fact.name);
                    lines.push(format!("{indent}* **{name}:**{says}"));
                }
                self.block(&lines.join("\n"));
            }
            Block::Table(table) => self.table(table),
            Block::Timeline(steps) => self.table(&super::timeline(steps)),
            Block::Verdicts(lines) => {
                let line = |(verdict, words): &(Verdict, String)| {
                    format!("* {} {}", Style::plain(0).sign(*verdict), plain(words))
                };
                let lines: Vec<String> = lines.iter().map(line).collect();
                self.block(&lines.join("\n"));
            }
            Block::Card(card) => self.card(card),
            Block::Signature(statements) => {
                let boxes: Vec<String> = statements
                    .iter()
                    .map(|statement| format!("* [ ] {}", plain(statement)))
                    .collect();
                self.block(&boxes.join("\n"));
                for field in SIGNED_BY {
                    self.block(&format!("{field}: {}", "\\_".repeat(30)));
                }
            }
            Block::Forms(forms) => forms.iter().for_each(|form| self.form(form)),
            Block::Framed(blocks) => blocks.iter().for_each(|block| self.write(block, depth)),
            Block::Break => self.block("---"),
            Block::Last(..) => {}
        }
    }

    fn form(&mut self, form: &Form) {
        let number = match form.number.as_str() {
            "" => String::new(),
            number => format!("{number}. "),
        };
        self.block(&format!("**{number}{}**", plain(&form.ask)));
        for words in form.only.iter().chain(&form.help) {
            self.block(&plain(words));
        }
        if !form.ticks.is_empty() {
            let ticks = form.ticks.iter();
            let ticks: Vec<String> = ticks.map(|tick| format!("* [ ] {}", plain(tick))).collect();
            self.block(&ticks.join("\n"));
        }
        for line in &form.lines {
            let label = if line.is_empty() {
                String::new()
            } else {
                format!("{}: ", plain(line))
            };
            self.block(&format!("{label}{}", "\\_".repeat(30)));
        }
    }

    fn table(&mut self, table: &Table) {
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let columns = table.rows.first().map_or(0, Vec::len);
        let head = if table.head.is_empty() {
            vec![String::new(); columns]
        } else {
            table.head.iter().map(|cell| plain(cell)).collect()
        };
        let rule = |column: usize| {
            if table.numbers.contains(&column) {
                "---:".to_owned()
            } else {
                "---".to_owned()
            }
        };
        let rules = (0..head.len()).map(rule).collect();
        let mut lines = vec![row(head), row(rules)];
        for cells in &table.rows {
            lines.push(row(cells.iter().map(|cell| inline(cell)).collect()));
        }
        if !table.caption.is_empty() {
            self.block(&format!("{}:", plain(&table.caption)));
        }
        self.block(&lines.join("\n"));
    }

    fn card(&mut self, card: &Card) {
        let level = 2 + usize::from(self.sections > 0) + usize::from(self.headed);
        let code = format!("`{}`", card.code);
        let name = match (card.title.as_str(), card.code.as_str()) {
            ("", _) => code,
            (title, "") => plain(title),
            (title, _) => format!("{} ({code})", plain(title)),
        };
        let verdict = card.verdict.filter(|_| card.detail.is_empty());
        let detail = match (verdict, card.detail.as_str()) {
            (Some(verdict), _) => format!(": {}", signed(verdict)),
            (None, "") => String::new(),
            (None, detail) => format!(" ({})", plain(detail)),
        };
        self.heading(level, &format!("{name}{detail}"));
        card.says.iter().for_each(|block| self.write(block, 0));
        if card.ticked {
            self.block("* [ ] agree\n* [ ] change");
        }
    }
}

/// The value of a fact: on the line of its name, or as points below.
fn under(block: &Block, depth: usize) -> Vec<String> {
    match block {
        Block::Text(_, spans) => vec![format!(" {}", inline(spans))],
        Block::Points(points) => {
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
        Span::Bar(_) => String::new(),
    };
    spans.iter().map(span).collect()
}

/// Escapes text so that none of it is read as Markdown or HTML.
fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '*' | '_' | '`' | '[' | ']' | '|' | '\\' | '#' => {
                safe.push('\\');
                safe.push(letter);
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
