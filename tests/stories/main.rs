//! Stories: answers in, a transcript out: what was checked, what was planned, what was asked of the cloud, what was
//! proved and what was taken back. Ids and the clock come in a fixed order, so nothing in a transcript is blotted out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use grantway_app::contract::{Call, Page, PhaseName, Reply};
use grantway_tests::{Knobs, Stage};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    title: String,
    scenario: String,
    /// The profile that is set up; the one of the first story when nothing is said.
    #[serde(default = "usual")]
    profile: String,
    ends: Ends,
    answers: BTreeMap<String, String>,
}

fn usual() -> String {
    "huntress".to_owned()
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Ends {
    /// The checks stop it.
    Checked,
    /// The plan is shown, and not approved.
    Planned,
    /// It is applied, proved and taken back.
    TakenBack,
}

/// A transcript that grows.
struct Transcript {
    text: String,
    /// Requests of the server's log that are told already.
    told: u64,
    /// The world at the start.
    start: String,
}

impl Transcript {
    fn line(&mut self, line: impl AsRef<str>) {
        writeln!(self.text, "{}", line.as_ref()).expect("a string takes every line");
    }

    fn chapter(&mut self, title: &str) {
        self.line(format!("\n## {title}"));
    }

    /// A path with a word for what this run made: steps that run side by side draw their ids in any order.
    fn named(&self, path: &str) -> String {
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/') {
            let opaque = matches!(
                parts.last(),
                Some(&"roleAssignments" | &"oauth2PermissionGrants")
            );
            let made = Uuid::parse_str(part).is_ok() && !self.start.contains(part);
            parts.push(if opaque || made { "{made}" } else { part });
        }
        parts.join("/")
    }

    /// What was asked of the directory service since the last time. Requests that run side by side come in any order.
    async fn requests(&mut self, stage: &Stage) {
        let log = stage.ask(&format!("log?after={}", self.told)).await;
        let rows = log.as_array().expect("a list");
        self.told = rows
            .iter()
            .filter_map(|row| row["seq"].as_u64())
            .max()
            .unwrap_or(self.told);
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let mut asked: Vec<String> = rows
            .iter()
            .filter(|row| row["service"] == "graph")
            // A write that was refused because the object before it is not seen everywhere yet is sent again:
            // how often depends on the machine.
            .filter(|row| row["method"] == "GET" || row["committed"] == true)
            .map(|row| {
                let write = if row["committed"] == true { "!" } else { " " };
                let path = self.named(&text(row, "path"));
                format!("{write} {} {path}", text(row, "method"))
            })
            .collect();
        asked.sort();
        asked.dedup();
        self.line("Requests (! took effect):");
        for line in asked {
            self.line(format!("  {line}"));
        }
    }
}

async fn tell(story: &Story) -> String {
    let scenario = story.scenario.clone().leak();
    let stage = Stage::set(Knobs {
        scenario,
        counted_ids: true,
        ..Knobs::default()
    })
    .await;
    let mut transcript = Transcript {
        text: format!("# {}\n", story.title),
        told: 0,
        start: stage.dump().await.to_string(),
    };
    let profile = story.profile.clone();
    let Reply::Opened { id } = stage.call(Call::Open { profile }).await else {
        panic!("no setup")
    };
    let answers = stage.with_presets(&id, story.answers.clone()).await;
    transcript.chapter("Answers");
    for (field, answer) in &answers {
        transcript.line(format!("{field}: {answer}"));
    }
    stage
        .call(Call::Answer {
            id: id.clone(),
            answers,
        })
        .await;
    stage.sign_in(&id).await;
    checks(&stage, &id, &mut transcript).await;
    if story.ends == Ends::Checked {
        return transcript.text;
    }
    plan(&stage, &id, &mut transcript).await;
    if story.ends == Ends::Planned {
        return transcript.text;
    }
    stage.approve(&id).await;
    stage.attend(&id).await;
    transcript.chapter("Applied");
    transcript.requests(&stage).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not done, stuck: {:?}", stage.stuck())
    };
    transcript.chapter("Proofs");
    for proof in &page.proofs {
        transcript.line(format!(
            "{}: {} ({})",
            proof.sign_word, proof.claim, proof.read_from
        ));
        transcript.line(format!("    {}", proof.found));
    }
    stage.take_back(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at the end")
    };
    transcript.chapter("Taken back");
    transcript.line(&page.sentence);
    for row in &page.undone {
        transcript.line(format!("{}: {} ({})", row.sign_word, row.title, row.fate));
    }
    for left in &page.left {
        transcript.line(format!("Left: {} ({})", left.what, left.because));
    }
    transcript.requests(&stage).await;
    transcript.text
}

async fn checks(stage: &Stage, id: &str, transcript: &mut Transcript) {
    let call = Call::Setup {
        id: id.into(),
        phase: Some(PhaseName::Check),
    };
    let Reply::Setup(view) = stage.call(call).await else {
        panic!("not a setup")
    };
    let Page::Check(page) = view.page else {
        panic!("no checks, stuck: {:?}", stage.stuck())
    };
    transcript.chapter("Checks");
    for row in page.groups.iter().flat_map(|group| &group.rows) {
        let place = &row.place.name;
        transcript.line(format!("{}: {} ({place})", row.sign_word, row.title));
        transcript.line(format!("    found: {}", row.found));
        for remedy in &row.remedies {
            transcript.line(format!("    to mend: {}", remedy.title));
        }
    }
    transcript.line(page.blocked.unwrap_or_default());
    transcript.requests(stage).await;
}

async fn plan(stage: &Stage, id: &str, transcript: &mut Transcript) {
    let Page::Review(page) = stage.view(id).await.page else {
        panic!("no plan")
    };
    transcript.chapter("Plan");
    transcript.line(&page.sentence);
    for group in &page.groups {
        transcript.line(format!("{}:", group.title));
        for row in &group.rows {
            transcript.line(format!(
                "  {} {}: {} → {}",
                row.action, row.title, row.before, row.after
            ));
            transcript.line(format!("    undo: {}", row.undo));
        }
    }
    transcript.line(page.approval.map_or_else(String::new, |act| act.label));
}

async fn transcript_of(name: &str, file: &str) {
    let story: Story = toml::from_str(file).expect("a story");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(".");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = tell(&story).await;
    settings.bind(|| insta::assert_snapshot!(name, text));
}

macro_rules! stories {
    ($($name:ident: $file:literal),+ $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            transcript_of($file, include_str!(concat!($file, ".toml"))).await;
        }
    )+};
}

stories! {
    all_in_order: "in-order",
    no_p1_licence: "p1-missing",
    security_defaults_on: "security-defaults-on",
    a_role_is_missing: "role-missing",
    an_app_of_ones_own: "own-app",
}
