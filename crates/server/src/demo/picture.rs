//! Photographs that nobody took: a bike, a part of it, a reading, drawn by a few shapes, with the
//! time in the corner as a camera writes it.

use image::{Rgb, RgbImage};

/// Width and height of a photograph.
const SIZE: (u32, u32) = (320, 240);
const INK: Rgb<u8> = Rgb([38, 44, 52]);
const STEEL: Rgb<u8> = Rgb([168, 176, 184]);
const FLOOR: Rgb<u8> = Rgb([196, 190, 180]);
const WALL: Rgb<u8> = Rgb([222, 224, 222]);
const STAMP: Rgb<u8> = Rgb([240, 176, 32]);

/// Colours of a frame, as the fleet has them.
const PAINT: [Rgb<u8>; 5] = [
    Rgb([44, 48, 54]),
    Rgb([232, 230, 222]),
    Rgb([96, 160, 208]),
    Rgb([64, 160, 144]),
    Rgb([136, 40, 52]),
];

/// What a slot of a form wants to see. `turn` chooses a colour, so that vehicles differ; `clock` is
/// hour and minute as four digits.
pub fn draw(slot: &str, component: &str, turn: usize, clock: u32) -> RgbImage {
    let mut scene = Scene::new();
    let paint = PAINT[turn % PAINT.len()];
    match slot {
        "front" | "back" | "photo" | "done" | "door" => scene.bike(paint, slot == "back"),
        "plate" => scene.plate(turn),
        "odometer" => scene.gauge(turn),
        "reading" => scene.meter(),
        _ => scene.part(component, paint, slot == "new_part"),
    }
    scene.number(clock, 4, (252.0, 218.0), 12.0, STAMP);
    scene.picture
}

struct Scene {
    picture: RgbImage,
}

type Point = (f32, f32);

impl Scene {
    /// A wall and a workshop floor.
    fn new() -> Self {
        let picture = RgbImage::from_fn(SIZE.0, SIZE.1, |_, y| {
            let ground = if y < 150 { WALL } else { FLOOR };
            let shade = u8::try_from(y / 12).unwrap_or(0);
            Rgb(ground.0.map(|c| c.saturating_sub(shade)))
        });
        Self { picture }
    }

