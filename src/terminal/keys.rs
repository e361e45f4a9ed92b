//! Decodes keys from the bytes that a terminal sends.
//!
//! A terminal sends more than keys: modified and function keys, mouse and focus reports, and
//! replies to questions from other programs. Every sequence that the program does not use is read
//! to its end and ignored. Otherwise its rest would be typed into an answer, or even be taken for
//! one.

use std::time::Duration;

/// A key or other keyboard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter, digit or symbol, or a control character that edits a line.
    Char(char),
    Enter,
    Escape,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    Backspace,
    Delete,
    /// Ctrl-C, or Ctrl-\.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
    /// Pasted text, with line ends as `\n`.
    Pasted(String),
}

/// How long to wait after Escape before it counts as the key.
const ESCAPE: Duration = Duration::from_millis(50);

/// How long to wait for the rest of an unfinished sequence.
const UNFINISHED: Duration = Duration::from_secs(1);

/// Maximum length of a sequence for a known key, without its first characters.
const LONGEST: usize = 16;

/// Turns bytes into keys; the bytes may arrive in any pieces.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// The bytes of an unfinished character.
    letter: Vec<u8>,
    /// The marked paste received so far.
    paste: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Plain,
    /// After `ESC`; `twice` after two of them, which means Alt on some terminals.
    Escape { twice: bool },
    /// After an Escape that was taken for the key; its sequence may still follow.
    Escaped,
    /// After `ESC` and a character that requires another one.
    Designation,
    /// After `ESC [`, with its parameters so far; `ignored` if it cannot be a known key.
    Control { parameters: Vec<u8>, ignored: bool },
    /// After `ESC O` or `ESC N`.
    Single,
    /// In the coordinates of a mouse report; this many characters are left.
    Mouse(u8),
    /// After `ESC [ [`.
    Function,
    /// A text for programs, such as after `ESC ]`; `escaped` after an `ESC` in it.
    Text { escaped: bool },
}

