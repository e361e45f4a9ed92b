//! A document as one HTML page for a browser, for print and for a phone. It has no scripts and no
//! external files. Every page of the program uses this frame.

use maud::{Markup, PreEscaped, Render, html};

use crate::report::phrases;
use crate::report::style::Role;

use super::{Block, Card, Document, Fact};
use parts::{badge, form, heading, inline, list, sign, signature, table, text};

mod parts;

const STYLE: &str = include_str!("style.css");
/// A line break, for readers of the HTML source.
const NL: PreEscaped<&str> = PreEscaped("\n");

/// Text with all markup escaped, and without characters that HTML forbids.
struct Words<'a>(&'a str);

impl Render for Words<'_> {
    fn render_to(&self, buffer: &mut String) {
        self.0.replace(char::is_control, " ").render_to(buffer);
    }
}

/// The whole page.
pub fn html(document: &Document) -> String {
    let contents: Vec<(&str, &str)> = document.blocks.iter().filter_map(section).collect();
    let mut page = Page::default();
    let head = page.blocks(&document.head);
    let main = page.main(&document.blocks);
    let footer = match document.footer.as_str() {
        "" => String::new(),
        footer => format!(
            "@page{{@bottom-left{{content:\"{}\"}}}}\n",
            in_style(footer)
        ),
    };
    let page = html! {
        (PreEscaped("<!doctype html>")) (NL)
        html lang="en" { (NL)
            head { (NL)
                meta charset="utf-8"; (NL)
                meta name="viewport" content="width=device-width, initial-scale=1"; (NL)
                title { (Words(&document.name)) } (NL)
                style { (NL) (PreEscaped(STYLE)) (PreEscaped(footer)) } (NL)
            } (NL)
            body { (NL)
                @if !contents.is_empty() {
                    a.skip href="#main" { "Skip the contents" } (NL)
                }
                header { (NL) (head) } (NL)
                @if contents.is_empty() {
                    main { (NL) (main) } (NL)
                } @else {
                    .page { (NL)
                        nav aria-label="Contents" { (NL)
                            ol { (NL)
                                @for (id, title) in &contents {
                                    li { a href={ "#" (Words(id)) } { (Words(title)) } } (NL)
                                }
                            } (NL)
                        } (NL)
                        main #main { (NL) (main) } (NL)
                    } (NL)
                }
            } (NL)
        } (NL)
    };
    page.into_string()
}

fn section(block: &Block) -> Option<(&str, &str)> {
    match block {
        Block::Section { id, title } => Some((id, title)),
        _ => None,
    }
}

/// The state that determines how the next block is written.
#[derive(Default)]
struct Page {
    /// Whether the title has been written.
    titled: bool,
    /// How many sections have begun.
    sections: usize,
    /// Whether the cards of this section have a heading above them.
    headed: bool,
}

