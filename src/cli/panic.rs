//! The message for a failure of the program itself.

use std::panic;

use crate::terminal;

/// From now on a panic restores the terminal and says how to report it. What it
/// was about is left out: it may quote an answer. `RUST_BACKTRACE` shows it.
pub fn report_panics() {
    let details = panic::take_hook();
    panic::set_hook(Box::new(move |failure| {
        terminal::restore();
        let place = failure.location().map_or_else(String::new, |place| {
            format!("{}:{}", place.file(), place.line())
        });
        super::note(&format!("\n{}", message(&place)));
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            details(failure);
        }
    }));
}

fn message(place: &str) -> String {
    let tool = concat!(
        "candidacy ",
        env!("CARGO_PKG_VERSION"),
        ", ",
        env!("CANDIDACY_BUILD")
    );
    format!(
        "error: candidacy failed because of a fault in the program itself; what it wrote is not complete\n\
         help: report it to the person who maintains candidacy for you: the command you typed, without patients' \
         answers, and this line:\n\n    {tool}, at {place}\n\n"
    )
}
