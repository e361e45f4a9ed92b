//! How lists of medicines are read, as text for people.

use crate::report::style::{Role, Style};

use super::{EntryReport, GroupReport, ListReport, MedicinesReport, NameReport};

/// The width of the label column.
const LABELS: usize = 12;

/// The report as text.
#[must_use]
pub fn text(report: &MedicinesReport<'_>, style: Style) -> String {
    let mut page = Page {
        style,
        text: String::new(),
    };
    let numbered = report.lists.len() > 1;
    for list in &report.lists {
        page.list(list, numbered);
    }
    page.text
}

struct Page {
    style: Style,
    text: String,
}

impl Page {
    fn list(&mut self, list: &ListReport<'_>, numbered: bool) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        if numbered {
            let title = format!("Line {}", list.line);
            self.title(Role::Muted, &title);
        }
        match list.says {
            "unreadable" => {
                let problem = list.problem.as_deref().unwrap_or_default();
                self.title(Role::Wrong, problem);
            }
            "blank" => self.title(Role::Heading, "Not answered."),
            "none" => self.title(Role::Heading, "No medicines."),
            "not-sure" => self.title(Role::Heading, "Not known which."),
            _ => list.entries.iter().for_each(|entry| self.entry(entry)),
        }
    }

    fn entry(&mut self, entry: &EntryReport<'_>) {
        self.title(Role::Heading, &entry.typed);
        let says = match entry.says {
            "none" => "no medicines",
            "not-sure" => "there may be more medicines",
            "amounts-only" => "only how much or how often: ignored",
            "more-about-the-one-before" => "more about the medicine before it",
            _ if entry.private => "only the clinician's view shows how it is read",
            _ => "",
        };
        if !says.is_empty() {
            self.line("says", says);
        }
        for name in &entry.names {
            self.name(name);
        }
        if !entry.ignored.is_empty() {
            self.line("ignored", &entry.ignored.join(", "));
        }
        if let Some(unknown) = &entry.unknown {
            self.line(
                "unknown",
                &format!("\"{unknown}\": the dermatologist looks at it"),
            );
        }
        if !entry.generics.is_empty() {
            let generics = entry.generics.join(", ");
            self.line("holds", &format!("{generics}: in no group of these rules"));
        }
        if !entry.near.is_empty() {
            let near = entry.near.join(", ");
            self.line("near", &format!("{near}: ask whether the patient means it"));
        }
    }

    fn name(&mut self, name: &NameReport<'_>) {
        self.line("name", &name.typed);
        let generics = name.generics.join(", ");
        if generics != name.typed {
            self.line("medicine", &generics);
        }
        let label = |group: &GroupReport<'_>| group.label.unwrap_or(group.id).to_owned();
        let groups: Vec<String> = name.groups.iter().map(label).collect();
        self.line("counts as", &groups.join(", "));
        if !name.forms.is_empty() {
            self.line("form", &name.forms.join(", "));
        }
        if let Some(ask) = name.ask {
            self.line("ask", ask);
        }
    }

    fn title(&mut self, role: Role, text: &str) {
        self.text
            .push_str(&self.style.wrapped("", text, Some(role)));
    }

    fn line(&mut self, label: &str, text: &str) {
        let lead = format!("  {label:<width$}", width = LABELS - 2);
        self.text.push_str(&self.style.wrapped(&lead, text, None));
    }
}
