//! The journeys that are disturbed: a world, and what the people in it do one after the other.
//!
//! Left out are those that write nothing, so that a kill has nothing to double and nothing to leave behind: a licence that
//! is missing (`p1-missing`) stops at the checks, and so do a name that is taken, a sign-in of another tenant and a
//! technician without rights. A plan that the world has overtaken
//! is refused before its first write. Journeys about the machine (a damaged journal, a full disk, a second instance,
//! cloud files) change nothing in the cloud that these do not.

use crate::{ANYBODY, Asked, Part, Until};
use grantway_practice::ScenarioSource;

/// A journey.
#[derive(Debug)]
pub struct Journey {
    /// Its name.
    pub name: &'static str,
    /// The scenario: the id of one that is built in, or its text.
    world: &'static str,
    /// What happens, in order.
    pub acts: &'static [Act],
    /// What the whole journey leaves by design: each line in which the world differs from its start has one of these words.
    pub leaves: &'static [&'static str],
}

/// Something that somebody does.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// A person plays a setup, in a process that may be killed.
    Plays(Part, Until),
    /// The customer's administrator opens the link and approves, in a browser of their own.
    Approves,
    /// The person makes the vendor's second prompt come up, by clearing the cookies that kept it away.
    ClearsCookies,
}

impl Journey {
    /// The journey of that name.
    ///
    /// # Panics
    /// When there is none.
    pub fn named(name: &str) -> &'static Self {
        JOURNEYS
            .iter()
            .find(|journey| journey.name == name)
            .unwrap_or_else(|| panic!("no journey is called {name}"))
    }

    /// Its world.
    pub fn scenario(&self) -> ScenarioSource {
        if self.world.contains('\n') {
            ScenarioSource::Text(self.world.to_owned())
        } else {
            ScenarioSource::Builtin(self.world.to_owned())
        }
    }
}

const APPLIED: Act = Act::Plays(ANYBODY, Until::Applied);
const TAKEN_BACK: Act = Act::Plays(ANYBODY, Until::TakenBack);
const OFFERED: Act = Act::Plays(ANYBODY, Until::Offered);
const STARTED_OVER: Act = Act::Plays(ANYBODY, Until::StartedOver);

/// What came of the consent is not what the profile says.
const OTHER_APP: Act = Act::Plays(ANYBODY, Until::Stopped("GW-CON-0007"));
/// One sign-in came up where two are due.
const ONE_PROMPT: Act = Act::Plays(ANYBODY, Until::Stopped("GW-CON-0001"));

const DANA: Part = Part {
    signs_in: Some("dana@larkspur-it.example"),
    answers: &[
        ("group", "Access one"),
        ("account", "access-one@larkspur-it.example"),
    ],
    amended: &[],
};
const IMANI: Part = Part {
    signs_in: Some("imani@larkspur-it.example"),
    answers: &[
        ("group", "Access two"),
        ("account", "access-two@larkspur-it.example"),
    ],
    amended: &[],
};
const DANA_AGAIN: Part = Part {
    signs_in: DANA.signs_in,
    ..IMANI
};
/// The account that the form suggests cannot have a password in Entra, so another domain is answered.
const MANAGED: Part = Part {
    amended: &[("account", "vendor-access@larkspur.onmicrosoft.example")],
    ..ANYBODY
};

const TWO_TECHNICIANS: &str = r#"
base = "in-order"
id = "two-technicians"
title = "Two technicians"
teaches = "Two administrators of one provider, each with a setup."

[[tenant]]
key = "larkspur"

[[tenant.user]]
id = "b1000000-0000-4000-8000-0000000000a1"
upn = "imani@larkspur-it.example"
name = "Imani Osei"
job = "Service desk"
password = "practice-Imani-1"
authenticator = true
roles = ["Global Administrator"]
groups = ["AdminAgents"]
plays = "Provider's second administrator"
"#;

/// All that a setup can find: a group of its name, the vendor's app, a consent for Grantway, a relationship on offer.
const THERE_BEFORE: &str = r#"
base = "customer-approval-pending"
id = "there-before"
title = "There before"
teaches = "The vendor's app, a consent for Grantway, a group of the same name and an offered relationship are there before."

