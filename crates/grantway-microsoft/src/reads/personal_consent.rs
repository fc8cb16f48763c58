//! What one person has consented to for an application.

use async_trait::async_trait;
use grantway_core::question::{PersonalConsent, PersonalConsentSeen};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::own_consent;

pub(super) struct OfPerson;

#[async_trait]
impl Answerer for OfPerson {
    type Question = PersonalConsent;
    const SCOPES: &'static [&'static str] = &["Application.Read.All", "Directory.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(
        graph: &Graph,
        question: &PersonalConsent,
    ) -> Result<PersonalConsentSeen, ReadError> {
        let held = own_consent::held(graph, question.client, question.person).await;
        let held = held.map_err(ReadError::Fault)?;
        Ok(PersonalConsentSeen {
            scopes: held.scopes,
            for_everyone: held.for_everyone,
        })
    }
}
