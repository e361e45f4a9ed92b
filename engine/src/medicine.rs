//! Medicines as people type them: recognised by whole names, never guessed.
//!
//! An answer is split into entries; in each, known names are looked for on
//! whole words, longest first, then strengths, forms and filler are set aside.
//! What is left over is quoted back, not dropped: an unknown word beside a
//! known name may be a second medicine typed without a comma.

use std::collections::HashMap;
use std::rc::Rc;

use super::normalize::{key, normalize};
use super::suggest::nearest;
use super::truth::Truth;

mod ignored_words;

/// A medicine's names and the groups it belongs to, ready to be looked up.
#[derive(Clone, Debug, Default)]
pub struct Recogniser {
    names: Vec<Name>,
    /// Names by their first word.
    by_first: HashMap<String, Vec<usize>>,
    groups: usize,
}

/// One name a medicine goes by.
#[derive(Clone, Debug)]
pub struct Name {
    /// As the pack writes it.
    pub text: String,
    /// The generic name of the medicine it stands for, per group.
    pub means: Vec<Meaning>,
    /// Its words as they are compared, one blank between two.
    folded: String,
    /// How many they are.
    length: usize,
}

/// What a name means in one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The group's number.
    pub group: usize,
    /// The generic name.
    pub generic: String,
    /// The question that tells it from another drug or route of the same name.
    pub ask_route: Option<String>,
}

/// What a person takes, as far as the answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medicines {
    /// What was typed, entry by entry.
    pub entries: Vec<Entry>,
    /// For each group, whether they take something of it.
    pub groups: Vec<Truth>,
    /// Whether they take something the pack does not know.
    pub unrecognised: Truth,
    /// Whether there may be more than the entries say.
    pub open: bool,
}

/// One entry of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As typed.
    pub text: String,
    /// The names found in it, as numbers into the recogniser's names.
    pub names: Vec<usize>,
    /// The words nothing explains.
    pub unrecognised: Option<String>,
}

/// What one piece of a list of medicines says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    none: bool,
    open: bool,
    ignored: bool,
    entries: Vec<Entry>,
}

/// Why an answer about medicines cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MedicineListError {
    /// `none` beside a name.
    NoneAndSome,
}

impl Recogniser {
    /// A recogniser for `groups` groups and the names they hold.
    #[must_use]
    pub fn new(groups: usize, names: impl IntoIterator<Item = (String, Meaning)>) -> Self {
        let mut known = Self {
            names: Vec::new(),
            by_first: HashMap::new(),
            groups,
        };
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (text, meaning) in names {
            let folded = normalized_name(&text);
            let Some(first) = folded.split(' ').next().filter(|first| !first.is_empty()) else {
                continue;
            };
            let next = known.names.len();
            let index = *by_name.entry(folded.clone()).or_insert(next);
            if index == next {
                match known.by_first.get_mut(first) {
                    Some(names) => names.push(index),
                    None => {
                        known.by_first.insert(first.to_owned(), vec![index]);
                    }
                }
                let length = folded.split(' ').count();
                known.names.push(Name {
                    text,
                    means: Vec::new(),
                    folded,
                    length,
                });
            }
            if let Some(name) = known.names.get_mut(index)
                && !name.means.iter().any(|other| other.group == meaning.group)
            {
                name.means.push(meaning);
            }
        }
        known
    }

    /// Every name.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// Gives the name of this number other meanings, and hands back those it had.
    /// A name without any is not known.
    pub fn redefine(&mut self, name: usize, means: Vec<Meaning>) -> Vec<Meaning> {
        let name = self.names.get_mut(name);
        name.map_or_else(Vec::new, |name| std::mem::replace(&mut name.means, means))
    }

    /// Witness who takes nothing.
    #[must_use]
    pub fn nothing(&self) -> Medicines {
        Medicines {
            entries: Vec::new(),
            groups: vec![Truth::No; self.groups],
            unrecognised: Truth::No,
            open: false,
        }
    }

