//! The namespaces of a tenant, which programs look for before they read data. Clientele keeps no data: each tenant has the
//! same one.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use service::Service;
use utoipa::ToSchema;

use crate::api::caller::Caller;
use crate::api::error::ApiError;
use crate::api::found;
use crate::api::query::{PagingParameters, QueryParameters};

/// The state of a namespace that is there.
const ACTIVE: i32 = 1;

/// A part of a tenant's data.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "default",
    "Region": null,
    "Self": null,
    "Description": "The only namespace",
    "State": 1,
    "RegionId": null,
    "InstanceId": null
}))]
pub struct Namespace {
    /// Its id.
    id: &'static str,
    /// The region it lies in. It lies in none here.
    region: Option<String>,
    /// Where its data is. There is none here.
    #[serde(rename = "Self")]
    address: Option<String>,
    /// What it is for.
    description: &'static str,
    /// How it stands: 1, active.
    state: i32,
    /// The region it lies in. It lies in none here.
    region_id: Option<String>,
    /// What it runs on. It isn't told here.
    instance_id: Option<String>,
}

/// The namespaces of the tenant: always the same one.
#[utoipa::path(
    get,
    path = "/api/v1/Tenants/{tenantId}/Namespaces",
    operation_id = "ListNamespaces",
    tag = "Tenants",
    params(PagingParameters),
    responses((status = 200, description = "The namespaces.", body = Vec<Namespace>, headers(("Total-Count" = u64, description = "How many there are in all.")))),
)]
pub async fn list(
    State(service): State<Service>,
    Caller { actor, tenant }: Caller,
    query: QueryParameters,
) -> Result<Response, ApiError> {
    // Whoever may see their tenant may see what it has.
    service.tenant(&actor, tenant).await?;
    let all = vec![Namespace {
        id: "default",
        region: None,
        address: None,
        description: "The only namespace",
        state: ACTIVE,
        region_id: None,
        instance_id: None,
    }];
    found::answer(found::some(all, query.paging()?), |namespace| namespace)
}
