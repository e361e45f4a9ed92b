//! Files that are not saved as UTF-8.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{NotUtf8, Place, Source, windows_1252};

/// The diagnostic for the first byte that is not UTF-8.
pub fn not_utf8(index: usize, source: &Source) -> Option<Box<Diagnostic>> {
    let (start, message, more) = match source.not_utf8? {
        NotUtf8::Utf16 => (
            0,
            "this file is saved as UTF-16, not as UTF-8".to_owned(),
            0,
        ),
        NotUtf8::Bytes { first, at, more } => {
            let letter = match windows_1252(first) {
                char::REPLACEMENT_CHARACTER => String::new(),
                letter => format!("; in windows-1252 it is `{letter}`"),
            };
            let message = format!("the byte 0x{first:02X} here is not UTF-8{letter}");
            (at, message, more)
        }
    };
    let letter = source.text.get(start..)?.chars().next();
    let place = Place {
        source: index,
        start,
        end: start + letter.map_or(1, char::len_utf8),
    };
    let problem = Diagnostic::new(Code::NotUtf8, place, message)
        .help("save the file as UTF-8: editors offer it under \"Save as\", \"Encoding\"");
    Some(Box::new(match more {
        0 => problem,
        1 => problem.help("1 more byte of the file is not UTF-8; check its letter after saving"),
        more => problem.help(format!(
            "{more} more bytes of the file are not UTF-8; check their letters after saving"
        )),
    }))
}
