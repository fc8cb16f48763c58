//! Scenario files: the worlds that practice starts from.
