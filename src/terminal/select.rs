//! Choosing: yes or no, one of several, any of several. Nothing is chosen
//! beforehand, so no key says something reassuring by itself.

use dialoguer::console::Key;

use crate::error::Error;
use crate::interview::{Prompt, Response};

use crate::report::style::Role;

use super::list::List;
use super::screen::{Screen, set};

/// One answer from a list: yes or no, one option, or any of several.
pub fn choose(screen: &mut Screen, prompt: &Prompt<'_>) -> Result<Response, Error> {
    let mut list = List::of(prompt);
    loop {
        list.draw(screen, prompt)?;
        if let Some(said) = list.press(&screen.key()?, prompt) {
            return Ok(said);
        }
        if screen.pasted().is_some() {
            list.hint("nothing can be pasted here: choose with the keys below");
        }
    }
}

/// Yes or no to something that is no question of the plan.
pub fn confirm(screen: &mut Screen) -> Result<bool, Error> {
    let keys = key_line(screen, &["y yes", "n no"], "");
    screen.foot(&keys)?;
    loop {
        let yes = match screen.key()? {
            Key::Char('y' | 'Y') => true,
            Key::Char('n' | 'N') | Key::Escape => false,
            _ => continue,
        };
        screen.clear_foot()?;
        screen.understood(if yes { "yes" } else { "no" })?;
        return Ok(yes);
    }
}

/// The help text under a question, in lines.
pub fn help(prompt: &Prompt<'_>, width: usize) -> Vec<String> {
    let Some(help) = &prompt.asked.question.help else {
        return Vec::new();
    };
    let options = set(width).initial_indent("  ").subsequent_indent("  ");
    textwrap::wrap(help, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// The keys that mean the same on every question.
pub fn common_keys(prompt: &Prompt<'_>) -> Vec<&'static str> {
    let mut keys = vec!["u not sure", "? help"];
    if prompt.private {
        keys.push("p rather not say");
    }
    if prompt.asked.question.optional {
        keys.push("s leave out");
    }
    keys.extend(["< back", "r review", "q quit"]);
    keys
}

/// The keys, always on screen; digits typed so far behind them. A key and its
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
