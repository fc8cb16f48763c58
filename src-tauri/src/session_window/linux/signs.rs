//! The strip's shapes, drawn by hand: party marks and note signs keep their form where an icon theme is missing.

use std::f64::consts::{FRAC_PI_8, PI};

use grantway_session::{Button, Party, Severity};
use gtk::cairo::Context;
use gtk::prelude::*;

/// Sides of a mark, in logical pixels.
const MARK: i32 = 12;
const SIGN: i32 = 16;
const BUTTON_SIGN: i32 = 14;

type Colour = (f64, f64, f64);

/// The colour of a party, from the design tokens.
pub fn party_colour(party: Party) -> &'static str {
    match party {
        Party::Provider => "#05525a",
        Party::Customer => "#67398b",
        Party::Vendor => "#2f3c3e",
    }
}

/// The party's shape: square, circle, diamond.
pub fn mark(party: Party) -> gtk::DrawingArea {
    let colour = rgb(party_colour(party));
    area(MARK, move |draw, side| {
        paint(draw, colour);
        match party {
            Party::Provider => draw.rectangle(1.0, 1.0, side - 2.0, side - 2.0),
            Party::Customer => draw.arc(side / 2.0, side / 2.0, side / 2.0 - 0.5, 0.0, 2.0 * PI),
            Party::Vendor => polygon(
                draw,
                &[
                    (side / 2.0, 0.0),
                    (side, side / 2.0),
                    (side / 2.0, side),
                    (0.0, side / 2.0),
                ],
            ),
        }
        draw.fill()
    })
}

/// The note's shape: circle, triangle, octagon.
pub fn sign(severity: Severity) -> gtk::DrawingArea {
    let colour = rgb(match severity {
        Severity::Info => "#475a65",
        Severity::Warn => "#935a03",
        Severity::Fail => "#af2719",
    });
    area(SIGN, move |draw, side| {
        let middle = side / 2.0;
        paint(draw, colour);
        match severity {
            Severity::Info => draw.arc(middle, middle, middle - 0.5, 0.0, 2.0 * PI),
            Severity::Warn => polygon(
                draw,
                &[(middle, 1.0), (side, side - 1.5), (0.0, side - 1.5)],
            ),
            Severity::Fail => {
                let corners: Vec<(f64, f64)> = (0..8)
                    .map(|n| f64::from(n) * PI / 4.0 + FRAC_PI_8)
                    .map(|turn| (middle + middle * turn.cos(), middle + middle * turn.sin()))
                    .collect();
                polygon(draw, &corners);
            }
        }
        draw.fill()?;
        paint(draw, (1.0, 1.0, 1.0));
        draw.set_line_width(1.8);
        match severity {
            Severity::Fail => {
                let (near, far) = (side * 0.33, side * 0.67);
                draw.move_to(near, near);
                draw.line_to(far, far);
                draw.move_to(far, near);
                draw.line_to(near, far);
            }
            Severity::Warn => {
                draw.move_to(middle, side * 0.38);
                draw.line_to(middle, side * 0.64);
                draw.move_to(middle, side * 0.72);
                draw.line_to(middle, side * 0.82);
            }
            Severity::Info => {
                draw.move_to(middle, side * 0.25);
                draw.line_to(middle, side * 0.34);
                draw.move_to(middle, side * 0.44);
                draw.line_to(middle, side * 0.76);
            }
        }
        draw.stroke()
    })
}

/// The sign on a button of the first row, in the button's own text colour; none for the others.
pub fn act(button: Button) -> Option<gtk::DrawingArea> {
    let lines: fn(&Context, f64) -> Result<(), gtk::cairo::Error> = match button {
        Button::StartOver => |draw, side| {
            let middle = side / 2.0;
            draw.arc(middle, middle, middle - 2.5, -PI / 4.0, 1.45 * PI);
            draw.stroke()?;
            polygon(
                draw,
                &[
                    (middle + 1.0, 0.0),
                    (middle + 6.5, 2.8),
                    (middle + 1.8, 6.4),
                ],
            );
            draw.fill()
        },
        Button::PrivateBrowser | Button::OwnBrowser => |draw, side| {
            draw.move_to(side * 0.42, 2.5);
            for (x, y) in [
                (2.0, 2.5),
                (2.0, side - 2.0),
                (side - 2.5, side - 2.0),
                (side - 2.5, side * 0.58),
            ] {
                draw.line_to(x, y);
            }
            draw.move_to(side * 0.45, side * 0.55);
            draw.line_to(side - 1.5, 1.5);
            draw.move_to(side * 0.62, 1.5);
            draw.line_to(side - 1.5, 1.5);
            draw.line_to(side - 1.5, side * 0.38);
            draw.stroke()
        },
        Button::Stop => |draw, side| {
            let middle = side / 2.0;
            draw.arc(middle, middle, middle - 1.0, 0.0, 2.0 * PI);
            draw.stroke()?;
            draw.rectangle(middle - 2.5, middle - 2.5, 5.0, 5.0);
            draw.fill()
        },
        _ => return None,
    };
    let area = gtk::DrawingArea::new();
    area.set_size_request(BUTTON_SIGN, BUTTON_SIGN);
    area.set_valign(gtk::Align::Center);
    area.connect_draw(move |area, draw| {
        let colour = area.style_context().color(area.state_flags());
        paint(draw, (colour.red(), colour.green(), colour.blue()));
        draw.set_line_width(1.3);
        if let Err(error) = lines(draw, f64::from(BUTTON_SIGN)) {
            tracing::debug!(%error, "a sign of the strip was not drawn");
        }
        gtk::glib::Propagation::Proceed
    });
    Some(area)
}

/// What stands before a host that is no practice host.
pub fn globe() -> gtk::DrawingArea {
    area(SIGN, |draw, side| {
        let middle = side / 2.0;
        paint(draw, rgb("#5a6869"));
        draw.set_line_width(1.2);
        draw.arc(middle, middle, middle - 1.5, 0.0, 2.0 * PI);
        draw.stroke()?;
        draw.move_to(1.5, middle);
        draw.line_to(side - 1.5, middle);
        draw.stroke()?;
        draw.save()?;
        draw.translate(middle, middle);
        draw.scale(0.45, 1.0);
        draw.arc(0.0, 0.0, middle - 1.5, 0.0, 2.0 * PI);
        draw.restore()?;
        draw.stroke()
    })
}

fn area(
    side: i32,
    paint: impl Fn(&Context, f64) -> Result<(), gtk::cairo::Error> + 'static,
) -> gtk::DrawingArea {
    let area = gtk::DrawingArea::new();
    area.set_size_request(side, side);
    area.set_valign(gtk::Align::Center);
    area.connect_draw(move |_, draw| {
        if let Err(error) = paint(draw, f64::from(side)) {
            tracing::debug!(%error, "a sign of the strip was not drawn");
        }
        gtk::glib::Propagation::Proceed
    });
    area
}

fn polygon(draw: &Context, corners: &[(f64, f64)]) {
    draw.new_path();
    for (x, y) in corners {
        draw.line_to(*x, *y);
    }
    draw.close_path();
}

fn paint(draw: &Context, (red, green, blue): Colour) {
    draw.set_source_rgb(red, green, blue);
}

fn rgb(hex: &str) -> Colour {
    let part = |from: usize| {
        hex.get(from..from + 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .map_or(0.0, |value| f64::from(value) / 255.0)
    };
    (part(1), part(3), part(5))
}
