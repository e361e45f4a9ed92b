//! The first section of an overlay's document: what the clinic changes in the pack it extends.
//!
//! At most ten points, for a manager. They are made from the entries that `rules diff` lists.

use candidacy_engine::compile::compile;
use candidacy_engine::pack::{Change as RuleChange, Overlay, Pack, Relaxation, Setting};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Located;
use candidacy_engine::verdict::Grade;

use crate::report::changes::{Change, Entry, Part, entries};
use crate::report::doc::survey::Survey;
use crate::report::document::{Block, Point, Span, paragraph, section, text, with_code};
use crate::report::phrases;
use crate::report::phrases::count;

/// Maximum number of names in a point; `rules diff` lists the others.
const NAMED: usize = 6;

/// The keys of a rule that say to whom and when it applies.
const CONDITION: [&str; 3] = ["when", "from", "to"];

/// The section; empty for a pack that extends no other.
pub fn parts(survey: &Survey<'_>) -> Vec<Block> {
    let Some(base) = survey.base else {
        return Vec::new();
    };
    let mut parts = vec![section("changed", "What is different here")];
    parts.extend(against(base, survey));
    parts.push(section("pack", "Who is responsible for these rules"));
    parts
}

fn against(base: &Pack, survey: &Survey<'_>) -> Vec<Block> {
    let (id, version) = (&base.header.id, &base.header.version);
    let Ok(old) = compile(base.clone()) else {
        return vec![with_code(&format!(
            "The rules of {id} have errors of their own, so the differences are not listed. `candidacy rules check` shows the errors."
        ))];
    };
    let points = points(&old, survey.plan, survey.overlay);
    if points.is_empty() {
        return vec![paragraph(format!(
            "Nothing: these rules decide and say the same as {id} {version}."
        ))];
    }
    vec![
        paragraph(format!(
            "These rules are those of {id} {version}, with these differences:"
        )),
        Block::Points(points),
        with_code(
            "`candidacy rules diff` lists each difference with its old and new words, and the patients who get another verdict.",
        ),
    ]
}

/// One point for each kind of difference.
fn points(old: &Plan, new: &Plan, overlay: &Overlay) -> Vec<Point> {
    let all = entries(old, new);
    let of = |kind: &str, change: Change| -> Vec<&Entry> {
        let such = all.iter();
        such.filter(|one| one.kind == kind && one.change == change)
            .collect()
    };
    let names =
        |entries: &[&Entry]| -> Vec<String> { entries.iter().map(|one| name(new, one)).collect() };
    let rules = of("rule", Change::Changed);
    let graded = changed(new, &rules, "grade", &verdict);
    let undecided: Vec<&Entry> = rules
        .iter()
        .copied()
        .filter(|one| part(one, "grade").is_none())
        .collect();
    let undecided = changed(new, &undecided, "if_unsure", &verdict);
    let otherwise: Vec<&Entry> = rules
        .iter()
        .copied()
        .filter(|one| CONDITION.iter().any(|key| part(one, key).is_some()))
        .filter(|one| overlay.changes.iter().any(|change| is_about(change, one)))
        .collect();
    let mut waits = changed(new, &of("setting", Change::Changed), "wait", &plain);
    waits.extend(changed(new, &of("setting", Change::Added), "wait", &plain));
    let mut asked = names(&of("question", Change::Changed));
    asked.extend(moved(old, new));
    let medicines: Vec<&Entry> = all.iter().filter(|one| one.kind == "medicines").collect();
    let own = all.iter().filter(|one| one.kind == "relax");
    let own: Vec<&str> = own.map(|one| one.id.as_str()).collect();
    // All of what is less severe is named.
    let relaxed: Vec<String> = overlay
        .relaxations
        .iter()
        .filter(|one| own.contains(&one.reason.as_str()))
        .map(|one| relaxed(old, new, one))
        .collect();
    let lines = [
        ("Less severe for a while", relaxed.join("; ")),
        ("Waiting periods", listed(&waits)),
        ("Rules with another verdict", listed(&graded)),
        (
            "Rules that count otherwise while undecided",
            listed(&undecided),
        ),
        (
            "Rules that apply to other patients or on other days",
            listed(&names(&otherwise)),
        ),
        ("New rules", listed(&names(&of("rule", Change::Added)))),
        (
            "New questions",
            listed(&names(&of("question", Change::Added))),
        ),
        ("Questions that are asked differently", listed(&asked)),
        (
            "Groups of medicines with other names",
            listed(&names(&medicines)),
        ),
        ("Also different", others(&all)),
    ];
    let lines = lines.into_iter().filter(|(_, words)| !words.is_empty());
    let point = |(lead, words): (&str, String)| Point {
        words: vec![Span::Strong(format!("{lead}:")), text(format!(" {words}."))],
        under: Vec::new(),
    };
    lines.map(point).collect()
}

