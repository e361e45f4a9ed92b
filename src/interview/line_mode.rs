//! Asks line by line: options are numbered, each answer is one line, and the cursor is not moved.
//!
//! For screen readers, simple terminals, and scripts that answer through a pipe.

use std::io::{BufRead, Write};

use crate::error::Error;
use candidacy_engine::answer::{AnswerError, leaves_open, yes_or_no};
use candidacy_engine::question::{Choice, Question};

use super::match_option::meant;
use super::{Ask, Begun, CONFIRM_HELP, Confirmed, Prompt, Response, Reviewed, Row};

/// A user who reads and writes lines.
pub struct Lines<R, W> {
    input: R,
    output: W,
    /// Whether the hints that are shown only once have been shown.
    hinted: bool,
    /// Whether another line arrived together with the last one. Only checked if a person types: a
    /// script may send all lines at once.
    at_once: Option<fn() -> bool>,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// A user who types into `input` and reads `output`.
    pub fn new(input: R, output: W) -> Self {
        Self {
            input,
            output,
            hinted: false,
            at_once: None,
        }
    }

    /// The same at a terminal: lines that arrive together are one answer, which must be confirmed.
    #[must_use]
    pub fn typed(self, at_once: fn() -> bool) -> Self {
        Self {
            at_once: Some(at_once),
            ..self
        }
    }

    /// Shows a text once.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
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

    /// The next line, without its line end. Lines that arrive together were pasted. They are one
    /// answer if the user confirms it with Enter.
    fn line(&mut self) -> Result<String, Error> {
        let mut pasted: Option<String> = None;
        loop {
            write!(self.output, "> ")
                .and_then(|()| self.output.flush())
                .map_err(|why| Error::output(&why))?;
            let mut lines = vec![self.one_line()?];
            while self.at_once.is_some_and(|another| another()) {
                lines.push(self.one_line()?);
            }
            lines.retain(|line| !line.is_empty());
            match (pasted.take(), lines.as_slice()) {
                (Some(text), []) => return Ok(text),
                (_, [_, _, ..]) => {
                    let text = lines.join("; ");
                    self.say(&format!("Several lines came at once: {text}."))?;
                    self.say("Press Enter to give this as one answer, or type the answer.")?;
                    pasted = Some(text);
                }
                _ => return Ok(lines.concat()),
            }
        }
    }

    fn one_line(&mut self) -> Result<String, Error> {
        let mut line = String::new();
        let read = self
            .input
            .read_line(&mut line)
            .map_err(|why| Error::Terminal(why.to_string()))?;
        if read == 0 {
            self.say("")?;
            // At a terminal, Ctrl-D ends the input on purpose.
            return Err(if self.at_once.is_some() {
                Error::Stopped
            } else {
                Error::Ended
            });
        }
        Ok(line.trim().to_owned())
    }

    fn question(&mut self, prompt: &Prompt<'_>) -> Result<(), Error> {
        if let Some(changes) = prompt.changes {
            self.say(&changes.in_words())?;
        }
        if let Some(AnswerError { message, help, .. }) = prompt.complaint {
            self.say(&format!("Not understood: {message}: {help}."))?;
        }
        let question = &prompt.asked.question;
        self.say("")?;
        self.say(&format!("{}. {}.", prompt.progress(), prompt.topic))?;
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
            ", p if you prefer not to say"
        } else {
            ""
        };
        let how = question.words().line_mode;
        self.say(&format!("{how}{private}{optional}."))?;
        if !prompt.before.is_blank() {
            let before = prompt.mask.over(prompt.said_before);
            self.say(&format!("Answered before: {before}."))?;
            self.say("Press Enter to keep it.")?;
            if prompt.mask.split(prompt.before).is_some() {
                self.say("A private medicine is kept, unless you type none.")?;
            }
        } else if prompt.left_out_before {
            self.say("Left out before. Press Enter to leave it out again.")?;
        }
        if !std::mem::replace(&mut self.hinted, true) {
            self.say("At any question: u not sure, ? help, < back, r review, q quit. End every answer with Enter.")?;
        }
        Ok(())
    }

    /// Shows the chosen options in words.
    fn chose(&mut self, prompt: &Prompt<'_>, words: &str) -> Result<(), Error> {
        let choices = prompt.asked.question.kind.choices();
        let chosen = |word: &str| choices.iter().any(|choice| choice.id == word);
        if !words.split(';').any(chosen) || !prompt.mask.understands(words) {
            return Ok(());
        }
        self.say(&format!("You chose: {}.", prompt.mask.over(words)))
    }

    /// Shows which options the text may mean.
    fn which(&mut self, question: &Question, several: &[usize]) -> Result<(), Error> {
        self.say("That could be one of these; type its number:")?;
        for number in several {
            if let Some(choice) = question.kind.choices().get(*number) {
                self.say(&format!("{}. {}", number + 1, choice.text))?;
            }
        }
        Ok(())
    }
}

