//! Views: what screens show, finished.

mod activity;
mod answer;
mod apply;
mod apply_matrix;
mod check;
mod check_matrix;
mod customers;
mod done;
mod frame;
mod gallery;
mod hand_off;
mod home;
mod map;
mod matrix;
mod need;
mod own_consents;
mod pairing;
mod practice;
mod proof;
mod review;
mod settings;
mod setup;
mod sign_in;
mod spreadsheet;
mod times;
mod words;

#[cfg(test)]
mod tests;
pub(crate) use answer::takes_customers;
