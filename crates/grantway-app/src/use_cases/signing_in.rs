//! Signing a party in: the page in a lane, the answer checked, the tokens kept, the record made.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use grantway_core::journal::{Entry, SignIn, Standing};
use grantway_core::{Actor, AppId, Fault, FaultKind, Place, StepId, TenantId, Text, Upn};
use grantway_microsoft::clouds::Authority;
use grantway_microsoft::http::{Api, granted};
use grantway_microsoft::sign_in::loopback::Farewell;
use grantway_microsoft::sign_in::{
    AuthorizationRequest, Checked, Loopback, LoopbackError, PendingSignIn, Prompt, SignInError,
    SignedIn,
};
use grantway_session::lanes::Lane;
use grantway_session::{DEFAULT_TIME_LIMIT_SECONDS, Redirect, SessionEnd};
use url::Url;

use super::sessions::{Errand, lane_of, number_of};
use crate::app::{App, Subject};
use crate::contract::Event;
use crate::problem::Problem;
use crate::world::{Purpose, lock};

/// What happens once the sign-in is there.
#[derive(Clone)]
enum Then {
    /// The run goes on, if there is one.
    GoOn,
    /// A step is started over.
    StartOver(StepId),
}

/// A sign-in that was asked for.
#[derive(Clone)]
pub(super) struct Wanted {
    pub place: Place,
    pub client: AppId,
    /// The client is somebody else's.
    pub lent: bool,
    pub scopes: Vec<String>,
}

/// What one try came to.
enum Try {
    Taken(Box<SignedIn>),
    StartOver,
    ToLane(Lane),
    /// The person closed or stopped it.
    Left(Problem),
}