fn part<'e>(entry: &'e Entry, key: &str) -> Option<&'e Part> {
    entry.parts.iter().find(|part| part.key == key)
}

/// The name of a rule in plain words; for other entries, the words of the id.
fn name(plan: &Plan, entry: &Entry) -> String {
    let rule = plan.rules.iter().filter(|_| entry.kind == "rule");
    let mut rule = rule.filter(|rule| rule.id == entry.id);
    let group = plan.groups.iter().filter(|_| entry.kind == "medicines");
    let mut group = group.filter(|group| group.id == entry.id);
    let label = group.next().and_then(|group| group.label.clone());
    rule.next().map_or_else(
        || label.unwrap_or_else(|| phrases::heading(&entry.id)),
        |rule| phrases::title(rule).into_owned(),
    )
}

/// Whether the change is one of this rule's condition or days. Rules with a longer waiting period are not listed
/// again: the period is.
fn is_about(change: &RuleChange, entry: &Entry) -> bool {
    let (when, days) = (
        change.when.is_some() || change.unless.is_some(),
        change.from.is_some() || change.to.is_some(),
    );
    change.rule.value == entry.id && (when || days)
}

fn plain(value: &str) -> String {
    value.to_owned()
}

/// The verdict to which a grade leads.
fn verdict(grade: &str) -> String {
    let grade = Grade::from_word(grade).map(Grade::verdict);
    grade.map_or_else(String::new, phrases::verdict)
}

/// `Peel wait: 6 weeks instead of 4 weeks`, for each entry in which `key` differs.
fn changed(
    plan: &Plan,
    entries: &[&Entry],
    key: &str,
    words: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let said = |entry: &&Entry| {
        let part = part(entry, key)?;
        let after = words(part.after.as_deref()?);
        let before = part.before.as_deref();
        let before = before.map_or(String::new(), |before| {
            format!(" instead of {}", words(before))
        });
        let note = part.note.as_ref();
        let note = note.map_or(String::new(), |note| format!(" ({note})"));
        Some(format!("{}: {after}{before}{note}", name(plan, entry)))
    };
    entries.iter().filter_map(said).collect()
}

/// Questions of both packs that follow another question than before, unless a new one is between them.
fn moved(old: &Plan, new: &Plan) -> Vec<String> {
    let ids = |plan: &Plan, other: &Plan| -> Vec<String> {
        let ids = plan.questions.iter().map(|asked| &asked.question.id);
        ids.filter(|id| other.question(id).is_some())
            .cloned()
            .collect()
    };
    let (mut before, mut after) = (ids(old, new), ids(new, old));
    let mut moved = Vec::new();
    while let Some(at) = before.iter().zip(&after).position(|(was, is)| was != is) {
        // Of the two that differ, the one that is farther from its old place has moved.
        let place = |all: &[String], id: &String| all.iter().position(|one| one == id);
        let (Some(was), Some(is)) = (before.get(at).cloned(), after.get(at).cloned()) else {
            break;
        };
        let far = |id: &String| {
            let places = place(&before, id).zip(place(&after, id));
            places.map_or(0, |(old, new)| old.abs_diff(new))
        };
        let id = if far(&was) > far(&is) { was } else { is };
        before.retain(|one| *one != id);
        after.retain(|one| *one != id);
        moved.push(phrases::heading(&id));
    }
    moved
}

