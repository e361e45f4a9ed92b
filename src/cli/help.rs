//! Output without a command: help, the version, and errors in the command line. It is wrapped to the
//! window and coloured like all other output.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use candidacy_engine::suggest::{is_opposite, nearest};
use clap::ValueEnum;
use clap::error::{ContextKind, ContextValue};

use crate::error::{Error, Exit};
use crate::terminal;

use super::{Color, chapters, command, note, print, style};

/// What `--version` says; `-V` says its first line.
pub const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\n",
    env!("CANDIDACY_BUILD"),
    "\nbuilt-in rules ",
    env!("CANDIDACY_RULES")
);

/// The widest a help text is set.
pub const WIDEST: usize = 100;

/// Says why the command line was not run: it asks for help or the version, or it is wrong.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn answer(error: clap::Error) -> Result<Exit, Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(chapter) = chapters::asked(&arguments) {
        return chapters::show(chapter);
    }
    let to_stderr = error.use_stderr();
    let looked_at = if to_stderr {
        io::stderr().is_terminal()
    } else {
        io::stdout().is_terminal()
    };
    let text = without_opposites(of_other_commands(of_files(error))).render();
    let text = if style(asked_color(std::env::args_os()), looked_at).colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    let text = fitted(&text, width());
    if to_stderr {
        note(&text);
        return Ok(Exit::Usage);
    }
    print(&text)?;
    Ok(Exit::Done)
}

/// The value of `--color` in a command line that may have other errors.
fn asked_color(words: impl Iterator<Item = OsString>) -> Color {
    let words: Vec<String> = words
        .map(|word| word.to_string_lossy().into_owned())
        .take_while(|word| word != "--")
        .collect();
    let next = words.iter().skip(1).map(String::as_str).chain([""]);
    let values = words.iter().zip(next).filter_map(|(word, next)| {
        let value = word.strip_prefix("--color")?;
        let value = if value.is_empty() {
            next
        } else {
            value.strip_prefix('=')?
        };
        Color::from_str(value, true).ok()
    });
    values.last().unwrap_or(Color::Auto)
}

/// The width of help texts. Without a terminal it is set by `COLUMNS`.
fn width() -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let wide = terminal::columns_if_any().or_else(columns);
    wide.unwrap_or(WIDEST).min(WIDEST)
}

/// The text with lines that are at most `width` wide.
fn fitted(text: &str, width: usize) -> String {
    let mut fitted = String::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if textwrap::core::display_width(bare) <= width {
            fitted.push_str(line);
            continue;
        }
        let blanks = bare.len() - bare.trim_start().len();
        let usage = if bare.contains("Usage:") {
            "Usage: ".len()
        } else {
            0
        };
        let indent = " ".repeat(blanks.max(usage));
        let options = textwrap::Options::new(width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false)
            .subsequent_indent(&indent);
        fitted.push_str(&textwrap::fill(bare, options));
        fitted.push('\n');
    }
    fitted
}

/// Adds the command that was probably meant to an error about a file or flag without a command.
fn of_files(mut error: clap::Error) -> clap::Error {
    let typed = |kind| match error.get(kind) {
        Some(ContextValue::String(typed)) => Some(typed.clone()),
        _ => None,
    };
    let first = std::env::args().nth(1);
    let tip = if let Some(file) = typed(ContextKind::InvalidSubcommand) {
        let ending = file
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("csv" | "tsv" | "txt") => {
                format!("to screen this table, type 'candidacy batch {file}'")
            }
            Some("yaml" | "yml") => {
                format!("to screen these answers, type 'candidacy screen --answers {file}'")
            }
            Some("json") => format!("to reproduce this record, type 'candidacy replay {file}'"),
            _ => return error,
        }
    } else if let Some(flag) =
        typed(ContextKind::InvalidArg).filter(|flag| Some(flag) == first.as_ref())
    {
        let screen = command().find_subcommand("screen").cloned();
        let name = flag.trim_start_matches('-').to_owned();
        let has = |screen: clap::Command| {
            screen
                .get_arguments()
                .any(|arg| arg.get_long() == Some(&name))
        };
        if !screen.is_some_and(has) {
            return error;
        }
        format!("this flag belongs to 'screen': type 'candidacy screen {flag}'")
    } else {
        return error;
    };
    // A flag with similar letters, such as `--quiet` for `--quick`, is not the one meant, and the usage would show it.
    error.remove(ContextKind::SuggestedArg);
    error.remove(ContextKind::Usage);
    error.insert(
        ContextKind::Suggested,
        ContextValue::StyledStrs(vec![tip.into()]),
    );
    error
}

