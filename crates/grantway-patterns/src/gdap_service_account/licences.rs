//! What service plans give (facts: api-gdap-hardening §1.2).

use grantway_core::question::LicenceSeen;
use uuid::{Uuid, uuid};

/// Entra ID P1, which gives Conditional Access.
const P1: Uuid = uuid!("41781fb2-bc02-4b7c-bd55-b576c07bb09d");
/// Entra ID P2, which gives Privileged Identity Management too.
const P2: Uuid = uuid!("eec0eb4f-6444-4f95-aba0-50c24d67f998");

/// Exchange plans with a mailbox. Others bear the name and have none: EXCHANGE_S_FOUNDATION, the archives, the lockbox.
const MAILBOX: [Uuid; 10] = [
    uuid!("9aaf7827-d63c-4b61-89c3-182f06f82e5c"),
    uuid!("efb87545-963c-4e0d-99df-69c6916d9eb0"),
    uuid!("4a82b400-a79f-41a4-b4e2-e94f5787b113"),
    uuid!("1126bef5-da20-4f07-b45e-ad25d2581aa8"),
    uuid!("d42bdbd6-c335-4231-ab3d-c8f348d5aff5"),
    uuid!("90927877-dcff-4af6-b346-2332c0b15bb7"),
    uuid!("fc52cc4b-ed7d-472d-bbe7-b081c23ecc56"),
    uuid!("e9b4930a-925f-45e2-ac2a-3f7788ca6fdd"),
    uuid!("8c3069c0-ccdb-44be-ab77-986203a67df2"),
    uuid!("88f4d7ef-a73b-4246-8047-516022144c9f"),
];

/// The first licence that gives Conditional Access.
pub(super) fn conditional_access(licences: &[LicenceSeen]) -> Option<&LicenceSeen> {
    licences.iter().find(|l| l.gives(P1) || l.gives(P2))
}

/// Whether roles can be given for a time.
pub(super) fn gives_timed_roles(licences: &[LicenceSeen]) -> bool {
    licences.iter().any(|licence| licence.gives(P2))
}

/// The licence with a mailbox that the most people have; one that nobody has is the last choice.
pub(super) fn mailbox(licences: &[LicenceSeen]) -> Option<&LicenceSeen> {
    licences
        .iter()
        .filter(|licence| MAILBOX.iter().any(|plan| licence.gives(*plan)))
        .max_by_key(|licence| licence.assigned)
}
