//! Converts a table to UTF-8: handles byte-order marks, UTF-16 and named encodings.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The byte-order mark of UTF-32, little-endian.
const UTF_32LE: [u8; 4] = [0xff, 0xfe, 0, 0];

/// How to decode a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As UTF-8; lines that are not UTF-8 as windows-1252.
    Tolerant,
    /// As UTF-8 only.
    Strict,
    /// In this encoding.
    As(&'static Encoding),
}

/// The encoding called `name`, with the names that browsers use.
#[must_use]
pub fn named(name: &str) -> Option<Reading> {
    let encoding = Encoding::for_label(name.trim().as_bytes())?;
    Some(if encoding == UTF_8 {
        Reading::Strict
    } else {
        Reading::As(encoding)
    })
}

/// A table's bytes without the byte-order mark.
pub struct Text<R> {
    inner: io::Chain<io::Cursor<Vec<u8>>, R>,
    decoder: Option<Decoder>,
    /// Decoded bytes that have not been read yet.
    ready: Vec<u8>,
    handed: usize,
    ended: bool,
}

impl<R: Read> Text<R> {
    /// Checks the first bytes of `reader` for a byte-order mark, which overrides `reading`.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    pub fn new(mut reader: R, reading: Reading) -> io::Result<(Self, Reading)> {
        let mut start = Vec::new();
        reader.by_ref().take(4).read_to_end(&mut start)?;
        // The mark of UTF-32 begins like that of UTF-16.
        let mark = Encoding::for_bom(&start).filter(|_| start != UTF_32LE);
        let reading = match mark {
            Some((encoding, length)) => {
                start.drain(..length);
                match encoding {
                    _ if encoding == UTF_16LE || encoding == UTF_16BE => Reading::As(encoding),
                    _ if reading == Reading::Tolerant => Reading::Tolerant,
                    _ => Reading::Strict,
                }
            }
            None => reading,
        };
        let decoder = match reading {
            Reading::As(encoding) => Some(encoding.new_decoder_without_bom_handling()),
            _ => None,
        };
        let text = Self {
            inner: io::Cursor::new(start).chain(reader),
            decoder,
            ready: Vec::new(),
            handed: 0,
            ended: false,
        };
        Ok((text, reading))
    }

    fn refill(&mut self, decoder: &mut Decoder) -> io::Result<()> {
        let mut raw = vec![0; 1 << 16];
        let count = self.inner.read(&mut raw)?;
        let last = count == 0;
        let raw = raw.get(..count).unwrap_or_default();
        let most = decoder
            .max_utf8_buffer_length(count)
            .unwrap_or(count * 3 + 16);
        self.ready.clear();
        self.ready.resize(most, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(raw, &mut self.ready, last);
        self.ready.truncate(written);
        self.handed = 0;
        self.ended = last;
        Ok(())
    }
}

impl<R: Read> Read for Text<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(mut decoder) = self.decoder.take() else {
            return self.inner.read(buffer);
        };
        while self.handed == self.ready.len() && !self.ended {
            self.refill(&mut decoder)?;
        }
        self.decoder = Some(decoder);
        let left = self.ready.get(self.handed..).unwrap_or_default();
        let count = left.len().min(buffer.len());
        for (place, byte) in buffer.iter_mut().zip(left) {
            *place = *byte;
        }
        self.handed += count;
        Ok(count)
    }
}
