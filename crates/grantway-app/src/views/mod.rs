//! Views: what screens show, finished.

mod activity;
mod answer;
mod apply;
mod check;
mod done;
mod frame;
mod gallery;
mod hand_off;
mod home;
mod map;
mod need;
mod own_consents;
mod practice;
mod proof;
mod review;
mod settings;
mod setup;
mod sign_in;
mod times;
mod words;
