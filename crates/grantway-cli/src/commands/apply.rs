//! `grantctl apply`: approves the plan by its number, applies it to the end, and proves it.

use grantway_app::contract::{Call, Page};

use super::ApproveArguments;
use super::desk::{Desk, Problem, Unfinished};
use super::outcome::Outcome;
use super::plan::read;
use super::{print, walk};
use crate::exit::Verb;
use crate::progress::Progress;
use crate::setup_file::SetupFile;

pub(crate) async fn run(arguments: ApproveArguments) -> Result<Outcome, Problem> {
    let file = read(&arguments.plan)?;
    let desk = Desk::open(&arguments.plan.common, Some(&file), Unfinished::GoesOn).await?;
    let outcome = apply(&desk, &file, &arguments).await;
    desk.close().await;
    outcome
}

async fn apply(
    desk: &Desk,
    file: &SetupFile,
    arguments: &ApproveArguments,
) -> Result<Outcome, Problem> {
    desk.writable().await?;
    let id = desk
        .find_or_begin(file, arguments.plan.id.as_deref())
        .await?;
    let follow = || Progress::follow(desk.app.clone(), desk.host.listen(), id.clone());
    let view = desk.view(&id).await?;
    let approved_before = matches!(view.page, Page::Apply(_) | Page::Done(_));
    if !approved_before {
        desk.read(&id).await?;
        let Page::Review(page) = desk.view(&id).await?.page else {
            return desk.outcome(Verb::Apply, &id).await;
        };
        let Some(approval) = page.approval.as_ref().filter(|a| a.blocked.is_none()) else {
            return desk.outcome(Verb::Apply, &id).await;
        };
        let json = arguments.plan.common.json;
        if arguments.approve.is_none() && !json {
            print::plan(&page);
        }
        let typed = walk::approval(
            arguments.approve.as_deref(),
            &approval.word,
            &approval.label,
            json,
        )?;
        let progress = follow();
        desk.call(Call::Approve {
            id: id.clone(),
            fingerprint: page.fingerprint,
            typed,
        })
        .await?;
        desk.attend(&id).await?;
        drop(progress);
    } else {
        let progress = follow();
        if matches!(view.page, Page::Apply(_)) {
            desk.call(Call::GoOn { id: id.clone() }).await?;
        }
        desk.attend(&id).await?;
        drop(progress);
    }
    desk.outcome(Verb::Apply, &id).await
}
