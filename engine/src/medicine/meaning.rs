//! What the names in an entry mean: the same medicine can be another one in another form.

use super::belongs::local;
use super::entry;
use super::find::Analysis;
use super::forms::Forms;
use super::words::{self, Kind};
use super::{Entry, Recogniser};

/// The text between an entry and the dose that is kept with it.
pub(super) const BEFORE_DOSE: &str = ", ";

impl Analysis<'_> {
    /// The names of the rules in the entry, each in its stated form.
    pub(super) fn names(&self, known: &Recogniser) -> Vec<usize> {
        let numbers = 0..self.found.len();
        numbers
            .flat_map(|number| self.names_of(number, known))
            .collect()
    }

    /// The forms stated for the name with this number.
    pub fn forms_of(&self, number: usize) -> Forms {
        let stated = |number| self.parsed.forms_of(Some(number), &self.places);
        let found = self.found.get(number);
        let own = found.filter(|found| found.of_lexicon && found.words.len() > 1);
        let own = own.map_or(Forms::default(), |found| {
            entry::own_forms(&found.words, &self.tokens)
        });
        if self.combined {
            let all = (0..self.found.len()).map(stated);
            return all.fold(own, Forms::with);
        }
        stated(number).with(own)
    }

    /// The names of the rules that the name with this number means, in its stated form.
    pub fn names_of(&self, number: usize, known: &Recogniser) -> Vec<usize> {
        let stated = self.forms_of(number);
        let loose = self.parsed.loose_of(number, &self.places).without(stated);
        // `isotretinoin (cream?)`
        let (stated, loose) = if self.doubted {
            (Forms::default(), stated.with(loose))
        } else {
            (stated, loose)
        };
        let Some(found) = self.found.get(number) else {
            return Vec::new();
        };
        let mut read: Vec<usize> = Vec::new();
        for name in &found.names {
            read.extend(known.readings(*name, stated.with(loose), !loose.is_empty()));
            // What is usually a cream is perhaps swallowed in such a dose: `minoxidil 5 mg`.
            if stated.with(loose).is_empty() && self.has_dose() {
                let swallowed = known.readings(*name, Forms::in_the_body(), false);
                let more: Vec<usize> = swallowed
                    .into_iter()
                    .filter(|one| !read.contains(one))
                    .collect();
                read.extend(more);
            }
        }
        if self.doubted || self.name_leads_away(&found.words) || self.has_dose_beside_form() {
            read.extend(known.otherwise(&read));
        }
        // A form that contradicts a form in the name is quoted instead.
        if entry::own_forms(&found.words, &self.tokens).is_empty() {
            read.extend(known.swallowed(&read, stated));
        }
        read
    }
}

impl Recogniser {
    /// The names that replace this one in the stated forms. The name itself is included if a form makes no
    /// difference, if none is stated, or if the form is `open`.
    pub(super) fn readings(&self, name: usize, stated: Forms, open: bool) -> Vec<usize> {
        let readings = self.names.get(name).map_or(&[][..], |name| &name.readings);
        let mut read = Vec::new();
        let mut others = stated;
        for (form, reading) in readings {
            if form.meets(stated) {
                read.push(*reading);
                others = others.without(*form);
            }
        }
        if !others.is_empty() || read.is_empty() || open {
            read.push(name);
        }
        read
    }

    /// The names that also count if a dose by weight follows: the same medicines in another form.
    pub(super) fn otherwise(&self, names: &[usize]) -> Vec<usize> {
        let bases = names.iter().filter_map(|name| self.base(*name, local()));
        let mut others: Vec<usize> = bases.filter(|other| !names.contains(other)).collect();
        others.dedup();
        others
    }

    /// The names that also count in this stated form, if it is swallowed or injected: the same medicines in it. Perhaps
    /// a brand of a cream was written for another brand.
    pub(super) fn swallowed(&self, names: &[usize], stated: Forms) -> Vec<usize> {
        let in_the_body = Forms::in_the_body();
        if !stated.meets(in_the_body) {
            return Vec::new();
        }
        let elsewhere = Forms::all().without(in_the_body);
        let bases = names.iter().filter_map(|name| self.base(*name, elsewhere));
        let others = bases.flat_map(|base| self.readings(base, stated, false));
        others.filter(|other| !names.contains(other)).collect()
    }

    /// The name without its form, if that is one of these: betamethasone for `betamethasone cream`, and for a brand
    /// of it.
    fn base(&self, number: usize, forms: Forms) -> Option<usize> {
        let name = self.names.get(number)?;
        let reads_as = |name: &super::Name| {
            let mut readings = name.readings.iter();
            readings.any(|(form, reading)| *reading == number && form.meets(forms))
        };
        if name.reading
            && let Some(base) = self.names.iter().position(reads_as)
        {
            return Some(base);
        }
        let generics = name.means.iter().map(|meaning| &*meaning.generic);
        let mut texts = std::iter::once(&*name.folded).chain(generics);
        texts.find_map(|text| self.without_form(text, forms))
    }

    fn without_form(&self, text: &str, forms: Forms) -> Option<usize> {
        let is_one = |text: &&str| words::word(text).is_some_and(|word| word.form.meets(forms));
        let no_form = |text: &&str| {
            !words::word(text).is_some_and(|word| word.kind.is_form() || word.kind == Kind::Route)
        };
        text.split(' ').find(is_one)?;
        let rest: Vec<&str> = text.split(' ').filter(no_form).collect();
        self.written_as(&rest.join(" "))
    }

    /// Makes an entry count in its other form too.
    pub(super) fn open_form(&self, entry: &mut Entry, dose: &str) {
        let others = self.otherwise(&entry.names);
        if others.is_empty() {
            return;
        }
        entry.names.extend(others);
        // The dose is kept with the entry, so that reading a record gives the same answer.
        entry.text = format!("{}{BEFORE_DOSE}{dose}", entry.text);
    }
}
