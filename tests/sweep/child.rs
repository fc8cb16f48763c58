//! The use cases in a process of their own, which the sweep kills: it takes the setup up where it stands and plays it
//! to the end that it was told. A line on standard output for each thing that the app tells, the last one names the setup.
#![forbid(unsafe_code)]

use std::io::Write as _;
use std::path::PathBuf;

use grantway_tests::{Knobs, Stage};

#[tokio::main]
async fn main() {
    let mut given = std::env::args().skip(1);
    let mut next = || given.next().expect("data folder, cloud file, goal");
    let (data, cloud, goal) = (PathBuf::from(next()), next(), next());
    let cloud = std::fs::read_to_string(cloud).expect("the cloud's file");
    let stage = Stage::set(Knobs {
        data: Some(data),
        elsewhere: Some(cloud),
        ..Knobs::default()
    })
    .await;
    let mut heard = stage.host.listen();
    tokio::spawn(async move {
        while heard.recv().await.is_ok() {
            say("moved");
        }
    });
    let id = match (goal.as_str(), stage.only_setup().await) {
        ("apply", _) => stage.play().await.id,
        (_, Some(id)) => stage.play_back(&id).await.id,
        (_, None) => panic!("nothing to take back"),
    };
    say(&format!("end {id}"));
}

/// A line that leaves at once: what is still in a buffer dies with the process.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // A parent that has gone hears nothing; this process is about to be killed then.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
