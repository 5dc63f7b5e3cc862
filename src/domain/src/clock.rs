//! Time and chance come from outside, so that a test decides both.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time now, truncated to microseconds, which is what both databases keep.
    fn now(&self) -> DateTime<Utc>;
}

/// Makes what nobody may guess.
pub trait Ids: Send + Sync {
    /// A new id.
    fn uuid(&self) -> Uuid;

    /// 256 random bits.
    fn random(&self) -> [u8; 32];
}
