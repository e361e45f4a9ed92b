//! The origin of entries: the pack and file, and who changed or relaxed them.

use candidacy_engine::pack::{Change, Group, Pack, QuestionChange, Relaxation};
use candidacy_engine::source::{Located, Place};

use super::Page;
use crate::report::phrases;

/// What each pack adds to, changes in and relaxes of the pack it extends.
#[must_use]
pub fn all(pack: &Pack) -> String {
    let mut pages = Vec::new();
    for layer in pack.layers() {
        let mut page = Page::new(&name(layer));
        page.line("status", &phrases::reviewed(&layer.header));
        for (lead, words) in said(layer) {
            page.line(lead, &words);
        }
        pages.push(page.0);
    }
    pages.join("\n")
}

/// The origin of all entries called `id`; none if there are none.
#[must_use]
pub fn of(pack: &Pack, id: &str) -> Option<String> {
    let mut page = Page::new(&format!("Where {id} comes from"));
    let mut found = false;
    let from_below: Vec<&Pack> = pack.layers().into_iter().rev().collect();
    for layer in from_below {
        let own = entries(layer).into_iter();
        for (kind, entry) in
            own.filter(|(_, entry)| entry.value == id && is_own(layer, entry.place))
        {
            found = true;
            page.line(kind, &at(layer, entry.place));
        }
        let changes = layer.overlay.changes.iter();
        for change in changes.filter(|change| change.rule.value == id) {
            let place = at(layer, change.rule.place);
            page.line("changed", &format!("{place}: {}", what(change)));
        }
        let questions = layer.overlay.questions.iter();
        for change in questions.filter(|change| change.question.value == id) {
            let place = at(layer, change.question.place);
            page.line("changed", &format!("{place}: {}", of_question(change)));
        }
        let texts = layer.overlay.texts.iter();
        for change in texts.filter(|change| change.name.value == id) {
            page.line(
                "changed",
                &format!("{}: words", at(layer, change.name.place)),
            );
        }
    }
    for one in &pack.overlay.relaxations {
        let words = relaxed(one, Some(id));
        if !words.is_empty() {
            let (until, owner) = (one.until.value, &one.owner);
            let place = at(pack, one.place);
            page.line(
                "relaxed",
                &format!(
                    "{place}: {}, until {until}; {owner} is responsible",
                    words.join(", ")
                ),
            );
        }
    }
    found.then_some(page.0)
}

fn is_own(pack: &Pack, place: Place) -> bool {
    pack.own.contains(&place.source)
}

/// `our-clinic 1.0.0 (our-clinic.yaml), which extends microneedling`
fn name(pack: &Pack) -> String {
    let head = pack.sources.get(pack.own.start);
    let head = head.map_or("", |source| source.path.as_str());
    let extends = pack.overlay.extends.as_ref();
    let extends = extends.map_or(String::new(), |base| {
        format!(", which extends {}", base.value)
    });
    format!(
        "{} {} ({head}){extends}",
        pack.header.id, pack.header.version
    )
}

/// `over.yaml:5, in the pack our-clinic 1.0.0`
fn at(pack: &Pack, place: Place) -> String {
    let owner = pack.layers().into_iter().find(|layer| is_own(layer, place));
    let owner = owner.unwrap_or(pack);
    let line = pack.line_of(place);
    format!(
        "{line}, in the pack {} {}",
        owner.header.id, owner.header.version
    )
}

