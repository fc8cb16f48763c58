//! Tasks: a person acts in a session; what it saw is recorded, and the run looks at the effect.

use std::sync::Arc;

use grantway_core::desired::{Known, Outputs};
use grantway_core::ids::StepId;
use grantway_core::journal::{Attendance, Ending, Entry, Standing};
use grantway_core::plan::{CopyValue, PageLink, StepBody, Task, ValueShape};
use grantway_core::ports::Secrets;
use grantway_core::{Actor, AppId, Place, Text, Upn};
use grantway_microsoft::sign_in::admin_consent_link;
use grantway_session::HostRule;
use grantway_session::lanes::Lane;
use secrecy::SecretString;
use url::Url;

use super::sessions::{Errand, lane_of, number_of, own_host};
use super::signing_in::Wanted;
use crate::app::{App, Subject};
use crate::contract::Event;
use crate::problem::Problem;
use crate::world::{OpenSession, Purpose, lock};

/// What a person does in a session.
enum Act {
    /// Something on a page.
    Page(Url),
    /// Signing in. The setup works in that name from then on, or it only shows that one can.
    SignIn { wanted: Wanted, takes_seat: bool },
}

impl App {
    pub(crate) async fn start_task(
        self: &Arc<Self>,
        id: &str,
        step: &str,
        lane: Option<u8>,
    ) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        let (task, place) = subject.task(&step)?;
        let ready = matches!(
            subject.state.standing(&step),
            Standing::NeedsPerson | Standing::Troubled(_)
        );
        if !ready || !subject.may_act() {
            return Err(Problem::new("problem-task-not-ready", "GW-TSK-0001"));
        }
        let act = subject.act_of(&task, &place)?;
        let lane = lane_of(lane.unwrap_or(self.preferences().lane)).unwrap_or(Lane::CleanWindow);
        if lane == Lane::CopyLink {
            let Act::Page(start) = &act else {
                return Err(Problem::new("problem-lane", "GW-CLD-0003"));
            };
            let link = SecretString::from(start.to_string());
            return Ok(self.host.copy(link, false).await?);
        }
        if matches!(subject.state.standing(&step), Standing::Troubled(_)) {
            subject
                .world
                .engine
                .record(&subject.id, Entry::Retried { step: step.clone() })
                .await?;
            subject
                .world
                .engine
                .record(&subject.id, Entry::Needed { step: step.clone() })
                .await?;
        }
        let session = self.open_session(
            &subject,
            Purpose::Task(step.to_string()),
            number_of(lane),
            task.expected_prompts,
        )?;
        let app = Arc::clone(self);
        let work = subject.world.work(&subject.id);
        tokio::spawn(async move {
            let _work = work;
            let tell = |problem: Problem| {
                app.host.emit(Event::Problem {
                    setup: Some(subject.id.to_string()),
                    problem: problem.view(&app.catalogue),
                });
            };
            let mut signed_in = None;
            let ended = match act {
                Act::Page(start) => {
                    let errand = Errand {
                        place: &place,
                        hosts: hosts_of(&task, &start),
                        start,
                        redirect: None,
                        expected_prompts: task.expected_prompts,
                    };
                    app.visit(&subject, session, lane, errand).await
                }
                Act::SignIn { wanted, takes_seat } => {
                    let account = if takes_seat {
                        app.take_seat(&subject, session, lane, &wanted).await
                    } else {
                        app.try_sign_in(&subject, session, lane, &wanted).await
                    };
                    match account {
                        Ok(account) => {
                            signed_in = Some(account);
                            Ok(Ending::Finished)
                        }
                        Err(problem) => {
                            tell(problem);
                            Ok(Ending::Stopped)
                        }
                    }
                }
            };
            let closed = app.close_session(&subject, &place);
            let after = app.after_task(&subject, &step, ended, closed, signed_in);
            if let Err(problem) = after.await {
                tell(problem);
            }
        });
        Ok(())
    }

    /// Signs in, and keeps the sign-in as the setup's own.
    async fn take_seat(
        self: &Arc<Self>,
        subject: &Subject,
        session: String,
        lane: Lane,
        wanted: &Wanted,
    ) -> Result<Upn, Problem> {
        let signed_in = self.signed_in(subject, session, lane, wanted).await?;
        self.keep(subject, wanted, signed_in).await
    }

    /// Signs in to an application that is none of this setup's actors, and asks who that is. Nothing of it is kept.
    async fn try_sign_in(
        self: &Arc<Self>,
        subject: &Subject,
        session: String,
        lane: Lane,
        wanted: &Wanted,
    ) -> Result<Upn, Problem> {
        let signed_in = self.signed_in(subject, session, lane, wanted).await?;
        let unreadable = || Problem::new("problem-sign-in-unreadable", "GW-SES-0008");
        let identity = signed_in.identity.as_ref();
        let account = identity.and_then(|identity| identity.account.clone());
        let actor = Actor {
            home: wanted.place.tenant,
            account: account.ok_or_else(unreadable)?,
            client: wanted.client,
        };
        let (world, scopes) = (&subject.world, wanted.scopes.clone());
        // Another setup may work in that name already: what it needs is not forgotten here.
        let is_known = world.tokens.scopes(&actor).is_some();
        if !is_known {
            world.tokens.take(actor.clone(), scopes, signed_in).await?;
        }
        let me = world.graphs.of(Some(&actor), actor.home).me().await;
        if !is_known {
            world.tokens.forget(&actor).await?;
        }
        let doing = Text::new("doing-signing-in").with("place", wanted.place.name.clone());
        let me = me.map_err(|error| error.into_fault(doing, &["User.Read"]))?;
        let named = me.user_principal_name.unwrap_or_default();
        Upn::parse(&named).map_err(|_| unreadable())
    }

    async fn after_task(
        self: &Arc<Self>,
        subject: &Subject,
        step: &StepId,
        ended: Result<Ending, Problem>,
        session: Option<OpenSession>,
        signed_in: Option<Upn>,
    ) -> Result<(), Problem> {
        let ending = ended?;
        let Some(session) = session else {
            return Ok(());
        };
        let mut apps_seen = Vec::new();
        for seen in &session.report.authorize_requests {
            if let Some(client) = &seen.client_id
                && !apps_seen.contains(client)
            {
                apps_seen.push(client.clone());
            }
        }
        let by_window = session.lane == 1;
        let attendance = Attendance {
            ending,
            prompts_seen: by_window
                .then(|| u8::try_from(session.report.prompts_seen).unwrap_or(u8::MAX)),
            prompts_said: session.prompts_said,
            apps_seen,
            lane: session.lane,
            signed_in,
            given: session.given,
        };
        subject
            .world
            .engine
            .record(
                &subject.id,
                Entry::Attended {
                    step: step.clone(),
                    attendance,
                },
            )
            .await?;
        self.run(&subject.world, &subject.id);
        Ok(())
    }

    /// The person says that a task is done. An open session is closed; without one (after a restart) the effect is looked at.
    pub(crate) async fn finish_task(
        self: &Arc<Self>,
        id: &str,
        step: &str,
        prompts: Option<u8>,
        given: Option<String>,
    ) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        let given = subject.given(&step, given.as_deref())?;
        let open = {
            let mut sessions = lock(&subject.world.sessions);
            sessions
                .get_mut(&subject.id)
                .filter(|session| session.purpose == Purpose::Task(step.to_string()))
                .map(|session| {
                    session.finished = true;
                    session.prompts_said = prompts;
                    session.given.clone_from(&given);
                    session.id.clone()
                })
        };
        if let Some(session) = open {
            self.host.stop_session(&session);
            return Ok(());
        }
        let waits = matches!(
            subject.state.standing(&step),
            Standing::NeedsPerson | Standing::Troubled(_)
        );
        if !waits || !subject.may_act() {
            return Err(Problem::new("problem-task-not-ready", "GW-TSK-0001"));
        }
        // Looking again counts what the last session counted: it must not be forgotten by asking once more.
        let earlier = subject
            .state
            .steps
            .get(&step)
            .and_then(|state| state.attendance.clone());
        let attendance = match earlier {
            Some(earlier) => Attendance {
                ending: Ending::Finished,
                prompts_said: prompts.or(earlier.prompts_said),
                given: given.or(earlier.given),
                ..earlier
            },
            None => Attendance {
                ending: Ending::Finished,
                prompts_seen: None,
                prompts_said: prompts,
                apps_seen: Vec::new(),
                lane: 4,
                signed_in: None,
                given,
            },
        };
        subject
            .world
            .engine
            .record(&subject.id, Entry::Attended { step, attendance })
            .await?;
        self.run(&subject.world, &subject.id);
        Ok(())
    }

    /// Puts a value on the clipboard. A secret goes from the vault to the clipboard and nowhere else.
    pub(crate) async fn copy(&self, id: &str, step: &str, index: usize) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        let gone = || Problem::new("problem-no-such-value", "GW-TSK-0002");
        let row = subject.state.plan.as_ref().and_then(|plan| plan.row(&step));
        if let Some((StepBody::HandOff(hand_off), place)) =
            row.map(|row| (&row.step.body, &row.step.place))
        {
            let values = self.hand_off_values(&subject, hand_off, place);
            let value = values.into_iter().nth(index).and_then(|value| value.text);
            let value = SecretString::from(value.ok_or_else(gone)?);
            return Ok(self.host.copy(value, false).await?);
        }
        let (task, _) = subject.task(&step)?;
        match task.values.get(index).ok_or_else(gone)? {
            CopyValue::Plain { text, .. } => {
                let text = subject.known(text).ok_or_else(gone)?;
                Ok(self.host.copy(SecretString::from(text), false).await?)
            }
            CopyValue::Secret { secret, .. } => {
                let secret = subject.world.vault.find(secret).await?.ok_or_else(gone)?;
                Ok(self.host.copy(secret, true).await?)
            }
        }
    }
}

