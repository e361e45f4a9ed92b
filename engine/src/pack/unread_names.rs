//! Which names may stand where nothing could be read.

use std::collections::HashSet;

use crate::diagnostic::Code;

/// The sections whose names others use, and the complaint about a name that is none of them.
const NAMED: &[(&str, Code)] = &[
    ("questions", Code::UnknownQuestion),
    ("facts", Code::UnknownFact),
    ("groups", Code::UnknownGroup),
    ("settings", Code::UnknownSetting),
    ("sources", Code::UnknownSource),
    ("advice", Code::UnknownAdvice),
    ("rules", Code::UnknownRule),
    ("personas", Code::UnknownPersona),
];

/// The complaints about unknown names that are not made: an entry that could
/// not be read may have the name, and its author has been told about it already.
#[derive(Clone, Debug, Default)]
pub struct UnreadNames(HashSet<Code>);

impl UnreadNames {
    /// Something of this section could not be read. Behind `topics` stand whole
    /// files, and with them anything.
    pub fn in_section(&mut self, section: &str) {
        if section == "topics" {
            self.anywhere();
        }
        let code = NAMED.iter().find(|(name, _)| *name == section);
        self.0.extend(code.map(|(_, code)| *code));
    }

    /// Something that may hold any section could not be read.
    pub fn anywhere(&mut self) {
        self.0.extend(NAMED.iter().map(|(_, code)| *code));
    }

    /// What another pack of the same names could not read either.
    pub fn join(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// Whether the name that `code` complains about may stand somewhere unseen.
    #[must_use]
    pub fn may_have(&self, code: Code) -> bool {
        self.0.contains(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::UnreadNames;
    use crate::diagnostic::Code;

    #[test]
    fn what_was_not_read_may_have_any_name() {
        let mut unseen = UnreadNames::default();
        assert!(!unseen.may_have(Code::UnknownRule));
        unseen.in_section("rules");
        assert!(unseen.may_have(Code::UnknownRule));
        unseen.in_section("cases");
        assert!(!unseen.may_have(Code::UnknownPersona));
        unseen.anywhere();
        assert!(unseen.may_have(Code::UnknownPersona));
        assert!(!unseen.may_have(Code::UnknownOption));
    }
}
