//! Joins the rules of a session to its window.
//!
//! Engines call in the middle of their own work, so only yes and no are answered there; everything else an event leads to, the end
//! above all, is done in a later turn of the event loop.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use grantway_app::Catalogue;
use grantway_session::{Button, Effect, Event, Session, SessionEnd, SessionReport, SessionSpec};
use tauri::{AppHandle, Manager, WindowEvent};
use tokio::sync::oneshot;

use super::platform::{OpenError, SessionWindow};
use super::{Ear, Outcome, Window, blocked_page, unique_title};

/// How often a session looks at its age.
const TICK: Duration = Duration::from_secs(1);

thread_local! {
    /// The sessions that are open. Webviews live and die on the main thread.
    static OPEN: RefCell<HashMap<String, Rc<Running>>> = RefCell::new(HashMap::new());
}

struct Running {
    id: String,
    app: AppHandle,
    session: RefCell<Session>,
    window: RefCell<Option<Window>>,
    waiting: RefCell<VecDeque<Effect>>,
    turn_asked: Cell<bool>,
    opened: Instant,
    ear: Ear,
    catalogue: Arc<Catalogue>,
    told: RefCell<SessionReport>,
    ended: RefCell<Option<oneshot::Sender<Outcome>>>,
}

/// Opens a session. Main thread.
pub fn open(
    app: &AppHandle,
    spec: SessionSpec,
    ear: Ear,
    catalogue: Arc<Catalogue>,
    ended: oneshot::Sender<Outcome>,
) -> Result<(), OpenError> {
    let id = spec.id.clone();
    let start = spec.start_url.clone();
    let title = unique_title(app, &catalogue.phrase(&spec.window_title()));
    let label = label(&id);
    let running = Rc::new(Running {
        id: id.clone(),
        app: app.clone(),
        session: RefCell::new(Session::new(spec.clone())),
        window: RefCell::new(None),
        waiting: RefCell::new(VecDeque::new()),
        turn_asked: Cell::new(false),
        opened: Instant::now(),
        ear,
        catalogue: catalogue.clone(),
        told: RefCell::default(),
        ended: RefCell::new(Some(ended)),
    });
    let sink = {
        let running = Rc::downgrade(&running);
        Rc::new(move |event| running.upgrade().is_some_and(|running| running.on(event)))
    };
    let window = Window::open(app, &label, &title, &spec, catalogue, sink)?;
    if let Some(bare) = app.get_window(&label) {
        let id = id.clone();
        bare.on_window_event(move |event| on_window_event(&id, event));
    }
    window.show_strip(&running.session.borrow().strip_view());
    window.load(&start);
    *running.window.borrow_mut() = Some(window);
    OPEN.with_borrow_mut(|open| open.insert(id.clone(), running));
    watch_time(app.clone(), id);
    Ok(())
}

/// Ends a session from outside, in the person's name. Main thread.
pub fn stop(id: &str) {
    if let Some(running) = find(id) {
        running.on(Event::Button(Button::Stop));
    }
}

/// Closes every session. Main thread, before the event loop ends: a webview that outlives the engine's own end takes the
/// program down with it.
pub fn close_all() {
    let open: Vec<Rc<Running>> = OPEN.with_borrow(|open| open.values().map(Rc::clone).collect());
    for running in open {
        finish(&running, SessionEnd::Closed);
    }
}

/// Brings a session's window to the front. Main thread.
pub fn show(id: &str) {
    let Some(window) = find(id).and_then(|running| running.app.get_window(&label(id))) else {
        return;
    };
    if let Err(error) = window.unminimize().and_then(|()| window.set_focus()) {
        tracing::debug!(%error, "a session's window did not come to the front");
    }
}

fn label(id: &str) -> String {
    format!("session-{id}")
}

/// What a Tauri window of a session hears: closing goes through the rules, so that the page is dropped before the window.
fn on_window_event(id: &str, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event
        && let Some(running) = find(id)
    {
        api.prevent_close();
        running.on(Event::WindowClosed);
    }
}

