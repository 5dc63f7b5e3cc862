"""Whole flows by Authlib, with a person's browser played by plain HTTP.

Reads the client and the person as JSON from standard input; writes what it learned as JSON to standard output.
"""

import json
import os
import sys
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session, OAuthError
from authlib.oidc.core import CodeIDToken, HybridIDToken
from joserfc import jwt
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import Session


class Form(HTMLParser):
    """The form of a page: where it goes, and its fields by id and name."""

    def __init__(self, html):
        super().__init__()
        self.action, self.values, self.names = "", {}, {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.action = attrs.get("action", "")
        if tag == "input" and "name" in attrs:
            self.values[attrs["name"]] = attrs.get("value", "")
            self.names[attrs.get("id")] = attrs["name"]


def follow(browser, answer, redirect_uri):
    """Follows redirects; stops before the application."""
    while "location" in answer.headers:
        target = urljoin(answer.url, answer.headers["location"])
        if target.startswith(redirect_uri):
            return target
        answer = browser.get(target, allow_redirects=False)
    answer.raise_for_status()
    return answer


def sign_in(url, given):
    """Fills the sign-in page that the URL leads to; answers where it leads."""
    browser = Session()
    page = follow(browser, browser.get(url, allow_redirects=False), given["redirect_uri"])
    form = Form(page.text)
    form.values[form.names["email"]] = given["email"]
    form.values[form.names["password"]] = given["password"]
    answer = browser.post(urljoin(page.url, form.action), form.values, allow_redirects=False)
    return follow(browser, answer, given["redirect_uri"])


def id_token_claims(metadata, text, claims_class, **expected):
    """Checks an ID token as Authlib's web integrations do: by the published keys, then claim by claim."""
    keys = KeySet.import_key_set(Session().get(metadata["jwks_uri"]).json())
    algorithms = metadata["id_token_signing_alg_values_supported"]
    registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
    token = jwt.decode(text, keys, registry=registry)
    options = {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": expected["client_id"]},
    }
    claims = claims_class(token.claims, token.header, options, expected)
    claims.validate()
    return claims


def main():
    given = json.load(sys.stdin)
    hybrid = bool(given["client_secret"])
    metadata = Session().get(f"{given['issuer']}/.well-known/openid-configuration").json()
    session = OAuth2Session(
        given["client_id"],
        given["client_secret"],
        scope="openid profile email offline_access",
        redirect_uri=given["redirect_uri"],
        token_endpoint=metadata["token_endpoint"],
        token_endpoint_auth_method="client_secret_basic" if hybrid else "none",
        revocation_endpoint_auth_method="client_secret_basic" if hybrid else "none",
        code_challenge_method="S256",
    )
    verifier, nonce = generate_token(48), generate_token()
    expected = {"client_id": given["client_id"], "nonce": nonce}

    # Authlib sends a challenge with plain `code` alone.
    parameters = {"response_type": "code id_token"} if hybrid else {"code_verifier": verifier}
    url, state = session.create_authorization_url(metadata["authorization_endpoint"], nonce=nonce, **parameters)
    callback = urlsplit(sign_in(url, given))
    answer = dict(parse_qsl(callback.fragment if hybrid else callback.query))
    assert answer["state"] == state, answer
    assert answer["iss"] == metadata["issuer"], answer
    if hybrid:
        front = id_token_claims(metadata, answer["id_token"], HybridIDToken, code=answer["code"], **expected)

    proof = {} if hybrid else {"code_verifier": verifier}
    token = dict(session.fetch_token(code=answer["code"], grant_type="authorization_code", **proof))
    claims = id_token_claims(metadata, token["id_token"], CodeIDToken, access_token=token["access_token"], **expected)
    if hybrid:
        assert front["sub"] == claims["sub"], (front, claims)

    userinfo = session.get(metadata["userinfo_endpoint"])
    userinfo.raise_for_status()
    renewed = dict(session.refresh_token())
    assert renewed["access_token"] != token["access_token"]
    assert renewed["refresh_token"] != token["refresh_token"]

    session.revoke_token(metadata["revocation_endpoint"], renewed["refresh_token"], "refresh_token").raise_for_status()
    try:
        session.refresh_token()
        after_revocation = "still good"
    except OAuthError as refusal:
        after_revocation = refusal.error
    json.dump({"claims": claims, "userinfo": userinfo.json(), "after_revocation": after_revocation}, sys.stdout)


main()
