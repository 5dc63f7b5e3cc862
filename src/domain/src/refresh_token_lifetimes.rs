//! How long refresh tokens are good.

use chrono::Duration;

/// How long a person stays signed in to an application by refresh tokens (RFC 9700, section 4.14.2): since the last use of one
/// of them, and altogether. Each is 60 seconds to a year, and the first is no longer than the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshTokenLifetimes {
    idle: Duration,
    absolute: Duration,
}

/// Why there are none such. Whoever read the numbers tells where they came from, and says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshTokenLifetimesError {
    /// The time without use is out of bounds.
    Idle,
    /// The time altogether is.
    Absolute,
    /// The time without use is longer than the other one.
    IdleIsLonger,
}

impl RefreshTokenLifetimes {
    /// The shortest, in seconds.
    pub const MIN: i64 = 60;
    /// The longest, in seconds: 365 days.
    pub const MAX: i64 = 365 * 24 * 60 * 60;

    /// Of so many seconds.
    pub fn new(idle: i64, absolute: i64) -> Result<Self, RefreshTokenLifetimesError> {
        let bounds = Self::MIN..=Self::MAX;
        if !bounds.contains(&idle) {
            return Err(RefreshTokenLifetimesError::Idle);
        }
        if !bounds.contains(&absolute) {
            return Err(RefreshTokenLifetimesError::Absolute);
        }
        if idle > absolute {
            return Err(RefreshTokenLifetimesError::IdleIsLonger);
        }
        Ok(Self {
            idle: Duration::seconds(idle),
            absolute: Duration::seconds(absolute),
        })
    }

    /// How long a token waits for its use.
    pub const fn idle(self) -> Duration {
        self.idle
    }

    /// How long the last token that comes of a sign-in is good, from that sign-in on.
    pub const fn absolute(self) -> Duration {
        self.absolute
    }
}

impl Default for RefreshTokenLifetimes {
    /// Eight hours without use, thirty days altogether.
    fn default() -> Self {
        Self {
            idle: Duration::hours(8),
            absolute: Duration::days(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(28_800, 2_592_000, Ok(RefreshTokenLifetimes::default()))]
    #[case(59, 2_592_000, Err(RefreshTokenLifetimesError::Idle))]
    #[case(31_536_001, 31_536_001, Err(RefreshTokenLifetimesError::Idle))]
    #[case(60, 59, Err(RefreshTokenLifetimesError::Absolute))]
    #[case(60, i64::MAX, Err(RefreshTokenLifetimesError::Absolute))]
    #[case(61, 60, Err(RefreshTokenLifetimesError::IdleIsLonger))]
    fn they_hold_their_bounds(
        #[case] idle: i64,
        #[case] absolute: i64,
        #[case] expected: Result<RefreshTokenLifetimes, RefreshTokenLifetimesError>,
    ) {
        assert_eq!(RefreshTokenLifetimes::new(idle, absolute), expected);
    }

    #[rstest]
    #[case(60, 60)]
    #[case(31_536_000, 31_536_000)]
    fn their_ends_are_allowed(#[case] idle: i64, #[case] absolute: i64) {
        let lifetimes = RefreshTokenLifetimes::new(idle, absolute).unwrap();
        assert_eq!(lifetimes.idle(), Duration::seconds(idle));
        assert_eq!(lifetimes.absolute(), Duration::seconds(absolute));
    }
}
