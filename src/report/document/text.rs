//! A document as text, for a terminal, a file or a note.

use crate::report::phrases;
use crate::report::style::{Role, Style};

use candidacy_engine::date::Date;
use candidacy_engine::verdict::Verdict;

use super::{Block, Card, Document, Fact, Form, Point, Span, Tone};

/// Columns for the labels in front of facts.
const LABEL: usize = 12;
/// In narrower windows, labels are on lines of their own.
const ROOM_FOR_LABELS: usize = 56;

/// The document for a terminal.
pub fn text(document: &Document, style: Style) -> String {
    let mut page = Page {
        text: String::new(),
        style,
        width: style.columns(),
        under_heading: false,
    };
    let mut last = None;
    for block in document.all() {
        let tone = match block {
            Block::Text(tone @ (Tone::Alone | Tone::Small), _) => Some(*tone),
            _ => None,
        };
        if tone.is_some() && tone != last {
            page.gap();
        }
        last = tone;
        page.block(block);
        page.under_heading = matches!(block, Block::Heading { .. } | Block::Section { .. });
    }
    page.text
}

/// One line for each paragraph and each point. Line breaks in typed text are removed.
pub fn lines(document: &Document) -> String {
    let plain = Style::plain(0);
    let line = |lead: &str, spans: &[Span]| {
        format!(
            "{lead}{}\n",
            inline(spans, plain).replace(char::is_control, " ")
        )
    };
    let block = |block: &Block| match block {
        Block::Text(_, spans) => line("", spans),
        Block::Points(points) => points
            .iter()
            .map(|point| line("- ", &point.words))
            .collect(),
        _ => String::new(),
    };
    document.all().map(block).collect()
}

struct Page {
    text: String,
    style: Style,
    width: usize,
    /// Whether the previous block is a heading.
    under_heading: bool,
}

impl Page {
    /// Adds an empty line, unless there is one already.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Wraps words; the first line begins with `lead`, the others have the same indentation.
    fn wrapped(&mut self, lead: &str, words: &str) {
        self.text.push_str(&self.style.wrapped(lead, words, None));
    }

    /// Wraps formatted words.
    fn spans(&mut self, lead: &str, spans: &[Span]) {
        self.wrapped(lead, &inline(spans, self.style));
    }

