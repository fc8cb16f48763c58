//! Times for people: by the clock, in their zone.

use grantway_core::Timestamp;
use jiff::tz::TimeZone;

/// `10:52`
pub fn clock(moment: Timestamp, zone: &TimeZone) -> String {
    moment.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `10:50:12`
pub fn clock_with_seconds(moment: Timestamp, zone: &TimeZone) -> String {
    moment
        .to_zoned(zone.clone())
        .strftime("%H:%M:%S")
        .to_string()
}

/// `14 Mar 2027`
pub fn day(moment: Timestamp, zone: &TimeZone) -> String {
    moment
        .to_zoned(zone.clone())
        .strftime("%-d %b %Y")
        .to_string()
}

/// `Tue 24 Nov 2026, 10:29`
pub fn day_and_clock(moment: Timestamp, zone: &TimeZone) -> String {
    moment
        .to_zoned(zone.clone())
        .strftime("%a %-d %b %Y, %H:%M")
        .to_string()
}

/// The clock today, day and clock on another day.
pub fn near(moment: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    if day(moment, zone) == day(now, zone) {
        clock(moment, zone)
    } else {
        format!("{}, {}", day(moment, zone), clock(moment, zone))
    }
}

/// The clock today, the day on another day: where there is little room.
pub fn short(moment: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let on = moment.to_zoned(zone.clone());
    if on.date() == now.to_zoned(zone.clone()).date() {
        clock(moment, zone)
    } else {
        on.strftime("%-d %b").to_string()
    }
}

/// Days by the calendar from one moment to another; fewer than 0 when it lies before.
pub fn days(from: Timestamp, to: Timestamp, zone: &TimeZone) -> i64 {
    let date = |moment: Timestamp| moment.to_zoned(zone.clone()).date();
    // Two dates are always some whole number of days apart.
    date(from)
        .until(date(to))
        .map_or(0, |span| i64::from(span.get_days()))
}

/// Whole seconds from one moment to a later one; 0 when it is not later.
pub fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_secs().max(0)
}
