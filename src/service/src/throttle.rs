//! How many sign-ins may fail before even the right password has to wait.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::text::fold;
use store::throttle::{self, Failures};
use store::{Database, StoreError, Tx};

use crate::bearer::bearer_hash;

/// How long failures count, from the first one.
const WINDOW: Duration = Duration::minutes(15);
/// How many sign-ins may fail for one account, whether it exists or not.
const ACCOUNT_FAILURES: i32 = 10;
/// How many may fail from one address.
const ADDRESS_FAILURES: i32 = 50;

/// What the failures of one sign-in count for.
pub(crate) struct Throttle {
    account: String,
    address: Option<String>,
}

impl Throttle {
    /// For a sign-in with `email` as typed.
    pub(crate) fn new(email: &str, address: Option<IpAddr>) -> Self {
        // Hashed, because it may be long, and people type passwords into the wrong box.
        let account = URL_SAFE_NO_PAD.encode(bearer_hash(&fold(email)));
        Self {
            account: format!("account:{account}"),
            address: address.map(|address| format!("address:{}", network(address))),
        }
    }

    /// How many seconds to wait, if there were too many failures.
    pub(crate) async fn wait(&self, database: &Database, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
        let live = throttle::live(database, self.keys(), now - WINDOW).await?;
        Ok(self.longest(&live, now, 0))
    }

    /// The same within a change.
    pub(crate) async fn wait_in(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
        let live = throttle::live_in(tx, self.keys(), now - WINDOW).await?;
        Ok(self.longest(&live, now, 0))
    }

    /// Counts a failure. Answers how many seconds to wait, if there were too many before this one.
    pub(crate) async fn count(&self, tx: &mut Tx, now: DateTime<Utc>) -> Result<Option<i64>, StoreError> {
        let over = now - WINDOW;
        throttle::delete_over(tx, over).await?;
        let mut counted = vec![throttle::count(tx, &self.account, now, over).await?];
        if let Some(address) = &self.address {
            counted.push(throttle::count(tx, address, now, over).await?);
        }
        Ok(self.longest(&counted, now, 1))
    }

    /// Forgets the failures of the account, but not those of the address: who has one account must not get more guesses
    /// at others.
    pub(crate) async fn clear(&self, tx: &mut Tx) -> Result<(), StoreError> {
        throttle::clear(tx, &self.account).await
    }

    fn keys(&self) -> [&str; 2] {
        [&self.account, self.address.as_deref().unwrap_or(&self.account)]
    }

    /// The longest wait of those that reached their limit without the last `new` failures.
    fn longest(&self, failures: &[Failures], now: DateTime<Utc>, new: i32) -> Option<i64> {
        failures
            .iter()
            .filter(|failures| {
                let limit = if failures.throttle_key == self.account {
                    ACCOUNT_FAILURES
                } else {
                    ADDRESS_FAILURES
                };
                failures.failures - new >= limit
            })
            .map(|failures| {
                let left = failures.window_started_at + WINDOW - now;
                (left.num_milliseconds() + 999) / 1000
            })
            .max()
            .map(|seconds| seconds.max(1))
    }
}

/// The address, of IPv6 the network of 64 bits: one subscriber has all of it.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use store::testing::{Engine, database};

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_257_000 + second, 0).unwrap()
    }

    async fn fail(throttle: &Throttle, database: &Database, now: DateTime<Utc>) -> Option<i64> {
        let mut tx = database.begin().await.unwrap();
        let wait = throttle.count(&mut tx, now).await.unwrap();
        tx.commit().await.unwrap();
        wait
    }

    #[rstest]
    #[case("192.0.2.7", "192.0.2.7")]
    #[case("::ffff:192.0.2.7", "192.0.2.7")]
    #[case("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    fn an_address_stands_for_its_network(#[case] address: &str, #[case] expected: &str) {
        assert_eq!(network(address.parse().unwrap()).to_string(), expected);
    }

    #[test]
    fn keys_are_short_and_hide_what_was_typed() {
        let throttle = Throttle::new(&"My Password ".repeat(1000), None);
        assert!(throttle.account.len() < 60);
        assert!(!throttle.account.to_lowercase().contains("password"));
        assert_eq!(
            Throttle::new(" ANA@b ", None).account,
            Throttle::new("ana@b", None).account
        );
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn an_account_waits_after_ten_failures(#[case] engine: Engine) {
        let test = database(engine).await;
        let throttle = Throttle::new("ana@example.com", None);
        for second in 0..10 {
            assert_eq!(throttle.wait(&test.database, at(second)).await.unwrap(), None);
            assert_eq!(fail(&throttle, &test.database, at(second)).await, None);
        }
        assert_eq!(throttle.wait(&test.database, at(10)).await.unwrap(), Some(890));
        assert_eq!(fail(&throttle, &test.database, at(10)).await, Some(890));
        assert_eq!(throttle.wait(&test.database, at(899)).await.unwrap(), Some(1));
        assert_eq!(throttle.wait(&test.database, at(900)).await.unwrap(), None);
    }

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn an_address_waits_after_fifty_failures_of_any_account(#[case] engine: Engine) {
        let test = database(engine).await;
        let address: IpAddr = "192.0.2.7".parse().unwrap();
        for number in 0..50 {
            let throttle = Throttle::new(&format!("user{number}@example.com"), Some(address));
            assert_eq!(fail(&throttle, &test.database, at(0)).await, None);
        }
        let throttle = Throttle::new("ana@example.com", Some(address));
        let mut tx = test.database.begin().await.unwrap();
        throttle.clear(&mut tx).await.unwrap();
        assert_eq!(throttle.wait_in(&mut tx, at(60)).await.unwrap(), Some(840));
        tx.commit().await.unwrap();

        let elsewhere = Throttle::new("ana@example.com", Some("192.0.2.8".parse().unwrap()));
        assert_eq!(elsewhere.wait(&test.database, at(60)).await.unwrap(), None);
    }
}