/// The typed text as in a table cell: a number stands for an option, and so does the beginning of
/// its name. The error has the options that the text may mean.
fn in_cell_words(question: &Question, typed: &str) -> Result<String, Vec<usize>> {
    let choices = question.kind.choices();
    if choices.is_empty() {
        return Ok(typed.to_owned());
    }
    let one = |typed: &str| numbered(choices, typed).map_or_else(|| named(choices, typed), Ok);
    if !question.takes_several() {
        return one(typed);
    }
    if typed.eq_ignore_ascii_case("n") {
        return Ok("none".to_owned());
    }
    let words = typed
        .split([',', ';', ' '])
        .filter(|word| !word.trim().is_empty());
    let numbers: Option<Vec<String>> = words.map(|word| numbered(choices, word)).collect();
    if let Some(ids) = numbers.filter(|ids| !ids.is_empty()) {
        return Ok(ids.join(";"));
    }
    // A name may contain a comma.
    if meant(choices, typed).len() == 1 {
        return named(choices, typed);
    }
    let ids: Result<Vec<String>, Vec<usize>> = typed.split([',', ';', '|']).map(one).collect();
    Ok(ids?.join(";"))
}

/// The id of the option with this number.
fn numbered(choices: &[Choice], typed: &str) -> Option<String> {
    let number = typed.trim().parse::<usize>().ok()?.checked_sub(1)?;
    choices.get(number).map(|choice| choice.id.clone())
}

/// The id of the option whose name is `typed` or begins with it. Other text is not changed. If
/// several options match, the error has their numbers.
fn named(choices: &[Choice], typed: &str) -> Result<String, Vec<usize>> {
    match meant(choices, typed).as_slice() {
        [] => Ok(typed.trim().to_owned()),
        [one] => Ok(choices
            .get(*one)
            .map_or("", |choice| choice.id.as_str())
            .to_owned()),
        several => Err(several.to_vec()),
    }
}

impl<R: BufRead, W: Write> Ask for Lines<R, W> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        self.question(prompt)?;
        let question = &prompt.asked.question;
        loop {
            let line = self.line()?;
            return Ok(match line.as_str() {
                "u" | "U" => {
                    self.say("Not sure.")?;
                    Response::Reply("not sure".to_owned())
                }
                "" if !prompt.before.is_blank() => Response::Reply(prompt.said_before.to_owned()),
                "" if prompt.left_out_before => Response::Skip,
                "<" => Response::Back(Begun::No),
                "r" | "R" => Response::Review(Begun::No),
                "q" | "Q" => Response::Quit,
                "p" | "P" if prompt.private => {
                    self.say("You prefer not to say.")?;
                    Response::Reply("declined".to_owned())
                }
                "s" | "S" if question.optional => Response::Skip,
                "?" => {
                    let help = question
                        .help
                        .as_deref()
                        .unwrap_or("There is no help for this question.");
                    self.say(help)?;
                    continue;
                }
                typed => match in_cell_words(question, typed) {
                    Ok(words) => {
                        self.chose(prompt, &words)?;
                        Response::Reply(prompt.mask.with_hidden(&words, prompt.before))
                    }
                    Err(several) => {
                        self.which(question, &several)?;
                        continue;
                    }
                },
            });
        }
    }

    fn understood(&mut self, words: &str) -> Result<(), Error> {
        self.say(words)
    }

    fn confirm(&mut self, words: &str, _: bool) -> Result<Confirmed, Error> {
        self.say(words)?;
        self.say("Type y for yes or n for no.")?;
        loop {
            let line = self.line()?;
            return Ok(match line.as_str() {
                "<" => Confirmed::Back,
                "r" | "R" => Confirmed::Review,
                "q" | "Q" => Confirmed::Quit,
                "?" => {
                    self.say(CONFIRM_HELP)?;
                    continue;
                }
                typed => match yes_or_no(typed) {
                    Some(true) => Confirmed::Yes,
                    Some(false) => Confirmed::No,
                    None if matches!(typed, "u" | "U") || leaves_open(typed) => {
                        self.say("Not sure: it is not confirmed.")?;
                        Confirmed::No
                    }
                    None => {
                        self.say("Please type y for yes or n for no.")?;
                        continue;
                    }
                },
            });
        }
    }

    fn review(&mut self, rows: &[Row]) -> Result<Reviewed, Error> {
        self.say("")?;
        self.say("The answers:")?;
        for (number, row) in rows.iter().enumerate() {
            self.say(&format!("{}. {}: {}", number + 1, row.name, row.words))?;
        }
        loop {
            self.say("Press Enter if all is right, or type a number to change that answer.")?;
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
