//! Writes the guesses about a table as a map file, for a person to complete.

use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;
use candidacy_engine::suggest::listed;

use super::guess::Guess;
use super::survey::Survey;
use super::words::Words;
use crate::batch::columns::Column;
use crate::batch::target::Target;

/// A placeholder for a choice that a person must make.
pub const CHOOSE: &str = "CHOOSE";

/// Everything that is known about a table.
#[derive(Debug)]
pub struct Draft<'d> {
    /// The rules.
    pub plan: &'d Plan,
    /// The table's name as given by the user.
    pub name: String,
    /// Its columns.
    pub columns: &'d [Column],
    /// The contents of the columns.
    pub surveys: &'d [Survey],
    /// The guessed targets.
    pub guesses: &'d [Guess],
    /// The possible meanings of the words.
    pub words: Vec<Words>,
    /// The number of rows that were read.
    pub rows: u64,
}

/// The number of columns of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds {
    /// The heading shows what they answer, and all words can be read.
    pub understood: usize,
    /// Something must be confirmed or chosen.
    pub open: usize,
    /// They are only copied.
    pub carried: usize,
}

impl Draft<'_> {
    /// The map file, and the number of columns of each kind.
    #[must_use]
    pub fn yaml(&self) -> (String, Kinds) {
        let mut kinds = Kinds::default();
        let mut out = format!(
            "\
# What the columns of {} answer, drafted from {} rows for the rules `{}`.
#
# To do, from the top:
#   1. Where something ends with `?` it is a guess. If it is right, remove the `?`.
#      If it is wrong, write the right one, or delete what is after the colon.
#   2. Where it says {CHOOSE}, write what the word means, or delete the line.
#   3. See what is still unread: candidacy batch {} --map-file THIS-FILE --dry-run
# A batch refuses this file while a `?` or {CHOOSE} is left. An answer that you do not
# know is best written as \"not sure\": then a clinician looks at it.
",
            one_line(&self.name),
            self.rows,
            self.plan.header.id,
            shell(&self.name),
        );
        for place in 0..self.columns.len() {
            self.column(place, &mut out, &mut kinds);
        }
        self.missing(&mut out);
        (out, kinds)
    }

    fn column(&self, place: usize, out: &mut String, kinds: &mut Kinds) {
        let (Some(survey), Some(guess), Some(words)) = (
            self.surveys.get(place),
            self.guesses.get(place),
            self.words.get(place),
        ) else {
            return;
        };
        out.push_str(&format!(
            "\n# Column {}: {} filled, {} empty",
            place + 1,
            cells(survey.filled),
            survey.empty
        ));
        let heading = self.heading(place, out);
        let Some(target) = guess.target else {
            kinds.carried += 1;
            out.push_str(". Answers nothing; write a question after the colon if it does.\n");
            out.push_str(&format!("{heading}:\n"));
            return;
        };
        out.push_str(".\n");
        let name = target.name(self.plan);
        let question = if guess.sure {
            name.clone()
        } else {
            format!("{name}?")
        };
        if !guess.sure {
            self.why(guess, target, out);
        }
        self.notes(place, target, words, out);
        let extra = guess.ticks || !words.words.is_empty() || !words.dates.is_empty();
        let open = !guess.sure
            || !words.shapes.is_empty()
            || !words.words.is_empty()
            || words.dates.len() > 1;
        if open {
            kinds.open += 1;
        } else {
            kinds.understood += 1;
        }
        if !extra {
            out.push_str(&format!("{heading}: {}\n", quoted(&question)));
            return;
        }
        out.push_str(&format!("{heading}:\n  question: {}\n", quoted(&question)));
        if guess.ticks {
            out.push_str("  blank: unticked\n");
        }
        if let Some(form) = words.dates.first() {
            // A single format that reads all cells is certain; of several, a person must choose.
            let sure = words.dates.len() == 1 && form.starts_with('%');
            let mark = if sure { "" } else { "?" };
            out.push_str(&format!("  dates: {}\n", quoted(&format!("{form}{mark}"))));
        }
        if words.words.is_empty() {
            return;
        }
        out.push_str("  words:\n");
        for (word, count, meaning) in &words.words {
            let meaning = meaning
                .as_ref()
                .map_or(CHOOSE.to_owned(), |word| format!("{word}?"));
            out.push_str(&format!("    # {}\n", cells(*count)));
            out.push_str(&format!("    {}: {}\n", quoted(word), quoted(&meaning)));
        }
    }

    /// The heading for the map file; a column number if the heading is empty or repeated.
    fn heading(&self, place: usize, out: &mut String) -> String {
        let name = self.columns.get(place).map_or("", |column| &column.heading);
        let same = self.columns.iter().filter(|column| column.heading == name);
        if name.is_empty() || same.count() > 1 {
            if !name.is_empty() {
                out.push_str(&format!(", headed `{}` as others are", one_line(name)));
            }
            return quoted(&format!("column {}", place + 1));
        }
        quoted(name)
    }

    fn why(&self, guess: &Guess, target: Target, out: &mut String) {
        let asked = self.plan.questions.get(target.question());
        let ask = asked.map_or("", |asked| &asked.question.ask);
        out.push_str(&format!("# A guess: \"{}\"", one_line(ask)));
        let others: Vec<String> = guess
            .others
            .iter()
            .map(|other| other.name(self.plan))
            .collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        if others.is_empty() {
            out.push('\n');
        } else {
            out.push_str(&format!(" Or: {}\n", others.join(", ")));
        }
    }

    /// The information a person needs to complete the entry.
    fn notes(&self, place: usize, target: Target, words: &Words, out: &mut String) {
        let asked = self.plan.questions.get(target.question());
        let Some(question) = asked.map(|asked| &asked.question) else {
            return;
        };
        if words.hidden > 0 {
            out.push_str(&format!(
                "# {} with words that are not shown, as they may be about one person. Words under `words:` say what\n\
                 # they mean; `\"*\": not sure` reads all that are left as not known.\n",
                cells(words.hidden)
            ));
        }
        for (form, count) in &words.shapes {
            out.push_str(&format!(
                "# {} written like {form}: say how with `dates: \"%d/%m/%Y\"`, or `dates: excel` for numbers of days.\n",
                cells(*count)
            ));
        }
        if words.dates.len() > 1 {
            out.push_str(&format!(
                "# Every day here can be read as {}.\n",
                listed(&words.dates.iter().map(String::as_str).collect::<Vec<_>>())
            ));
        }
        if !words.words.is_empty() {
            let takes = answers(question, target);
            out.push_str(&format!("# An answer is: {takes}; or not sure.\n"));
        }
        let first_box =
            !self
                .columns
                .iter()
                .zip(self.guesses)
                .take(place)
                .any(|(column, guess)| {
                    guess
                        .target
                        .is_some_and(|other| other.question() == target.question())
                        && (guess.ticks || column.boxes)
                });
        let guess = self.guesses.get(place);
        let is_box = guess.is_some_and(|guess| guess.ticks)
            || self.columns.get(place).is_some_and(|column| column.boxes);
        if is_box && first_box {
            out.push_str(&format!(
                "# An empty box of `{0}` means no where another one is ticked. Where none is, nothing was said,\n\
                 # unless you add `--ticked {0}` to the command.\n",
                question.id
            ));
        }
        // All options, not only the chosen ones: a missing option would reveal what one person
        // chose.
        if question.takes_several() && matches!(target, Target::Question(_)) {
            let choices = question.kind.choices().iter();
            let ids: Vec<&str> = choices.map(|choice| choice.id.as_str()).collect();
            out.push_str(&format!(
                "# The options are {}.\n\
                 # An option that the form does not offer stays unknown: if it does not offer all,\n\
                 # add `offered: [...]` with the ids of the options that it does offer.\n",
                ids.join(", ")
            ));
        }
    }

    /// The questions that no column answers.
    fn missing(&self, out: &mut String) {
        let answered = |number: usize| {
            let mut targets = self.guesses.iter().filter_map(|guess| guess.target);
            targets.any(|target| target.question() == number)
        };
        let missing = self.plan.questions.iter().enumerate();
        let missing = missing.filter(|(number, asked)| {
            !answered(*number) && !asked.question.optional && asked.gate.is_none()
        });
        let missing: Vec<&str> = missing
            .map(|(_, asked)| asked.question.id.as_str())
            .collect();
        if missing.is_empty() {
            return;
        }
        out.push_str("\n# No column seems to answer these questions:\n");
        for id in missing {
            out.push_str(&format!("#   {id}\n"));
        }
        out.push_str(
            "# Where the answer is the same for all, add `--assume QUESTION=ANSWER` to the command.\n",
        );
    }
}

/// The answers that a word of a column can mean.
fn answers(question: &Question, target: Target) -> String {
    match target {
        Target::Question(_) => question.words().meanings.into_owned(),
        Target::Option(..) | Target::Rest(..) => "yes, no".to_owned(),
    }
}

fn cells(count: u64) -> String {
    if count == 1 {
        "1 cell".to_owned()
    } else {
        format!("{count} cells")
    }
}

/// A text on one line, for a comment.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A file name quoted for a shell.
fn shell(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "._-/".contains(c);
    let name = one_line(name);
    if name.chars().all(plain) {
        name
    } else {
        format!("'{name}'")
    }
}

/// A text quoted for YAML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn texts_in_quotes() {
        assert_eq!(quoted("Yes"), "\"Yes\"");
        assert_eq!(
            quoted("a \"b\" \\ c\nd\u{1}"),
            "\"a \\\"b\\\" \\\\ c\\nd\\u0001\""
        );
    }
}
