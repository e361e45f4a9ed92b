//! How many messages are printed on standard error besides warnings and errors.

use std::sync::OnceLock;

use super::note;

/// `--quiet` and `--verbose`; at most one of them is set.
static LEVEL: OnceLock<(bool, bool)> = OnceLock::new();

/// Set once, from the command line.
pub fn set(quiet: bool, verbose: bool) {
    // Only the first value counts; it is set once.
    let _ = LEVEL.set((quiet, verbose));
}

/// Whether only warnings and errors are printed.
pub fn is_quiet() -> bool {
    LEVEL.get().is_some_and(|(quiet, _)| *quiet)
}

/// Prints a message that is not a warning, unless `--quiet`.
pub fn remark(text: &str) {
    if !is_quiet() {
        note(text);
    }
}

/// Prints a message only with `--verbose`.
pub fn detail(text: &str) {
    if LEVEL.get().is_some_and(|(_, verbose)| *verbose) {
        note(text);
    }
}
