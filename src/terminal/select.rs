//! Choosing: yes or no, one of several, any of several. Nothing is preselected, so no single key
//! gives a harmless answer by accident.

use std::borrow::Cow;

use crate::error::Error;
use crate::interview::{CONFIRM_HELP, Confirmed, Prompt, Response};
use crate::report::style::Role;

use super::keys::Key;
use super::list::List;
use super::screen::{Screen, set};
use super::{Command, Draft, command};

/// The hint for pasted text and for a key that is held down.
const NOT_TYPED: &str = "Several keys came at once and were ignored. Press one key at a time";

/// One answer from a list: yes or no, one option, or any of several. If the user leaves the
/// question without confirming, the ticks are returned too.
pub fn choose(
    screen: &mut Screen,
    prompt: &Prompt<'_>,
    draft: Option<Draft>,
) -> Result<(Response, Option<Draft>), Error> {
    let mut list = List::of(prompt);
    if let Some(Draft::Ticks(ticks)) = draft {
        list.restore(ticks);
    }
    loop {
        if !screen.hurries() {
            list.draw(screen, prompt)?;
        }
        match screen.key(|key| list.acts(key))? {
            None => {}
            Some(Key::Pasted(_)) => list.hint(NOT_TYPED),
            Some(key) => match list.press(&key, prompt) {
                Some(said @ (Response::Back(_) | Response::Review(_))) => {
                    return Ok((said, list.begun().map(Draft::Ticks)));
                }
                Some(said) => return Ok((said, None)),
                None => {}
            },
        }
    }
}

/// Whether a key could answer a question that needs no writing.
fn acts(key: &Key) -> bool {
    matches!(key, Key::Char(_) | Key::Enter)
}

/// The keys of [`confirm`].
const CONFIRM_KEYS: [&str; 7] = [
    "y yes",
    "n no",
    "u not sure",
    "? help",
    "< back",
    "r review",
    "q quit",
];

/// Asks a yes-or-no question that is not in the plan. The `words` do not stay on the screen.
pub fn confirm(screen: &mut Screen, words: &str) -> Result<Confirmed, Error> {
    let mut hint = "";
    loop {
        let mut lines = Vec::new();
        for text in [words, hint].into_iter().filter(|text| !text.is_empty()) {
            let wrapped = textwrap::wrap(text, set(screen.width())).into_iter();
            lines.extend(wrapped.map(Cow::into_owned));
        }
        lines.extend(key_line(screen, &CONFIRM_KEYS, ""));
        screen.foot(&lines)?;
        let Some(key) = screen.key(acts)? else {
            continue;
        };
        let (said, echo) = match (&key, command(&key)) {
            (Key::Char('y' | 'Y'), _) => (Confirmed::Yes, "yes"),
            (Key::Char('n' | 'N'), _) => (Confirmed::No, "no"),
            (_, Some(Command::NotSure)) => (Confirmed::No, "not sure: it is not confirmed"),
            (_, Some(Command::Back)) => (Confirmed::Back, "(back)"),
            (_, Some(Command::Review)) => (Confirmed::Review, "(review)"),
            (_, Some(Command::Quit)) => (Confirmed::Quit, "(quit)"),
            (_, Some(Command::Help)) => {
                hint = CONFIRM_HELP;
                continue;
            }
            (Key::Pasted(_), _) => {
                hint = NOT_TYPED;
                continue;
            }
            _ => {
                hint = "This key does nothing here. Press y or n";
                continue;
            }
        };
        screen.clear_foot()?;
        screen.understood(echo)?;
        return Ok(said);
    }
}

/// The help text of a question, as lines.
pub fn help(prompt: &Prompt<'_>, width: usize) -> Vec<String> {
    let Some(help) = &prompt.asked.question.help else {
        return Vec::new();
    };
    let options = set(width).initial_indent("  ").subsequent_indent("  ");
    textwrap::wrap(help, options)
        .into_iter()
        .map(Cow::into_owned)
        .collect()
}

/// The keys that mean the same for every question.
pub fn common_keys(prompt: &Prompt<'_>) -> Vec<&'static str> {
    let mut keys = vec!["u not sure", "? help"];
    if prompt.private {
        keys.push("p prefer not to say");
    }
    if prompt.asked.question.optional {
        keys.push("s leave out");
    }
    keys.extend(["< back", "r review", "q quit"]);
    keys
}

/// The keys, which are always on the screen, followed by the digits typed so far. A key and its
/// meaning stay on one line.
pub fn key_line(screen: &Screen, keys: &[&str], typed: &str) -> Vec<String> {
    let dot = if screen.style().unicode {
        " · "
    } else {
        " | "
    };
    let mut lines: Vec<String> = Vec::new();
    for key in keys
        .iter()
        .flat_map(|key| textwrap::wrap(key, set(screen.width())))
    {
        match lines.last_mut() {
            Some(line)
                if textwrap::core::display_width(line)
                    + 3
                    + textwrap::core::display_width(&key)
                    <= screen.width() =>
            {
                line.push_str(dot);
                line.push_str(&key);
            }
            _ => lines.push(key.into_owned()),
        }
    }
    let mut lines: Vec<String> = lines
        .iter()
        .map(|line| screen.style().paint(Role::Muted, line))
        .collect();
    if let Some(last) = lines.last_mut().filter(|_| !typed.is_empty()) {
        last.push_str(&format!(" [{typed}]"));
    }
    lines
}