/// What a relaxation of the overlay makes less severe, until when, and who is responsible for it.
fn relaxed(old: &Plan, new: &Plan, one: &Relaxation) -> String {
    let until = one.until.value;
    let wait = |setting: &Setting| {
        let name = &setting.name.value;
        let mut known = new.settings.iter();
        let strict = known.find(|(known, _)| known == name);
        let strict = strict.map_or(String::new(), |(_, period)| format!(" instead of {period}"));
        format!("{}: {}{strict}", phrases::heading(name), setting.period)
    };
    let title = |id: &Located<String>| {
        let rule = new
            .rule_on(&id.value, until)
            .or(old.rule_on(&id.value, until));
        rule.map_or(id.value.clone(), |rule| phrases::title(rule).into_owned())
    };
    let change = |change: &RuleChange| {
        let grade = change.grade.as_ref().map(|grade| grade.value.verdict());
        let unsure = change.if_unsure.as_ref().map(|grade| grade.value.verdict());
        let condition = change.when.is_some() || change.unless.is_some();
        let days = change.from.is_some() || change.to.is_some();
        let says = [
            grade.map(phrases::verdict),
            unsure.map(|verdict| format!("{} while undecided", phrases::verdict(verdict))),
            condition.then(|| "another condition".to_owned()),
            days.then(|| "on other days".to_owned()),
        ];
        let says: Vec<String> = says.into_iter().flatten().collect();
        format!("{}: {}", title(&change.rule), says.join(" and "))
    };
    let waits = one.settings.iter().map(wait);
    let changes = one.changes.iter().map(change);
    let drops = one
        .drops
        .iter()
        .map(|id| format!("{}: left out", title(id)));
    let not_asked = one.left_out.iter().map(|(question, answer)| {
        let name = phrases::heading(&question.value);
        format!("{name}: not asked, counts as {}", answer.value)
    });
    let all = waits.chain(changes).chain(drops).chain(not_asked);
    let all: Vec<String> = all.collect();
    format!(
        "{} (until {}; {} is responsible)",
        all.join(", "),
        until.in_words(),
        one.owner
    )
}

/// What the other points do not say, in numbers.
fn others(all: &[Entry]) -> String {
    let is_listed = |entry: &Entry| match (entry.kind, entry.change) {
        ("rule", Change::Changed) => entry.parts.iter().any(|part| {
            ["grade", "if_unsure"].contains(&part.key) || CONDITION.contains(&part.key)
        }),
        ("rule" | "question", Change::Removed) => false,
        ("rule" | "question" | "setting" | "medicines" | "relax", _) => true,
        _ => false,
    };
    let mut said = Vec::new();
    let mut rest: Vec<&Entry> = all.iter().filter(|one| !is_listed(one)).collect();
    for (kind, change, words) in [
        (
            "rule",
            Change::Changed,
            "rule with other words, sources or privacy",
        ),
        ("rule", Change::Removed, "rule left out"),
        ("question", Change::Removed, "question left out"),
    ] {
        let such = |one: &&Entry| one.kind == kind && one.change == change;
        let number = rest.iter().copied().filter(|one| such(one)).count();
        rest.retain(|one| !such(one));
        if number > 0 {
            let (noun, end) = words.split_once(' ').unwrap_or((words, ""));
            said.push(format!("{} {end}", count(number, noun)));
        }
    }
    if !rest.is_empty() {
        said.push(format!(
            "{} for patients or staff",
            count(rest.len(), "text")
        ));
    }
    said.join(", ")
}

/// The first few, and how many more there are.
fn listed(all: &[String]) -> String {
    let named: Vec<&str> = all.iter().take(NAMED).map(String::as_str).collect();
    let more = all.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("; and {more} more"));
    named.join("; ") + &more.unwrap_or_default()
}
