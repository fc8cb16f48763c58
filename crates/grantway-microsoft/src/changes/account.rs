//! A service account, found again by its name.

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Trace, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::ports::Ids;
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text, Upn};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Doing, Patience, adopted, asked, json, key_id, nothing, scopes, typed, value};
use crate::graph::Graphs;
use crate::graph::user::{NewUser, User};
use crate::http::HttpError;

const KIND: &str = desired::Account::KIND;
const NEEDS: &[&str] = &["User.ReadWrite.All", "User Administrator"];

/// Accounts of a tenant.
pub struct Accounts {
    graphs: Graphs,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct State {
    upn: String,
    display_name: String,
    enabled: bool,
}

impl State {
    fn of(user: &User) -> Self {
        let upn = user
            .user_principal_name
            .clone()
            .unwrap_or_default()
            .to_ascii_lowercase();
        // Absent means that the token may not read it; the write that follows would tell.
        Self {
            upn,
            display_name: user.display_name.clone().unwrap_or_default(),
            enabled: user.account_enabled.unwrap_or(true),
        }
    }
}

impl Accounts {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    async fn named(&self, cx: &Context<'_>, upn: &Upn) -> Result<Option<User>, HttpError> {
        match self.graphs.at(cx).user_named(upn).await {
            Err(error) if error.is_not_found() => Ok(None),
            other => other.map(Some),
        }
    }

