//! A person line by line: numbered choices, one line in, no cursor moved.
//!
//! For screen readers, dumb terminals, and scripts that answer from a pipe.

use std::io::{BufRead, Write};

use crate::engine::answer::Misread;
use crate::engine::plan::Plan;
use crate::engine::question::{Kind, Question};
use crate::error::Error;

use super::{Ask, Prompt, Reviewed, Said};

/// A person who reads lines and writes lines.
pub struct Lines<R, W> {
    input: R,
    output: W,
    /// Whether the hints that are said once have been said.
    hinted: bool,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// A person who types into `input` and reads `output`.
    pub fn new(input: R, output: W) -> Self {
        Self {
            input,
            output,
            hinted: false,
        }
    }

    /// Says something once.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn greet(&mut self, words: &str) -> Result<(), Error> {
        self.say(words)
    }

    fn say(&mut self, words: &str) -> Result<(), Error> {
        let plain: String = words
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        writeln!(self.output, "{plain}").map_err(|why| Error::output(&why))
    }

    /// The next line, without its end.
    fn line(&mut self) -> Result<String, Error> {
        write!(self.output, "> ")
            .and_then(|()| self.output.flush())
            .map_err(|why| Error::output(&why))?;
        let mut line = String::new();
        let read = self
            .input
            .read_line(&mut line)
            .map_err(|why| Error::Terminal(why.to_string()))?;
        if read == 0 {
            self.say("")?;
            return Err(Error::Terminal(
                "the answers ended before the questions did".to_owned(),
            ));
        }
        Ok(line.trim().to_owned())
    }

    fn question(&mut self, prompt: &Prompt<'_>) -> Result<(), Error> {
        if let Some(changes) = prompt.changes {
            self.say(&format!(
                "Changed. Later answers kept: {}, no longer needed: {}.",
                changes.kept, changes.dropped
            ))?;
        }
        if let Some(Misread { message, help }) = prompt.complaint {
            self.say(&format!("Not understood: {message}: {help}."))?;
        }
        let question = &prompt.asked.question;
        self.say("")?;
        self.say(&format!(
            "Question {} of at most {}. {}.",
            prompt.number, prompt.at_most, prompt.topic
        ))?;
        self.say(&question.ask)?;
        for (number, choice) in question.kind.choices().iter().enumerate() {
            self.say(&format!("{}. {}", number + 1, choice.text))?;
        }
        let optional = if question.optional {
            ", s to leave it out"
        } else {
            ""
        };
        let private = if prompt.private {
            ", p if you would rather not say"
        } else {
            ""
        };
        self.say(&format!(
            "{}{private}{optional}.",
            how_to_answer(&question.kind)
        ))?;
        if !std::mem::replace(&mut self.hinted, true) {
            self.say("At any question: u not sure, ? help, < back, r review, q quit. End every answer with Enter.")?;
        }
        Ok(())
    }
}

fn how_to_answer(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "Type y for yes or n for no",
        Kind::Choice(_) | Kind::Number(_) => "Type a number",
        Kind::Choices(_) => {
            "Type one or more numbers with a comma between them, or n for none of these"
        }
        Kind::Date => "Type a day such as 1990-05-31, or a year",
        Kind::Event => {
            "Type never, or when it last was, such as 2026-05-31, May 2026 or 3 weeks ago"
        }
        Kind::Course => "Type never, ongoing, or when it ended, such as 2026-05-31 or May 2026",
        Kind::Medicines => "Type names with a comma between them, or none",
    }
}

/// What was typed, in the words of a table cell: numbers stand for options.
fn in_cell_words(question: &Question, typed: &str) -> String {
    let choices = question.kind.choices();
    let id = |word: &str| {
        let number = word.trim().parse::<usize>().ok()?.checked_sub(1)?;
        choices.get(number).map(|choice| choice.id.clone())
    };
    match &question.kind {
        Kind::Choice(_) => id(typed).unwrap_or_else(|| typed.to_owned()),
        Kind::Choices(_) if typed.eq_ignore_ascii_case("n") => "none".to_owned(),
        Kind::Choices(_) => {
            let words = typed
                .split([',', ';', ' '])
                .filter(|word| !word.trim().is_empty());
            let ids: Option<Vec<String>> = words.map(id).collect();
            ids.filter(|ids| !ids.is_empty())
                .map_or_else(|| typed.to_owned(), |ids| ids.join(";"))
        }
        _ => typed.to_owned(),
    }
}

impl<R: BufRead, W: Write> Ask for Lines<R, W> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Said, Error> {
        self.question(prompt)?;
        let question = &prompt.asked.question;
        loop {
            let line = self.line()?;
            return Ok(match line.as_str() {
                "u" | "U" => {
                    self.say("Not sure.")?;
                    Said::Reply("not sure".to_owned())
                }
                "<" => Said::Back,
                "r" | "R" => Said::Review,
                "q" | "Q" => Said::Quit,
                "p" | "P" if prompt.private => {
                    self.say("You would rather not say.")?;
                    Said::Reply("declined".to_owned())
                }
                "s" | "S" if question.optional => Said::Skip,
                "?" => {
                    let help = question
                        .help
                        .as_deref()
                        .unwrap_or("There is no more to say about this question.");
                    self.say(help)?;
                    continue;
                }
                typed => {
                    let words = in_cell_words(question, typed);
                    let chosen = |word: &str| {
                        question
                            .kind
                            .choices()
                            .iter()
                            .find(|choice| choice.id == word)
                    };
                    let texts: Vec<&str> = words
                        .split(';')
                        .filter_map(chosen)
                        .map(|choice| choice.text.as_str())
                        .collect();
                    if !texts.is_empty() {
                        self.say(&format!("You chose: {}.", texts.join("; ")))?;
                    }
                    Said::Reply(words)
                }
            });
        }
    }

    fn understood(&mut self, words: &str) -> Result<(), Error> {
        self.say(words)
    }

    fn confirm(&mut self, words: &str) -> Result<bool, Error> {
        self.say(words)?;
        self.say("Type y for yes or n for no.")?;
        let line = self.line()?;
        Ok(line.eq_ignore_ascii_case("y") || line.eq_ignore_ascii_case("yes"))
    }

    fn review(&mut self, plan: &Plan, rows: &[(usize, String)]) -> Result<Reviewed, Error> {
        self.say("")?;
        self.say("The answers:")?;
        for (number, (question, words)) in rows.iter().enumerate() {
            let id = plan
                .questions
                .get(*question)
                .map_or("", |asked| asked.question.id.as_str());
            self.say(&format!("{}. {id}: {words}", number + 1))?;
        }
        loop {
            self.say("Press Enter for the verdict, or type a number to change that answer.")?;
            let line = self.line()?;
            match line.as_str() {
                "" => return Ok(Reviewed::Accept),
                "<" => return Ok(Reviewed::Back),
                "q" | "Q" => return Ok(Reviewed::Quit),
                typed => match typed
                    .parse::<usize>()
                    .ok()
                    .and_then(|number| number.checked_sub(1))
                {
                    Some(row) if row < rows.len() => return Ok(Reviewed::Change(row)),
                    _ => self.say(&format!("Type a number from 1 to {}.", rows.len()))?,
                },
            }
        }
    }
}
