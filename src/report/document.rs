//! A document before it has a form: a list of blocks, written as text, Markdown, HTML or the
//! lines of a note. Each form is made from the same blocks, so no form can say more than another.

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
    /// What is printed at the foot of each page; empty for nothing.
    pub footer: String,
    /// What comes before the contents.
    pub head: Vec<Block>,
    /// The rest, in order.
    pub blocks: Vec<Block>,
}

/// What a document is made of.
#[derive(Clone, Debug)]
pub enum Block {
    /// The title. With the role of a verdict it is that verdict.
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
        /// Its colour: of a heading, or of a verdict.
        role: Role,
        /// The place that links lead to; empty for none.
        id: String,
        /// Its words.
        title: String,
    },
    /// A paragraph.
    Text(Tone, Vec<Span>),
    /// Short paragraphs; a list where the form has marks for one.
    Items(Vec<Vec<Span>>),
    /// Points, each possibly with points under it.
    Points(Vec<Point>),
    /// Names and what is said of each.
    Facts(Vec<Fact>),
    /// Rows under headings.
    Table(Table),
    /// The verdict from each day on.
    Timeline(Vec<(Date, Verdict)>),
    /// Lines that each belong to a verdict.
    Verdicts(Vec<(Verdict, String)>),
    /// Something with a name of its own: a question, a rule, a reason.
    Card(Card),
    /// Statements to tick, and lines to fill in by hand.
    Signature(Vec<String>),
    /// Questions to answer by hand.
    Forms(Vec<Form>),
    /// Blocks in a frame of their own.
    Framed(Vec<Block>),
    /// The end of the main part.
    Break,
    /// What a long text repeats at its end, where the first line has left the screen.
    Last(Verdict, String),
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As usual.
    Plain,
    /// Stands out, as the most important words.
    Lead,
    /// Must not be missed.
    Warning,
    /// May be passed over.
    Small,
    /// A long list of names.
    Names,
    /// Stands alone: no heading is above it.
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

/// A name and what is said of it.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The name.
    pub name: &'static str,
    /// What is said of it.
    pub says: Vec<Block>,
}

/// Rows under headings.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What it shows; empty where a heading above says so.
    pub caption: String,
    /// The headings of the columns; none where the rows need none.
    pub head: Vec<String>,
    /// The cells of each row.
    pub rows: Vec<Vec<Vec<Span>>>,
    /// Columns of numbers.
    pub numbers: Vec<usize>,
    /// Whether it is long and may be set small.
    pub small: bool,
}

/// Something with a name of its own.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// The place that links lead to; empty for none.
    pub id: String,
    /// Its name in plain words; empty where the code is its name.
    pub title: String,
    /// Its name in files and tables; empty for none.
    pub code: String,
    /// What else belongs to its name; empty for nothing.
    pub detail: String,
    /// What it leads to.
    pub verdict: Option<Verdict>,
    /// Whether a reviewer ticks it.
    pub ticked: bool,
    /// What is said of it.
    pub says: Vec<Block>,
}

/// A question to answer by hand.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Its number; empty for none.
    pub number: String,
    /// The question.
    pub ask: String,
    /// Who answers it, where not all do.
    pub only: Option<String>,
    /// How to tell.
    pub help: Option<String>,
    /// What can be ticked.
    pub ticks: Vec<String>,
    /// Lines to write on, each with what it is for.
    pub lines: Vec<String>,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words as they are.
    Text(String),
    /// Words that stand out.
    Strong(String),
    /// A name as files and tables have it.
    Code(String),
    /// Words that are asked or shown.
    Quote(String),
    /// A place in this document.
    Link {
        /// The id of the place.
        to: String,
        /// What is shown.
        words: String,
    },
    /// A place that links lead to.
    Place {
        /// Its id.
        id: String,
        /// What is shown.
        words: String,
    },
    /// An address on the web.
    Address(String),
    /// A verdict with its sign.
    Verdict(Verdict),
    /// What nobody has checked yet.
    Unverified(String),
    /// A bar as long as this many thousandths of its column.
    Bar(u64),
}

impl Document {
    /// All blocks in order.
    fn all(&self) -> impl Iterator<Item = &Block> {
        self.head.iter().chain(&self.blocks)
    }

    /// As a page for a browser and for paper: no script, nothing fetched.
    #[must_use]
    pub fn html(&self) -> String {
        html::html(self)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// For a terminal, or as plain text.
    #[must_use]
    pub fn text(&self, style: Style) -> String {
        text::text(self, style)
    }

    /// As the lines of a note: each paragraph and each point is one line.
    #[must_use]
    pub fn lines(&self) -> String {
        text::lines(self)
    }
}

/// Words without a mark.
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

/// A paragraph in words of our own, names between backticks.
pub fn told(words: &str) -> Block {
    Block::Text(Tone::Plain, marked(words, '`', Span::Code))
}

/// Words of which those between two signs are marked.
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

/// The spans with a word between each two.
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

/// What a form in which a timeline is a table makes of it.
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
