//! The built-in packs as the build script has compiled them, without their cases.

use super::built_in::BuiltIn;

/// The compiled form of each, in the order of the list.
const PLANS: &[(&str, &[u8])] = &[
    (
        "microneedling",
        include_bytes!(concat!(env!("OUT_DIR"), "/microneedling.plan")),
    ),
    (
        "rf-microneedling",
        include_bytes!(concat!(env!("OUT_DIR"), "/rf-microneedling.plan")),
    ),
    (
        "chemical-peel",
        include_bytes!(concat!(env!("OUT_DIR"), "/chemical-peel.plan")),
    ),
];

/// The bytes of the compiled plan of a pack; not readable in a build that did not compile it.
pub fn of(pack: &BuiltIn) -> &'static [u8] {
    let found = PLANS.iter().find(|(id, _)| *id == pack.id);
    found.map_or(&[], |(_, bytes)| bytes)
}
