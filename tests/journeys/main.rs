//! Whole setups over HTTP: the app, the Microsoft client, the store and the practice cloud, with the robot person in front.
//!
//! What a journey says to Graph is recorded in a file of its own, which the contract's check reads afterwards.

mod answers;
mod by_link;
mod cloud_files;
mod customers;
mod customers_page;
mod damaged;
mod faults;
#[cfg(target_os = "linux")]
mod full_disk;
mod groups;
mod instances;
mod many;
mod new_relationship;
mod own_app;
mod own_app_by_hand;
mod own_profiles;
mod pages;
mod pairing;
mod pauses;
mod policies;
mod practice_page;
mod publishers;
mod putting_away;
mod rows;
mod side_by_side;
mod sign_ins;
mod staying_signed_in;
mod stopped_at_check;
mod whole;

use grantway_tests::Knobs;

/// A journey through a scenario, recorded under that name. Stages of one journey share its file.
fn recorded(scenario: &'static str, traffic: &'static str) -> Knobs {
    Knobs {
        scenario,
        traffic: Some(traffic),
        ..Knobs::default()
    }
}

/// A journey that ends before the first request to Graph: there is nothing to record, and an empty file would look like a
/// recording that failed.
fn before_graph() -> Knobs {
    Knobs::default()
}