    /// Reads an answer; `not_sure` tells the words that leave the rest open.
    ///
    /// # Errors
    ///
    /// When it says both that there are none and which.
    pub fn read(
        &self,
        answer: &str,
        not_sure: impl Fn(&str) -> bool,
    ) -> Result<Medicines, MedicineListError> {
        self.read_by(answer, &mut |piece| Rc::new(self.piece(piece, &not_sure)))
    }

    /// The same, where `piece` tells what each piece of a list says: what
    /// [`Self::piece`] does, or remembers.
    ///
    /// # Errors
    ///
    /// When it says both that there are none and which.
    pub fn read_by(
        &self,
        answer: &str,
        piece: &mut dyn FnMut(&str) -> Rc<Piece>,
    ) -> Result<Medicines, MedicineListError> {
        let mut all = Piece::default();
        for text in answer
            .split([';', ',', '\n', '\r'])
            .map(str::trim)
            .filter(|p| !p.is_empty())
        {
            let piece = piece(text);
            all.none |= piece.none;
            all.open |= piece.open;
            all.ignored |= piece.ignored;
            all.entries.extend_from_slice(&piece.entries);
        }
        if all.none && (all.open || all.ignored || !all.entries.is_empty()) {
            return Err(MedicineListError::NoneAndSome);
        }
        Ok(self.evaluate(all.entries, all.open, all.none))
    }

    /// What one piece of a list says.
    #[must_use]
    pub fn piece(&self, piece: &str, not_sure: impl Fn(&str) -> bool) -> Piece {
        let mut said = Piece::default();
        if says_none(piece) {
            said.none = true;
        } else if not_sure(piece) {
            said.open = true;
        } else {
            for entry in split_entries(piece) {
                match self.entry(entry) {
                    _ if not_sure(entry) => said.open = true,
                    Some(entry) => said.entries.push(entry),
                    None => said.ignored = true,
                }
            }
        }
        said
    }

