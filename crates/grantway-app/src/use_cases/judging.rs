//! The pattern as the engine's judge.

use grantway_core::check::Check;
use grantway_core::engine::Judge;
use grantway_core::journal::Attendance;
use grantway_core::plan::Row;
use grantway_core::question::Reading;

use crate::app::Subject;

impl Judge for Subject {
    fn judge(&self, row: &Row, reading: &Reading, attendance: Option<&Attendance>) -> Check {
        self.pattern
            .judge(self.situation(&self.state.facts), row, reading, attendance)
    }
}