    /// Wraps words in the colour of their role; the lines after the first begin with `rest`.
    fn painted(&mut self, role: Role, words: &str, rest: &str) {
        let options = textwrap::Options::new(self.width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent(rest);
        for line in textwrap::wrap(words, options) {
            let painted = self.style.paint(role, line.trim_end());
            self.line(&painted);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(role, title) => {
                let title = match role {
                    Role::Verdict(verdict) => {
                        format!("{} {}", self.style.sign(*verdict), title.to_uppercase())
                    }
                    _ => title.clone(),
                };
                self.heading(*role, &title);
            }
            Block::Section { title, .. } => self.heading(Role::Heading, title),
            Block::Heading { role, title, .. } => self.heading(*role, title),
            Block::Text(Tone::Alone | Tone::Small, spans) => self.spans("", spans),
            Block::Text(_, spans) => self.spans("  ", spans),
            Block::Items(items) => items.iter().for_each(|item| self.spans("  ", item)),
            Block::Points(points) => {
                // Points under a paragraph belong to it, so they get more indentation.
                let indent = if self.under_heading { 2 } else { 4 };
                self.points(points, indent);
            }
            Block::Facts(facts) => facts.iter().for_each(|fact| self.fact(fact)),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> =
                        row.iter().map(|cell| inline(cell, self.style)).collect();
                    self.wrapped("  ", &cells.join("  "));
                }
            }
            Block::Timeline(steps) => {
                let then = self.style.then();
                let step = |(number, (from, verdict)): (usize, &(Date, Verdict))| {
                    let word = phrases::verdict(*verdict);
                    match number {
                        0 => word,
                        _ => format!("{then} {} {word}", from.in_words()),
                    }
                };
                let steps: Vec<String> = steps.iter().enumerate().map(step).collect();
                self.wrapped("  ", &steps.join(" "));
            }
            Block::Verdicts(lines) => {
                for (verdict, words) in lines {
                    let words = format!("{} {words}", self.style.sign(*verdict));
                    self.painted(Role::Verdict(*verdict), &words, "  ");
                }
            }
            Block::Card(card) => self.card(card),
            Block::Signature(statements) => {
                for statement in statements {
                    self.wrapped("  [ ] ", statement);
                }
                for field in super::SIGNED_BY {
                    self.line(&format!("  {field}: {}", "_".repeat(30)));
                }
            }
            Block::Forms(forms) => forms.iter().for_each(|form| self.form(form)),
            Block::Framed(blocks) => blocks.iter().for_each(|block| self.block(block)),
            Block::Break => self.gap(),
            Block::Last(verdict, words) => {
                self.gap();
                self.painted(Role::Verdict(*verdict), words, "  ");
            }
        }
    }

    fn heading(&mut self, role: Role, title: &str) {
        self.gap();
        self.painted(role, title, "");
    }

    fn points(&mut self, points: &[Point], indent: usize) {
        let lead = format!("{}- ", " ".repeat(indent));
        for point in points {
            self.spans(&lead, &point.words);
            self.points(&point.under, indent + 2);
        }
    }

    fn form(&mut self, form: &Form) {
        self.gap();
        let lead = match form.number.as_str() {
            "" => "  ".to_owned(),
            number => format!("{number}. "),
        };
        self.wrapped(&lead, &form.ask);
        for words in form.only.iter().chain(&form.help) {
            self.wrapped("    ", words);
        }
        for tick in &form.ticks {
            self.wrapped("    [ ] ", tick);
        }
        for line in &form.lines {
            let label = if line.is_empty() {
                String::new()
            } else {
                format!("{line}: ")
            };
            self.wrapped("    ", &format!("{label}{}", "_".repeat(30)));
        }
    }

    fn card(&mut self, card: &Card) {
        let name = match (card.title.as_str(), card.code.as_str()) {
            ("", code) => code.to_owned(),
            (title, "") => title.to_owned(),
            (title, code) => format!("{title} [{code}]"),
        };
        let detail = match card.detail.as_str() {
            "" => String::new(),
            detail if card.title.is_empty() => format!(" [{detail}]"),
            detail => format!(" ({detail})"),
        };
        let (role, sign) = match card.verdict {
            Some(verdict) => (
                Role::Verdict(verdict),
                format!("{} ", self.style.sign(verdict)),
            ),
            None => (Role::Heading, String::new()),
        };
        let painted = self.style.paint(role, &format!("{sign}{name}{detail}"));
        self.line(&painted);
        card.says.iter().for_each(|block| self.block(block));
    }

    /// A name with its value next to it.
    fn fact(&mut self, fact: &Fact) {
        let mut label = fact.name;
        for block in &fact.says {
            match block {
                Block::Text(_, spans) => {
                    let words = inline(spans, self.style);
                    self.labelled(label, &words);
                }
                block => self.block(block),
            }
            label = "";
        }
    }

    fn labelled(&mut self, label: &str, text: &str) {
        if self.width < ROOM_FOR_LABELS {
            let painted = self.style.paint(Role::Muted, label);
            self.line(&format!("  {painted}"));
            self.wrapped("    ", text);
            return;
        }
        let room = self.width.saturating_sub(LABEL + 4);
        // A web address broken over two lines cannot be opened.
        let options = textwrap::Options::new(room)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(!text.contains("://"));
        for (number, line) in textwrap::wrap(text, options).into_iter().enumerate() {
            let label = format!("{:LABEL$}", if number == 0 { label } else { "" });
            let label = self.style.paint(Role::Muted, &label);
            self.line(&format!("    {label}{line}"));
        }
    }
}

fn inline(spans: &[Span], style: Style) -> String {
    let span = |span: &Span| match span {
        Span::Text(words)
        | Span::Strong(words)
        | Span::Code(words)
        | Span::Link { words, .. }
        | Span::Place { words, .. }
        | Span::Address(words) => words.clone(),
        Span::Quote(words) => format!("\"{words}\""),
        Span::Verdict(verdict) => {
            format!("{} {}", style.sign(*verdict), phrases::verdict(*verdict))
        }
        Span::Unverified(words) => format!("not verified: {words}"),
        Span::Bar(_) => String::new(),
    };
    spans.iter().map(span).collect()
}
