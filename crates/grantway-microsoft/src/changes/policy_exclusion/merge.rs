//! One exclusion put into `conditions.users` of a policy, and taken out again, with nothing else touched. Pure.
// facts: api-gdap-hardening §2.10, §2.11.

use grantway_core::{ObjectId, TenantId};
use serde_json::{Map, Value, json};

const EXTERNAL: &str = "excludeGuestsOrExternalUsers";
const TYPES: &str = "guestOrExternalUserTypes";
const TENANTS: &str = "externalTenants";
const USERS: &str = "excludeUsers";
pub(super) const SERVICE_PROVIDER: &str = "serviceProvider";
/// People who are no matter of any tenant outside.
const INTERNAL_GUEST: &str = "internalGuest";
/// Microsoft's old word for guests and all other people from outside.
const ALL_EXTERNAL: &str = "GuestsOrExternalUsers";

/// Who is excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::changes) enum Who {
    /// People of a provider's tenant who come through a relationship.
    Provider(TenantId),
    /// An account.
    Account(ObjectId),
}

/// Other people from outside are excluded already, and the policy does not say of which tenants: whoever were added to would be a guess.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::changes) struct TenantsUnclear;

/// Which tenants an exclusion of people from outside means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tenants<'a> {
    All,
    Named(Vec<&'a str>),
    /// It does not say.
    Unsaid,
}

/// The exclusion of people from outside, as it stands in a policy.
pub(super) struct External<'a> {
    pub(super) types: Vec<&'a str>,
    pub(super) tenants: Tenants<'a>,
}

impl<'a> External<'a> {
    pub(super) fn of(users: &'a Value) -> Self {
        let value = &users[EXTERNAL];
        let types = value[TYPES].as_str().unwrap_or_default();
        let tenants = &value[TENANTS];
        Self {
            types: types
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty() && *word != "none")
                .collect(),
            tenants: match tenants["membershipKind"].as_str() {
                Some("all") => Tenants::All,
                Some("enumerated") => Tenants::Named(texts(&tenants["members"]).collect()),
                _ => Tenants::Unsaid,
            },
        }
    }

    pub(super) fn has_providers(&self) -> bool {
        self.types.contains(&SERVICE_PROVIDER)
    }

    pub(super) fn names(&self, tenant: TenantId) -> bool {
        matches!(&self.tenants, Tenants::Named(all) if all.iter().any(|id| is_tenant(id, tenant)))
    }

    /// Types beside service providers that a list of tenants matters for.
    pub(super) fn other_types(&self) -> Vec<&'a str> {
        let matters = |word: &&str| *word != SERVICE_PROVIDER && *word != INTERNAL_GUEST;
        self.types.iter().copied().filter(matters).collect()
    }
}

/// Whether the exclusion is there.
pub(in crate::changes) fn excludes(users: &Value, who: Who) -> bool {
    match who {
        Who::Account(id) => texts(&users[USERS]).any(|text| is_object(text, id)),
        Who::Provider(tenant) => {
            let external = External::of(users);
            texts(&users[USERS]).any(|text| text == ALL_EXTERNAL)
                || (external.has_providers()
                    && (external.tenants == Tenants::All || external.names(tenant)))
        }
    }
}

/// `users` with the exclusion.
pub(in crate::changes) fn add(users: &Value, who: Who) -> Result<Value, TenantsUnclear> {
    let mut users = without_annotations(users);
    if excludes(&users, who) {
        return Ok(users);
    }
    match who {
        Who::Account(id) => {
            let mut all: Vec<Value> = users[USERS].as_array().cloned().unwrap_or_default();
            all.push(id.to_string().into());
            users[USERS] = all.into();
        }
        Who::Provider(tenant) => users[EXTERNAL] = with_provider(&users, tenant)?,
    }
    Ok(users)
}

fn with_provider(users: &Value, tenant: TenantId) -> Result<Value, TenantsUnclear> {
    let external = External::of(users);
    let named = |members: Vec<Value>| {
        json!({
            "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
            "membershipKind": "enumerated",
            "members": members,
        })
    };
    if external.types.is_empty() {
        return Ok(
            json!({ TYPES: SERVICE_PROVIDER, TENANTS: named(vec![tenant.to_string().into()]) }),
        );
    }
    let mut object = users[EXTERNAL].clone();
    if !external.has_providers() {
        // The types are flags in one text; what stands in it stays to the letter.
        let types = users[EXTERNAL][TYPES].as_str().unwrap_or_default();
        object[TYPES] = format!("{types},{SERVICE_PROVIDER}").into();
    }
    match &external.tenants {
        Tenants::All => {}
        Tenants::Named(_) if external.names(tenant) => {}
        Tenants::Named(members) => {
            let members = members.iter().map(|id| Value::from(*id));
            let members = members.chain([tenant.to_string().into()]).collect();
            object[TENANTS] = named(members);
        }
        Tenants::Unsaid if external.types.iter().all(|word| *word == INTERNAL_GUEST) => {
            object[TENANTS] = named(vec![tenant.to_string().into()]);
        }
        Tenants::Unsaid => return Err(TenantsUnclear),
    }
    Ok(object)
}

