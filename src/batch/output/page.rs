//! The summary page for a clinic manager, opened in a browser. It names patients only if an id
//! column was chosen.

use std::collections::BTreeMap;

use crate::report::calendar::Recall;
use crate::report::document::{Block, Document, Span, Table, Tone, heading, marked, text, toned};
use crate::report::handout::sender;
use crate::report::model::TOOL;
use crate::report::phrases;
use crate::report::specialist::named;
use crate::report::style::Role;
use candidacy_engine::date::{Date, MONTHS};
use candidacy_engine::plan::{Clinic, Plan};
use candidacy_engine::verdict::Verdict;

use super::problem::counted;
use crate::batch::counts::{Counts, largest};
use crate::batch::other_packs::OtherPack;

/// The contents of the page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The counts.
    pub tally: &'a Counts,
    /// Columns that are questions of other built-in rules.
    pub other_pack: Option<&'a OtherPack>,
    /// The day of treatment.
    pub as_of: Date,
    /// Assumed answers, as given by the user.
    pub assumes: &'a [(String, String)],
    /// The clinic of the page.
    pub clinic: Option<&'a Clinic>,
    /// The ids of deferred patients and their days; none if no id column was chosen.
    pub recalls: Option<&'a [Recall]>,
}

/// Maximum number of months shown after the first.
const LONGEST_CALENDAR: i32 = 35;

/// Maximum number of reasons and missing answers shown.
const BARS: usize = 12;

/// Replaces everything that is hidden from the desk.
const PRIVATE: &str = "Private";