    /// The first password: kept before the account is asked for, so that no account has a password that nobody knows.
    async fn first_password(&self, cx: &Context<'_>, name: &str) -> Result<SecretString, Fault> {
        if let Some(secret) = cx.secrets.find(name).await? {
            return Ok(secret);
        }
        let secret = password(self.graphs.transport.ids().as_ref());
        cx.secrets.keep(name, &secret).await?;
        Ok(secret)
    }
}

fn key_of(user: &User, upn: &str) -> ObjectKey {
    ObjectKey::from([
        ("id".to_owned(), user.id.clone()),
        ("upn".to_owned(), upn.to_owned()),
    ])
}

/// Twenty characters of four kinds without look-alikes; every kind is there, so any tenant's rule for complexity is met.
fn password(ids: &dyn Ids) -> SecretString {
    const KINDS: [&[u8]; 4] = [
        b"abcdefghijkmnpqrstuvwxyz",
        b"ABCDEFGHJKLMNPQRSTUVWXYZ",
        b"23456789",
        b"-_.!#",
    ];
    let mut bytes = [0_u8; 40];
    ids.bytes(&mut bytes);
    let all: Vec<u8> = KINDS.concat();
    let letters: String = bytes[..20]
        .iter()
        .zip(&bytes[20..])
        .enumerate()
        .map(|(place, (high, low))| {
            // Two bytes for one letter: the remainder is even enough.
            let random = usize::from(*high) << 8 | usize::from(*low);
            let letters = KINDS.get(place).copied().unwrap_or(&all);
            char::from(letters[random % letters.len()])
        })
        .collect();
    SecretString::from(letters)
}

#[async_trait]
impl Change for Accounts {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            // Whether an account may sign in and when it was made is not part of its basic properties.
            Act::Read => &["User.Read.All"],
            Act::Write | Act::Undo => &["User.ReadWrite.All"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let desired: desired::Account = typed(desired)?;
        let user = match key {
            Some(key) => match self.graphs.at(cx).user(key_id(key, KIND)?).await {
                Err(error) if error.is_not_found() => Ok(None),
                other => other.map(Some),
            },
            None => self.named(cx, &desired.upn).await,
        };
        let user =
            user.map_err(|error| error.into_fault(Doing::Reading.text(KIND), &["User.Read.All"]))?;
        Ok(user.map_or(Observed::Absent, |user| {
            let state = State::of(&user);
            Observed::Present {
                key: key_of(&user, &state.upn),
                state: json(&state),
                ours: cx.is_own(user.created_date_time),
            }
        }))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let (Ok(desired), Observed::Present { state, .. }) =
            (typed::<desired::Account>(desired), observed)
        else {
            return Diff::Create;
        };
        let conflict = |key: &str| Diff::Conflict {
            because: Text::new(key).with("upn", desired.upn.as_str()),
        };
        match serde_json::from_value::<State>(state.clone()) {
            Ok(state) if !state.enabled => conflict("conflict-account-disabled"),
            Ok(state) if state.display_name != desired.display_name => {
                conflict("conflict-account-of-another-name")
            }
            Ok(_) => Diff::AlreadyRight,
            Err(_) => conflict("conflict-account-unreadable"),
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(desired) = typed::<desired::Account>(desired) else {
            return vec![];
        };
        if matches!(observed, Observed::Present { .. }) {
            return vec![];
        }
        let field = |name: &str, after: Text| FieldChange {
            field: Text::new(format!("field-{name}")),
            before: nothing(),
            after,
        };
        vec![
            field("account", value(desired.upn.as_str())),
            field("display-name", value(&desired.display_name)),
            field("first-password", Text::new("value-kept-in-vault")),
        ]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::Account = typed(desired)?;
        if let Observed::Present { key, state, .. } = observed {
            return match self.diff(desired, observed) {
                Diff::Conflict { because } => Err(Fault::new(
                    FaultKind::Conflict,
                    Doing::Writing.text(KIND),
                    because.key,
                )),
                _ => Ok(adopted(key, state)),
            };
        }
        let password = self.first_password(cx, &wanted.password_secret).await?;
        let new = NewUser {
            upn: &wanted.upn,
            display_name: &wanted.display_name,
            mail_nickname: &wanted.mail_nickname,
            password: &password,
        };
        let fault = |error: HttpError| error.into_fault(Doing::Writing.text(KIND), NEEDS);
        match self.graphs.at(cx).create_user(&new).await {
            Ok(user) => {
                let state = State {
                    upn: wanted.upn.to_string(),
                    display_name: wanted.display_name.clone(),
                    enabled: true,
                };
                Ok(Applied {
                    origin: Origin::Created,
                    key: key_of(&user, &state.upn),
                    state: json(&state),
                    note: None,
                })
            }
            Err(error)
                if error
                    .refusal()
                    .is_some_and(crate::http::Refusal::is_already_there) =>
            {
                let Some(user) = self.named(cx, &wanted.upn).await.map_err(fault)? else {
                    return Err(fault(error));
                };
                let state = State::of(&user);
                let seen = Observed::Present {
                    key: key_of(&user, &state.upn),
                    state: json(&state),
                    ours: false,
                };
                if self.diff(desired, &seen) != Diff::AlreadyRight {
                    return Err(fault(error));
                }
                let (origin, note) = if cx.is_own(user.created_date_time) {
                    (Origin::Created, "note-looked-up")
                } else {
                    (Origin::Adopted, "note-was-there")
                };
                Ok(Applied {
                    origin,
                    key: key_of(&user, &state.upn),
                    state: json(&state),
                    note: Some(Text::new(note)),
                })
            }
            Err(error) => Err(fault(error)),
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let desired: desired::Account = typed(desired)?;
        let id = key_id(key, KIND)?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        let user = loop {
            match graph.user(id).await {
                Ok(user) => break Some(user),
                Err(error) if error.is_not_found() => {
                    if !patience.next_look().await {
                        break None;
                    }
                }
                Err(error) => {
                    return Err(error.into_fault(Doing::Proving.text(KIND), &["User.Read.All"]));
                }
            }
        };
        let (standing, found, evidence) = match user.as_ref().map(State::of) {
            None => (
                Standing::NotProved,
                Text::new("proof-found-nothing"),
                json!({ "id": id }),
            ),
            Some(state) => {
                let right = state.enabled && state.upn == desired.upn.as_str();
                let standing = Standing::read_as(right);
                let found = Text::new(if right {
                    "proof-found-account"
                } else {
                    "proof-found-different"
                });
                (
                    standing,
                    found,
                    json!({ "id": id, "upn": state.upn, "display_name": state.display_name, "enabled": state.enabled }),
                )
            }
        };
        let look_again = user
            .is_none()
            .then(|| crate::http::gate::later(cx.clock.now(), std::time::Duration::from_secs(15)));
        let claim = Text::new("proof-claim-account").with("upn", desired.upn.as_str());
        Ok(Proof {
            claim,
            read_from: Text::new("proof-from-account"),
            standing,
            found,
            evidence,
            expiry: None,
            look_again,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin != Origin::Created {
            return Ok(Undone::Kept);
        }
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let id = key_id(&record.applied.key, KIND)?;
        let user = match graph.user(id).await {
            Err(error) if error.is_not_found() => {
                self.forget_password(cx, record).await?;
                return Ok(Undone::WasGone);
            }
            other => other.map_err(fault)?,
        };
        if State::of(&user).upn != record.applied.state["upn"].as_str().unwrap_or_default() {
            let because = Text::new("drift-account-renamed")
                .with("upn", user.user_principal_name.unwrap_or_default());
            return Ok(Undone::Drifted { because });
        }
        // It was there a moment ago: not there now is the same as taken.
        asked(graph.delete_user(id).await).map_err(fault)?;
        let mut patience = Patience::long(cx.clock);
        loop {
            match graph.user(id).await {
                Err(error) if error.is_not_found() => break,
                Err(error) => return Err(fault(error)),
                Ok(_) => {
                    if !patience.next_look().await {
                        let detail = "the account is removed but can still be read";
                        return Err(Fault::new(
                            FaultKind::ServiceFailed,
                            Doing::TakingBack.text(KIND),
                            detail,
                        ));
                    }
                }
            }
        }
        self.forget_password(cx, record).await?;
        Ok(Undone::Reverted)
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        if record.applied.origin != Origin::Created {
            return vec![];
        }
        let upn = record.applied.state["upn"].as_str().unwrap_or_default();
        vec![Trace {
            what: Text::new("trace-account-in-bin").with("upn", upn),
            by_hand: Text::new("trace-account-by-hand"),
        }]
    }
}

impl Accounts {
    async fn forget_password(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<(), Fault> {
        let desired: desired::Account = typed(&record.desired)?;
        cx.secrets.forget(&desired.password_secret).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::testing::CountedIds;
    use secrecy::ExposeSecret;

    #[test]
    fn a_password_has_all_four_kinds_and_differs() {
        let ids = CountedIds::default();
        let (a, b) = (password(&ids), password(&ids));
        let text = a.expose_secret();
        assert_eq!(text.len(), 20);
        assert!(
            text.chars().any(|c| c.is_ascii_lowercase())
                && text.chars().any(|c| c.is_ascii_uppercase())
        );
        assert!(
            text.chars().any(|c| c.is_ascii_digit())
                && text.chars().any(|c| c.is_ascii_punctuation())
        );
        assert_ne!(text, b.expose_secret());
    }
}
