//! Whether the app that works is let into a customer's tenant, and if not, whether Partner Center may let it in.

use async_trait::async_trait;
use grantway_core::change::{Reader, Scope};
use grantway_core::question::{Ask, CustomerWay, Question, WaySeen};
use grantway_core::{Actor, Fault, FaultKind, Text};
use serde_json::Value;

use crate::graph::Graphs;
use crate::sign_in::aadsts::{Situation, number_in};

/// Asks for the tenant's own token. It needs no permission: what the answer tells is what there is.
pub(super) struct Way {
    pub(super) graphs: Graphs,
}

#[async_trait]
impl Reader for Way {
    fn kind(&self) -> &'static str {
        CustomerWay::KIND
    }

    fn scopes(&self) -> Vec<Scope> {
        Vec::new()
    }

    async fn read(&self, question: &Question, actor: Option<&Actor>) -> Result<Value, Fault> {
        let doing = || Text::new("doing-reading").with("what", CustomerWay::KIND);
        let local =
            |error: serde_json::Error| Fault::new(FaultKind::Local, doing(), error.to_string());
        let about: CustomerWay = serde_json::from_value(question.about.clone()).map_err(local)?;
        let seen = match self.graphs.of(actor, question.tenant).let_in().await {
            Ok(token) => {
                let is_lacking = about.needs.iter().any(|need| !token.scopes.contains(need));
                WaySeen::Open {
                    by_partner_center: if is_lacking {
                        self.partner_center(question, actor).await?
                    } else {
                        None
                    },
                    scopes: token.scopes.into_iter().collect(),
                    roles: token.roles,
                }
            }
            Err(fault) => match sorted(&fault) {
                Some((Situation::NotConsented, code)) => WaySeen::NotConsented {
                    code,
                    by_partner_center: self.partner_center(question, actor).await?,
                },
                Some((situation, code)) => WaySeen::Closed {
                    because: Text::new(situation.key()),
                    code,
                },
                None => return Err(fault),
            },
        };
        serde_json::to_value(seen).map_err(local)
    }
}

impl Way {
    /// Whether Partner Center's API answers for this customer. Without the consent to use it at all, nobody knows yet.
    async fn partner_center(
        &self,
        question: &Question,
        actor: Option<&Actor>,
    ) -> Result<Option<bool>, Fault> {
        let Some(actor) = actor else { return Ok(None) };
        let Some(partner_center) = self.graphs.partner_center(actor) else {
            return Ok(Some(false));
        };
        match partner_center.consent(question.tenant, actor.client).await {
            Ok(_) => Ok(Some(true)),
            Err(error) => {
                let doing = Text::new("doing-reading").with("what", CustomerWay::KIND);
                let fault = error.into_fault(doing, crate::partner_center::ROLES);
                match fault.kind {
                    FaultKind::Refused { .. } | FaultKind::NotFound => Ok(Some(false)),
                    FaultKind::SignInNeeded { .. } => Ok(None),
                    _ => Err(fault),
                }
            }
        }
    }
}

/// The sign-in service's refusal inside a fault; none where something else stood in the way.
fn sorted(fault: &Fault) -> Option<(Situation, String)> {
    let FaultKind::SignInNeeded { .. } = &fault.kind else {
        return None;
    };
    let code = fault.code.clone()?;
    let number = number_in(&code)?;
    Some((Situation::of(number), code))
}