impl Page<'_> {
    /// The page.
    #[must_use]
    pub fn document(&self) -> Document {
        let plan = self.plan;
        let patients = rows(self.tally.rows(), "patient");
        let title = format!("{patients}, screened before {}", plan.procedure());
        let packs = phrases::packs(plan, "");
        let decided = format!("Treatment day {}; rules {packs}.", self.as_of.in_words());
        let mut blocks = self.verdicts();
        let title_of = |rule: usize| plan.rules.get(rule).map_or(PRIVATE.into(), phrases::title);
        blocks.extend(self.bars(
            "The commonest reasons",
            "Rules that apply, in any row.",
            &largest(&self.tally.reasons, title_of, BARS),
        ));
        let words = |number: usize| {
            let asked = plan.questions.get(number);
            asked.map_or(PRIVATE, |asked| asked.question.ask.as_str())
        };
        blocks.extend(self.bars(
            "The most common missing answers",
            "Questions whose answer would settle a rule.",
            &largest(&self.tally.missing, words, BARS),
        ));
        blocks.extend(self.calendar());
        blocks.extend(self.recall());
        blocks.extend(self.assumes.iter().map(|(name, value)| {
            let words = format!("Where nothing was answered, {name} = {value} was assumed.");
            toned(Tone::Small, words)
        }));
        let (id, version) = (&plan.header.id, &plan.header.version);
        let rules = vec![
            text(format!("Rules: {id} {version}, fingerprint ")),
            Span::Code(plan.fingerprint.clone()),
            text(format!("; {TOOL}.")),
        ];
        blocks.extend([
            Block::Break,
            Block::Text(Tone::Small, rules),
            toned(
                Tone::Small,
                named(
                    "This is a pre-screening, not a diagnosis. Consult a dermatologist before treating \
                     anyone who is not eligible, or whose answers are doubtful.",
                    plan.specialist(),
                ),
            ),
        ]);
        Document {
            name: format!("Screening: {}", plan.header.title),
            head: (self.clinic.map(sender).into_iter())
                .chain([
                    Block::Title(Role::Heading, title),
                    toned(Tone::Small, decided),
                ])
                .collect(),
            blocks,
            ..Document::default()
        }
    }

    fn verdicts(&self) -> Vec<Block> {
        let counts = Verdict::ALL
            .iter()
            .map(|verdict| verdict.word())
            .zip(self.tally.verdicts);
        let all: Vec<(&str, u64)> = counts
            .chain([("unreadable", self.tally.unreadable)])
            .collect();
        let mut blocks = self.bars("Verdicts", "", &all);
        blocks.extend(self.notes());
        blocks
    }

    /// Facts that the counts of verdicts alone would hide.
    fn notes(&self) -> Vec<Block> {
        let deferred = self.tally.verdicts.get(Verdict::Deferred as usize);
        let dated: u64 = self.tally.days.values().sum();
        let undated = deferred.map_or(0, |deferred| deferred.saturating_sub(dated));
        let notes = [
            (
                self.tally.unreadable,
                "ROWS could not be read: they have no verdict. The column `problem` of the table says why.",
            ),
            (
                self.tally.doubted,
                "ROWS with answers that cannot all be right. The column `doubts` of the table says which.",
            ),
            (
                self.tally.relaxed,
                "ROWS would be more severe without the rules that are relaxed for a while. The column `relaxed` says who is responsible for them.",
            ),
            (
                undated,
                "Not in the calendar or list below: ROWS, deferred without a known last day.",
            ),
        ];
        let notes = notes.into_iter().filter(|(count, _)| *count > 0);
        let notes = notes.map(|(count, words)| {
            let words = words.replace("ROWS", &rows(count, "row"));
            Block::Text(Tone::Small, marked(&words, '`', Span::Code))
        });
        let other = self.other_pack.map(|other| {
            let words = format!("Columns: {}.", other.words());
            Block::Text(Tone::Small, marked(&words, '`', Span::Code))
        });
        notes.chain(other).collect()
    }

    /// A table of counts with a bar each; its length is the share of all rows.
    fn bars<N: AsRef<str>>(&self, title: &str, note: &str, counts: &[(N, u64)]) -> Vec<Block> {
        let all = self.tally.rows();
        let bars = counts
            .iter()
            .map(|(name, count)| bar(name.as_ref(), *count, all));
        table(title, note, bars.collect())
    }

    /// The months in which deferred patients may be treated.
    fn calendar(&self) -> Vec<Block> {
        let mut months: BTreeMap<i32, u64> = BTreeMap::new();
        for (day, count) in &self.tally.days {
            let (year, month, _) = day.parts();
            *months
                .entry(i32::from(year) * 12 + i32::from(month) - 1)
                .or_default() += count;
        }
        let ends = months.keys().next().zip(months.keys().next_back());
        let (Some((first, last)), Some(most)) = (ends, months.values().max()) else {
            return Vec::new();
        };
        let end = (*last).min(first + LONGEST_CALENDAR);
        let later: u64 = months.range(end + 1..).map(|(_, count)| count).sum();
        let note = if later > 0 {
            let later = rows(later, "");
            format!("By month, if nothing else changes; {later} more later.")
        } else {
            "By month, if nothing else changes.".to_owned()
        };
        // Months without patients are shown, but not whole years.
        let bars = (*first..=end).map(|month| {
            let name = usize::try_from(month % 12).ok();
            let name = name.and_then(|month| MONTHS.get(month));
            let name = format!("{} {}", name.unwrap_or(&""), month / 12);
            bar(&name, months.get(&month).copied().unwrap_or(0), *most)
        });
        table(
            "When deferred patients become eligible",
            &note,
            bars.collect(),
        )
    }

    /// The days on which to call patients back, with their ids if requested.
    fn recall(&self) -> Vec<Block> {
        let row = |(day, count): (&Date, &u64)| {
            let ids = self.recalls.unwrap_or_default();
            let first = ids.partition_point(|other| other.day < *day);
            let ids = ids.iter().skip(first).take_while(|other| other.day == *day);
            let mut ids: Vec<String> = ids.map(|one| one.id.clone()).collect();
            let left = usize::try_from(*count)
                .unwrap_or(usize::MAX)
                .saturating_sub(ids.len());
            if self.recalls.is_some() && left > 0 {
                ids.push(format!("and {left} more"));
            }
            let words = [day.in_words(), rows(*count, ""), ids.join(", ")];
            words.map(|words| vec![text(words)]).to_vec()
        };
        table(
            "Recall list",
            "The first day on which treatment may go ahead, if nothing else changes.",
            self.tally.days.iter().map(row).collect(),
        )
    }
}

/// A heading, a note and the rows; nothing if there are no rows.
fn table(title: &str, note: &str, rows: Vec<Vec<Vec<Span>>>) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(title)];
    blocks.extend((!note.is_empty()).then(|| toned(Tone::Small, note)));
    blocks.push(Block::Table(Table {
        rows,
        numbers: vec![1],
        ..Table::default()
    }));
    blocks
}

fn bar(name: &str, count: u64, all: u64) -> Vec<Vec<Span>> {
    let share = (count * 1000).checked_div(all).unwrap_or(0);
    // A small share is still visible.
    let share = share.max(u64::from(count > 0));
    vec![
        vec![text(name)],
        vec![text(rows(count, ""))],
        vec![Span::Bar(share)],
    ]
}

fn rows(count: u64, noun: &str) -> String {
    let words = counted(usize::try_from(count).unwrap_or(usize::MAX), noun);
    if noun.is_empty() {
        words.trim_end_matches(['s', ' ']).to_owned()
    } else {
        words
    }
}
