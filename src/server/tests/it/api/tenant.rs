//! The tenant itself and its namespaces.

use reqwest::Method;
use serde_json::json;

use super::Api;
use crate::http::send;

#[tokio::test]
async fn a_member_reads_the_tenant_and_its_namespace() {
    let api = Api::start().await;
    let tenant = api.server.tenant;
    let of = |rest: &str| format!("/api/v1/Tenants/{tenant}{rest}");
    let read = async |path: String| send(api.server.request(Method::GET, &path).bearer_auth(&api.member)).await;
    let expected = json!({
        "Id": tenant,
        "CompanyName": "Default Tenant",
        "State": 1,
        "Created": "2026-11-21T10:30:00Z",
        "LastUpdated": "2026-11-21T10:30:00Z",
        "Alias": null
    });
    let tenant = read(of("")).await;
    assert_eq!((tenant.header("etag"), tenant.json()), ("\"1\"", expected));
    let none = read(of("/Namespaces?skip=1")).await;
    assert_eq!((none.header("total-count"), none.json()), ("1", json!([])));
    let namespaces = read(of("/Namespaces")).await;
    assert_eq!(namespaces.header("total-count"), "1");
    let namespaces = namespaces.json();
    assert_eq!(namespaces.as_array().unwrap().len(), 1);
    assert_eq!(
        (&namespaces[0]["Id"], &namespaces[0]["State"]),
        (&json!("default"), &json!(1))
    );
}