impl App {
    pub(crate) async fn sign_in(
        self: &Arc<Self>,
        id: &str,
        seat: &str,
        lane: Option<u8>,
    ) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let is_early = subject.state.sign_ins.is_empty()
            && subject.state.undo_began.is_none()
            && !subject.pattern.signs_in_first(&subject.answers);
        if is_early {
            return Err(Problem::new("problem-task-not-ready", "GW-TSK-0001"));
        }
        let spec = subject
            .pattern
            .seats()
            .into_iter()
            .find(|spec| spec.id == seat);
        let spec = spec.ok_or_else(|| {
            Problem::new("problem-no-such-seat", "GW-SET-0006").with("seat", seat.to_owned())
        })?;
        let place = subject
            .place(spec.party)
            .cloned()
            .ok_or_else(|| Problem::new("problem-answer-first", "GW-SET-0007"))?;
        let scopes = subject.scopes(subject.stage(), place.tenant);
        self.begin_sign_in(subject, seat, place, scopes, lane, Then::GoOn)
    }

    pub(super) async fn sign_in_to_start_over(
        self: &Arc<Self>,
        subject: &Subject,
        step: StepId,
        missing: Vec<String>,
    ) -> Result<(), Problem> {
        let seats = subject.pattern.seats();
        let tenant = subject.working_tenant();
        let place = subject
            .places
            .iter()
            .find(|place| Some(place.tenant) == tenant)
            .cloned();
        let place = place.ok_or_else(|| Problem::new("problem-answer-first", "GW-SET-0007"))?;
        let seat = seats
            .iter()
            .find(|seat| seat.party == place.party)
            .map_or("", |seat| seat.id);
        let mut scopes = subject.scopes(subject.stage(), place.tenant);
        scopes.extend(missing);
        let fresh = self.subject(subject.id.as_str()).await?;
        self.begin_sign_in(fresh, seat, place, scopes, None, Then::StartOver(step))
    }

    fn begin_sign_in(
        self: &Arc<Self>,
        subject: Subject,
        seat: &str,
        place: Place,
        scopes: Vec<String>,
        lane: Option<u8>,
        then: Then,
    ) -> Result<(), Problem> {
        // A setup goes on with the client that it began with, whatever Settings say now: its consent is that client's.
        let earlier = subject.state.sign_ins.get(&place.tenant);
        let own = subject.setup_client();
        let client = match &own {
            Some(own) => Some(own.client),
            None => earlier
                .and_then(|earlier| AppId::parse(&earlier.client).ok())
                .or(subject.world.client()),
        };
        let client = client.ok_or_else(|| Problem::new("problem-no-client-id", "GW-SES-0003"))?;
        let lane = lane_of(lane.unwrap_or(self.preferences().lane)).unwrap_or(Lane::CleanWindow);
        let id = self.open_session(&subject, Purpose::Seat(seat.to_owned()), number_of(lane), 1)?;
        let wanted = Wanted {
            place,
            client,
            lent: own.is_some_and(|own| own.lent.is_some()),
            scopes,
        };
        let app = Arc::clone(self);
        let work = subject.world.work(&subject.id);
        tokio::spawn(async move {
            let _work = work;
            let signed_in = app.signed_in(&subject, id, lane, &wanted).await;
            let outcome = match signed_in {
                Ok(signed_in) => app.keep(&subject, &wanted, signed_in).await.map(drop),
                Err(problem) => Err(problem),
            };
            app.close_session(&subject, &wanted.place);
            let done = match outcome {
                Ok(()) => app.after_sign_in(&subject, &then).await,
                Err(problem) => Err(problem),
            };
            if let Err(problem) = done {
                tracing::warn!(
                    id = problem.id,
                    key = problem.text.key,
                    "a sign-in ended with a problem"
                );
                app.host.emit(Event::Problem {
                    setup: Some(subject.id.to_string()),
                    problem: problem.view(&app.catalogue),
                });
            }
        });
        Ok(())
    }

    /// A sign-in in a session that is open, checked and not kept yet.
    pub(super) async fn signed_in(
        self: &Arc<Self>,
        subject: &Subject,
        id: String,
        mut lane: Lane,
        wanted: &Wanted,
    ) -> Result<SignedIn, Problem> {
        loop {
            let tried = match lane {
                Lane::CleanWindow => self.try_window(subject, id.clone(), wanted).await?,
                Lane::PrivateBrowser | Lane::OwnBrowser => {
                    self.try_browser(subject, id.clone(), lane, wanted).await?
                }
                Lane::CopyLink => return Err(Problem::new("problem-lane", "GW-CLD-0003")),
            };
            match tried {
                Try::Taken(signed_in) => return Ok(*signed_in),
                Try::StartOver => {
                    let earlier = subject.state.sign_ins.get(&wanted.place.tenant);
                    if let Some(Ok(actor)) = earlier.map(SignIn::actor) {
                        subject.world.tokens.forget(&actor).await?;
                    }
                }
                Try::ToLane(other) => {
                    lane = other;
                    if let Some(session) = lock(&subject.world.sessions).get_mut(&subject.id) {
                        session.lane = number_of(other);
                    }
                    self.changed(&subject.id);
                }
                Try::Left(problem) => return Err(problem),
            }
        }
    }

    fn request(&self, subject: &Subject, wanted: &Wanted) -> AuthorizationRequest {
        let authority = Authority::Tenant(wanted.place.tenant);
        let request =
            AuthorizationRequest::new(Arc::clone(&subject.world.cloud), wanted.client, authority)
                .scopes(wanted.scopes.iter().cloned())
                .claims(subject.claims_asked(wanted.place.tenant))
                .prompt(Prompt::Login);
        let request = if wanted.lent { request.lent() } else { request };
        // A later sign-in of the same setup is by the same person, or it is noticed.
        match subject.state.sign_ins.get(&wanted.place.tenant) {
            Some(earlier) => request
                .login_hint(earlier.account.clone())
                .expect_account(earlier.account.clone()),
            None => request,
        }
    }

    async fn try_window(
        self: &Arc<Self>,
        subject: &Subject,
        id: String,
        wanted: &Wanted,
    ) -> Result<Try, Problem> {
        let mut pending = self.request(subject, wanted).begin(&*self.order.ids);
        let errand = Errand {
            place: &wanted.place,
            start: pending.url().clone(),
            redirect: redirect_of(&pending),
            hosts: Vec::new(),
            expected_prompts: 1,
        };
        let spec = subject.session_spec(self, id, errand);
        let outcome = self.window(subject, spec).await?;
        Ok(match outcome.end {
            SessionEnd::Redirected { answer_url } => match pending.check(answer_url.expose()) {
                Checked::Code => Try::Taken(Box::new(self.redeem(subject, wanted, pending).await?)),
                Checked::Denied(answer) => {
                    return Err(self.sign_in_problem(subject, wanted, SignInError::Answer(answer)));
                }
                Checked::Ignored(_) => {
                    Try::Left(Problem::new("problem-answer-ignored", "GW-SES-0004"))
                }
            },
            SessionEnd::StartOver => Try::StartOver,
            SessionEnd::ToLane(lane) => Try::ToLane(lane),
            SessionEnd::Stopped | SessionEnd::Closed => {
                Try::Left(Problem::new("problem-session-closed", "GW-SES-0005"))
            }
            SessionEnd::TimedOut => {
                Try::Left(Problem::new("problem-session-timed-out", "GW-SES-0006"))
            }
        })
    }

    async fn try_browser(
        self: &Arc<Self>,
        subject: &Subject,
        id: String,
        lane: Lane,
        wanted: &Wanted,
    ) -> Result<Try, Problem> {
        let listening =
            |detail: String| Problem::new("problem-loopback", "GW-SES-0007").with("detail", detail);
        let request = self.request(subject, wanted);
        let loopback = Loopback::bind(request.answers_at())
            .await
            .map_err(|error| listening(error.to_string()))?;
        let request = request
            .redirect(loopback.redirect().clone())
            .map_err(|error| listening(error.to_string()))?;
        let mut pending = request.begin(&*self.order.ids);
        let start = pending.url().clone();
        let farewell = Farewell {
            title: self.catalogue.say("loopback-title"),
            sentence: self.catalogue.say("loopback-sentence"),
        };
        let browser = self.browser(id.clone(), lane, start);
        let over = async {
            tokio::select! {
                ended = time_over(browser, lane) => ended,
                () = self.until_stopped(subject) => Ok(()),
            }
        };
        let (over, mut failed) = split(over);
        let answer = loopback
            .wait(&farewell, over, |url: &Url| match pending.check(url) {
                Checked::Ignored(_) => None,
                Checked::Code => Some(Ok(())),
                Checked::Denied(answer) => Some(Err(answer)),
            })
            .await;
        self.host.stop_session(&id);
        match answer {
            Ok(Ok(())) => Ok(Try::Taken(Box::new(
                self.redeem(subject, wanted, pending).await?,
            ))),
            Ok(Err(answer)) => {
                Err(self.sign_in_problem(subject, wanted, SignInError::Answer(answer)))
            }
            Err(LoopbackError::TimeOver) => match failed.try_recv() {
                Ok(problem) => Err(problem),
                Err(_) => Ok(Try::Left(Problem::new(
                    "problem-session-closed",
                    "GW-SES-0005",
                ))),
            },
            Err(error) => Err(listening(error.to_string())),
        }
    }

    async fn redeem(
        &self,
        subject: &Subject,
        wanted: &Wanted,
        pending: PendingSignIn,
    ) -> Result<SignedIn, Problem> {
        pending
            .redeem(&subject.world.transport)
            .await
            .map_err(|error| self.sign_in_problem(subject, wanted, error))
    }

    /// Records a checked sign-in. What it lacks is said before anything is kept.
    pub(super) async fn keep(
        &self,
        subject: &Subject,
        wanted: &Wanted,
        signed_in: SignedIn,
    ) -> Result<Upn, Problem> {
        let unreadable = || Problem::new("problem-sign-in-unreadable", "GW-SES-0008");
        let identity = signed_in.identity.clone().ok_or_else(unreadable)?;
        let (account, account_id) = (
            identity.account.clone().ok_or_else(unreadable)?,
            identity.object.ok_or_else(unreadable)?,
        );
        // A token carries all that was ever consented to, so more than was asked for now may come.
        let mut granted: Vec<String> = granted(&signed_in.scopes).into_iter().collect();
        let actor = Actor {
            home: wanted.place.tenant,
            account: account.clone(),
            client: wanted.client,
        };
        let tokens = &subject.world.tokens;
        for scope in &wanted.scopes {
            let is_elsewhere = Api::of_scope(scope).0 != Api::Graph;
            if is_elsewhere && tokens.brings(&actor, &signed_in, scope).await {
                granted.push(scope.clone());
            }
        }
        granted.sort();
        let missing: Vec<String> = wanted
            .scopes
            .iter()
            .filter(|scope| !granted.contains(scope))
            .cloned()
            .collect();
        if !missing.is_empty() {
            return Err(Problem::new("problem-scopes-missing", "GW-SES-0009")
                .with("scopes", missing.join(", ")));
        }
        tokens.take(actor, granted.clone(), signed_in).await?;
        let kept_as = account.clone();
        let sign_in = SignIn {
            place: wanted.place.clone(),
            name: identity.name.unwrap_or_else(|| account.to_string()),
            account,
            account_id,
            scopes: granted,
            client: wanted.client.to_string(),
        };
        subject
            .world
            .engine
            .record(&subject.id, Entry::SignedIn { sign_in })
            .await?;
        Ok(kept_as)
    }

    async fn after_sign_in(
        self: &Arc<Self>,
        subject: &Subject,
        then: &Then,
    ) -> Result<(), Problem> {
        let fresh = self.subject(subject.id.as_str()).await?;
        match then {
            Then::StartOver(step) => self.start_over_now(&fresh, step).await,
            Then::GoOn if fresh.state.approved.is_some() || fresh.state.undo_began.is_some() => {
                self.go_on(fresh.id.as_str()).await
            }
            // Reading is what the sign-in was for: it begins by itself.
            Then::GoOn => self.check(fresh.id.as_str()).await,
        }
    }

    pub(crate) async fn sign_out(&self, id: &str, seat: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let party = subject
            .pattern
            .seats()
            .into_iter()
            .find(|spec| spec.id == seat)
            .map(|spec| spec.party);
        if let Some(place) = party.and_then(|party| subject.place(party)).cloned() {
            let signed_in = subject.state.sign_ins.get(&place.tenant);
            if let Some(Ok(actor)) = signed_in.map(SignIn::actor) {
                subject.world.forget_sign_in(&subject.id, &actor).await?;
            }
            subject
                .world
                .engine
                .record(&subject.id, Entry::SignedOut { place })
                .await?;
        }
        Ok(())
    }

    /// A failed sign-in in words. A wrong tenant or account names both sides, by name where one is known.
    fn sign_in_problem(&self, subject: &Subject, wanted: &Wanted, error: SignInError) -> Problem {
        match &error {
            SignInError::WrongTenant { got, account, .. } => {
                let known = subject
                    .places
                    .iter()
                    .find(|place| place.tenant == *got)
                    .map(|place| place.name.clone());
                Problem::new("problem-wrong-tenant", "GW-SES-0110")
                    .with("expected", wanted.place.name.clone())
                    .with(
                        "got",
                        known.unwrap_or_else(|| {
                            account
                                .as_ref()
                                .map_or_else(|| got.to_string(), |a| a.domain().to_owned())
                        }),
                    )
                    .with(
                        "account",
                        account
                            .as_ref()
                            .map_or_else(|| "-".to_owned(), ToString::to_string),
                    )
            }
            SignInError::WrongAccount { expected, got } => {
                Problem::new("problem-wrong-account", "GW-SES-0111")
                    .with("expected", expected.to_string())
                    .with("got", got.clone())
            }
            _ => {
                let doing = Text::new("doing-signing-in").with("place", wanted.place.name.clone());
                Problem::from(error.into_fault(doing))
            }
        }
    }
}

