//! The parts of a page that do not depend on the blocks around them.

use maud::{Markup, html};

use crate::report::phrases;
use crate::report::style::{Role, Style};
use candidacy_engine::verdict::Verdict;

use super::super::{Form, Point, SIGNED_BY, Span, Table, Tone};
use super::{NL, Words};

pub fn heading(level: u8, id: &str, role: Role, words: &Markup) -> Markup {
    let id = (!id.is_empty()).then_some(Words(id));
    let class = match role {
        Role::Verdict(verdict) => Some(verdict.word()),
        Role::Right => Some(Verdict::Eligible.word()),
        Role::Wrong => Some(Verdict::NotEligible.word()),
        Role::Heading | Role::Muted => None,
    };
    let class = class.map(|verdict| format!("v-{verdict}"));
    html! {
        @match level {
            1 => { h1 id=[id] class=[class] { (words) } },
            2 => { h2 id=[id] class=[class] { (words) } },
            3 => { h3 id=[id] class=[class] { (words) } },
            _ => { h4 id=[id] class=[class] { (words) } },
        }
        (NL)
    }
}

pub fn text(tone: Tone, spans: &[Span]) -> Markup {
    let class = match tone {
        Tone::Plain | Tone::Alone => None,
        Tone::Lead => Some("lead"),
        Tone::Warning => Some("warning"),
        Tone::Small => Some("soft"),
        Tone::Names => Some("names"),
    };
    html! { p class=[class] { (inline(spans)) } (NL) }
}

pub fn list(points: &[Point]) -> Markup {
    html! {
        ul { (NL)
            @for point in points {
                li {
                    (inline(&point.words))
                    @if !point.under.is_empty() { (NL) (list(&point.under)) (NL) }
                } (NL)
            }
        }
    }
}

pub fn table(table: &Table) -> Markup {
    let small = table.small.then_some("small");
    let class = |column: usize, cell: &[Span]| {
        let bar = cell.iter().any(|span| matches!(span, Span::Bar(_)));
        let number = table.numbers.contains(&column).then_some("n");
        number.or(bar.then_some("bars"))
    };
    html! {
        .wide {
            table class=[small] { (NL)
                @if !table.caption.is_empty() { caption { (Words(&table.caption)) } (NL) }
                @if !table.head.is_empty() {
                    thead {
                        tr {
                            @for (column, head) in table.head.iter().enumerate() {
                                th scope="col" class=[class(column, &[])] { (Words(head)) }
                            }
                        }
                    } (NL)
                }
                tbody { (NL)
                    @for row in &table.rows {
                        tr {
                            @for (column, cell) in row.iter().enumerate() {
                                @if column == 0 {
                                    th scope="row" class=[class(column, cell)] { (inline(cell)) }
                                } @else {
                                    td class=[class(column, cell)] { (inline(cell)) }
                                }
                            }
                        } (NL)
                    }
                } (NL)
            }
        } (NL)
    }
}

pub fn signature(statements: &[String]) -> Markup {
    html! {
        .signature { (NL)
            ul.ticked { (NL)
                @for statement in statements { li { i {} " " (Words(statement)) } (NL) }
            } (NL)
            @for _ in 0..5 { .ruled {} (NL) }
            .fields { (NL) @for field in SIGNED_BY { p { (field) } (NL) } } (NL)
        } (NL)
    }
}

pub fn sign(verdict: Verdict) -> &'static str {
    Style::plain(0).sign(verdict)
}

/// A verdict in its colour, with its symbol.
pub fn badge(verdict: Verdict) -> Markup {
    html! {
        span class={ "badge v-" (verdict.word()) } {
            (sign(verdict)) " " (phrases::verdict(verdict))
        }
    }
}

pub fn inline(spans: &[Span]) -> Markup {
    html! { @for span in spans { (one(span)) } }
}

pub fn one(span: &Span) -> Markup {
    html! {
        @match span {
            Span::Text(words) => (Words(words)),
            Span::Strong(words) => { strong { (Words(words)) } },
            Span::Code(words) => { code { (Words(words)) } },
            Span::Quote(words) => { q { (Words(words)) } },
            Span::Link { to, words } => { a href={ "#" (Words(to)) } { (Words(words)) } },
            Span::Place { id, words } => { span #{ (Words(id)) } { (Words(words)) } },
            // Anything except a web address is written as plain text.
            Span::Address(url) if url.starts_with("https://") || url.starts_with("http://") => {
                a.url href=(Words(url)) rel="noreferrer" { (Words(url)) }
            },
            Span::Address(url) => (Words(url)),
            Span::Verdict(verdict) => (badge(*verdict)),
            Span::Unverified(words) => {
                span.unverified { strong { "Not verified:" } " " (Words(words)) }
            },
            Span::Bar(0) => {},
            Span::Bar(share) => {
                span.bar style={ "width:" (share / 10) "." (share % 10) "%" } {}
            },
        }
    }
}

/// A question to answer by hand.
pub fn form(form: &Form) -> Markup {
    html! {
        .form { (NL)
            p.ask {
                @if !form.number.is_empty() { span.number { (Words(&form.number)) } " " }
                (Words(&form.ask))
            } (NL)
            @if let Some(only) = &form.only { p.only { (Words(only)) } (NL) }
            @if let Some(help) = &form.help { p.help { (Words(help)) } (NL) }
            @if !form.ticks.is_empty() {
                ul.ticked { (NL)
                    @for tick in &form.ticks { li { i {} " " (Words(tick)) } (NL) }
                } (NL)
            }
            @for line in &form.lines { p.line { span { (Words(line)) } } (NL) }
        } (NL)
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, inline};

    #[test]
    fn nothing_in_a_pack_becomes_markup() {
        #[track_caller]
        fn case(span: Span, expected: &str) {
            assert_eq!(inline(&[span]).into_string(), expected);
        }

        case(
            Span::Text("<b>&\"\n\u{1b}".to_owned()),
            "&lt;b&gt;&amp;&quot;  ",
        );
        case(Span::Address("javascript:x()".to_owned()), "javascript:x()");
        case(
            Span::Link {
                to: "a\"b".to_owned(),
                words: "<i>".to_owned(),
            },
            "<a href=\"#a&quot;b\">&lt;i&gt;</a>",
        );
    }
}
