//! What a situation holds for this pattern: the parties, the answers, and what was read, each looked up in one way.

use std::collections::{BTreeSet, HashSet};

use grantway_core::check::left_out;
use grantway_core::question::{
    AccessAssignmentSeen, AccessPolicies, AccountNamed, AccountSeen, Ask, AuditLog,
    AuthenticatorPolicy, AuthenticatorPolicySeen, GroupOfId, GroupSeen, GroupWithMembers,
    GroupsNamed, GroupsWithMembers, GuestTwin, LicenceSeen, Licences, PersonSeen, PolicySeen,
    Question, RelationshipSeen, Relationships, SecurityDefaults, SecurityDefaultsSeen,
    SignedInPerson, TenantProfile, TenantSeen,
};
use grantway_core::{Fault, ObjectId, Party, Place, RoleId, Timestamp, Upn};

use super::card::terms;
use super::checks;
use super::form;
use super::group_way::{self, GroupWay};
use super::licences;
use super::way_in::{self, WayIn};
use super::{Particulars, VendorRole};
use crate::pattern::Situation;

/// The group that carries the Partner Center role "Admin agent". There is one in each partner tenant, and none in others
/// (facts: api-gdap-hardening §2.6).
pub(super) const ADMIN_AGENTS: &str = "AdminAgents";

/// The situation, read by this pattern. There is none until the answers name an account and a provider whose tenant was found.
pub(super) struct Subject<'a> {
    pub(super) situation: Situation<'a>,
    pub(super) terms: &'a Particulars,
    pub(super) provider: Place,
    pub(super) customers: Vec<Place>,
    pub(super) account: Upn,
}

impl<'a> Subject<'a> {
    pub(super) fn of(situation: Situation<'a>) -> Option<Self> {
        let account = Upn::parse(situation.answers.get(form::ACCOUNT)?).ok()?;
        let place = |party: Party| situation.places.iter().filter(move |p| p.party == party);
        let mut subject = Self {
            terms: terms(situation.profile),
            provider: place(Party::Provider).next()?.clone(),
            customers: place(Party::Customer).cloned().collect(),
            account,
            situation,
        };
        subject.name_places();
        Some(subject)
    }

    /// A place whose name is still the domain of the answer gets the name that was read.
    fn name_places(&mut self) {
        let typed = |field: &str| -> HashSet<&str> {
            let answer = self.situation.answers.get(field);
            form::several(answer.map_or("", String::as_str)).collect()
        };
        let provider = self
            .tenant()
            .ok()
            .filter(|_| typed(form::PROVIDER).contains(self.provider.name.as_str()));
        let typed = typed(form::CUSTOMER);
        let customers: Vec<Option<String>> = self
            .customers
            .iter()
            .map(|place| {
                if !typed.contains(place.name.as_str()) {
                    return None;
                }
                let relationships = self.relationships(place).ok()?;
                let mut names = relationships.into_iter().map(|r| r.customer_name);
                names.find(|name| !name.is_empty())
            })
            .collect();
        if let Some(seen) = provider {
            self.provider.name = seen.name;
        }
        for (place, name) in self.customers.iter_mut().zip(customers) {
            if let Some(name) = name {
                place.name = name;
            }
        }
    }

    /// Everything that has to be read: in the provider's tenant, the way into each customer's, and behind it what is there.
    pub(super) fn questions(&self) -> Vec<Question> {
        let tenant = self.provider.tenant;
        let mut questions = vec![
            Question::of(tenant, &TenantProfile {}),
            Question::of(tenant, &SignedInPerson {}),
            Question::of(tenant, &admin_agents()),
            Question::of(tenant, &Licences {}),
            Question::of(tenant, &SecurityDefaults {}),
            Question::of(tenant, &self.account_named()),
            Question::of(tenant, &AccessPolicies {}),
            Question::of(tenant, &AuthenticatorPolicy {}),
        ];
        questions.extend(self.questions_of_groups());
        for customer in &self.customers {
            questions.push(Question::of(tenant, &of_customer(customer)));
            questions.push(Question::of(customer.tenant, &way_in::question()));
            if matches!(self.way_in(customer), WayIn::Open) {
                questions.extend(self.questions_in(customer));
            }
        }
        questions
    }