impl Subject {
    /// Whether a person may act for this setup now: its plan is approved and nothing is being taken back.
    pub(crate) fn may_act(&self) -> bool {
        self.state.approved.is_some() && self.state.undo_began.is_none() && !self.state.paused
    }

    /// The task of a step and where it happens.
    pub(crate) fn task(&self, step: &StepId) -> Result<(Task, Place), Problem> {
        let row = self.state.plan.as_ref().and_then(|plan| plan.row(step));
        match row.map(|row| (&row.step.body, &row.step.place)) {
            Some((StepBody::Task(task), place)) => Ok(((**task).clone(), place.clone())),
            _ => {
                Err(Problem::new("problem-no-such-step", "GW-SET-0005")
                    .with("step", step.to_string()))
            }
        }
    }

    /// What the person brings back from a task's page, as it is kept; none where the task asks for nothing.
    fn given(&self, step: &StepId, given: Option<&str>) -> Result<Option<String>, Problem> {
        let Ok((task, _)) = self.task(step) else {
            return Ok(None);
        };
        let Some(asks) = &task.asks else {
            return Ok(None);
        };
        let given = given.unwrap_or_default().trim();
        let read = asks.shape.read(given);
        let (what, todo) = match (given, asks.shape) {
            ("", _) => ("answer-missing", "answer-todo-missing"),
            (_, ValueShape::ClientId) => ("answer-no-client", "answer-todo-client"),
        };
        let wrong = || {
            Problem::new("problem-field", "GW-ANS-0001")
                .of_field("given")
                .with("what", Text::new(what).with("value", given))
                .with("todo", Text::new(todo))
        };
        read.map(Some).ok_or_else(wrong)
    }