/// Adds similar commands at other levels to an error: `candidacy rules check` for `chek`.
fn of_other_commands(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else {
        return error;
    };
    let mut all = Vec::new();
    paths(&command(), "", &mut all);
    let names = all.iter().filter_map(|path| path.rsplit(' ').next());
    let Some(near) = nearest(typed, names) else {
        return error;
    };
    let ends = |path: &&String| path.rsplit(' ').next() == Some(near);
    let tips = all.iter().filter(ends);
    let tips = tips.map(|path| format!("there is a command 'candidacy{path}'").into());
    let tips = ContextValue::StyledStrs(tips.collect());
    let here = error.get(ContextKind::SuggestedSubcommand);
    let is_here = match here {
        Some(ContextValue::Strings(names)) => names.iter().any(|name| name == near),
        Some(ContextValue::String(name)) => name == near,
        _ => false,
    };
    if !is_here {
        error.insert(ContextKind::Suggested, tips);
    }
    error
}

/// All commands within `command`, each with the words that call it.
fn paths(command: &clap::Command, before: &str, found: &mut Vec<String>) {
    for inner in command.get_subcommands() {
        let path = format!("{before} {}", inner.get_name());
        paths(inner, &path, found);
        found.push(path);
    }
}

/// Removes "a similar value exists" from an error if that is the opposite of what was typed.
fn without_opposites(mut error: clap::Error) -> clap::Error {
    let pairs = [
        (ContextKind::InvalidValue, ContextKind::SuggestedValue),
        (ContextKind::InvalidArg, ContextKind::SuggestedArg),
        (
            ContextKind::InvalidSubcommand,
            ContextKind::SuggestedSubcommand,
        ),
    ];
    for (typed, suggested) in pairs {
        let Some(ContextValue::String(typed)) = error.get(typed) else {
            continue;
        };
        let opposite = match error.get(suggested) {
            Some(ContextValue::String(name)) => is_opposite(typed, name),
            Some(ContextValue::Strings(names)) => names.iter().any(|name| is_opposite(typed, name)),
            _ => false,
        };
        if opposite {
            error.remove(suggested);
        }
    }
    error
}

#[cfg(test)]
mod tests {
    use super::{Color, asked_color, fitted};

    #[test]
    fn the_color_asked_for_is_found_wherever_it_is() {
        #[track_caller]
        fn case(words: &str, expected: Color) {
            let words = words.split(' ').map(std::ffi::OsString::from);
            assert_eq!(asked_color(words), expected);
        }

        case("candidacy --help", Color::Auto);
        case("candidacy --color never --help", Color::Never);
        case("candidacy --color=always chek", Color::Always);
        case(
            "candidacy screen --color always --color NEVER",
            Color::Never,
        );
        case("candidacy batch -- --color never", Color::Auto);
        case("candidacy --color sometimes", Color::Auto);
        case("candidacy --color", Color::Auto);
    }

    #[test]
    fn a_line_wider_than_the_window_goes_on_below() {
        let usage = "Usage: candidacy rules check [OPTIONS] [PATH]\n\n  short\n";
        let narrow = "Usage: candidacy rules check [OPTIONS]\n       [PATH]\n\n  short\n";
        assert_eq!(fitted(usage, 40), narrow);
        assert_eq!(fitted(usage, 80), usage);
        assert_eq!(fitted("  one two\n", 6), "  one\n  two\n");
        assert_eq!(
            fitted("\u{1b}[1mUsage:\u{1b}[0m a b\n", 10),
            "\u{1b}[1mUsage:\u{1b}[0m a b\n"
        );
    }
}