/// `users` without what was added: what `before` had stays, and so does what others have done since.
pub(super) fn take_out(users: &Value, before: Option<&Value>, who: Who) -> Value {
    let mut left = without_annotations(users);
    let nothing = Value::Null;
    let before = before.unwrap_or(&nothing);
    match who {
        Who::Account(id) => {
            if excludes(before, who) {
                return left;
            }
            let all: Vec<Value> = texts(&users[USERS])
                .filter(|text| !is_object(text, id))
                .map(Value::from)
                .collect();
            if all.len() < texts(&users[USERS]).count() {
                // A list that nobody has read before is emptied, not set to null: Graph takes lists only.
                left[USERS] = match &before[USERS] {
                    Value::Null => all.into(),
                    list => put_back(all.into(), list, same_texts),
                };
            }
        }
        Who::Provider(tenant) => {
            if let Some(object) = without_provider(&left[EXTERNAL], before, users, tenant) {
                left[EXTERNAL] = put_back(object, &before[EXTERNAL], same_external);
            }
        }
    }
    left
}

/// The exclusion of people from outside without ours; none when nothing in it is to be taken out.
fn without_provider(
    object: &Value,
    before: &Value,
    users: &Value,
    tenant: TenantId,
) -> Option<Value> {
    let (was, now) = (External::of(before), External::of(users));
    let type_is_ours = !was.has_providers() && now.has_providers();
    let tenant_is_ours = !was.names(tenant) && now.names(tenant);
    let others: Vec<Value> = texts(&object[TENANTS]["members"])
        .filter(|id| !is_tenant(id, tenant))
        .map(Value::from)
        .collect();
    let mut left = object.clone();
    let types_left: Vec<&str> = now
        .types
        .iter()
        .copied()
        .filter(|word| !type_is_ours || *word != SERVICE_PROVIDER)
        .collect();
    if types_left.is_empty() {
        // Only service providers are excluded here, and not by who made the policy.
        match now.tenants {
            // Somebody has excluded others beside ours since, or all: that is theirs.
            Tenants::All => return None,
            Tenants::Named(_) if !others.is_empty() => {
                left[TENANTS]["members"] = others.into();
                return tenant_is_ours.then_some(left);
            }
            _ => return Some(Value::Null),
        }
    }
    if type_is_ours {
        let types = object[TYPES].as_str().unwrap_or_default();
        let words = types
            .split(',')
            .filter(|word| word.trim() != SERVICE_PROVIDER);
        left[TYPES] = words.collect::<Vec<_>>().join(",").into();
    }
    let only_internal = types_left.iter().all(|word| *word == INTERNAL_GUEST);
    if only_internal && type_is_ours {
        left[TENANTS] = before[EXTERNAL][TENANTS].clone();
    } else if tenant_is_ours && !others.is_empty() {
        left[TENANTS]["members"] = others.into();
    } else if tenant_is_ours && !type_is_ours {
        // Somebody has taken all other tenants out since. An empty list cannot be written, and nobody would be meant by it.
        return Some(if now.types.contains(&INTERNAL_GUEST) {
            json!({ TYPES: INTERNAL_GUEST, TENANTS: null })
        } else {
            Value::Null
        });
    }
    // Where ours is the only tenant and other people stand beside service providers, somebody has meant it for them since: it stays.
    (left != *object).then_some(left)
}

/// What was there before, to the letter, where what is left means the same.
fn put_back(left: Value, before: &Value, same: fn(&Value, &Value) -> bool) -> Value {
    if same(&left, before) {
        before.clone()
    } else {
        left
    }
}

fn same_texts(one: &Value, other: &Value) -> bool {
    let sorted = |list: &Value| {
        let mut all: Vec<String> = texts(list).map(str::to_ascii_lowercase).collect();
        all.sort();
        all
    };
    sorted(one) == sorted(other)
}

fn same_external(one: &Value, other: &Value) -> bool {
    let (one, other) = (json!({ EXTERNAL: one }), json!({ EXTERNAL: other }));
    let key = |users: &Value| {
        let External { types, tenants } = External::of(users);
        let mut types: Vec<String> = types.into_iter().map(str::to_owned).collect();
        types.sort();
        let tenants = match tenants {
            Tenants::All => (1, vec![]),
            Tenants::Unsaid => (2, vec![]),
            Tenants::Named(all) => {
                let mut all: Vec<String> = all.iter().map(|id| id.to_ascii_lowercase()).collect();
                all.sort();
                (3, all)
            }
        };
        (types, tenants)
    };
    key(&one) == key(&other)
}

/// `users` as it is sent: a list of tenants says of which type it is, even where the answer did not.
pub(super) fn to_send(users: &Value) -> Value {
    let mut users = without_annotations(users);
    for side in ["includeGuestsOrExternalUsers", EXTERNAL] {
        let tenants = &users[side][TENANTS];
        let kind = match tenants["membershipKind"].as_str() {
            Some("all") => "#microsoft.graph.conditionalAccessAllExternalTenants",
            Some("enumerated") => "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
            _ => continue,
        };
        users[side][TENANTS]["@odata.type"] = kind.into();
    }
    users
}

/// What Graph says about its answer does not go back to it; the types of what is abstract do.
pub(super) fn without_annotations(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept: Map<String, Value> = map
                .iter()
                .filter(|(name, _)| !name.contains('@') || *name == "@odata.type")
                .map(|(name, value)| (name.clone(), without_annotations(value)))
                .collect();
            Value::Object(kept)
        }
        Value::Array(all) => all.iter().map(without_annotations).collect(),
        plain => plain.clone(),
    }
}

pub(super) fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn is_tenant(text: &str, tenant: TenantId) -> bool {
    TenantId::parse(text) == Ok(tenant)
}

fn is_object(text: &str, id: ObjectId) -> bool {
    ObjectId::parse(text) == Ok(id)
}