impl Page {
    /// The blocks before the first section, then each section as a separate part.
    fn main(&mut self, blocks: &[Block]) -> Markup {
        let starts = (0..blocks.len()).filter(|at| blocks.get(*at).and_then(section).is_some());
        let starts: Vec<usize> = starts.collect();
        let first = starts.first().copied().unwrap_or(blocks.len());
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        let parts: Vec<&[Block]> = (starts.iter().zip(ends))
            .filter_map(|(start, end)| blocks.get(*start..end))
            .collect();
        html! {
            (self.blocks(blocks.get(..first).unwrap_or_default()))
            @for part in parts {
                @if let Some((id, title)) = part.first().and_then(section) {
                    section #{ (Words(id)) } aria-labelledby={ (Words(id)) "-title" } { (NL)
                        (self.section(id, title))
                        (self.blocks(part.get(1..).unwrap_or_default()))
                    } (NL)
                }
            }
        }
    }

    fn section(&mut self, id: &str, title: &str) -> Markup {
        self.sections += 1;
        self.headed = false;
        html! {
            h2 #{ (Words(id)) "-title" } {
                span.number { (self.sections) } " " (Words(title))
            } (NL)
        }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Markup {
        html! { @for block in blocks { (self.block(block)) } }
    }

    fn block(&mut self, block: &Block) -> Markup {
        match block {
            Block::Title(role, title) => self.title(*role, title),
            // `main` writes the sections. A page needs no last line.
            Block::Section { .. } | Block::Last(..) => Markup::default(),
            Block::Heading { role, id, title } => {
                self.headed = true;
                let level = if self.sections > 0 { 3 } else { 2 };
                heading(level, id, *role, &html! { (Words(title)) })
            }
            Block::Text(tone, spans) => text(*tone, spans),
            Block::Items(items) => html! {
                ul { (NL) @for item in items { li { (inline(item)) } (NL) } } (NL)
            },
            Block::Points(points) => html! { (list(points)) (NL) },
            Block::Facts(facts) => html! {
                dl { (NL)
                    @for facts in facts.chunk_by(|one, next| one.name == next.name) {
                        (self.facts(facts)) (NL)
                    }
                } (NL)
            },
            Block::Table(rows) => table(rows),
            Block::Timeline(steps) => table(&super::timeline(steps)),
            Block::Verdicts(lines) => html! {
                ul.ticked { (NL)
                    @for (verdict, words) in lines {
                        li {
                            span class={ "v-" (verdict.word()) } { (sign(*verdict)) } " " (Words(words))
                        } (NL)
                    }
                } (NL)
            },
            Block::Card(one) => self.card(one),
            Block::Signature(statements) => signature(statements),
            Block::Forms(forms) => html! { @for one in forms { (form(one)) } },
            Block::Framed(blocks) => html! { .framed { (NL) (self.blocks(blocks)) } (NL) },
            Block::Break => html! { hr; (NL) },
        }
    }

    fn title(&mut self, role: Role, title: &str) -> Markup {
        let level = if self.titled { 2 } else { 1 };
        self.titled = true;
        let words = html! {
            @if let Role::Verdict(verdict) = role { (sign(verdict)) " " }
            (Words(title))
        };
        heading(level, "", role, &words)
    }

    /// All values under one name.
    fn facts(&mut self, facts: &[Fact]) -> Markup {
        let name = facts.first().map_or("", |fact| fact.name);
        html! {
            div {
                dt { (phrases::heading(name)) }
                @for fact in facts { dd { (NL) (self.blocks(&fact.says)) } }
            }
        }
    }

    fn card(&mut self, card: &Card) -> Markup {
        let level = 2 + u8::from(self.sections > 0) + u8::from(self.headed);
        let class = |lead: &str, end: &str| match card.verdict {
            Some(verdict) => format!("{lead} {end}-{}", verdict.word()),
            None => lead.to_owned(),
        };
        let id = (!card.id.is_empty()).then_some(Words(&card.id));
        let name = html! {
            (Words(&card.title))
            @if !card.title.is_empty() && !card.code.is_empty() { " " }
            @if !card.code.is_empty() { code { (Words(&card.code)) } }
        };
        html! {
            article class=(class("card", "s")) id=[id] { (NL)
                .top {
                    (heading(level, "", Role::Heading, &name))
                    @if let Some(verdict) = card.verdict.filter(|_| card.detail.is_empty()) {
                        (badge(verdict))
                    }
                    @if !card.detail.is_empty() {
                        span class=(class("badge", "v")) {
                            @if let Some(verdict) = card.verdict { (sign(verdict)) " " }
                            (Words(&card.detail))
                        }
                    }
                    @if card.ticked {
                        span.ticks aria-hidden="true" { i {} " agree " i {} " change" }
                    }
                } (NL)
                (self.blocks(&card.says))
            } (NL)
        }
    }
}

/// Escapes text for use in a style sheet.
fn in_style(text: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || c == ' ' {
            c.to_string()
        } else {
            format!("\\{:06x}", u32::from(c))
        }
    };
    text.chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::in_style;

    #[test]
    fn no_text_ends_the_style_sheet() {
        let text = in_style("a\"}</style>");
        assert_eq!(text, "a\\000022\\00007d\\00003c\\00002fstyle\\00003e");
    }
}
