//! What is going on, told while a command runs: a bar on a terminal, plain lines elsewhere, always on standard error.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use grantway_app::App;
use grantway_app::contract::{Call, Event, MatrixRow, Page, Reply, Screen, SetupView, Sign};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

/// Tells about one setup until it is dropped.
pub struct Progress {
    task: JoinHandle<()>,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to tell.
    pub fn follow(app: Arc<App>, mut events: Receiver<Event>, setup: String) -> Self {
        let bar = std::io::stderr().is_terminal().then(new_bar);
        let shown = bar.clone();
        let task = tokio::spawn(async move {
            let mut told = Told::default();
            loop {
                match events.recv().await {
                    Ok(Event::Changed { screens }) if concerns(&screens, &setup) => {}
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                    Ok(_) => continue,
                }
                let call = Call::Setup {
                    id: setup.clone(),
                    phase: None,
                };
                if let Ok(Reply::Setup(view)) = app.call(call).await {
                    for line in told.news(&view) {
                        match &shown {
                            Some(bar) => bar.println(line),
                            None => eprintln!("{line}"),
                        }
                    }
                    if let Some(bar) = &shown {
                        update(bar, &view);
                    }
                }
            }
        });
        Self { task, bar }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.task.abort();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn concerns(screens: &[Screen], setup: &str) -> bool {
    screens
        .iter()
        .any(|screen| matches!(screen, Screen::Setup { id } if id == setup))
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{spinner} [{bar:24}] {pos}/{len} {wide_msg}")
        .expect("the template is well-formed")
        .progress_chars("=> ");
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn update(bar: &ProgressBar, view: &SetupView) {
    if let Page::Apply(page) = &view.page {
        bar.set_length(page.total as u64);
        bar.set_position(page.done as u64);
        let wait = page.waits.first();
        bar.set_message(wait.map_or_else(
            || page.progress_text.clone(),
            |wait| format!("{}: {}", wait.title, wait.progress_text),
        ));
    }
}

/// A customer among several, in a line.
pub(crate) fn customer(row: &MatrixRow) -> String {
    let because = row.because.as_ref();
    let because = because.map_or(String::new(), |because| format!(": {because}"));
    format!("{}: {}{because}", row.customer.name, row.word)
}

/// What was told, so that nothing is told twice.
#[derive(Default)]
struct Told(BTreeMap<String, Sign>);

impl Told {
    fn news(&mut self, view: &SetupView) -> Vec<String> {
        let mut lines = Vec::new();
        match &view.page {
            Page::Apply(page) => {
                for place in &page.places {
                    for row in &place.rows {
                        self.note(&mut lines, &row.step, row.sign, || {
                            format!("{}: {}: {}", place.place.name, row.title, row.sign_word)
                        });
                    }
                }
                for row in page.matrix.iter().flat_map(|matrix| &matrix.rows) {
                    self.note(&mut lines, &row.id, row.sign, || customer(row));
                }
            }
            Page::Done(page) => {
                for row in &page.undone {
                    let key = format!("undo/{}", row.step);
                    self.note(&mut lines, &key, row.sign, || {
                        format!("{}: {}: {}", row.place.name, row.title, row.fate)
                    });
                }
            }
            _ => {}
        }
        lines
    }

    fn note(
        &mut self,
        lines: &mut Vec<String>,
        key: &str,
        sign: Sign,
        line: impl FnOnce() -> String,
    ) {
        let before = self.0.insert(key.to_owned(), sign);
        // What has not begun is no news.
        if before != Some(sign) && !matches!(sign, Sign::NotStarted | Sign::ByHand) {
            lines.push(line());
        }
    }
}
