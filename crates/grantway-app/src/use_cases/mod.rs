//! What a person can do, one file for each subject.

mod approval;
mod attending;
mod checking;
mod cloud_file;
mod dispatch;
mod exporting;
mod judging;
mod listing;
mod modes;
mod offering;
mod opening;
mod own_profiles;
mod pages;
mod pairing;
mod permissions;
mod proving;
mod read_only;
mod running;
mod sessions;
mod signing_in;
mod taking_back;

pub(crate) use checking::NOBODY;
pub use exporting::{ExportFailure, Exported, export_journal};
pub use offering::{Offer, clouds, is_domain, offers};
pub(crate) use own_profiles::{Shelf, template_of};
pub(crate) use pairing::shown_as;
pub(crate) use permissions::Stage;
pub(crate) use taking_back::START_OVER;
