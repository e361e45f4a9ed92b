//! The document as one page for a browser: no script, nothing fetched, fit for
//! paper and for a phone.

use std::fmt::Write as _;

use crate::report::doc::survey::Survey;
use crate::report::phrases;
use crate::report::phrases::escaped;
use crate::report::style::Style;
use candidacy_engine::verdict::Verdict;

use super::{Card, Document, Part, Point, Span, Table};

const STYLE: &str = include_str!("style.css");

/// The whole pack as HTML.
#[must_use]
pub fn html(survey: &Survey<'_>) -> String {
    let document = super::document(survey);
    let mut page = Page::default();
    page.head(&document);
    page.contents(&document);
    page.out.push_str("<main id=\"main\">\n");
    for part in &document.parts {
        page.part(part);
    }
    page.close_section();
    page.out.push_str("</main>\n</div>\n</body>\n</html>\n");
    page.out
}

/// The page as far as it is written.
#[derive(Default)]
struct Page {
    out: String,
    /// How many sections have begun.
    sections: usize,
    /// Whether the section has headings, and cards stand one level deeper.
    headed: bool,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn head(&mut self, document: &Document) {
        let title = escaped(&document.title);
        let footer = in_style(&document.footer);
        self.line("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        self.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.line(&format!(
            "<title>Rules: {title}</title>\n<style>\n{STYLE}@page{{@bottom-left{{content:\"{footer}\"}}}}\n</style>\n</head>\n<body>"
        ));
        self.line("<a class=\"skip\" href=\"#main\">Skip the contents</a>");
        self.line(&format!(
            "<header>\n<p class=\"soft\">Rules for review</p>\n<h1>{title}</h1>"
        ));
        self.part(&document.standing);
        self.line("</header>\n<div class=\"page\">");
    }

    fn contents(&mut self, document: &Document) {
        self.line("<nav aria-label=\"Contents\">\n<ol>");
        for part in &document.parts {
            if let Part::Section { id, title } = part {
                self.line(&format!(
                    "<li><a href=\"#{}\">{}</a></li>",
                    escaped(id),
                    escaped(title)
                ));
            }
        }
        self.line("</ol>\n</nav>");
    }

    fn close_section(&mut self) {
        if self.sections > 0 {
            self.line("</section>");
        }
    }

    fn part(&mut self, part: &Part) {
        match part {
            Part::Section { id, title } => self.section(id, title),
            Part::Heading { id, title } => {
                self.headed = true;
                let id = if id.is_empty() {
                    String::new()
                } else {
                    format!(" id=\"{}\"", escaped(id))
                };
                self.line(&format!("<h3{id}>{}</h3>", escaped(title)));
            }
            Part::Text(spans) => self.line(&format!("<p>{}</p>", inline(spans))),
            Part::Names(spans) => {
                self.line(&format!("<p class=\"names\">{}</p>", inline(spans)));
            }
            Part::Warning(spans) => {
                self.line(&format!("<p class=\"warning\">{}</p>", inline(spans)));
            }
            Part::Points(points) => self.points(points),
            Part::Facts(facts) => {
                self.line("<dl>");
                for fact in facts {
                    self.line(&format!("<div><dt>{}</dt><dd>", escaped(fact.name)));
                    fact.says.iter().for_each(|part| self.part(part));
                    self.line("</dd></div>");
                }
                self.line("</dl>");
            }
            Part::Table(table) => self.table(table),
            Part::Card(card) => self.card(card),
            Part::Signature(statements) => self.signature(statements),
        }
    }

    fn section(&mut self, id: &str, title: &str) {
        self.close_section();
        self.sections += 1;
        self.headed = false;
        let id = escaped(id);
        self.line(&format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\"><span class=\"number\">{}</span> {}</h2>",
            self.sections,
            escaped(title)
        ));
    }

    fn points(&mut self, points: &[Point]) {
        self.line("<ul>");
        for point in points {
            self.out.push_str(&format!("<li>{}", inline(&point.words)));
            if !point.under.is_empty() {
                self.out.push('\n');
                self.points(&point.under);
            }
            self.line("</li>");
        }
        self.line("</ul>");
    }

    fn table(&mut self, table: &Table) {
        let class = if table.small { " class=\"small\"" } else { "" };
        self.line(&format!(
            "<div class=\"wide\"><table{class}>\n<caption>{}</caption>\n<thead><tr>",
            escaped(&table.caption)
        ));
        let class = |column: &usize| {
            if table.numbers.contains(column) {
                " class=\"n\""
            } else {
                ""
            }
        };
        for (column, head) in table.head.iter().enumerate() {
            self.line(&format!(
                "<th scope=\"col\"{}>{}</th>",
                class(&column),
                escaped(head)
            ));
        }
        self.line("</tr></thead>\n<tbody>");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let (open, close) = if column == 0 {
                    ("th scope=\"row\"", "th")
                } else {
                    ("td", "td")
                };
                let cell = inline(cell);
                let _ = write!(self.out, "<{open}{}>{cell}</{close}>", class(&column));
            }
            self.line("</tr>");
        }
        self.line("</tbody>\n</table></div>");
    }

    fn card(&mut self, card: &Card) {
        let level = if self.headed { 4 } else { 3 };
        let class = card
            .verdict
            .map_or_else(String::new, |verdict| format!(" s-{}", verdict.word()));
        let (id, title) = (escaped(&card.id), escaped(&card.title));
        let id = if id.is_empty() {
            String::new()
        } else {
            format!(" id=\"{id}\"")
        };
        self.line(&format!("<article class=\"card{class}\"{id}>"));
        self.out.push_str(&format!(
            "<div class=\"top\"><h{level}>{title} <code>{}</code></h{level}>",
            escaped(&card.code)
        ));
        if let Some(verdict) = card.verdict {
            self.out.push_str(&badge(verdict));
            self.out.push_str(
                "<span class=\"ticks\" aria-hidden=\"true\"><i></i> agree <i></i> change</span>",
            );
        }
        self.line("</div>");
        card.says.iter().for_each(|part| self.part(part));
        self.line("</article>");
    }

    fn signature(&mut self, statements: &[String]) {
        self.line("<div class=\"signature\">\n<ul class=\"ticked\">");
        for statement in statements {
            self.line(&format!("<li><i></i> {}</li>", escaped(statement)));
        }
        self.line("</ul>");
        (0..5).for_each(|_| self.line("<div class=\"ruled\"></div>"));
        self.line("<div class=\"fields\">");
        for field in ["Name", "Specialty and registration", "Date", "Signature"] {
            self.line(&format!("<p><span>{field}</span></p>"));
        }
        self.line("</div>\n</div>");
    }
}

