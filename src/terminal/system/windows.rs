//! The Windows console and Windows Terminal.
//!
//! Keys arrive as events. They are converted to the bytes that other terminals send, so that one
//! decoder handles both. The console does not mark pastes; they are detected by speed.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::ansi_support::supports_ansi;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, poll};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Whether the mode has been changed.
static CHANGED: AtomicBool = AtomicBool::new(false);

/// Turns off line buffering and echo; returns whether the console supports this.
pub fn quiet() -> bool {
    // This check turns on the escape codes that are used for drawing.
    let _ = supports_ansi();
    let changed = enable_raw_mode().is_ok();
    CHANGED.store(changed, Ordering::Relaxed);
    changed
}

/// Restores the mode from before the first question; returns whether it was changed.
pub fn restore() -> bool {
    let changed = CHANGED.load(Ordering::Relaxed);
    if changed {
        // If even this fails, the error cannot be shown.
        let _ = disable_raw_mode();
    }
    changed
}

/// Windows cannot suspend a program.
pub fn suspend() {}

/// Windows has no SIGQUIT; closing the window ends the program like Ctrl-C.
pub fn on_quit(_: impl FnOnce() + Send + 'static) {}

/// The bytes of the next key; empty for an event without bytes.
pub fn read() -> io::Result<Vec<u8>> {
    Ok(match crossterm::event::read()? {
        Event::Key(key) if key.kind != KeyEventKind::Release => bytes(key),
        _ => Vec::new(),
    })
}

/// Whether an event arrives `within` this time.
pub fn comes(within: Option<Duration>) -> io::Result<bool> {
    within.map_or(Ok(true), poll)
}

/// The bytes that other terminals send for a key.
fn bytes(key: KeyEvent) -> Vec<u8> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    // The modifier as in xterm: 1, plus 1 for Shift, 2 for Alt and 4 for Ctrl.
    let modifier = 1 + u8::from(shift) + 2 * u8::from(alt) + 4 * u8::from(control);
    let sequence = |end: char| match modifier {
        1 => format!("\x1b[{end}").into_bytes(),
        _ => format!("\x1b[1;{modifier}{end}").into_bytes(),
    };
    match key.code {
        // AltGr arrives as Ctrl and Alt together, with the letter that it types.
        KeyCode::Char(letter) if control && !alt => match letter.to_ascii_lowercase() {
            letter @ 'a'..='z' => vec![letter as u8 - b'a' + 1],
            '\\' | '4' => vec![0x1c],
            _ => Vec::new(),
        },
        KeyCode::Char(letter) if alt && !control => format!("\x1b{letter}").into_bytes(),
        KeyCode::Char(letter) => String::from(letter).into_bytes(),
        KeyCode::Enter => vec![b'\r'],
        KeyCode::Tab => vec![b'\t'],
        KeyCode::BackTab => b"\x1b[Z".to_vec(),
        KeyCode::Backspace => vec![0x7f],
        KeyCode::Esc => vec![0x1b],
        KeyCode::Up => sequence('A'),
        KeyCode::Down => sequence('B'),
        KeyCode::Right => sequence('C'),
        KeyCode::Left => sequence('D'),
        KeyCode::Home => sequence('H'),
        KeyCode::End => sequence('F'),
        KeyCode::Delete => b"\x1b[3~".to_vec(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::bytes;
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn keys_are_what_a_terminal_elsewhere_sends() {
        let case = |code, modifiers, sent: &[u8]| {
            assert_eq!(
                bytes(KeyEvent::new(code, modifiers)),
                sent,
                "{code:?} {modifiers:?}"
            );
        };
        let plain = KeyModifiers::NONE;
        case(KeyCode::Char('ß'), plain, "ß".as_bytes());
        case(KeyCode::Char('c'), KeyModifiers::CONTROL, b"\x03");
        case(
            KeyCode::Char('@'),
            KeyModifiers::CONTROL | KeyModifiers::ALT,
            b"@",
        );
        case(KeyCode::Char('x'), KeyModifiers::ALT, b"\x1bx");
        case(KeyCode::Down, plain, b"\x1b[B");
        case(KeyCode::Down, KeyModifiers::SHIFT, b"\x1b[1;2B");
        case(KeyCode::Enter, plain, b"\r");
        case(KeyCode::F(1), plain, b"");
    }
}