    /// What is read of the groups that may carry the roles, so far as it is known by now which they are.
    fn questions_of_groups(&self) -> Vec<Question> {
        let tenant = self.provider.tenant;
        let way = self.group_way();
        let mut questions = match way {
            GroupWay::Own => vec![Question::of(tenant, &self.same_name())],
            GroupWay::Existing => vec![Question::of(tenant, &self.existing())],
            GroupWay::RoleGroups => Vec::new(),
        };
        if way != GroupWay::Own {
            let customers = self.customers.iter();
            questions.extend(
                customers
                    .flat_map(|customer| group_way::assignments_of(self, customer))
                    .map(|about| Question::of(tenant, &about)),
            );
        }
        if way == GroupWay::RoleGroups {
            let names = group_way::groups_asked(self);
            questions.extend(names.iter().map(|about| Question::of(tenant, about)));
        }
        questions
    }

    /// What is read in a customer's own tenant.
    fn questions_in(&self, customer: &Place) -> Vec<Question> {
        let tenant = customer.tenant;
        let mut questions = vec![
            Question::of(tenant, &Licences {}),
            Question::of(tenant, &SecurityDefaults {}),
            Question::of(tenant, &AccessPolicies {}),
            Question::of(tenant, &AuditLog {}),
        ];
        if let Ok(person) = self.person() {
            let account = person.upn;
            questions.push(Question::of(tenant, &GuestTwin { account }));
        }
        questions
    }

    pub(super) fn group_name(&self) -> &str {
        self.situation
            .answers
            .get(form::GROUP)
            .map_or(self.terms.group_name.as_str(), String::as_str)
    }

    /// Which groups carry the roles.
    pub(super) fn group_way(&self) -> GroupWay {
        GroupWay::of(self.situation.answers)
    }

    /// The groups that have the name of the one that would be made.
    pub(super) fn same_name(&self) -> GroupsNamed {
        GroupsNamed {
            display_name: self.group_name().into(),
        }
    }

    /// The groups that have the name of the one that is to be used.
    pub(super) fn existing(&self) -> GroupsWithMembers {
        GroupsWithMembers {
            display_name: self.group_name().into(),
        }
    }

    pub(super) fn groups_of_same_name(&self) -> Result<Vec<GroupSeen>, Fault> {
        self.answer(&self.same_name())
    }

    pub(super) fn groups_there(&self) -> Result<Vec<GroupWithMembers>, Fault> {
        self.answer(&self.existing())
    }

    /// Which groups hold roles in a customer through the relationship that counts; none where none holds what is needed yet.
    pub(super) fn assignments(
        &self,
        customer: &Place,
    ) -> Option<Result<Vec<AccessAssignmentSeen>, Fault>> {
        let about = group_way::assignments_that_count(self, customer)?;
        Some(self.answer(&about))
    }

    /// What a group holds in a customer through all active relationships; none while that cannot be told.
    pub(super) fn held_in(&self, customer: &Place, group: ObjectId) -> Option<BTreeSet<RoleId>> {
        let mut held = BTreeSet::new();
        for about in group_way::assignments_of(self, customer) {
            let of_group = self.answer(&about).ok()?.into_iter();
            held.extend(
                of_group
                    .filter(|seen| seen.group == group)
                    .flat_map(|seen| seen.roles),
            );
        }
        Some(held)
    }

    /// A group's name; its id where that could not be read.
    pub(super) fn name_of_group(&self, id: ObjectId) -> String {
        match self.answer(&GroupOfId { id }) {
            Ok(Some(seen)) if !seen.group.display_name.is_empty() => seen.group.display_name,
            _ => id.to_string(),
        }
    }

    /// Whether somebody can be put into the group; not before it was read.
    pub(super) fn is_fit(&self, id: ObjectId) -> bool {
        matches!(self.answer(&GroupOfId { id }), Ok(Some(seen)) if seen.unfit.is_none())
    }

    pub(super) fn vendor(&self) -> &str {
        &self.situation.profile.vendor
    }

    pub(super) fn now(&self) -> Timestamp {
        self.situation.now
    }

    pub(super) fn account_named(&self) -> AccountNamed {
        AccountNamed {
            upn: self.account.clone(),
        }
    }

    /// The rights by which something was read.
    pub(super) fn right<T: Ask>(&self, about: &T) -> Vec<String> {
        self.situation.facts.right_used(self.provider.tenant, about)
    }

    fn answer<T: Ask>(&self, about: &T) -> Result<T::Answer, Fault> {
        self.situation.facts.answer(self.provider.tenant, about)
    }

    pub(super) fn tenant(&self) -> Result<TenantSeen, Fault> {
        self.answer(&TenantProfile {})
    }

    pub(super) fn person(&self) -> Result<PersonSeen, Fault> {
        self.answer(&SignedInPerson {})
    }

    pub(super) fn admin_agents(&self) -> Result<Vec<GroupSeen>, Fault> {
        self.answer(&admin_agents())
    }

