//! What a person can do, one file for each subject.

mod approval;
mod attending;
mod checking;
mod dispatch;
mod judging;
mod modes;
mod opening;
mod permissions;
mod proving;
mod running;
mod sessions;
mod signing_in;
mod taking_back;

pub(crate) use permissions::Stage;
