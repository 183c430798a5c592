//! The outlines that our small drawings are made of, as data.

use tiny_skia::{Path, PathBuilder};

/// A step of an outline, in the drawing's own units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// Begins anew at a point.
    Move(f32, f32),
    /// A straight line to a point.
    Line(f32, f32),
    /// A curve: two points that pull, and the one where it ends.
    Curve([f32; 6]),
    /// Back to where it began.
    Close,
}

/// The outline with its origin at a point, every length times `scale`; none when it has no length.
pub(super) fn outline(steps: &[Step], (x, y): (f32, f32), scale: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (across, down) = (|at: f32| x + at * scale, |at: f32| y + at * scale);
    for step in steps {
        match *step {
            Step::Move(x, y) => path.move_to(across(x), down(y)),
            Step::Line(x, y) => path.line_to(across(x), down(y)),
            Step::Curve([ax, ay, bx, by, x, y]) => {
                path.cubic_to(across(ax), down(ay), across(bx), down(by), across(x), down(y));
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// A rectangle with round corners; none when it has no size.
pub(super) fn rectangle((x, y, width, height): (f32, f32, f32, f32), round: f32) -> Option<Path> {
    // How far the points that pull are from the corner for a curve that is nearly a quarter of a circle.
    const PULL: f32 = 1.0 - 0.552_285;
    if !(width > 0.0 && height > 0.0) {
        return None;
    }
    let (across, down) = (round.min(width / 2.0), round.min(height / 2.0));
    let (right, bottom) = (x + width, y + height);
    let (near, far) = (across * PULL, down * PULL);
    let mut path = PathBuilder::new();
    path.move_to(x + across, y);
    path.line_to(right - across, y);
    path.cubic_to(right - near, y, right, y + far, right, y + down);
    path.line_to(right, bottom - down);
    path.cubic_to(right, bottom - far, right - near, bottom, right - across, bottom);
    path.line_to(x + across, bottom);
    path.cubic_to(x + near, bottom, x, bottom - far, x, bottom - down);
    path.line_to(x, y + down);
    path.cubic_to(x, y + far, x + near, y, x + across, y);
    path.close();
    path.finish()
}
