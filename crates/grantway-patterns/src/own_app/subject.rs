//! What a situation holds for this pattern: the tenant, the road, and what was read.

use std::collections::BTreeSet;

use grantway_core::desired::{Desired, Known, LentConsent};
use grantway_core::question::{
    AppRegistrationOf, AppRules, AppRulesSeen, Ask, PersonSeen, PersonalConsent,
    PersonalConsentSeen, Question, RegistrationSeen, SignedInPerson, TenantProfile, TenantSeen,
};
use grantway_core::{AppId, Fault, Party, Place, StepId, Text};

use super::draft::CONSENT_ENDED;
use super::{Particulars, form, terms};
use crate::pattern::{Lent, SetupClient, Situation};

/// Scopes that only tell who signed in; a consent holds them beside what was asked for.
const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// How the registration comes to be.
pub(super) enum Road<'a> {
    /// Grantway makes it.
    Made {
        /// What it is called.
        name: &'a str,
    },
    /// The person makes it on a page.
    ByHand {
        /// What it is to be called.
        name: &'a str,
    },
    /// It is there.
    Given(AppId),
}

/// The situation, read by this pattern. There is none until the answers name a provider whose tenant was found.
pub(super) struct Subject<'a> {
    pub(super) situation: Situation<'a>,
    pub(super) terms: &'a Particulars,
    pub(super) provider: Place,
    pub(super) road: Road<'a>,
}

impl<'a> Subject<'a> {
    pub(super) fn of(situation: Situation<'a>) -> Option<Self> {
        let answers = situation.answers;
        let road = match form::road(answers) {
            form::GIVEN => Road::Given(form::given_client(answers)?),
            form::BY_PORTAL => Road::ByHand {
                name: answers.get(form::NAME)?,
            },
            _ => Road::Made {
                name: answers.get(form::NAME)?,
            },
        };
        let mut places = situation.places.iter();
        let mut subject = Self {
            terms: terms(situation.profile),
            provider: places.find(|p| p.party == Party::Provider)?.clone(),
            road,
            situation,
        };
        // The name is the domain of the answer until the tenant's own was read.
        if let Ok(seen) = subject.tenant()
            && answers.get(form::PROVIDER) == Some(&subject.provider.name)
        {
            subject.provider.name = seen.name;
        }
        Some(subject)
    }

    pub(super) fn questions(&self) -> Vec<Question> {
        let tenant = self.provider.tenant;
        let mut questions = vec![Question::of(tenant, &TenantProfile {})];
        match self.road {
            // Nobody can read before there is a client to sign in with.
            Road::ByHand { .. } => questions.clear(),
            Road::Given(app) => questions.push(Question::of(tenant, &registration_of(app))),
            Road::Made { .. } => {
                questions.push(Question::of(tenant, &SignedInPerson {}));
                questions.push(Question::of(tenant, &AppRules {}));
                if let Ok(person) = self.person() {
                    questions.push(Question::of(tenant, &self.consent_of(&person)));
                }
            }
        }
        questions
    }

    fn answer<T: Ask>(&self, about: &T) -> Result<T::Answer, Fault> {
        self.situation.facts.answer(self.provider.tenant, about)
    }

    /// The rights by which something was read.
    pub(super) fn right<T: Ask>(&self, about: &T) -> Vec<String> {
        self.situation.facts.right_used(self.provider.tenant, about)
    }

    pub(super) fn tenant(&self) -> Result<TenantSeen, Fault> {
        self.answer(&TenantProfile {})
    }

    pub(super) fn person(&self) -> Result<PersonSeen, Fault> {
        self.answer(&SignedInPerson {})
    }

    pub(super) fn rules(&self) -> Result<AppRulesSeen, Fault> {
        self.answer(&AppRules {})
    }

    pub(super) fn registration(&self, app: AppId) -> Result<Option<RegistrationSeen>, Fault> {
        self.answer(&registration_of(app))
    }

    pub(super) fn consent_of(&self, person: &PersonSeen) -> PersonalConsent {
        PersonalConsent {
            client: self.terms.tool.client,
            person: person.id,
        }
    }

    pub(super) fn consent(&self, person: &PersonSeen) -> Result<PersonalConsentSeen, Fault> {
        self.answer(&self.consent_of(person))
    }

    /// The permissions that the lent client keeps: what it held before. What the first sign-in asked for can be told from that
    /// only where the person says that they never used it, and nothing speaks against it.
    pub(super) fn kept(&self) -> Option<BTreeSet<String>> {
        let person = self.person().ok();
        let row = self
            .situation
            .planned
            .and_then(|plan| plan.row(&StepId::new(CONSENT_ENDED)));
        if let Some(state) = row.and_then(|row| row.step.desired())
            && state.kind == LentConsent::KIND
            && let Ok(pinned) = serde_json::from_value::<LentConsent>(state.state.clone())
            && person
                .as_ref()
                .is_none_or(|person| person.id == pinned.person)
        {
            return Some(pinned.keep);
        }
        let held = self.consent(&person?).ok()?.scopes;
        let says_never = self.situation.answers.get(form::USED).map(String::as_str);
        // A consent of a moment ago may not be listed yet, so what was asked for counts as held.
        let asked = self.asked_first();
        Some(
            if says_never == Some(form::NEVER) && held.is_subset(&asked) {
                BTreeSet::new()
            } else {
                held.union(&asked).cloned().collect()
            },
        )
    }

    /// What the first sign-in asks the lent client's consent for.
    pub(super) fn asked_first(&self) -> BTreeSet<String> {
        let signs = SIGN_IN_SCOPES.iter().map(|scope| (*scope).to_owned());
        signs.chain(self.terms.tool.reads.iter().cloned()).collect()
    }

    /// What the sign-ins with the lent client ask for, before and after the approval, but for what it keeps.
    pub(super) fn asked_but(&self, keep: &BTreeSet<String>) -> BTreeSet<String> {
        let mut asked = self.asked_first();
        asked.extend(self.terms.tool.writes.iter().cloned());
        asked.difference(keep).cloned().collect()
    }

    pub(super) fn client(&self) -> Option<SetupClient> {
        match self.road {
            Road::ByHand { .. } => None,
            Road::Given(client) => Some(SetupClient {
                client,
                notice: Text::new("own-app-notice-given"),
                lent: None,
            }),
            Road::Made { .. } => Some(SetupClient {
                client: self.terms.tool.client,
                notice: Text::new("own-app-notice-tool").with("tool", &self.terms.tool.name),
                lent: Some(Lent {
                    takes_back: self.kept().map(|keep| self.asked_but(&keep)),
                }),
            }),
        }
    }
}

pub(super) fn registration_of(app: AppId) -> AppRegistrationOf {
    AppRegistrationOf {
        app: Known::Now(app),
    }
}