fn find(id: &str) -> Option<Rc<Running>> {
    OPEN.with_borrow(|open| open.get(id).cloned())
}

impl Running {
    /// Feeds an event in. Returns whether what was asked may happen.
    fn on(&self, event: Event) -> bool {
        // An engine that calls while the rules are at work gets a no: nothing is shown that was not judged.
        let Ok(mut session) = self.session.try_borrow_mut() else {
            return false;
        };
        let effects = session.on(event);
        let seen = session.report();
        drop(session);
        let allowed = effects.first() == Some(&Effect::Allow);
        self.waiting.borrow_mut().extend(
            effects
                .into_iter()
                .filter(|effect| !matches!(effect, Effect::Allow | Effect::Refuse { .. })),
        );
        let news = *self.told.borrow() != seen;
        if (news || !self.waiting.borrow().is_empty()) && !self.turn_asked.replace(true) {
            self.ask_for_a_turn();
        }
        allowed
    }

    /// `run_on_main_thread` runs at once when it is called on the main thread, so the request comes from another.
    fn ask_for_a_turn(&self) {
        let (app, id) = (self.app.clone(), self.id.clone());
        tauri::async_runtime::spawn(async move {
            if app.run_on_main_thread(move || carry_out(&id)).is_err() {
                tracing::debug!("the event loop has ended; its windows are gone");
            }
        });
    }
}

/// Carries out what waits. Main thread, outside any call of an engine.
fn carry_out(id: &str) {
    let Some(running) = find(id) else { return };
    running.turn_asked.set(false);
    let seen = running.session.borrow().report();
    if *running.told.borrow() != seen {
        *running.told.borrow_mut() = seen.clone();
        (running.ear)(seen);
    }
    loop {
        let Some(effect) = running.waiting.borrow_mut().pop_front() else {
            return;
        };
        if let Effect::End(end) = effect {
            finish(&running, end);
            return;
        }
        // The borrow is short: showing a page can call back into `on`, never into here.
        let window = running.window.borrow();
        let Some(window) = window.as_ref() else {
            return;
        };
        match effect {
            Effect::ShowStrip(view) => window.show_strip(&view),
            Effect::ShowBlockedPage { host } => {
                window.show_own_page(&blocked_page::html(&running.catalogue, &host));
            }
            Effect::Load { url } => window.load(&url),
            Effect::CopyLink { url } => window.copy_link(&url),
            // The strip carries the question and the lanes; both come with a `ShowStrip`.
            Effect::AskFederated { .. } | Effect::OfferLanes { .. } => {}
            Effect::Allow | Effect::Refuse { .. } | Effect::End(_) => {}
        }
    }
}

fn finish(running: &Rc<Running>, end: SessionEnd) {
    let report = running.session.borrow().report();
    OPEN.with_borrow_mut(|open| open.remove(&running.id));
    let window = running.window.borrow_mut().take();
    if let Some(window) = window {
        window.close();
    }
    let ended = running.ended.borrow_mut().take();
    if let Some(ended) = ended {
        // The one who asked may have given up; the session is over all the same.
        let _ = ended.send(Outcome { end, report });
    }
}

fn watch_time(app: AppHandle, id: String) {
    tauri::async_runtime::spawn(async move {
        loop {
            tokio::time::sleep(TICK).await;
            let (alive, is_alive) = oneshot::channel();
            let id = id.clone();
            let asked = app.run_on_main_thread(move || {
                let running = find(&id);
                if let Some(running) = &running {
                    let seconds_open =
                        u32::try_from(running.opened.elapsed().as_secs()).unwrap_or(u32::MAX);
                    running.on(Event::Tick { seconds_open });
                }
                let _ = alive.send(running.is_some());
            });
            if asked.is_err() || !is_alive.await.unwrap_or(false) {
                return;
            }
        }
    });
}
