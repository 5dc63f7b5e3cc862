//! `HEAD` beside each `GET`.

use reqwest::Method;

use super::Api;
use super::things::{Things, call, operations};
use crate::application::api_token;
use crate::http::Answer;

/// The headers that two answers to the same question have alike.
fn lasting(answer: &Answer) -> Vec<(&str, &[u8])> {
    let all = answer
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_bytes()));
    let mut lasting: Vec<_> = all
        .filter(|(name, _)| !["date", "operation-id"].contains(name))
        .collect();
    lasting.sort_unstable();
    lasting
}

#[tokio::test]
async fn head_answers_what_get_does_without_the_body() {
    let api = Api::start().await;
    let tenant = api.server.tenant;
    let cookies = api.server.administrator().await;
    let token = api_token(&api.server, tenant, &cookies).await;
    let mut things = Things::of(&api.server, tenant).await;
    // The preferences are shown to herself alone.
    things.user = api.server.person("Ada").await.to_string();
    let unknown = Things::unknown();
    let operations = operations(&api).await.into_iter();
    for (_, path) in operations.filter(|(method, _)| method == Method::GET) {
        let (there, nowhere) = (things.fill(&path, tenant), unknown.fill(&path, tenant));
        for (path, is_there) in [(there, true), (nowhere, false)] {
            let get = call(&api, &token, &Method::GET, &path, None).await;
            let head = call(&api, &token, &Method::HEAD, &path, None).await;
            assert!(get.status == 200 || !is_there, "{path}: {}", get.body);
            assert_eq!((head.status, lasting(&head)), (get.status, lasting(&get)), "{path}");
            assert!(head.body.is_empty() && !get.body.is_empty(), "{path}");
        }
    }
}
