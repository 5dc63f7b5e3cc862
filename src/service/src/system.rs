//! The real clock and the real source of ids.

use aws_lc_rs::rand;
use chrono::{DateTime, SubsecRound, Utc};
use domain::clock::{Clock, Ids};
use uuid::Uuid;

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the adapter to the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// The machine's source of randomness.
#[derive(Clone, Copy, Debug)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn uuid(&self) -> Uuid {
        let random = self.random();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&random[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the adapter to the machine's randomness"
    )]
    #[expect(
        clippy::expect_used,
        reason = "without randomness there is nothing safe to go on with"
    )]
    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}
