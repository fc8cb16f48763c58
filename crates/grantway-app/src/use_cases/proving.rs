//! Reading back, and the proof as a file.

use std::sync::Arc;

use crate::app::App;
use crate::problem::Problem;
use crate::world::World;

impl App {
    /// Reads back every effect and records what was found.
    pub(crate) async fn prove(&self, id: &str) -> Result<(), Problem> {
        self.prove_in(&self.world().await, id).await
    }

    /// The same in a world that may be about to be left.
    pub(super) async fn prove_in(&self, world: &Arc<World>, id: &str) -> Result<(), Problem> {
        let subject = self.subject_in(world, id).await?;
        let _busy = self.busy(&subject, "prove");
        subject.world.engine.prove(&subject.id, &subject).await?;
        Ok(())
    }

    /// Writes the proof where the person will find it.
    pub(crate) async fn save_proof(&self, id: &str, format: &str) -> Result<String, Problem> {
        let subject = self.subject(id).await?;
        let document = self.proof_document(&subject);
        let (content, ending) = match format {
            "html" => (
                document
                    .to_html()
                    .map(String::into_bytes)
                    .map_err(|error| error.to_string()),
                "html",
            ),
            "json" => (
                document
                    .to_json()
                    .map(String::into_bytes)
                    .map_err(|error| error.to_string()),
                "json",
            ),
            other => {
                return Err(Problem::new("problem-no-such-format", "GW-RPT-0001")
                    .with("format", other.to_owned()));
            }
        };
        let content = content.map_err(|detail| {
            Problem::new("problem-report", "GW-RPT-0002").with("detail", detail)
        })?;
        let name = format!(
            "grantway-proof-{}.{ending}",
            subject.id.as_str().to_ascii_lowercase()
        );
        Ok(self.host.save(&name, &content).await?.display().to_string())
    }

    /// The proof as text, for hosts that print it.
    pub async fn proof(&self, id: &str, html: bool) -> Result<String, crate::contract::UiProblem> {
        let subject = self
            .subject(id)
            .await
            .map_err(|problem| problem.view(&self.catalogue))?;
        let document = self.proof_document(&subject);
        let text = if html {
            document.to_html().map_err(|error| error.to_string())
        } else {
            document.to_json().map_err(|error| error.to_string())
        };
        text.map_err(|detail| {
            Problem::new("problem-report", "GW-RPT-0002")
                .with("detail", detail)
                .view(&self.catalogue)
        })
    }
}
