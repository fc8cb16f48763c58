//! Whole setups over HTTP: the app, the Microsoft client, the store and the practice cloud, with the robot person in front.

mod answers;
mod faults;
mod publishers;
mod side_by_side;
mod sign_ins;
mod staying_signed_in;
mod stopped_at_check;
mod whole;
