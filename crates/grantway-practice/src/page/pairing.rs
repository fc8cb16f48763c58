//! A picture of the pairing code. It looks like a code to scan and holds no data: the practice phone needs none.

use std::fmt::Write;

use sha2::{Digest, Sha256};

const SIDE: usize = 17;
const CORNER: usize = 5;

/// An SVG of squares that is always the same for the same code.
pub fn figure(code: &str) -> String {
    let bits = Sha256::digest(code.as_bytes());
    let mut path = String::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let at = y * SIDE + x;
            let set = corner(x, y).unwrap_or((bits[at / 8 % 32] >> (at % 8)) & 1 == 1);
            if set {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
    }
    format!(
        r##"<svg width="112" height="112" viewBox="-1 -1 {box_side} {box_side}" role="img" aria-label="Pairing picture" shape-rendering="crispEdges"><path d="{path}" fill="#24272c"/></svg>"##,
        box_side = SIDE + 2
    )
}

// Rings in three corners, with an empty line around them.
fn corner(x: usize, y: usize) -> Option<bool> {
    let far = SIDE - 1;
    let (dx, dy) = if x <= CORNER && y <= CORNER {
        (x, y)
    } else if x >= far - CORNER && y <= CORNER {
        (far - x, y)
    } else if x <= CORNER && y >= far - CORNER {
        (x, far - y)
    } else {
        return None;
    };
    let ring = dx == 0 || dy == 0 || dx == CORNER - 1 || dy == CORNER - 1;
    let inside = dx < CORNER && dy < CORNER;
    Some(inside && (ring || (dx == 2 && dy == 2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_code_gives_the_same_picture_and_another_another() {
        assert_eq!(figure("7K2M-QX4P"), figure("7K2M-QX4P"));
        assert_ne!(figure("7K2M-QX4P"), figure("7K2M-QX4Q"));
    }
}
