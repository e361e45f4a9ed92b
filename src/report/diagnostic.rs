//! Problems in a user's files: the place, an excerpt, a caret and how to fix it.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};

use candidacy_engine::diagnostic;
use candidacy_engine::diagnostic::{Diagnostic, Refusal};
use candidacy_engine::source::{Place, Source};
use candidacy_engine::suggest::count;

/// All problems, and how many there are.
#[must_use]
pub fn refusal(refusal: &Refusal, colour: bool) -> String {
    render(&refusal.problems, &refusal.sources, "problem", colour)
}

/// All warnings, and how many there are.
#[must_use]
pub fn warnings(warnings: &[Diagnostic], sources: &[Source], colour: bool) -> String {
    render(warnings, sources, "warning", colour)
}

fn render(problems: &[Diagnostic], sources: &[Source], what: &str, colour: bool) -> String {
    let mut text = String::new();
    for problem in problems {
        text.push_str(&one(problem, sources, colour));
        text.push_str("\n\n");
    }
    let mut files: Vec<usize> = problems
        .iter()
        .map(|problem| problem.place.source)
        .filter(|source| sources.get(*source).is_some_and(is_a_file))
        .collect();
    files.sort_unstable();
    files.dedup();
    let problems = count(problems.len(), what);
    let files = match files.len() {
        0 => String::new(),
        number => format!(" in {}", count(number, "file")),
    };
    text + &format!("{problems}{files}.\n")
}

/// Whether a source is a file and not an argument such as `--set`.
fn is_a_file(source: &Source) -> bool {
    !source.path.starts_with("--")
}

/// One problem. Two places in one file share an excerpt.
fn one(problem: &Diagnostic, sources: &[Source], colour: bool) -> String {
    let main = Mark::new(problem.place, None, sources);
    let other = problem.other.as_ref();
    let other = other.map(|(place, label)| Mark::new(*place, Some(label), sources));
    let snippets = match other {
        Some(other) if problem.place.source == other.source => {
            vec![excerpt(&[main, other], sources)]
        }
        Some(other) => vec![excerpt(&[main], sources), excerpt(&[other], sources)],
        None => vec![excerpt(&[main], sources)],
    };
    let level = match problem.code.level() {
        diagnostic::Level::Error => Level::ERROR,
        diagnostic::Level::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(problem.message.as_str())
        .id(problem.code.word());
    let (notes, helps) = (problem.notes.iter(), problem.help.iter());
    let group = title
        .elements(snippets)
        .elements(notes.map(|note| Level::NOTE.message(note.as_str())))
        .elements(helps.map(|help| Level::HELP.message(help.as_str())));
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// A range to underline; the main range has no label.
struct Mark<'a> {
    source: usize,
    bytes: Range<usize>,
    label: Option<&'a str>,
}

impl<'a> Mark<'a> {
    fn new(place: Place, label: Option<&'a String>, sources: &[Source]) -> Self {
        let text = text_of(place.source, sources);
        let start = place.start.min(text.len());
        let end = place.end.clamp(start, text.len());
        // The caret of the last word of a line must not continue on the next line.
        let seen = text
            .get(start..end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r', ' ']);
        Self {
            source: place.source,
            bytes: start..start + seen.len(),
            label: label.map(String::as_str),
        }
    }

    fn drawn(&self, begin: usize) -> Annotation<'a> {
        let bytes = self.bytes.start - begin..self.bytes.end - begin;
        match self.label {
            None => AnnotationKind::Primary.span(bytes),
            Some(label) => AnnotationKind::Context.span(bytes).label(label),
        }
    }
}

/// The lines of one file from the first mark to the last. This avoids scanning a long file again
/// for each of its problems.
fn excerpt<'a>(marks: &[Mark<'a>], sources: &'a [Source]) -> Snippet<'a, Annotation<'a>> {
    let source = marks.first().map_or(0, |mark| mark.source);
    let text = text_of(source, sources);
    let first = marks.iter().map(|mark| mark.bytes.start).min().unwrap_or(0);
    let last = marks.iter().map(|mark| mark.bytes.end).max().unwrap_or(0);
    let before = text.get(..first).unwrap_or("");
    let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = text.get(last..).unwrap_or("");
    let end = rest
        .find('\n')
        .map_or(text.len(), |newline| last + newline + 1);

    let (path, line) = sources.get(source).map_or(("", 1), |source| {
        (source.path.as_str(), source.position(begin).0)
    });
    Snippet::source(text.get(begin..end).unwrap_or(""))
        .path(path)
        .line_start(line)
        .annotations(marks.iter().map(|mark| mark.drawn(begin)))
}

fn text_of(source: usize, sources: &[Source]) -> &str {
    sources
        .get(source)
        .map_or("", |source| source.text.as_str())
}