[[tenant]]
key = "larkspur"
consented = [
    { client_id = "6d1f0c52-3f0b-4c0e-9a51-2b7a4be1c001", scopes = ["User.Read", "Directory.Read.All"] },
    { client_id = "5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03", scopes = ["User.Read", "Directory.Read.All", "AuditLog.Read.All", "Policy.Read.All", "RoleManagement.Read.Directory"] },
]

[[tenant.group]]
id = "a1000000-0000-4000-8000-0000000000b1"
name = "Huntress Security Platform"
description = "Somebody else's"
"#;

/// The setup's own journey, which is disturbed everywhere.
pub const OWN: &str = "own";

/// Every journey.
pub static JOURNEYS: &[Journey] = &[
    Journey {
        name: OWN,
        world: "in-order",
        acts: &[APPLIED, TAKEN_BACK],
        leaves: &[],
    },
    Journey {
        name: "new-relationship",
        world: "role-missing",
        acts: &[OFFERED, Act::Approves, APPLIED, TAKEN_BACK],
        // A relationship that was offered can be ended and not deleted.
        leaves: &["/relationships/"],
    },
    Journey {
        name: "customer-let-in",
        // Two plans: the first lets Grantway into the customer's tenant, the second is made of what it sees there.
        world: "customer-not-consented",
        acts: &[APPLIED, TAKEN_BACK],
        leaves: &[],
    },
    Journey {
        name: "own-defaults",
        world: "security-defaults-on",
        acts: &[APPLIED, TAKEN_BACK],
        leaves: &[],
    },
    Journey {
        name: "never-approved",
        world: "customer-no-relationship",
        acts: &[OFFERED, TAKEN_BACK],
        leaves: &["/relationships/"],
    },
    Journey {
        name: "there-before",
        world: THERE_BEFORE,
        acts: &[OFFERED, Act::Approves, APPLIED, TAKEN_BACK],
        // The customer has approved what was on offer before: that is not this setup's to end. The app stays with all that
        // it was granted, and take back says so.
        leaves: &["/status", "/app_role_assignments"],
    },
    Journey {
        name: "two-technicians",
        world: TWO_TECHNICIANS,
        acts: &[
            Act::Plays(DANA, Until::Applied),
            Act::Plays(IMANI, Until::Applied),
            // Both work with the vendor's app.
            Act::Plays(DANA, Until::LeftToAnother),
            Act::Plays(IMANI, Until::TakenBack),
            Act::Plays(DANA, Until::TakenBack),
        ],
        leaves: &[],
    },
    Journey {
        name: "two-setups",
        world: "in-order",
        acts: &[
            Act::Plays(DANA, Until::Applied),
            Act::Plays(DANA_AGAIN, Until::Applied),
            Act::Plays(DANA, Until::LeftToAnother),
            Act::Plays(DANA_AGAIN, Until::TakenBack),
            Act::Plays(DANA, Until::TakenBack),
        ],
        leaves: &[],
    },
    Journey {
        name: "declined",
        world: "in-order",
        acts: &[
            Act::Plays(ANYBODY, Until::Declined(Asked::ToRead)),
            Act::Plays(ANYBODY, Until::Declined(Asked::ToChange)),
            Act::Plays(ANYBODY, Until::Declined(Asked::ByVendor)),
            APPLIED,
            TAKEN_BACK,
        ],
        leaves: &[],
    },
    Journey {
        name: "cookies-interfere",
        world: "cookies-interfere",
        acts: &[
            ONE_PROMPT,
            STARTED_OVER,
            ONE_PROMPT,
            Act::ClearsCookies,
            STARTED_OVER,
            APPLIED,
            TAKEN_BACK,
        ],
        leaves: &[],
    },
    Journey {
        name: "federated-provider",
        world: "federated-provider",
        acts: &[
            Act::Plays(MANAGED, Until::Applied),
            Act::Plays(MANAGED, Until::TakenBack),
        ],
        leaves: &[],
    },
    Journey {
        name: "unverified-publisher",
        world: "unverified-publisher",
        acts: &[OTHER_APP, STARTED_OVER, OTHER_APP, TAKEN_BACK],
        leaves: &[],
    },
    Journey {
        name: "wrong-publisher",
        world: "wrong-publisher",
        acts: &[OTHER_APP, STARTED_OVER, OTHER_APP, TAKEN_BACK],
        leaves: &[],
    },
];
