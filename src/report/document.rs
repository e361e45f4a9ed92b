//! A document as a list of blocks, to be written as text, Markdown, HTML or the lines of a note.
//! All forms are made from the same blocks, so they have the same content.

use candidacy_engine::date::Date;
use candidacy_engine::verdict::Verdict;

use super::style::{Role, Style};

mod html;
mod markdown;
mod text;

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its name in the title bar of a browser.
    pub name: String,
    /// The footer of each printed page; empty for none.
    pub footer: String,
    /// The blocks before the contents list.
    pub head: Vec<Block>,
    /// All other blocks, in order.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// The title; with the role of a verdict it shows that verdict.
    Title(Role, String),
    /// A numbered section, listed in the contents.
    Section {
        /// The place that links lead to.
        id: String,
        /// Its heading.
        title: String,
    },
    /// A heading within a section, or in a document without sections.
    Heading {
        /// Its colour, for a plain heading or for a verdict.
        role: Role,
        /// The place that links lead to; empty for none.
        id: String,
        /// Its words.
        title: String,
    },
    /// A paragraph.
    Text(Tone, Vec<Span>),
    /// Short paragraphs, written as a list if the form supports lists.
    Items(Vec<Vec<Span>>),
    /// Points, which may have points under them.
    Points(Vec<Point>),
    /// Names with their values.
    Facts(Vec<Fact>),
    /// Rows under headings.
    Table(Table),
    /// The timeline: the verdict from each day on.
    Timeline(Vec<(Date, Verdict)>),
    /// Lines that each belong to a verdict.
    Verdicts(Vec<(Verdict, String)>),
    /// An item with a name: a question, a rule or a reason.
    Card(Card),
    /// Statements to tick, and lines to fill in by hand.
    Signature(Vec<String>),
    /// Questions to answer by hand.
    Forms(Vec<Form>),
    /// Blocks in a frame.
    Framed(Vec<Block>),
    /// The end of the main part.
    Break,
    /// The last line of a long text. It repeats the verdict, because the first line may have
    /// scrolled out of view.
    Last(Verdict, String),
}

/// The style of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Normal text.
    Plain,
    /// The most important words, emphasised.
    Lead,
    /// A warning, which must not be missed.
    Warning,
    /// Less important text.
    Small,
    /// A long list of names.
    Names,
    /// A paragraph without a heading above it.
    Alone,
}

/// A point and those under it.
#[derive(Clone, Debug)]
pub struct Point {
    /// Its words.
    pub words: Vec<Span>,
    /// The points under it.
    pub under: Vec<Point>,
}

/// A name and its value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The name.
    pub name: &'static str,
    /// The value.
    pub says: Vec<Block>,
}

/// Rows under column headings.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the table shows; empty if the heading above says so.
    pub caption: String,
    /// The column headings; empty for a table without them.
    pub head: Vec<String>,
    /// The cells of each row.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// The indices of columns that hold numbers.
    pub numbers: Vec<usize>,
    /// Whether the table is long and may be printed in a smaller size.
    pub small: bool,
}

/// An item with a name.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// The place that links lead to; empty for none.
    pub id: String,
    /// Its name in plain words; empty if the code is its name.
    pub title: String,
    /// Its id in files and tables; empty for none.
    pub code: String,
    /// An addition to its name; empty for none.
    pub detail: String,
    /// The verdict it leads to.
    pub verdict: Option<Verdict>,
    /// Whether it has a box for a reviewer to tick.
    pub ticked: bool,
    /// Its content.
    pub says: Vec<Block>,
}