    /// The step whose person gives the client that this step signs in with.
    pub(crate) fn client_given_by(&self, step: &StepId) -> Option<StepId> {
        let row = self.state.plan.as_ref()?.row(step)?;
        match &row.step.seat_taken()?.client {
            Known::Later { after_apply } => Some(after_apply.step.clone()),
            Known::Now(_) => None,
        }
    }

    /// What a task is made of, with all that is known by now.
    fn act_of(&self, task: &Task, place: &Place) -> Result<Act, Problem> {
        let Some(sign_in) = &task.sign_in else {
            return self.start_of(task, place).map(Act::Page);
        };
        let client = self.known(&sign_in.client);
        let client = client.and_then(|client| AppId::parse(&client).ok());
        let mut scopes = sign_in.scopes.clone();
        if sign_in.takes_seat {
            scopes.extend(self.scopes(self.stage(), place.tenant));
            scopes.sort();
            scopes.dedup();
        }
        let wanted = Wanted {
            place: place.clone(),
            client: client.ok_or_else(|| Problem::new("problem-task-not-ready", "GW-TSK-0001"))?,
            lent: false,
            scopes,
        };
        Ok(Act::SignIn {
            wanted,
            takes_seat: sign_in.takes_seat,
        })
    }

    /// The first page of a task: the cloud's own of that name, else the profile's.
    fn start_of(&self, task: &Task, place: &Place) -> Result<Url, Problem> {
        let fallback = task
            .address
            .fallback
            .as_deref()
            .and_then(|address| Url::parse(address).ok());
        let found = self
            .world
            .cloud
            .portal(&task.address.portal, place.tenant)
            .or(fallback);
        found.ok_or_else(|| {
            Problem::new("problem-no-portal", "GW-TSK-0003")
                .with("portal", task.address.portal.clone())
        })
    }

    /// The address of a page; none where the cloud has no such page, or what it is about is not known yet.
    pub(crate) fn link(&self, page: &PageLink, place: &Place) -> Option<String> {
        match page {
            PageLink::Portal {
                portal,
                fallback,
                tail,
            } => {
                let own = self.world.cloud.portal(portal, place.tenant);
                let start = own.map(String::from).or_else(|| fallback.clone())?;
                Some(format!("{start}{}", self.known(tail)?))
            }
            PageLink::AdminConsent { consent_in, scopes } => {
                let client = self.working_actor()?.client;
                let cloud = &self.world.cloud;
                Some(admin_consent_link(cloud, *consent_in, client, scopes).into())
            }
        }
    }

    /// A value of a plan, as far as it is known now.
    pub(crate) fn known(&self, value: &Known<String>) -> Option<String> {
        match value {
            Known::Now(text) => Some(text.clone()),
            Known::Later { after_apply } => {
                self.state.output(&after_apply.step, &after_apply.output)
            }
        }
    }
}

/// The start page's own host, and those that the task lists.
fn hosts_of(task: &Task, start: &Url) -> Vec<HostRule> {
    let listed = task.address.hosts.iter();
    own_host(start)
        .into_iter()
        .chain(listed.filter_map(|host| host.parse().ok()))
        .collect()
}
