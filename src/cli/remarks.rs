//! How much is said on standard error besides warnings and errors.

use std::sync::OnceLock;

use super::note;

/// `--quiet` and `--verbose`; at most one of them is set.
static LEVEL: OnceLock<(bool, bool)> = OnceLock::new();

/// Set once, from the command line.
pub fn set(quiet: bool, verbose: bool) {
    // The first one counts, and there is no second one.
    let _ = LEVEL.set((quiet, verbose));
}

/// Whether only warnings and errors are said.
pub fn is_quiet() -> bool {
    LEVEL.get().is_some_and(|(quiet, _)| *quiet)
}

/// Says something that is no warning, unless `--quiet`.
pub fn remark(text: &str) {
    if !is_quiet() {
        note(text);
    }
}

/// Says something with `--verbose` only.
pub fn detail(text: &str) {
    if LEVEL.get().is_some_and(|(_, verbose)| *verbose) {
        note(text);
    }
}
