//! With what an account signs in: its methods as they are now, and what the report of registrations says.
//!
//! Each has readers of its own, so either will do; where neither may be read there is no answer.

use async_trait::async_trait;
use grantway_core::question::{
    MethodsSeen, Registration, RegistrationReport, SignInMethods, SignInMethodsSeen,
};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::authentication::{AuthenticationMethod, RegistrationDetails};
use crate::http::HttpError;

pub(super) struct Registered;

const AUTHENTICATOR: &str = "microsoftAuthenticatorAuthenticationMethod";
const PASSWORD: &str = "passwordAuthenticationMethod";

#[async_trait]
impl Answerer for Registered {
    type Question = SignInMethods;
    const SCOPES: &'static [&'static str] = &[
        "UserAuthenticationMethod.Read.All",
        "User.Read.All",
        "AuditLog.Read.All",
    ];
    const ROLES: &'static [&'static str] = &[
        "Privileged Authentication Administrator",
        "Global Reader",
        "Reports Reader",
    ];

    async fn answer(
        graph: &Graph,
        question: &SignInMethods,
    ) -> Result<SignInMethodsSeen, ReadError> {
        let account = *question.account.now().ok_or(ReadError::Unresolved)?;
        let user = graph.user(account).await?;
        let upn = user.user_principal_name.unwrap_or_default();
        let (methods, report) = futures_util::join!(
            graph.authentication_methods(account),
            graph.registration_details(&upn)
        );
        let (methods, report) = match (methods, report) {
            (Ok(methods), report) => (
                Some(seen(&methods)),
                // The methods answer by themselves; the report only says more.
                report.map_or(RegistrationReport::NotReadable, told),
            ),
            (Err(error), Ok(report)) if is_refused(&error) => (None, told(report)),
            (Err(error), Err(of_report)) if is_refused(&error) && !is_refused(&of_report) => {
                return Err(of_report.into());
            }
            (Err(error), _) => return Err(error.into()),
        };
        Ok(SignInMethodsSeen {
            methods,
            report,
            password_changed: user.last_password_change_date_time,
            created: user.created_date_time,
        })
    }
}

fn is_refused(error: &HttpError) -> bool {
    error.status().is_some_and(|status| status.as_u16() == 403)
}

fn seen(methods: &[AuthenticationMethod]) -> MethodsSeen {
    let is_authenticator = |method: &&AuthenticationMethod| method.name() == AUTHENTICATOR;
    let others = |method: &AuthenticationMethod| {
        let name = method.name();
        (!name.is_empty() && name != AUTHENTICATOR && name != PASSWORD).then(|| name.to_owned())
    };
    let phones = methods.iter().filter(is_authenticator);
    MethodsSeen {
        authenticator: methods.iter().any(|method| is_authenticator(&method)),
        since: phones.filter_map(|phone| phone.created_date_time).min(),
        others: methods.iter().filter_map(others).collect(),
    }
}

fn told(record: Option<RegistrationDetails>) -> RegistrationReport {
    record.map_or(RegistrationReport::NoRecord, |details| {
        RegistrationReport::Seen(Registration {
            mfa: details.is_mfa_registered,
            methods: details.methods_registered,
            updated: details.last_updated_date_time,
        })
    })
}