impl Decoder {
    /// How long to wait for the next byte before calling [`Self::silence`]; none if nothing is
    /// unfinished.
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Plain if self.letter.is_empty() && self.paste.is_none() => None,
            State::Escape { .. } if self.paste.is_none() => Some(ESCAPE),
            _ => Some(UNFINISHED),
        }
    }

    /// The key of unfinished input if nothing follows.
    pub fn silence(&mut self) -> Option<Key> {
        self.letter.clear();
        let escape = matches!(self.state, State::Escape { .. });
        self.state = if escape { State::Escaped } else { State::Plain };
        match self.paste.take() {
            // The mark at its end was lost.
            Some(paste) => Some(Key::Pasted(paste)),
            None => escape.then_some(Key::Escape),
        }
    }

    /// Decodes more bytes into keys.
    pub fn keys(&mut self, bytes: &[u8]) -> Vec<Key> {
        let mut keys = Vec::new();
        for byte in bytes {
            self.byte(*byte, &mut keys);
        }
        keys
    }

    fn byte(&mut self, byte: u8, keys: &mut Vec<Key>) {
        if let 0x03 | 0x1c = byte {
            *self = Self::default();
            keys.push(Key::Interrupt);
            return;
        }
        let goes_on = byte & 0xc0 == 0x80;
        if !self.letter.is_empty() && !goes_on {
            // The character is incomplete, as in another encoding.
            self.letter.clear();
            keys.extend(self.sign(char::REPLACEMENT_CHARACTER));
        }
        match byte {
            0x00..=0x7f => keys.extend(self.sign(char::from(byte))),
            _ if goes_on && !self.letter.is_empty() => {
                self.letter.push(byte);
                if let Some(letter) = self.letter() {
                    keys.extend(self.sign(letter));
                }
            }
            // One byte instead of `ESC` and a letter.
            0x80..=0x9f => keys.extend(self.sign(char::from(byte))),
            0xc2..=0xf4 => self.letter.push(byte),
            _ => keys.extend(self.sign(char::REPLACEMENT_CHARACTER)),
        }
    }

    /// The decoded character, once all its bytes are there.
    fn letter(&mut self) -> Option<char> {
        let whole = match self.letter.first()? {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        if self.letter.len() < whole {
            return None;
        }
        let bytes = std::mem::take(&mut self.letter);
        let letter = std::str::from_utf8(&bytes).ok();
        let letter = letter.and_then(|letter| letter.chars().next());
        Some(letter.unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn sign(&mut self, sign: char) -> Option<Key> {
        match std::mem::take(&mut self.state) {
            State::Escape { twice } => self.state = after_escape(sign, twice),
            State::Escaped if sign == '[' => {
                self.state = State::Control {
                    parameters: Vec::new(),
                    ignored: true,
                };
            }
            State::Plain | State::Escaped => return self.plain(sign),
            State::Control {
                parameters,
                ignored,
            } => return self.control(parameters, ignored, sign),
            // Old terminals put modifiers before the letter.
            State::Single if sign.is_ascii_digit() || sign == ';' => self.state = State::Single,
            State::Mouse(left) if left > 1 => self.state = State::Mouse(left - 1),
            State::Text { escaped: true } if sign != '\\' => {
                self.state = after_escape(sign, false);
            }
            State::Text { escaped: false }
                if !matches!(sign, '\u{7}' | '\u{18}' | '\u{1a}' | '\u{9c}') =>
            {
                let escaped = sign == '\u{1b}';
                self.state = State::Text { escaped };
            }
            State::Designation | State::Single | State::Function => self.begin(sign),
            State::Mouse(_) | State::Text { .. } => {}
        }
        None
    }

    /// The last character of a sequence, which ends here unless it starts another one.
    fn begin(&mut self, sign: char) {
        if sign == '\u{1b}' {
            self.state = State::Escape { twice: false };
        }
    }

    /// A character outside any sequence.
    fn plain(&mut self, sign: char) -> Option<Key> {
        let key = match sign {
            '\u{1b}' => {
                self.begin(sign);
                return None;
            }
            '\u{80}'..='\u{9f}' => {
                let letter = char::from_u32(u32::from(sign) - 0x40).unwrap_or('@');
                self.state = after_escape(letter, false);
                return None;
            }
            '\r' | '\n' => Key::Enter,
            '\t' => Key::Tab,
            '\u{8}' | '\u{7f}' => Key::Backspace,
            '\u{1a}' => Key::Suspend,
            letter => Key::Char(letter),
        };
        let Some(paste) = &mut self.paste else {
            return Some(key);
        };
        match key {
            Key::Enter => paste.push('\n'),
            Key::Tab => paste.push(' '),
            Key::Char(letter) if !letter.is_control() => paste.push(letter),
            _ => {}
        }
        None
    }

    /// One more character of a control sequence.
    fn control(&mut self, mut parameters: Vec<u8>, ignored: bool, sign: char) -> Option<Key> {
        match sign {
            '\u{1b}' => self.begin(sign),
            '[' if parameters.is_empty() => self.state = State::Function,
            'M' if parameters.is_empty() => self.state = State::Mouse(3),
            // rxvt ends a key with Shift in this way; on other terminals a letter follows.
            '$' if !parameters.is_empty() && parameters.iter().all(u8::is_ascii_digit) => {}
            ' '..='?' | '\u{7f}' => {
                if parameters.len() <= LONGEST {
                    parameters.push(u8::try_from(sign).unwrap_or_default());
                }
                self.state = State::Control {
                    parameters,
                    ignored,
                };
            }
            '@'..='~' if !ignored => return self.key(&parameters, sign),
            // The end, or a character that is not allowed in a sequence.
            _ => {}
        }
        None
    }

    /// The key of a complete control sequence.
    fn key(&mut self, parameters: &[u8], end: char) -> Option<Key> {
        match (parameters, end) {
            (b"200", '~') => {
                self.paste.get_or_insert_default();
                return None;
            }
            (b"201", '~') => return self.paste.take().map(Key::Pasted),
            _ if self.paste.is_some() => return None,
            _ => {}
        }
        Some(match (parameters, end) {
            (b"", 'A') => Key::Up,
            (b"", 'B') => Key::Down,
            (b"", 'C') => Key::Right,
            (b"", 'D') => Key::Left,
            (b"", 'H') | (b"1" | b"7", '~') => Key::Home,
            (b"", 'F') | (b"4" | b"8", '~') => Key::End,
            (b"", 'Z') => Key::BackTab,
            (b"3", '~') => Key::Delete,
            // Ctrl-C, if another program has left the terminal in a different key mode.
            (b"99;5", 'u') | (b"27;5;99", '~') => Key::Interrupt,
            _ => return None,
        })
    }
}

/// The state after `ESC` and this character.
fn after_escape(sign: char, twice: bool) -> State {
    match sign {
        '\u{1b}' => State::Escape { twice: true },
        '[' => State::Control {
            parameters: Vec::new(),
            ignored: twice,
        },
        'O' | 'N' => State::Single,
        ']' | 'P' | 'X' | '^' | '_' => State::Text { escaped: false },
        ' '..='/' => State::Designation,
        // A complete key with Alt.
        _ => State::Plain,
    }
}

#[cfg(test)]
mod tests;
