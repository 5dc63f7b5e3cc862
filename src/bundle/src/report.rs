use std::time::Instant;

/// One line of the report: what was done, how large the result is, how long it took.
pub struct Step {
    name: &'static str,
    started: Instant,
}

impl Step {
    /// Starts the clock.
    pub fn start(name: &'static str) -> Self {
        Self {
            name,
            started: Instant::now(),
        }
    }

    /// Prints the line.
    pub fn done(self, bytes: u64) {
        let seconds = self.started.elapsed().as_secs_f64();
        println!("  {:<14}{:>8} KB{seconds:>8.1} s", self.name, bytes.div_ceil(1000));
    }
}
