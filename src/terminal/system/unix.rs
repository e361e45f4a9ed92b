//! Terminals of Linux, macOS and other Unix systems.

use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::sync::OnceLock;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::select::{FdSet, select};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::time::{TimeVal, TimeValLike};
use rustix::process::kill_current_process_group;
use rustix::stdio::stdin;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

/// The mode of the terminal before the first question.
static BEFORE: OnceLock<Termios> = OnceLock::new();

/// Turns off line buffering and echo; returns whether the terminal supports this.
pub fn quiet() -> bool {
    if BEFORE.get().is_none()
        && let Ok(mode) = tcgetattr(stdin())
    {
        BEFORE.get_or_init(|| mode);
    }
    let Some(mut mode) = BEFORE.get().cloned() else {
        return false;
    };
    let output = mode.output_modes;
    mode.make_raw();
    mode.output_modes = output;
    // If this fails, the screen is less tidy, but the answers are the same.
    let _ = tcsetattr(stdin(), OptionalActions::Now, &mode);
    true
}

/// Restores the mode from before the first question; returns whether there was one.
pub fn restore() -> bool {
    let Some(before) = BEFORE.get() else {
        return false;
    };
    // If even this fails, the error cannot be shown.
    let _ = tcsetattr(stdin(), OptionalActions::Now, before);
    true
}

/// Suspends the program until the user brings it to the foreground again.
pub fn suspend() {
    // If the system refuses, the interview continues.
    let _ = kill_current_process_group(rustix::process::Signal::TSTP);
}

/// Calls `end` if the program receives SIGQUIT, which would leave the terminal in its changed mode.
/// Must be called before another thread starts.
pub fn on_quit(end: impl FnOnce() + Send + 'static) {
    let mut quit = SigSet::empty();
    quit.add(Signal::SIGQUIT);
    // If the signal cannot be blocked, it ends the program as usual.
    if quit.thread_block().is_ok() {
        std::thread::spawn(move || {
            if quit.wait().is_ok() {
                end();
            }
        });
    }
}

/// The bytes received; empty if the wait was interrupted.
pub fn read() -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; 4096];
    match nix::unistd::read(io::stdin(), &mut bytes) {
        Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
        Ok(count) => {
            bytes.truncate(count);
            Ok(bytes)
        }
        Err(Errno::EINTR | Errno::EAGAIN) => Ok(Vec::new()),
        Err(why) => Err(why.into()),
    }
}

/// Whether standard input has more bytes `within` this time. Not every system can `poll` a
/// terminal, but all can `select` one.
pub fn comes(within: Option<Duration>) -> io::Result<bool> {
    let stdin = io::stdin();
    loop {
        let mut waiting = FdSet::new();
        waiting.insert(stdin.as_fd());
        let millis = within.map(|within| i64::try_from(within.as_millis()).unwrap_or(i64::MAX));
        let mut left = millis.map(TimeVal::milliseconds);
        match select(stdin.as_raw_fd() + 1, &mut waiting, None, None, &mut left) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::EINTR) => {}
            Err(why) => return Err(why.into()),
        }
    }
}
