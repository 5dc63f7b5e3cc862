//! How long answers took.

use std::time::Duration;

use crate::load::MEASURED;

/// How long the answers of one measurement took, in order.
pub struct Times(Vec<Duration>);

impl Times {
    /// The times of answers that came in any order.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// The median, in milliseconds.
    pub fn p50(&self) -> f64 {
        self.at(0.50)
    }

    /// The time within which 99 of a hundred answers came, in milliseconds.
    pub fn p99(&self) -> f64 {
        self.at(0.99)
    }

    /// How many answers came in a second.
    #[expect(clippy::cast_precision_loss, reason = "a count of at most some hundred thousand")]
    pub fn a_second(&self) -> f64 {
        self.0.len() as f64 / MEASURED.as_secs_f64()
    }

    fn at(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list"
        )]
        let place = ((self.0.len() - 1) as f64 * share).round() as usize;
        self.0[place].as_secs_f64() * 1_000.0
    }
}