    /// Paints every pixel of a box by how far it lies inside a shape.
    fn shape(&mut self, low: Point, high: Point, colour: Rgb<u8>, distance: impl Fn(Point) -> f32) {
        let edge = |value: f32, most: u32| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let pixel = value.clamp(0.0, 4096.0) as u32;
            pixel.min(most)
        };
        for y in edge(low.1 - 1.0, SIZE.1)..edge(high.1 + 2.0, SIZE.1) {
            for x in edge(low.0 - 1.0, SIZE.0)..edge(high.0 + 2.0, SIZE.0) {
                #[expect(clippy::cast_precision_loss, reason = "pixels are few")]
                let inside = (0.5 - distance((x as f32, y as f32))).clamp(0.0, 1.0);
                if inside > 0.0 {
                    let pixel = self.picture.get_pixel_mut(x, y);
                    for (under, over) in pixel.0.iter_mut().zip(colour.0) {
                        let mixed = f32::from(*under) * (1.0 - inside) + f32::from(over) * inside;
                        #[expect(
                            clippy::cast_possible_truncation,
                            clippy::cast_sign_loss,
                            reason = "a mix of two bytes is one"
                        )]
                        let mixed = mixed as u8;
                        *under = mixed;
                    }
                }
            }
        }
    }

    fn ring(&mut self, at: Point, radius: f32, width: f32, colour: Rgb<u8>) {
        let reach = radius + width;
        let low = (at.0 - reach, at.1 - reach);
        self.shape(low, (at.0 + reach, at.1 + reach), colour, |p| {
            ((p.0 - at.0).hypot(p.1 - at.1) - radius).abs() - width / 2.0
        });
    }

    fn disc(&mut self, at: Point, radius: f32, colour: Rgb<u8>) {
        self.ring(at, radius / 2.0, radius, colour);
    }

    fn line(&mut self, a: Point, b: Point, width: f32, colour: Rgb<u8>) {
        let low = (a.0.min(b.0) - width, a.1.min(b.1) - width);
        let high = (a.0.max(b.0) + width, a.1.max(b.1) + width);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).max(0.001);
        self.shape(low, high, colour, |p| {
            let along = (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0);
            (p.0 - a.0 - along * dx).hypot(p.1 - a.1 - along * dy) - width / 2.0
        });
    }

    fn block(&mut self, low: Point, high: Point, colour: Rgb<u8>) {
        self.shape(low, high, colour, |p| {
            let x = (low.0 - p.0).max(p.0 - high.0);
            x.max((low.1 - p.1).max(p.1 - high.1))
        });
    }

    /// A number in the seven strokes of a display, from its left upper corner.
    fn number(&mut self, number: u32, digits: u32, at: Point, height: f32, colour: Rgb<u8>) {
        /// Strokes of each digit: top, upper left, upper right, middle, lower left and right, foot.
        const STROKES: [u8; 10] = [0x77, 0x24, 0x5d, 0x6d, 0x2e, 0x6b, 0x7b, 0x25, 0x7f, 0x6f];
        let (wide, half) = (height * 0.5, height / 2.0);
        for place in 0..digits {
            let digit = number / 10_u32.pow(digits - 1 - place) % 10;
            #[expect(clippy::cast_precision_loss, reason = "a handful of digits")]
            let x = at.0 + place as f32 * wide * 1.6;
            let (top, mid, foot) = (at.1, at.1 + half, at.1 + height);
            let ends = [
                ((x, top), (x + wide, top)),
                ((x, top), (x, mid)),
                ((x + wide, top), (x + wide, mid)),
                ((x, mid), (x + wide, mid)),
                ((x, mid), (x, foot)),
                ((x + wide, mid), (x + wide, foot)),
                ((x, foot), (x + wide, foot)),
            ];
            let strokes = usize::try_from(digit).ok().and_then(|d| STROKES.get(d));
            for (bit, (a, b)) in ends.into_iter().enumerate() {
                if strokes.is_some_and(|strokes| strokes >> bit & 1 == 1) {
                    self.line(a, b, height / 7.0, colour);
                }
            }
        }
    }

    fn bike(&mut self, paint: Rgb<u8>, mirrored: bool) {
        let x = |x: f32| if mirrored { 320.0 - x } else { x };
        for wheel in [86.0, 236.0] {
            self.ring((x(wheel), 164.0), 40.0, 8.0, INK);
            self.ring((x(wheel), 164.0), 34.0, 2.0, STEEL);
            self.disc((x(wheel), 164.0), if wheel < 100.0 { 12.0 } else { 5.0 }, STEEL);
        }
        for (a, b, width) in [
            ((86.0, 164.0), (150.0, 166.0), 7.0),
            ((150.0, 166.0), (124.0, 96.0), 8.0),
            ((150.0, 166.0), (218.0, 92.0), 10.0),
            ((124.0, 112.0), (86.0, 164.0), 6.0),
            ((236.0, 164.0), (214.0, 74.0), 7.0),
        ] {
            self.line((x(a.0), a.1), (x(b.0), b.1), width, paint);
        }
        self.line((x(214.0), 74.0), (x(190.0), 66.0), 6.0, INK);
        self.line((x(100.0), 92.0), (x(142.0), 90.0), 12.0, INK);
        self.line((x(140.0), 126.0), (x(164.0), 146.0), 22.0, INK);
        self.disc((x(224.0), 88.0), 9.0, Rgb([250, 244, 214]));
    }

    fn plate(&mut self, turn: usize) {
        self.block((40.0, 70.0), (280.0, 170.0), STEEL);
        self.block((46.0, 76.0), (274.0, 164.0), Rgb([204, 210, 214]));
        for x in [54.0, 266.0] {
            self.disc((x, 84.0), 4.0, INK);
        }
        let number = 620_240_000 + u32::try_from(turn % 9_000).unwrap_or(0);
        self.number(number, 9, (66.0, 104.0), 26.0, INK);
        self.line((66.0, 148.0), (220.0, 148.0), 3.0, INK);
    }

    fn gauge(&mut self, turn: usize) {
        self.disc((160.0, 118.0), 92.0, INK);
        self.disc((160.0, 118.0), 84.0, Rgb([24, 30, 36]));
        for tick in 0..9_u8 {
            let angle = 2.5 + f32::from(tick) * 0.53;
            let on = |r: f32| (160.0 + r * angle.cos(), 118.0 + r * angle.sin());
            self.line(on(66.0), on(78.0), 3.0, STEEL);
        }
        self.line((160.0, 118.0), (108.0, 86.0), 4.0, Rgb([222, 72, 56]));
        let kilometres = 1_200 + u32::try_from(turn * 137 % 8_000).unwrap_or(0);
        self.number(kilometres, 5, (122.0, 146.0), 18.0, Rgb([160, 226, 190]));
    }

    fn meter(&mut self) {
        self.block((94.0, 30.0), (226.0, 214.0), Rgb([214, 150, 40]));
        self.block((106.0, 44.0), (214.0, 100.0), Rgb([186, 202, 180]));
        self.number(55, 2, (132.0, 54.0), 36.0, INK);
        self.ring((160.0, 148.0), 26.0, 6.0, INK);
        self.line((160.0, 148.0), (174.0, 128.0), 6.0, INK);
        self.line((130.0, 206.0), (60.0, 232.0), 5.0, Rgb([190, 40, 40]));
        self.line((190.0, 206.0), (262.0, 232.0), 5.0, INK);
    }

    fn part(&mut self, component: &str, paint: Rgb<u8>, new: bool) {
        let body = if new { Rgb([96, 104, 112]) } else { Rgb([84, 78, 70]) };
        match component {
            "li_battery" | "lead_acid_battery" => {
                self.block((70.0, 70.0), (250.0, 186.0), body);
                self.block((84.0, 96.0), (236.0, 150.0), Rgb([60, 150, 110]));
                self.number(48, 2, (138.0, 106.0), 32.0, WALL);
                self.line((110.0, 62.0), (210.0, 62.0), 10.0, INK);
                self.disc((92.0, 70.0), 8.0, Rgb([200, 60, 50]));
            }
            "hub_motor" | "rim" | "tire" | "inner_tube" | "freewheel" | "crankset" => {
                self.ring((160.0, 124.0), 82.0, 14.0, INK);
                for spoke in 0..12_u8 {
                    let angle = f32::from(spoke) * std::f32::consts::FRAC_PI_6;
                    let on = |r: f32| (160.0 + r * angle.cos(), 124.0 + r * angle.sin());
                    self.line(on(30.0), on(76.0), 2.0, STEEL);
                }
                self.disc((160.0, 124.0), if component == "hub_motor" { 40.0 } else { 14.0 }, body);
            }
            "display" | "lights" => {
                self.block((76.0, 78.0), (244.0, 172.0), INK);
                self.block((90.0, 92.0), (230.0, 158.0), Rgb([38, 74, 92]));
                self.number(18, 2, (134.0, 104.0), 40.0, Rgb([150, 220, 240]));
            }
            "front_axle" | "rear_axle" | "bottom_bracket" | "handlebar" | "fork" | "frame" => {
                self.line((52.0, 150.0), (268.0, 96.0), 18.0, STEEL);
                self.line((52.0, 150.0), (92.0, 140.0), 28.0, paint);
                self.disc((262.0, 98.0), 20.0, body);
            }
            "brake_lever" | "brake_pad" | "throttle" | "lock" => {
                self.line((70.0, 100.0), (180.0, 100.0), 24.0, INK);
                self.line((168.0, 112.0), (246.0, 168.0), 13.0, STEEL);
                self.disc((168.0, 106.0), 18.0, body);
            }
            _ => {
                self.block((84.0, 80.0), (236.0, 168.0), body);
                for fin in 0..6_u8 {
                    let x = 100.0 + f32::from(fin) * 24.0;
                    self.line((x, 86.0), (x, 162.0), 6.0, STEEL);
                }
                for (wire, colour) in [(0.0, Rgb([190, 40, 40])), (14.0, INK), (28.0, paint)] {
                    self.line((236.0, 108.0 + wire), (300.0, 96.0 + wire * 2.0), 5.0, colour);
                }
            }
        }
        if !new {
            // Where it failed, as somebody circled it.
            self.ring((198.0, 118.0), 26.0, 4.0, Rgb([216, 48, 40]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_slot_and_part_looks_like_itself() {
        let mut seen = BTreeSet::new();
        for slot in ["front", "back", "plate", "odometer", "reading"] {
            assert!(seen.insert(draw(slot, "", 1, 930).into_raw()), "{slot}");
        }
        let parts = ["li_battery", "hub_motor", "display", "front_axle", "brake_lever", "charger"];
        for part in parts {
            assert!(seen.insert(draw("fault", part, 1, 930).into_raw()), "{part}");
            assert!(seen.insert(draw("new_part", part, 1, 930).into_raw()), "a new {part}");
        }
        let at = |clock| draw("front", "", 1, clock).into_raw();
        assert_ne!(at(930), at(931), "two moments are two photographs");
        assert_ne!(draw("front", "", 1, 930), draw("front", "", 2, 930), "two vehicles differ");
    }
}
