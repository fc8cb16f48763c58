//! With what an account signs in.

use async_trait::async_trait;
use grantway_core::question::{SignInMethods, SignInMethodsSeen};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::authentication::AuthenticationMethod;

pub(super) struct Registered;

const AUTHENTICATOR: &str = "microsoftAuthenticatorAuthenticationMethod";
const PASSWORD: &str = "passwordAuthenticationMethod";

#[async_trait]
impl Answerer for Registered {
    type Question = SignInMethods;
    const SCOPES: &'static [&'static str] = &["UserAuthenticationMethod.Read.All", "User.Read.All"];
    const ROLES: &'static [&'static str] =
        &["Privileged Authentication Administrator", "Global Reader"];

    async fn answer(
        graph: &Graph,
        question: &SignInMethods,
    ) -> Result<SignInMethodsSeen, ReadError> {
        let account = *question.account.now().ok_or(ReadError::Unresolved)?;
        let (methods, user) =
            futures_util::try_join!(graph.authentication_methods(account), graph.user(account))?;
        let others = |method: &AuthenticationMethod| {
            let name = method.name();
            (!name.is_empty() && name != AUTHENTICATOR && name != PASSWORD).then(|| name.to_owned())
        };
        Ok(SignInMethodsSeen {
            authenticator: methods.iter().any(|method| method.name() == AUTHENTICATOR),
            others: methods.iter().filter_map(others).collect(),
            password_changed: user.last_password_change_date_time,
            created: user.created_date_time,
        })
    }
}
