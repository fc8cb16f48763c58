//! Whole setups over HTTP: the app, the Microsoft client, the store and the practice cloud, with the robot person in front.

mod whole;
