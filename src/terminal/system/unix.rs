//! A terminal of Linux, macOS or another Unix.

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

/// How the terminal was before the first question.
static BEFORE: OnceLock<Termios> = OnceLock::new();

/// Lets keys come as they are pressed, without an echo; whether the terminal can.
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
    // Without it the screen is less tidy; the answers are the same.
    let _ = tcsetattr(stdin(), OptionalActions::Now, &mode);
    true
}

/// Puts back the mode from before the first question; whether there was one.
pub fn restore() -> bool {
    let Some(before) = BEFORE.get() else {
        return false;
    };
    // Nobody is left to tell when even this fails.
    let _ = tcsetattr(stdin(), OptionalActions::Now, before);
    true
}

/// Stops until the person brings the program to the front again.
pub fn suspend() {
    // Where the system will not, the interview just goes on.
    let _ = kill_current_process_group(rustix::process::Signal::TSTP);
}

/// Calls `end` when the program is told to quit by SIGQUIT, which would leave
/// the terminal in its changed mode. Call it before any other thread begins.
pub fn on_quit(end: impl FnOnce() + Send + 'static) {
    let mut quit = SigSet::empty();
    quit.add(Signal::SIGQUIT);
    // Where it cannot be blocked, the signal ends the program as it always did.
    if quit.thread_block().is_ok() {
        std::thread::spawn(move || {
            if quit.wait().is_ok() {
                end();
            }
        });
    }
}

/// The bytes that have come; none yet where the wait was interrupted.
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

/// Whether standard input has more `within` this time. Not every system can
/// `poll` a terminal; all can `select` one.
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
