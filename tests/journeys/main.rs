//! Whole setups over HTTP: the app, the Microsoft client, the store and the practice cloud, with the robot person in front.

mod answers;
mod faults;
mod publishers;
mod sign_ins;
mod stopped_at_check;
mod whole;