    /// The answer that was once split into these `entries`; `open` when there may
    /// be more. An entry in which nothing is left to look at leaves it open too.
    #[must_use]
    pub fn of_entries<'t>(
        &self,
        entries: impl IntoIterator<Item = &'t str>,
        open: bool,
    ) -> Medicines {
        let read: Vec<Option<Entry>> = entries.into_iter().map(|text| self.entry(text)).collect();
        let open = open || read.iter().any(Option::is_none);
        self.evaluate(read.into_iter().flatten().collect(), open, !open)
    }

    /// What the entries come to. Nothing but filler (`20 mg`) says nothing.
    fn evaluate(&self, entries: Vec<Entry>, open: bool, none: bool) -> Medicines {
        let open = open || (entries.is_empty() && !none);
        let otherwise = if open { Truth::Unknown } else { Truth::No };
        let mut groups = vec![otherwise; self.groups];
        for meaning in entries.iter().flat_map(|entry| self.meanings(entry)) {
            if let Some(group) = groups.get_mut(meaning.group) {
                *group = Truth::Yes;
            }
        }
        let quoted = entries.iter().any(|entry| entry.unrecognised.is_some());
        let unrecognised = if quoted { Truth::Yes } else { otherwise };
        Medicines {
            entries,
            groups,
            unrecognised,
            open,
        }
    }

    /// What the names in an entry mean.
    pub fn meanings<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Meaning> {
        entry
            .names
            .iter()
            .filter_map(|index| self.names.get(*index))
            .flat_map(|name| &name.means)
    }

    /// One entry; none when it holds nothing but filler.
    fn entry(&self, text: &str) -> Option<Entry> {
        let folded = normalized_name(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let mut taken = vec![false; words.len()];
        let mut names = Vec::new();
        for (start, index) in self.occurrences(&words) {
            let range = start..start + self.length(index);
            let free = taken
                .get(range.clone())
                .is_some_and(|part| part.iter().all(|taken| !taken));
            if free {
                taken.get_mut(range)?.fill(true);
                names.push((start, index));
            }
        }
        names.sort_unstable();
        let left: Vec<&str> = words
            .iter()
            .zip(&taken)
            .filter(|(word, taken)| !**taken && !ignored_words::set_aside(word))
            .map(|(word, _)| *word)
            .collect();
        if names.is_empty() && left.is_empty() {
            return None;
        }
        let unrecognised = match (left.is_empty(), names.is_empty()) {
            (true, _) => None,
            (false, true) => Some(text.to_owned()),
            (false, false) => Some(left.join(" ")),
        };
        Some(Entry {
            text: text.to_owned(),
            names: names.into_iter().map(|(_, index)| index).collect(),
            unrecognised,
        })
    }

    /// Where names stand in `words`, longest name first.
    fn occurrences(&self, words: &[&str]) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (start, first) in words.iter().enumerate() {
            let candidates = self.by_first.get(*first).map_or(&[][..], Vec::as_slice);
            found.extend(candidates.iter().filter_map(|index| {
                let name = self.names.get(*index)?;
                let here = words.get(start..start + name.length)?;
                let is_here = name.folded.split(' ').eq(here.iter().copied());
                (is_here && !name.means.is_empty()).then_some((start, *index))
            }));
        }
        let letters = |index: usize| self.names.get(index).map_or(0, |name| name.folded.len());
        found.sort_by_key(|(start, index)| (std::cmp::Reverse(letters(*index)), *start));
        found
    }

    fn length(&self, index: usize) -> usize {
        self.names.get(index).map_or(0, |name| name.length)
    }

    /// The known name a person may have meant. Only ever shown, never taken.
    #[must_use]
    pub fn did_you_mean(&self, typed: &str) -> Option<&Name> {
        let folded = normalized_name(typed);
        let bare: Vec<&str> = folded
            .split(' ')
            .filter(|word| !ignored_words::set_aside(word))
            .collect();
        let names = self
            .names
            .iter()
            .map(|name| name.folded.as_str())
            .filter(|name| name.len() > 3);
        let near = nearest(&bare.join(" "), names)?;
        self.names.iter().find(|name| name.folded == near)
    }
}

/// Whether a name can ever be found: answers are split at `;` `,` `/` `+` `&`
/// and the word "and", so a name that holds one of them never is. `folded` is
/// its [`normalized_name`].
#[must_use]
pub fn can_be_found(name: &str, folded: &str) -> bool {
    let split = name.contains([';', ',', '/', '+', '&', '\n'])
        || folded.split(' ').any(|word| word == "and");
    !split && !folded.is_empty()
}

/// Whether `folded` is made of nothing but strengths, forms and filler, so that it
/// names no medicine: `tablets`, `20 mg`.
#[must_use]
pub fn says_nothing(folded: &str) -> bool {
    folded.split(' ').all(ignored_words::set_aside)
}

/// The words of a name as they are compared, one blank between two.
#[must_use]
pub fn normalized_name(name: &str) -> String {
    let folded = normalize(name);
    if folded
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b' ')
    {
        return folded;
    }
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn says_none(piece: &str) -> bool {
    let folded = key(piece);
    piece == "-"
        || ["none", "nil", "no", "n/a", "na", "null", "0", "nothing"].contains(&folded.as_str())
}

/// An answer's pieces split further, at `/`, `+`, `&` and the word "and".
fn split_entries(piece: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    for part in piece.split(['/', '+', '&']) {
        let (mut start, mut at) = (0, 0);
        for word in part.split_inclusive(char::is_whitespace) {
            if word.trim().eq_ignore_ascii_case("and") {
                entries.push(part.get(start..at).unwrap_or(""));
                start = at + word.len();
            }
            at += word.len();
        }
        entries.push(part.get(start..).unwrap_or(""));
    }
    entries
        .into_iter()
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
