//! From a call to its use case.

use std::sync::Arc;

use crate::app::App;
use crate::contract::{Call, Reply};
use crate::problem::Problem;

impl App {
    pub(crate) async fn dispatch(self: &Arc<Self>, call: Call) -> Result<Reply, Problem> {
        self.allows(&call).await?;
        match call {
            Call::Frame => Ok(Reply::Frame(self.frame_view().await?)),
            Call::Home => Ok(Reply::Home(self.home_view().await?)),
            Call::Gallery => Ok(Reply::Gallery(self.gallery_view())),
            Call::ProfileForm { template } => Ok(Reply::ProfileForm(self.profile_form(&template)?)),
            Call::MakeProfile { template, answers } => {
                self.make_profile(&template, &answers).map(Reply::Form)
            }
            Call::ImportProfile => self.import_profile().await.map(Reply::Form),
            Call::ExportProfile { profile } => self
                .export_profile(&profile)
                .await
                .map(|path| Reply::Saved { path }),
            Call::Setup { id, phase } => {
                Ok(Reply::Setup(Box::new(self.setup_view(&id, phase).await?)))
            }
            Call::Customer { id, tenant } => Ok(Reply::Customer(Box::new(
                self.customer_view(&id, &tenant).await?,
            ))),
            Call::Customers => Ok(Reply::Customers(self.customers_view().await?)),
            Call::Activity { setup } => Ok(Reply::Activity(self.activity_view(setup).await?)),
            Call::Pairing { id, step } => Ok(Reply::Pairing(Box::new(
                self.pairing_view(&id, &step).await?,
            ))),
            Call::Practice => Ok(Reply::Practice(self.practice_view().await?)),
            Call::Settings => Ok(Reply::Settings(self.settings_view().await)),
            Call::Open { profile } => self
                .open_setup(&profile)
                .await
                .map(|id| Reply::Opened { id: id.to_string() }),
            Call::OpenFor { profile, customers } => self
                .open_for(&profile, &customers)
                .await
                .map(|id| Reply::Opened { id: id.to_string() }),
            Call::Answer { id, answers } => self.answer(&id, answers).await.map(Reply::Form),
            Call::Change { change } => self.change_settings(change).await.map(Reply::Form),
            Call::SaveProof { id, format } => self
                .save_proof(&id, &format)
                .await
                .map(|path| Reply::Saved { path }),
            Call::ExportCustomers { customers } => self
                .export_customers(&customers)
                .await
                .map(|path| Reply::Saved { path }),
            Call::GivePairList { id, step, list } => self
                .give_pair_list(&id, &step, &list)
                .await
                .map(Reply::Form),
            Call::ChoosePairList { id, step } => {
                self.choose_pair_list(&id, &step).await.map(Reply::Form)
            }
            Call::ExportPairs { id, step, tenants } => self
                .export_pairs(&id, &step, &tenants)
                .await
                .map(|path| Reply::Saved { path }),
            Call::ChooseCloudFile => self.choose_cloud_file().await.map(Reply::Form),
            Call::ExportJournal => self.export_shown().await.map(|path| Reply::Saved { path }),
            Call::StartAfresh => self.start_afresh().await.map(|path| Reply::Saved { path }),
            call => self.act(call).await.map(|()| Reply::Done),
        }
    }

    async fn act(self: &Arc<Self>, call: Call) -> Result<(), Problem> {
        match call {
            Call::SignIn { id, seat, lane } => self.sign_in(&id, &seat, lane).await,
            Call::SignOut { id, seat } => self.sign_out(&id, &seat).await,
            Call::ShowSession { id } => self.show_session(&id).await,
            Call::StopSession { id } => self.stop_session(&id).await,
            Call::Check { id } => self.check(&id).await,
            Call::OpenPage {
                id,
                check,
                remedy,
                lane,
            } => self.open_page(&id, &check, &remedy, lane).await,
            Call::FinishPage { id } => self.finish_page(&id).await,
            Call::Accept { id, check } => self.accept(&id, &[check]).await,
            Call::AcceptAll { id, checks } => self.accept(&id, &checks).await,
            Call::Plan { id } => self.plan(&id).await,
            Call::Approve {
                id,
                fingerprint,
                typed,
            } => self.approve(&id, &fingerprint, &typed).await,
            Call::GoOn { id } => self.go_on(&id).await,
            Call::Pause { id } => self.pause(&id).await,
            Call::StartTask { id, step, lane } => self.start_task(&id, &step, lane).await,
            Call::FinishTask {
                id,
                step,
                prompts,
                given,
            } => self.finish_task(&id, &step, prompts, given).await,
            Call::Retry { id, step } => self.retry(&id, &step).await,
            Call::StartOver { id, step } => self.start_over(&id, &step).await,
            Call::Copy { id, step, index } => self.copy(&id, &step, index).await,
            Call::Prove { id } => self.prove(&id).await,
            Call::ProveFor { customers } => self.prove_for(&customers).await,
            Call::Pair { id, step, pairs } => self.pair(&id, &step, &pairs).await,
            Call::ConfirmPairs { id, step, shown } => self.confirm_pairs(&id, &step, &shown).await,
            Call::TakeBack { id, typed } => self.take_back(&id, &typed).await,
            Call::Close { id, end_consents } => self.close(&id, end_consents).await,
            Call::PutProfileAway { profile } => self.put_profile_away(&profile).await,
            Call::RemoveCloudFile => self.remove_cloud_file().await,
            Call::TryAgain => self.try_again().await,
            Call::EnterPractice => self.switch(true).await,
            Call::LeavePractice => self.switch(false).await,
            Call::LoadScenario { id } => self.load_scenario(&id).await,
            Call::MoveClock { seconds } => self.move_clock(seconds).await,
            Call::Phone { id, number } => self.answer_phone(&id, number).await,
            // Calls with an answer of their own never come here: `dispatch` takes them.
            _ => Ok(()),
        }
    }
}
