//! Writes names as a tree of letters. The build script uses it for the built-in lexicon.

use std::collections::HashMap;

/// The tree of names in order, each once, and the text that its values lead to.
///
/// A value is twice the position of the line with the generic names, which are separated by semicolons. It is one more
/// for an everyday word. Fails if a name is not after the one before it.
pub fn written<'n>(
    names: impl IntoIterator<Item = (&'n str, &'n [String], bool)>,
) -> Result<(Vec<u8>, String), fst::Error> {
    let mut tree = fst::MapBuilder::memory();
    let mut lines = String::new();
    let mut positions = HashMap::new();
    for (name, generics, whole_entry) in names {
        let position = *positions.entry(generics).or_insert_with(|| {
            let position = lines.len() as u64;
            for (number, generic) in generics.iter().enumerate() {
                lines.push_str(if number > 0 { ";" } else { "" });
                lines.push_str(generic);
            }
            lines.push('\n');
            position
        });
        tree.insert(name, position << 1 | u64::from(whole_entry))?;
    }
    Ok((tree.into_inner()?, lines))
}
