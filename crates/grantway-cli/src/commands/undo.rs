//! `grantctl undo`: takes everything back, once its number is given, and proves that it is gone.

use grantway_app::contract::{Call, Page, TakeBackView};

use super::ApproveArguments;
use super::desk::{Desk, Problem, Unfinished};
use super::outcome::Outcome;
use super::plan::read;
use super::prove::none_here;
use super::walk;
use crate::exit::Verb;
use crate::progress::Progress;
use crate::setup_file::SetupFile;

pub(crate) async fn run(arguments: ApproveArguments) -> Result<Outcome, Problem> {
    let file = read(&arguments.plan)?;
    let desk = Desk::open(&arguments.plan.common, Some(&file), Unfinished::GoesOn).await?;
    let outcome = undo(&desk, &file, &arguments).await;
    desk.close().await;
    outcome
}

async fn undo(
    desk: &Desk,
    file: &SetupFile,
    arguments: &ApproveArguments,
) -> Result<Outcome, Problem> {
    desk.writable().await?;
    let Some(view) = desk.find(file, arguments.plan.id.as_deref()).await? else {
        return Err(none_here());
    };
    let id = view.id.clone();
    let (take_back, began) = match &view.page {
        Page::Apply(page) => (page.take_back.clone(), false),
        Page::Done(page) if page.taken_back && page.left.iter().all(|left| !left.failed) => {
            return desk.outcome(Verb::Undo, &id).await;
        }
        Page::Done(page) => (page.take_back.clone(), page.taking_back && !page.taken_back),
        _ => return desk.outcome(Verb::Undo, &id).await,
    };
    let progress = Progress::follow(desk.app.clone(), desk.host.listen(), id.clone());
    if began {
        // It was approved when it began; the start of the app has it going again.
        desk.call(Call::GoOn { id: id.clone() }).await?;
    } else {
        let typed = match &take_back {
            Some(view) => ask(view, arguments)?,
            // The app says what stands in the way.
            None => arguments.approve.clone().unwrap_or_default(),
        };
        desk.call(Call::TakeBack {
            id: id.clone(),
            typed,
        })
        .await?;
    }
    desk.attend(&id).await?;
    drop(progress);
    desk.outcome(Verb::Undo, &id).await
}

fn ask(view: &TakeBackView, arguments: &ApproveArguments) -> Result<String, Problem> {
    let json = arguments.plan.common.json;
    if arguments.approve.is_none() && !json {
        super::print::take_back(view);
    }
    walk::approval(arguments.approve.as_deref(), &view.word, &view.label, json)
}
