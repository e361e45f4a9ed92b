//! Problems in somebody's files: place, excerpt, caret, way out.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::engine::diagnostic::{Diagnostic, Refusal};
use crate::engine::source::Source;

use super::words;

/// Everything that is wrong, and how much it is.
#[must_use]
pub fn refusal(refusal: &Refusal, colour: bool) -> String {
    let mut text = String::new();
    for problem in &refusal.problems {
        text.push_str(&one(problem, &refusal.sources, colour));
        text.push_str("\n\n");
    }
    let count = refusal.problems.len();
    let mut files: Vec<usize> = refusal
        .problems
        .iter()
        .map(|problem| problem.place.source)
        .filter(|source| refusal.sources.get(*source).is_some_and(is_a_file))
        .collect();
    files.sort_unstable();
    files.dedup();
    text.push_str(&words::count(count, "problem"));
    if !files.is_empty() {
        text += " in ";
        text += &words::count(files.len(), "file");
    }
    text.push_str(".\n");
    text
}

/// Whether a source is a file, and not an argument such as `--set`.
fn is_a_file(source: &Source) -> bool {
    !source.path.starts_with("--")
}

/// One problem.
fn one(problem: &Diagnostic, sources: &[Source], colour: bool) -> String {
    let snippet =
        |place: crate::engine::source::Place, kind: AnnotationKind, label: Option<&str>| {
            let source = sources.get(place.source);
            let text = source.map_or("", |source| source.text.as_str());
            let start = place.start.min(text.len());
            let end = place.end.clamp(start, text.len());
            let mut mark = kind.span(start..end);
            if let Some(label) = label {
                mark = mark.label(label.to_owned());
            }
            Snippet::source(text.to_owned())
                .path(source.map_or("", |source| source.path.as_str()).to_owned())
                .annotation(mark)
        };
    let title = Level::ERROR
        .primary_title(problem.message.as_str())
        .id(problem.code.word());
    let mut group: Group<'_> = title.element(snippet(problem.place, AnnotationKind::Primary, None));
    if let Some((place, label)) = &problem.other {
        group = group.element(snippet(*place, AnnotationKind::Context, Some(label)));
    }
    for help in &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}