impl Subject {
    /// The claims that a service has challenged for in a tenant and that no sign-in has answered yet.
    fn claims_asked(&self, tenant: TenantId) -> Option<String> {
        let rows = self.state.plan.iter().flat_map(|plan| &plan.rows);
        let steps = rows
            .filter(|row| row.step.place.tenant == tenant)
            .map(|row| self.state.standing(&row.step.id));
        let consent = self.state.own_consents.get(&tenant);
        steps
            .chain(consent.map(|(_, standing)| standing))
            .find_map(|standing| match standing {
                Standing::Failed(fault) | Standing::UndoFailed(fault) => claims_of(fault),
                _ => None,
            })
    }
}

fn claims_of(fault: &Fault) -> Option<String> {
    match &fault.kind {
        FaultKind::SignInNeeded { claims, .. } => claims.clone(),
        _ => None,
    }
}

fn redirect_of(pending: &PendingSignIn) -> Option<Redirect> {
    let state = pending
        .url()
        .query_pairs()
        .find(|(name, _)| name == "state")
        .map(|(_, value)| value.into_owned())?;
    Some(Redirect {
        url: pending.redirect().clone(),
        state,
    })
}

/// When to stop listening: a private browser that was closed will not answer any more; one's own goes on after its start.
async fn time_over(
    browser: impl Future<Output = Result<(), Problem>>,
    lane: Lane,
) -> Result<(), Problem> {
    let limit = tokio::time::sleep(Duration::from_secs(u64::from(DEFAULT_TIME_LIMIT_SECONDS)));
    tokio::pin!(limit);
    tokio::select! {
        ended = browser => match ended {
            Ok(()) if lane == Lane::OwnBrowser => {
                limit.await;
                Ok(())
            }
            Ok(()) => {
                // The answer may be on its way while the window closes.
                tokio::time::sleep(Duration::from_secs(2)).await;
                Ok(())
            }
            Err(problem) => Err(problem),
        },
        () = &mut limit => Ok(()),
    }
}

/// Turns a future that may fail into one that only ends, with the failure beside it.
fn split(
    over: impl Future<Output = Result<(), Problem>>,
) -> (
    impl Future<Output = ()>,
    tokio::sync::oneshot::Receiver<Problem>,
) {
    let (tell, told) = tokio::sync::oneshot::channel();
    let over = async move {
        if let Err(problem) = over.await {
            // Nobody listens any more when the answer came first.
            let _ = tell.send(problem);
        }
    };
    (over, told)
}
