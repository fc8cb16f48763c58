//! Pages on which a person mends a check by hand. No step of a plan stands behind them: what counts is the read afterwards.

use std::sync::Arc;

use grantway_core::check::{Check, Remedy, RemedyAct};
use grantway_core::ids::TenantId;
use grantway_session::lanes::Lane;
use secrecy::SecretString;
use url::Url;

use super::sessions::{Errand, lane_of, number_of, own_host};
use crate::app::{App, Subject};
use crate::contract::Event;
use crate::problem::Problem;
use crate::world::{Purpose, lock};

impl App {
    /// Opens the page of a remedy in a session of the party whose check it is. When the session is over, however it ended,
    /// that tenant is read again.
    pub(crate) async fn open_page(
        self: &Arc<Self>,
        id: &str,
        check: &str,
        remedy: &str,
        lane: Option<u8>,
    ) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if !subject.state.takes_checks() {
            return Err(Problem::new("problem-approved-before", "GW-APR-0005"));
        }
        let (check, remedy) = subject
            .remedy(check, remedy)
            .ok_or_else(|| Problem::new("problem-no-such-check", "GW-CHK-0001"))?;
        let start = subject.page_of(check, remedy).ok_or_else(|| {
            Problem::new("problem-no-portal", "GW-TSK-0003").with("portal", portal_of(remedy))
        })?;
        let lane = lane_of(lane.unwrap_or(self.preferences().lane)).unwrap_or(Lane::CleanWindow);
        if lane == Lane::CopyLink {
            let link = SecretString::from(start.to_string());
            return Ok(self.host.copy(link, false).await?);
        }
        let place = check.place_of(remedy).clone();
        let purpose = Purpose::Page {
            check: Box::new(check.clone()),
            remedy: Box::new(remedy.clone()),
        };
        let check = check.id.clone();
        let session = self.open_session(&subject, purpose, number_of(lane), 0)?;
        let app = Arc::clone(self);
        let work = subject.world.work(&subject.id);
        tokio::spawn(async move {
            let _work = work;
            let errand = Errand {
                place: &place,
                hosts: own_host(&start).into_iter().collect(),
                start,
                redirect: None,
                expected_prompts: 0,
            };
            let ended = app.visit(&subject, session, lane, errand).await;
            // A plan may have been approved meanwhile.
            let now = app.subject(subject.id.as_str()).await;
            app.close_session(now.as_ref().unwrap_or(&subject), &place);
            let after = match ended {
                Ok(_) => {
                    let left = (subject.id.clone(), check);
                    let now = subject.world.clock.now();
                    lock(&subject.world.pages_left).insert(left, now);
                    app.check_after_page(subject.id.as_str(), place.tenant)
                        .await
                }
                Err(problem) => Err(problem),
            };
            if let Err(problem) = after {
                app.host.emit(Event::Problem {
                    setup: Some(subject.id.to_string()),
                    problem: problem.view(&app.catalogue),
                });
            }
        });
        Ok(())
    }

    /// Reads the tenant of a page again, as long as its setup is being checked: a plan may have been approved meanwhile.
    async fn check_after_page(&self, id: &str, tenant: TenantId) -> Result<(), Problem> {
        if self.subject(id).await?.state.takes_checks() {
            self.check_tenant(id, tenant).await?;
        }
        Ok(())
    }

    /// The person says that they are through with the page that is open: its session is closed.
    pub(crate) async fn finish_page(&self, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let open = lock(&subject.world.sessions)
            .get_mut(&subject.id)
            .filter(|session| matches!(session.purpose, Purpose::Page { .. }))
            .map(|session| {
                session.finished = true;
                session.id.clone()
            });
        if let Some(session) = open {
            self.host.stop_session(&session);
        }
        Ok(())
    }
}

impl Subject {
    /// A check with one of its remedies, by their names.
    pub(crate) fn remedy(&self, check: &str, remedy: &str) -> Option<(&Check, &Remedy)> {
        let check = self.state.checks.iter().find(|known| known.id == check)?;
        let remedy = check.remedies.iter().find(|known| known.id == remedy)?;
        Some((check, remedy))
    }

    /// The page on which a remedy is carried out by hand; none where the cloud has none of that name.
    pub(crate) fn page_of(&self, check: &Check, remedy: &Remedy) -> Option<Url> {
        let RemedyAct::ByHand { portal, .. } = &remedy.act else {
            return None;
        };
        let place = check.place_of(remedy);
        self.world.cloud.portal(portal, place.tenant)
    }

    /// Ends the session of a page that is open: a plan that is approved goes on without it.
    pub(crate) fn leave_page(&self, app: &App) {
        let open = lock(&self.world.sessions)
            .get_mut(&self.id)
            .filter(|session| matches!(session.purpose, Purpose::Page { .. }))
            .map(|session| {
                session.stopped = true;
                session.id.clone()
            });
        if let Some(session) = open {
            app.host.stop_session(&session);
        }
    }
}

fn portal_of(remedy: &Remedy) -> &str {
    match &remedy.act {
        RemedyAct::ByHand { portal, .. } => portal,
        _ => "",
    }
}
