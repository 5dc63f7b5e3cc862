use domain::list::ClientQuery;
use domain::paging::{Paging, Start};
use rstest::rstest;

use super::*;
use crate::client_list::page;
use crate::client_list::tests::{TENANT, filter, list, with_clients};
use crate::clients::fixtures::{self, now};
use crate::tenants;
use crate::testing::Engine;

#[rstest]
#[case(Engine::Sqlite)]
#[case(Engine::Postgres)]
#[tokio::test]
async fn a_filtered_total_is_counted_once_for_each_state_of_the_tenant(#[case] engine: Engine) {
    let test = with_clients(engine, &["Pump 1", "Valve"]).await;
    let totals = Totals::default();
    let query = ClientQuery {
        paging: Paging {
            start: Start::Last,
            ..Paging::first(25)
        },
        ..filter("pump")
    };
    let total = async || {
        let listed = page(&test.database, &totals, TENANT, &query, now()).await;
        listed.unwrap().unwrap().total
    };
    assert_eq!(total().await, 1);
    // Not counted again, and not by others who share nothing with it.
    fixtures::client(&test.database, TENANT, 20, "Pump 2").await;
    assert_eq!(total().await, 1);
    assert_eq!(list(&test, &query).await.total, 2);

    let mut tx = test.database.begin().await.unwrap();
    assert!(tenants::lock_for_change(&mut tx, TENANT).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(total().await, 2);
}
