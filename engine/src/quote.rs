//! What a person typed, quoted back.

/// A text as it may be quoted: on one line, without control characters, not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match plain.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", plain.get(..cut).unwrap_or("")),
        None => plain,
    }
}