/// A question to answer by hand.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Its number; empty for none.
    pub number: String,
    /// The question.
    pub ask: String,
    /// Who answers it, if not everyone does.
    pub only: Option<String>,
    /// How to find the answer.
    pub help: Option<String>,
    /// The options to tick.
    pub ticks: Vec<String>,
    /// Lines to write on, each with a label.
    pub lines: Vec<String>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Emphasised words.
    Strong(String),
    /// An id as in files and tables.
    Code(String),
    /// Quoted words.
    Quote(String),
    /// A link to a place in this document.
    Link {
        /// The id of the place.
        to: String,
        /// The words shown.
        words: String,
    },
    /// A place that links lead to.
    Place {
        /// Its id.
        id: String,
        /// The words shown.
        words: String,
    },
    /// A web address.
    Address(String),
    /// A verdict with its symbol.
    Verdict(Verdict),
    /// An unverified statement.
    Unverified(String),
    /// A bar; its length is in thousandths of the width of its column.
    Bar(u64),
}

impl Document {
    /// All blocks in order.
    fn all(&self) -> impl Iterator<Item = &Block> {
        self.head.iter().chain(&self.blocks)
    }

    /// The document as a page for a browser and for print, without scripts or external files.
    #[must_use]
    pub fn html(&self) -> String {
        html::html(self)
    }

    /// The document as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// The document for a terminal, or as plain text.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        text::text(self, style)
    }

    /// The document as the lines of a note: each paragraph and each point is one line.
    #[must_use]
    pub fn lines(&self) -> String {
        text::lines(self)
    }
}

/// Unformatted words.
pub fn text(words: impl Into<String>) -> Span {
    Span::Text(words.into())
}

/// A paragraph.
pub fn paragraph(words: impl Into<String>) -> Block {
    toned(Tone::Plain, words)
}

/// A paragraph in this tone.
pub fn toned(tone: Tone, words: impl Into<String>) -> Block {
    Block::Text(tone, vec![text(words)])
}

/// A paragraph in which words between backticks are formatted as code.
pub fn with_code(words: &str) -> Block {
    Block::Text(Tone::Plain, marked(words, '`', Span::Code))
}

/// Words of which the parts between two of the given signs are formatted with `mark`.
pub fn marked(words: &str, sign: char, mark: fn(String) -> Span) -> Vec<Span> {
    let parts = words.split(sign).enumerate();
    let spans = parts.map(|(number, words)| {
        if number % 2 == 0 {
            text(words)
        } else {
            mark(words.to_owned())
        }
    });
    spans.collect()
}

/// A numbered section.
#[must_use]
pub fn section(id: &str, title: &str) -> Block {
    Block::Section {
        id: id.to_owned(),
        title: title.to_owned(),
    }
}

/// A heading.
pub fn heading(title: impl Into<String>) -> Block {
    Block::Heading {
        role: Role::Heading,
        id: String::new(),
        title: title.into(),
    }
}

/// Points with nothing under them.
pub fn points<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Block {
    let point = |words: W| Point {
        words: vec![text(words)],
        under: Vec::new(),
    };
    Block::Points(words.into_iter().map(point).collect())
}

/// Short paragraphs.
pub fn items<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Block {
    Block::Items(words.into_iter().map(|words| vec![text(words)]).collect())
}

/// A name and one paragraph about it.
pub fn fact(name: &'static str, words: impl Into<String>) -> Fact {
    Fact {
        name,
        says: vec![paragraph(words)],
    }
}

/// The spans with a word between every two of them.
pub fn joined(spans: impl IntoIterator<Item = Span>, between: &str) -> Vec<Span> {
    let mut all = Vec::new();
    for span in spans {
        if !all.is_empty() {
            all.push(text(between));
        }
        all.push(span);
    }
    all
}

/// The timeline as a table, for the forms that show it so.
fn timeline(steps: &[(Date, Verdict)]) -> Table {
    let row = |(from, verdict): &(Date, Verdict)| {
        vec![vec![text(from.in_words())], vec![Span::Verdict(*verdict)]]
    };
    Table {
        head: ["From", "Verdict"].map(str::to_owned).to_vec(),
        rows: steps.iter().map(row).collect(),
        ..Table::default()
    }
}

/// The lines to fill in by hand under a signature.
const SIGNED_BY: [&str; 4] = ["Name", "Specialty and registration", "Date", "Signature"];