/// Everything in a pack that has an id, with its kind.
fn entries(pack: &Pack) -> Vec<(&'static str, &Located<String>)> {
    let mut all: Vec<(&'static str, &Located<String>)> = Vec::new();
    all.extend(pack.settings.iter().map(|one| ("setting", &one.name)));
    all.extend(pack.questions.iter().map(|one| ("question", &one.id)));
    all.extend(pack.rules.iter().map(|one| ("rule", &one.id)));
    all.extend(pack.facts.iter().map(|one| ("fact", &one.id)));
    all.extend(pack.groups.iter().map(|one| ("group", &one.id)));
    all.extend(pack.advice.iter().map(|one| ("advice", &one.id)));
    all.extend(pack.citations.iter().map(|one| ("source", &one.id)));
    all.extend(pack.expectations.iter().map(|one| ("expectation", &one.id)));
    all.extend(pack.personas.iter().map(|one| ("persona", &one.id)));
    all
}

/// What an overlay changes in the pack it extends, one line each; for the lowest pack, the number
/// of its entries.
fn said(pack: &Pack) -> Vec<(&'static str, String)> {
    let Some(under) = pack.under.as_deref() else {
        return counted(pack);
    };
    let mut lines = Vec::new();
    let wait = |pack: &Pack, name: &str| {
        let mut settings = pack.settings.iter();
        settings
            .find(|one| one.name.value == name)
            .map(|one| one.period)
    };
    for setting in pack
        .settings
        .iter()
        .filter(|one| is_own(pack, one.name.place))
    {
        let (name, period) = (&setting.name.value, setting.period);
        let was = wait(under, name);
        let was = was.map_or(String::new(), |was| format!(" in place of {was}"));
        lines.push(("sets", format!("{name}: {period}{was}")));
    }
    let changes = pack.overlay.changes.iter();
    lines.extend(changes.map(|change| {
        (
            "changes",
            format!("rule {}: {}", change.rule.value, what(change)),
        )
    }));
    let questions = pack.overlay.questions.iter();
    lines.extend(questions.map(|change| {
        let words = of_question(change);
        (
            "changes",
            format!("question {}: {words}", change.question.value),
        )
    }));
    let texts = pack.overlay.texts.iter();
    lines.extend(texts.map(|change| {
        let kind = change.kind.key().replace('_', " ");
        ("changes", format!("{kind} {}: words", change.name.value))
    }));
    let added = entries(pack)
        .into_iter()
        .filter(|(kind, entry)| *kind != "setting" && is_own(pack, entry.place));
    lines.extend(added.map(|(kind, entry)| ("adds", format!("{kind} {}", entry.value))));
    lines.extend(pack.groups.iter().filter_map(|group| members(pack, group)));
    let relaxations = pack.overlay.relaxations.iter();
    for one in relaxations.filter(|one| is_own(pack, one.place)) {
        let words = relaxed(one, None).join(", ");
        let (until, owner, reason) = (one.until.value, &one.owner, &one.reason);
        lines.push((
            "relaxes",
            format!("{words}, until {until}; {owner} is responsible: {reason}"),
        ));
    }
    lines
}

/// The names that a pack adds to a group of the pack it extends.
fn members(pack: &Pack, group: &Group) -> Option<(&'static str, String)> {
    let names = group.members.iter().map(|member| &member.name);
    let names = names.filter(|name| is_own(pack, name.place));
    let names: Vec<&str> = names.map(|name| name.value.as_str()).collect();
    let foreign = !is_own(pack, group.id.place) && !names.is_empty();
    foreign.then(|| {
        (
            "adds",
            format!("{} to the group {}", names.join(", "), group.id.value),
        )
    })
}

fn counted(pack: &Pack) -> Vec<(&'static str, String)> {
    use crate::report::phrases::count;
    let parts = [
        count(pack.questions.len(), "question"),
        count(pack.rules.len(), "rule"),
        count(pack.groups.len(), "group"),
        count(pack.settings.len(), "setting"),
        count(pack.citations.len(), "source"),
    ];
    vec![("holds", parts.join(", "))]
}

/// The keys that a change replaces.
fn what(change: &Change) -> String {
    let mut parts = Vec::new();
    parts.extend(
        change
            .grade
            .as_ref()
            .map(|one| format!("grade {}", one.value.word())),
    );
    parts.extend(
        change
            .if_unsure
            .as_ref()
            .map(|one| format!("if_unsure {}", one.value.word())),
    );
    parts.extend(
        change
            .private
            .as_ref()
            .map(|one| format!("private {}", if one.value { "yes" } else { "no" })),
    );
    for (key, there) in [
        ("when", change.when.is_some()),
        ("unless", change.unless.is_some()),
        ("from", change.from.is_some()),
        ("to", change.to.is_some()),
        ("title", change.title.is_some()),
        ("why", change.why.is_some()),
        ("clears", change.clears.is_some()),
        ("note", change.note.is_some()),
        ("advice", change.advice.is_some()),
        ("sources", change.sources.is_some()),
    ] {
        parts.extend(there.then(|| key.to_owned()));
    }
    parts.join(", ")
}

/// The keys that a change of a question replaces.
fn of_question(change: &QuestionChange) -> String {
    let mut parts = Vec::new();
    for (key, there) in [
        ("ask", change.ask.is_some()),
        ("help", change.help.is_some()),
        ("other headings", !change.also.is_empty()),
        ("covers", change.covers.is_some()),
        ("must be answered", change.optional.is_some()),
    ] {
        parts.extend(there.then(|| key.to_owned()));
    }
    let options = change.options.iter();
    parts.extend(options.map(|option| format!("option {}", option.id.value)));
    let places = [("after", &change.after), ("before", &change.before)];
    parts.extend(places.iter().filter_map(|(word, other)| {
        let other = other.as_ref()?;
        Some(format!("asked {word} {}", other.value))
    }));
    parts.join(", ")
}

/// What a relaxation makes less severe; if `id` is given, only for that entry.
fn relaxed(one: &Relaxation, id: Option<&str>) -> Vec<String> {
    let such = |name: &str| id.is_none_or(|id| id == name);
    let mut words = Vec::new();
    for setting in one.settings.iter().filter(|one| such(&one.name.value)) {
        words.push(format!("{} {}", setting.name.value, setting.period));
    }
    for change in one.changes.iter().filter(|one| such(&one.rule.value)) {
        words.push(format!("rule {} {}", change.rule.value, what(change)));
    }
    for (question, answer) in one.left_out.iter().filter(|(one, _)| such(&one.value)) {
        let (id, answer) = (&question.value, &answer.value);
        words.push(format!("question {id} not asked, counted as {answer}"));
    }
    for rule in one.drops.iter().filter(|rule| such(&rule.value)) {
        words.push(format!("rule {} left out", rule.value));
    }
    words
}
