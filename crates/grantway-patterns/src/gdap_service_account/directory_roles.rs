//! Directory roles that the signed-in person needs. Template ids are the same in every tenant.

use grantway_core::RoleId;
use uuid::uuid;

/// May do everything below.
pub(super) const GLOBAL_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("62e90394-69f5-4237-9190-012177145e10"));
const PRIVILEGED_ROLE_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("e8611ab8-c189-46e8-94e1-60213ab1f814"));
const USER_ADMINISTRATOR: RoleId = RoleId::from_uuid(uuid!("fe930be7-5e62-47db-91af-98c3a49a38b1"));
const PRIVILEGED_AUTHENTICATION_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("7be44c8a-adaf-4e2a-84d6-ab2649e08a13"));
const GLOBAL_READER: RoleId = RoleId::from_uuid(uuid!("f2ef992c-3afb-46b9-b7cf-a126ee74c451"));
const CLOUD_APPLICATION_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("158c047a-c907-4556-b7ef-446551a6b5f7"));
const APPLICATION_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"));
const CONDITIONAL_ACCESS_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("b1be1c3e-b65d-4f19-8427-f6fa0d97feb9"));
const SECURITY_ADMINISTRATOR: RoleId =
    RoleId::from_uuid(uuid!("194ae4cb-b126-40b2-bd5b-6091b380977d"));

/// A thing that the person must be able to do, with the roles beside Global Administrator that allow it.
pub(super) struct Ability {
    /// The role to ask for.
    pub(super) role: &'static str,
    /// Any of these will do.
    pub(super) any_of: &'static [RoleId],
    /// Nothing can be applied without it; otherwise only a proof or take back is out of reach.
    pub(super) needed_to_apply: bool,
}

/// What this pattern does in the provider's tenant, by who may do it (facts: api-gdap-hardening §2.7, §2.8, §2.14, §2.16).
pub(super) const ABILITIES: [Ability; 5] = [
    // Makes the account and the group, and puts the one into the other.
    Ability {
        role: "User Administrator",
        any_of: &[USER_ADMINISTRATOR],
        needed_to_apply: true,
    },
    // Gives a directory role and takes it away.
    Ability {
        role: "Privileged Role Administrator",
        any_of: &[PRIVILEGED_ROLE_ADMINISTRATOR],
        needed_to_apply: true,
    },
    // Makes the account's own policy and takes the account out of the others.
    Ability {
        role: "Conditional Access Administrator",
        any_of: &[CONDITIONAL_ACCESS_ADMINISTRATOR, SECURITY_ADMINISTRATOR],
        needed_to_apply: true,
    },
    // Reads with what an administrator's account signs in.
    Ability {
        role: "Privileged Authentication Administrator",
        any_of: &[PRIVILEGED_AUTHENTICATION_ADMINISTRATOR, GLOBAL_READER],
        needed_to_apply: false,
    },
    // Removes the vendor's app at take back.
    Ability {
        role: "Cloud Application Administrator",
        any_of: &[CLOUD_APPLICATION_ADMINISTRATOR, APPLICATION_ADMINISTRATOR],
        needed_to_apply: false,
    },
];
