//! Names that may be in parts that could not be read.

use std::collections::HashSet;

use crate::diagnostic::Code;

/// The sections whose names are used elsewhere, and the problem of an unknown name.
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

/// Problems with unknown names that are not reported, because the entry with the name may be one
/// that could not be read. Its author has already seen that problem.
#[derive(Clone, Debug, Default)]
pub struct UnreadNames(HashSet<Code>);

impl UnreadNames {
    /// An entry of this section could not be read. An unreadable `topics` hides whole files with
    /// any entries.
    pub fn in_section(&mut self, section: &str) {
        if section == "topics" {
            self.anywhere();
        }
        let code = NAMED.iter().find(|(name, _)| *name == section);
        self.0.extend(code.map(|(_, code)| *code));
    }

    /// A part that may contain any section could not be read.
    pub fn anywhere(&mut self) {
        self.0.extend(NAMED.iter().map(|(_, code)| *code));
    }

    /// Adds the unread names of another pack with the same names.
    pub fn join(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// Whether the name reported by `code` may be in an unread part.
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
