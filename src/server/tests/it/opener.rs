//! Whose window it is in which a person signs in: of the application that opened it, for as long as they are on its way.

use domain::client::ClientKind;
use reqwest::header::COOKIE;

use crate::application::{AUTHORIZE, Application, SIGNED_OUT};
use crate::http::{Answer, encode, send};
use crate::story::{MEMBER, PASSWORD};

const END_SESSION: &str = "/identity/connect/endsession";

/// What the browser is told about the window.
fn policy(answer: &Answer) -> &str {
    answer.header("cross-origin-opener-policy")
}

#[tokio::test]
async fn the_way_to_an_application_and_back_never_cuts_its_window_off() {
    let app = Application::start(ClientKind::Hybrid).await;
    let server = &app.server;
    let sent = server.get(&app.request(&[]), "").await;
    let sign_in = sent.header("location").to_owned();
    let (_, resume) = sign_in.split_once("resume=").unwrap();
    let wrong = [("email", MEMBER), ("password", "wrong"), ("resume", resume)];
    let wrong = send(server.form("/sign-in", &wrong)).await;
    let signed_in = app.submit_sign_in(&sign_in, "").await;
    let cookies = signed_in.cookie();
    let form = [("response_type", "code id_token"), ("response_mode", "form_post")];
    let wish = encode(&[
        ("client_id", app.client_id.as_str()),
        ("post_logout_redirect_uri", SIGNED_OUT),
    ]);
    let agreed = server.form("/sign-out", &[("end_session", &wish)]);
    let way = [
        ("the request", 303, sent),
        (
            "the posted request",
            303,
            send(server.form(AUTHORIZE, &app.parameters(&[]))).await,
        ),
        ("the sign-in page", 200, server.get(&sign_in, "").await),
        ("a wrong password", 422, wrong),
        (
            "the right one",
            303,
            server.get(signed_in.header("location"), &cookies).await,
        ),
        ("signed in", 303, signed_in),
        ("a request that is over", 400, server.get("/sign-in?resume=x", "").await),
        ("the answer at once", 303, server.get(&app.request(&[]), &cookies).await),
        (
            "the answer in a form",
            200,
            server.get(&app.request(&form), &cookies).await,
        ),
        (
            "a refusal",
            400,
            server.get(&app.request(&[("client_id", "")]), &cookies).await,
        ),
        (
            "the question",
            200,
            server.get(&format!("{END_SESSION}?{wish}"), &cookies).await,
        ),
        (
            "the posted wish",
            303,
            send(server.form(END_SESSION, &[("state", "s")])).await,
        ),
        ("the answer to it", 303, send(agreed.header(COOKIE, &cookies)).await),
        (
            "signed out",
            303,
            server.get(&format!("{END_SESSION}?{wish}"), "").await,
        ),
        ("the page that says so", 200, server.get(END_SESSION, "").await),
    ];
    for (what, status, answer) in &way {
        assert_eq!((answer.status.as_u16(), policy(answer)), (*status, ""), "{what}");
    }
}

#[tokio::test]
async fn whoever_opens_the_portal_keeps_no_hold_on_it() {
    let app = Application::start(ClientKind::Hybrid).await;
    let server = &app.server;
    let signed_in = server.sign_in(MEMBER, PASSWORD).await;
    let cookies = signed_in.cookie();
    let out = server.form("/sign-out", &[]);
    let answers = [
        server.get("/sign-in", "").await,
        server.sign_in(MEMBER, "wrong").await,
        signed_in,
        server.get("/security/clients", &cookies).await,
        send(out.header(COOKIE, &cookies)).await,
    ];
    for answer in &answers {
        assert_eq!(policy(answer), "same-origin", "{}", answer.status);
    }
}