/// A verdict in its colour, with the sign that says the same.
fn badge(verdict: Verdict) -> String {
    format!(
        "<span class=\"badge v-{}\">{} {}</span>",
        verdict.word(),
        Style::plain(0).sign(verdict),
        phrases::verdict(verdict)
    )
}

fn inline(spans: &[Span]) -> String {
    let span = |span: &Span| match span {
        Span::Text(words) => escaped(words),
        Span::Strong(words) => format!("<strong>{}</strong>", escaped(words)),
        Span::Code(words) => format!("<code>{}</code>", escaped(words)),
        Span::Quote(words) => format!("<q>{}</q>", escaped(words)),
        Span::Link { to, words } => {
            format!("<a href=\"#{}\">{}</a>", escaped(to), escaped(words))
        }
        Span::Place { id, words } => {
            format!("<span id=\"{}\">{}</span>", escaped(id), escaped(words))
        }
        // Anything but an address on the web stays words.
        Span::Address(url) if url.starts_with("https://") || url.starts_with("http://") => {
            let url = escaped(url);
            format!("<a class=\"url\" href=\"{url}\" rel=\"noreferrer\">{url}</a>")
        }
        Span::Address(url) => escaped(url),
        Span::Verdict(verdict) => badge(*verdict),
        Span::Unverified(words) => format!(
            "<span class=\"unverified\"><strong>Not verified:</strong> {}</span>",
            escaped(words)
        ),
    };
    spans.iter().map(span).collect()
}

/// Text that no style sheet takes for anything else.
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
    use super::{Span, in_style, inline};

    #[test]
    fn nothing_in_a_pack_becomes_markup() {
        #[track_caller]
        fn case(span: Span, expected: &str) {
            assert_eq!(inline(&[span]), expected);
        }

        case(
            Span::Text("<b>&\"'".to_owned()),
            "&lt;b&gt;&amp;&quot;&#39;",
        );
        case(Span::Address("javascript:x()".to_owned()), "javascript:x()");
        case(
            Span::Link {
                to: "a\"b".to_owned(),
                words: "<i>".to_owned(),
            },
            "<a href=\"#a&quot;b\">&lt;i&gt;</a>",
        );
        assert_eq!(
            in_style("a\"}</style>"),
            "a\\000022\\00007d\\00003c\\00002fstyle\\00003e"
        );
    }
}