    pub(super) fn licences(&self) -> Result<Vec<LicenceSeen>, Fault> {
        self.answer(&Licences {})
    }

    pub(super) fn security_defaults(&self) -> Result<SecurityDefaultsSeen, Fault> {
        self.answer(&SecurityDefaults {})
    }

    /// Whether roles can be given for a time in the provider's tenant. What cannot be seen is not counted on.
    pub(super) fn has_timed_roles(&self) -> bool {
        self.licences()
            .is_ok_and(|seen| licences::gives_timed_roles(&seen))
    }

    pub(super) fn own_policies(&self) -> Result<Vec<PolicySeen>, Fault> {
        self.answer(&AccessPolicies {})
    }

    pub(super) fn authenticator_policy(&self) -> Result<AuthenticatorPolicySeen, Fault> {
        self.answer(&AuthenticatorPolicy {})
    }

    pub(super) fn licences_of(&self, customer: &Place) -> Result<Vec<LicenceSeen>, Fault> {
        self.situation.facts.answer(customer.tenant, &Licences {})
    }

    pub(super) fn security_defaults_of(
        &self,
        customer: &Place,
    ) -> Result<SecurityDefaultsSeen, Fault> {
        self.situation
            .facts
            .answer(customer.tenant, &SecurityDefaults {})
    }

    pub(super) fn policies(&self, customer: &Place) -> Result<Vec<PolicySeen>, Fault> {
        self.situation
            .facts
            .answer(customer.tenant, &AccessPolicies {})
    }

    pub(super) fn account_seen(&self) -> Result<Option<AccountSeen>, Fault> {
        self.answer(&self.account_named())
    }

    pub(super) fn relationships(&self, customer: &Place) -> Result<Vec<RelationshipSeen>, Fault> {
        self.answer(&of_customer(customer))
    }

    /// The relationship to work with: active, and holding the most of the needed roles; among equals one that the
    /// partner itself has made (Microsoft's own begin with `MLT_`), then the one that lasts longest.
    pub(super) fn best(&self, seen: &[RelationshipSeen]) -> Option<RelationshipSeen> {
        seen.iter()
            .filter(|r| r.status == "active" && r.ends.is_none_or(|ends| ends > self.now()))
            .max_by_key(|r| {
                (
                    self.roles().count() - self.missing(r).len(),
                    !r.name.starts_with("MLT_"),
                    r.ends.unwrap_or(Timestamp::MAX),
                )
            })
            .cloned()
    }

    /// The needed roles that the relationship does not hold.
    pub(super) fn missing(&self, relationship: &RelationshipSeen) -> Vec<&VendorRole> {
        self.roles()
            .filter(|role| !relationship.roles.contains(&role.role.id))
            .collect()
    }

    /// The roles that the person wants to give: all that the vendor needs, and those it can do without that are ticked.
    pub(super) fn roles(&self) -> impl Iterator<Item = &'a VendorRole> {
        let ticked = form::ticked(self.situation.answers);
        let roles = self.terms.roles.iter();
        roles.filter(move |role| {
            let is_ticked = |ids: &BTreeSet<RoleId>| ids.contains(&role.role.id);
            role.optional.is_none() || ticked.as_ref().is_none_or(is_ticked)
        })
    }

    /// The roles that the person leaves out.
    pub(super) fn left_out_roles(&self) -> Vec<&'a VendorRole> {
        let wanted: BTreeSet<RoleId> = self.roles().map(|role| role.role.id).collect();
        let roles = self.terms.roles.iter();
        roles
            .filter(|role| !wanted.contains(&role.role.id))
            .collect()
    }

    /// The customers that are planned for: all but those whose checks fail while others are ready.
    pub(super) fn ready(&self) -> Vec<&Place> {
        let left_out = left_out(&checks::checks(self));
        self.customers
            .iter()
            .filter(|customer| !left_out.contains(&customer.tenant))
            .collect()
    }

    /// The roles to assign: all that are wanted and the relationship holds.
    pub(super) fn assignable(&self, relationship: &RelationshipSeen) -> BTreeSet<RoleId> {
        self.roles()
            .map(|role| role.role.id)
            .filter(|role| relationship.roles.contains(role))
            .collect()
    }
}

pub(super) fn admin_agents() -> GroupsNamed {
    GroupsNamed {
        display_name: ADMIN_AGENTS.into(),
    }
}

pub(super) fn of_customer(customer: &Place) -> Relationships {
    Relationships {
        customer: customer.tenant,
    }
}

/// A day for people: `14 Mar 2027`.
pub(super) fn day(moment: Timestamp) -> String {
    moment.strftime("%-d %b %Y").to_string()
}
