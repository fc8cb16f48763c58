//! A provider's tenant as it is read, for the tests of this pattern.

use std::collections::{BTreeMap, BTreeSet};

use grantway_core::check::{Check, Verdict};
use grantway_core::desired::ApiScopes;
use grantway_core::ids::SetupId;
use grantway_core::plan::Draft;
use grantway_core::question::{
    AppRules, AppRulesSeen, Ask, DomainSeen, Facts, PersonSeen, PersonalConsent,
    PersonalConsentSeen, Question, Reading, RegistrationSeen, SignedInPerson, TenantProfile,
    TenantSeen,
};
use grantway_core::{AppId, DomainName, ObjectId, Party, Place, RoleId, TenantId, Timestamp, Upn};

use crate::Library;
use crate::own_app::subject::registration_of;
use crate::own_app::{OwnApp, form, terms};
use crate::pattern::{Answers, Pattern, Situation};
use crate::profile::Profile;

pub(super) const GIVEN: &str = "7b7a4be1-0000-4000-8000-00000000a001";
const DOMAIN: &str = "larkspur-it.example";

pub(super) struct World {
    setup: SetupId,
    pub(super) profile: Profile,
    pub(super) answers: Answers,
    places: Vec<Place>,
    pub(super) facts: Facts,
    accepted: BTreeMap<String, String>,
}

fn tenant() -> TenantId {
    TenantId::parse("1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001").unwrap()
}

pub(super) fn person() -> ObjectId {
    ObjectId::parse("b1000000-0000-4000-8000-000000000001").unwrap()
}

pub(super) fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl World {
    /// Everything in order: Grantway makes the registration, and the person never used the lent client.
    pub(super) fn made() -> Self {
        let mut world = Self::of(&[
            (form::ROAD, form::BY_TOOL),
            (form::NAME, "Grantway"),
            (form::USED, form::NEVER),
        ]);
        let reads = terms(&world.profile).tool.reads.clone();
        let role = terms(&world.profile).roles[0].0;
        world.person(&[role]);
        world.rules(true, false);
        world.consent(reads.into_iter().chain(["openid".to_owned()]).collect());
        world
    }

    /// A registration that fits, given by its client ID.
    pub(super) fn given() -> Self {
        let mut world = Self::of(&[(form::ROAD, form::GIVEN), (form::CLIENT, GIVEN)]);
        let seen = world.fitting();
        world.registration(Some(seen));
        world
    }

    /// The person makes it on the page in Entra: nothing was read.
    pub(super) fn by_hand() -> Self {
        let mut world = Self::of(&[(form::ROAD, form::BY_PORTAL), (form::NAME, "Grantway")]);
        world.facts = Facts::default();
        world
    }

    fn of(answers: &[(&str, &str)]) -> Self {
        let answers = answers.iter().chain(&[(form::PROVIDER, DOMAIN)]);
        let mut world = Self {
            setup: SetupId::from_random(['A', 'P'], [1, 2, 3, 4]),
            profile: Library::built_in()
                .profile("app-registration")
                .unwrap()
                .clone(),
            answers: answers
                .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
                .collect(),
            places: vec![Place {
                party: Party::Provider,
                tenant: tenant(),
                name: DOMAIN.into(),
            }],
            facts: Facts::default(),
            accepted: BTreeMap::new(),
        };
        let seen = TenantSeen {
            tenant: tenant(),
            name: "Larkspur Managed IT".into(),
            domains: vec![DomainSeen {
                name: DomainName::parse(DOMAIN).unwrap(),
                is_default: true,
                is_managed: true,
            }],
        };
        world.tell(&TenantProfile {}, &seen);
        world
    }

    pub(super) fn tell<T: Ask>(&mut self, about: &T, answer: &T::Answer) {
        let reading = Reading::Seen {
            value: serde_json::to_value(answer).unwrap(),
            right_used: vec!["Some.Right".into()],
        };
        self.facts.insert(&Question::of(tenant(), about), reading);
    }

    pub(super) fn person(&mut self, roles: &[RoleId]) {
        let seen = PersonSeen {
            id: person(),
            upn: Upn::parse("dana@larkspur-it.example").unwrap(),
            name: "Dana Whitfield".into(),
            roles: roles.iter().copied().collect(),
            groups: BTreeSet::new(),
        };
        self.tell(&SignedInPerson {}, &seen);
    }

    pub(super) fn rules(&mut self, everybody_registers: bool, is_managed: bool) {
        let seen = AppRulesSeen {
            everybody_registers,
            is_managed,
        };
        self.tell(&AppRules {}, &seen);
    }

    pub(super) fn consent(&mut self, scopes: BTreeSet<String>) {
        let about = PersonalConsent {
            client: terms(&self.profile).tool.client,
            person: person(),
        };
        let seen = PersonalConsentSeen {
            scopes,
            for_everyone: false,
        };
        self.tell(&about, &seen);
    }

    pub(super) fn registration(&mut self, seen: Option<RegistrationSeen>) {
        self.tell(&registration_of(AppId::parse(GIVEN).unwrap()), &seen);
    }

    pub(super) fn fitting(&self) -> RegistrationSeen {
        let terms = terms(&self.profile);
        let permissions: Vec<ApiScopes> = terms.apis.iter().map(|of| of.all.clone()).collect();
        RegistrationSeen {
            id: ObjectId::parse("a1000000-0000-4000-8000-000000000001").unwrap(),
            app: AppId::parse(GIVEN).unwrap(),
            name: "Ours".into(),
            audience: terms.audience.clone(),
            redirects: terms.redirects.clone(),
            permissions,
        }
    }

    pub(super) fn situation(&self) -> Situation<'_> {
        Situation {
            setup: &self.setup,
            profile: &self.profile,
            answers: &self.answers,
            places: &self.places,
            facts: &self.facts,
            accepted: &self.accepted,
            planned: None,
            now: "2026-11-24T10:29:00Z".parse::<Timestamp>().unwrap(),
        }
    }

    pub(super) fn checks(&self) -> Vec<Check> {
        OwnApp.checks(self.situation())
    }

    pub(super) fn verdict(&self, id: &str) -> Option<Verdict> {
        let checks = self.checks();
        let found = checks.iter().find(|check| check.id == id);
        found.map(|check| check.verdict)
    }

    pub(super) fn draft(&self) -> Draft {
        OwnApp.draft(self.situation()).unwrap()
    }
}
