//! Asks one patient after the other, on the terminal screen or line by line.

use std::io::IsTerminal;

use crate::cli::saved_answers::{self, Saving};
use crate::cli::{far_day, tell};
use crate::error::{Error, Exit};
use crate::files::Destination;
use crate::interview::{Ask, Confirmed, Interview, InterviewOptions, Lines, begin, conduct};
use crate::report::model::View;
use crate::report::record::Typed;
use crate::report::style::Style;
use crate::terminal::{self, Person};
use candidacy_engine::answer::Answers;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;

use super::preset::Preset;

/// The answers of one patient: the treatment day, as read, and as typed.
pub type Answered = (Date, Answers, Vec<Typed>);

/// Everything that is the same for all patients of a session.
pub struct Session<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The treatment day.
    pub as_of: Date,
    /// Today.
    pub today: Date,
    /// Whether optional questions are left out.
    pub quick: bool,
    /// Who sees the questions.
    pub seen_by: View,
    /// The answers that every interview begins with.
    pub preset: Vec<Preset>,
    /// Where the answers are saved, if anywhere.
    pub save: Option<Destination>,
    /// The message about it.
    pub saving: Saving,
    /// Shown before the first question.
    pub greeting: String,
}

impl<'a> Session<'a> {
    /// Asks line by line.
    ///
    /// # Errors
    ///
    /// If the user stops the interview, or the answers cannot be saved.
    pub fn line_by_line(&mut self, earlier: Vec<(usize, String)>) -> Result<Answered, Error> {
        let typed = std::io::stdin().is_terminal();
        let mut person = Lines::new(std::io::stdin().lock(), std::io::stderr().lock());
        if typed {
            person = person.typed(terminal::another_line_at_once, terminal::wrapped);
        }
        person.greet(&self.greeting)?;
        if typed {
            meant(&mut person, self.as_of, self.today)?;
        } else {
            far_day::warn(self.as_of, self.today);
        }
        let mut interview = self.begin(earlier);
        self.conduct(&mut interview, &mut person)
    }

    /// Greets the user at the terminal. From now on, every end of the program restores the
    /// terminal.
    ///
    /// # Errors
    ///
    /// If the terminal is closed, or the treatment day is not the intended one.
    pub fn person(&self, style: Style) -> Result<Person, Error> {
        let saving = self.saving.clone();
        let end = move || {
            terminal::restore();
            tell(&saving.noted(Error::BrokenOff), style);
            std::process::exit(i32::from(Exit::BrokenOff as u8));
        };
        terminal::on_quit(end.clone());
        let _ = ctrlc::set_handler(move || {
            // Ctrl-C in a pager is handled by the pager.
            if !terminal::is_aside() {
                end.clone()();
            }
        });
        let mut person = Person::new(style);
        person.greet(&self.greeting)?;
        meant(&mut person, self.as_of, self.today)?;
        Ok(person)
    }

    /// The interview of one patient, with the answers that are preset, and those given earlier.
    pub fn begin(&self, mut earlier: Vec<(usize, String)>) -> Interview<'a> {
        let given = |question: &usize| earlier.iter().any(|(other, _)| other == question);
        let preset = self.preset.iter().filter(|(question, _)| !given(question));
        let preset: Vec<Preset> = preset.cloned().collect();
        earlier.extend(preset);
        earlier.sort_by_key(|(question, _)| *question);
        let options = InterviewOptions {
            as_of: self.as_of,
            today: self.today,
            quick: self.quick,
            view: self.seen_by,
            earlier,
            keep: &mut |_| Ok(()),
        };
        begin(self.plan, &options)
    }

    /// Asks the remaining questions.
    ///
    /// # Errors
    ///
    /// If the user stops the interview, the terminal is closed, or the answers cannot be saved.
    pub fn conduct(
        &mut self,
        interview: &mut Interview<'a>,
        person: &mut dyn Ask,
    ) -> Result<Answered, Error> {
        let (as_of, today, saving) = (self.as_of, self.today, &self.saving);
        let save = &mut self.save;
        let mut keep = |texts: &[(&str, &str)]| match save.as_mut() {
            Some(to) => {
                saved_answers::write(to, as_of, today, texts)?;
                saving.note_any();
                Ok(())
            }
            None => Ok(()),
        };
        let options = InterviewOptions {
            as_of,
            today,
            quick: self.quick,
            view: self.seen_by,
            earlier: Vec::new(),
            keep: &mut keep,
        };
        conduct(self.plan, interview, options, person).map_err(|why| saving.noted(why))?;
        let texts = interview.texts().into_iter();
        let typed = texts.map(|(id, text)| Typed::new(id, text)).collect();
        Ok((as_of, interview.answers().clone(), typed))
    }
}

/// Asks whether a treatment day that is far from today is correct.
fn meant(person: &mut impl Ask, as_of: Date, today: Date) -> Result<(), Error> {
    let Some(words) = far_day::far_day(as_of, today) else {
        return Ok(());
    };
    let words = format!("Look again: {words}. Is this day correct (y), or not (n)?");
    match person.confirm(&words, false)? {
        Confirmed::Yes => return Ok(()),
        Confirmed::Quit => return Err(Error::Stopped),
        // There is no earlier question and no answer yet.
        Confirmed::No | Confirmed::Back | Confirmed::Review => {}
    }
    Err(Error::Usage {
        message: format!("{} is not the intended treatment day", as_of.in_words()),
        hint: format!("leave out `--as-of` for today, or write the day as in `--as-of {today}`"),
    })
}
