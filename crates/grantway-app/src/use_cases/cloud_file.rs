//! A cloud that a file describes: chosen, kept by its path, left again.

use std::sync::Arc;

use crate::app::App;
use crate::cloud_file::{CloudFileProblem, read_cloud_file};
use crate::contract::FormOutcome;
use crate::problem::Problem;

impl From<CloudFileProblem> for Problem {
    fn from(error: CloudFileProblem) -> Self {
        Problem::new("problem-cloud-file", "GW-CLD-0010").with("detail", error.to_string())
    }
}

impl App {
    /// Lets the person choose a cloud file and opens its cloud, in the mode that it is of. A file that cannot be used,
    /// or whose cloud does not open, is not kept.
    pub(crate) async fn choose_cloud_file(self: &Arc<Self>) -> Result<FormOutcome, Problem> {
        self.may_change_cloud()?;
        let outcome = |stored, problem: Option<Problem>| FormOutcome {
            stored,
            problems: problem
                .map(|problem| problem.of_field("cloudFile").view(&self.catalogue))
                .into_iter()
                .collect(),
        };
        let title = self.catalogue.say("settings-cloud-file-choose");
        let Some(path) = self.host.choose_file(&title, &["toml", "json"]).await? else {
            return Ok(outcome(false, None));
        };
        let cloud = match read_cloud_file(&path) {
            Ok(cloud) => cloud,
            Err(error) => return Ok(outcome(false, Some(error.into()))),
        };
        let mut preferences = self.preferences();
        preferences.cloud_file = Some(path);
        Ok(match self.enter(cloud.is_practice(), preferences).await {
            Ok(()) => outcome(true, None),
            Err(problem) => outcome(false, Some(problem)),
        })
    }

    /// Goes back to the clouds that are built in.
    pub(crate) async fn remove_cloud_file(self: &Arc<Self>) -> Result<(), Problem> {
        self.may_change_cloud()?;
        let mut preferences = self.preferences();
        preferences.cloud_file = None;
        let practice = self.world().await.is_practice();
        self.enter(practice, preferences).await
    }

    fn may_change_cloud(&self) -> Result<(), Problem> {
        match &self.order.cloud {
            Some(_) => Err(Problem::new("problem-cloud-given", "GW-CLD-0012")),
            None => Ok(()),
        }
    }
}
