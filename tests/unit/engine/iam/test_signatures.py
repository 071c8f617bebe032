"""Signature Version 4: what botocore signs is verified; what was changed on its way is not."""

import hashlib
from urllib.parse import quote

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.engine.iam import signatures
from helpers.engine.iam.signatures import IncompleteSignatureError

KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token/+=")
EMPTY = hashlib.sha256(b"").hexdigest()


def headers_of(request):
    return {name.lower().encode(): [str(value).encode()] for name, value in request.headers.items()}


def target_of(request):
    return "/" + request.url.split("/", 3)[3]


def test_the_example_of_the_documentation_has_its_signature():
    """IAM User Guide, "Create a signed AWS API request", as it stood until 2024: ListUsers of 30 August 2015."""
    authorization = (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    )
    headers = {
        b"content-type": [b"application/x-www-form-urlencoded; charset=utf-8"],
        b"host": [b"iam.amazonaws.com"],
        b"x-amz-date": [b"20150830T123600Z"],
    }
    signature = signatures.in_header(authorization, headers)
    assert (signature.access_key, signature.service) == ("AKIDEXAMPLE", "iam")
    target = "/?Action=ListUsers&Version=2010-05-08"
    assert signatures.calculate(signature, KEYS.secret_key, "GET", target, headers, EMPTY) == signature.value


def header_signed(signer, service, method, url, body):
    request = AWSRequest(method, url, data=body, headers={"Host": url.split("/")[2], "X-Amz-Target": "a  b"})
    signer(KEYS, service, "us-east-1").add_auth(request)
    headers = headers_of(request)
    return request, headers, signatures.in_header(request.headers["Authorization"], headers)


TEXT = st.text(st.characters(codec="ascii", categories=("L", "N")) | st.sampled_from("%/~.-_ +*"), max_size=20)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([(SigV4Auth, "lambda"), (SigV4Auth, "execute-api"), (S3SigV4Auth, "s3")]),
    st.sampled_from(["GET", "POST", "PUT"]),
    st.lists(TEXT, max_size=3),
    st.lists(st.tuples(TEXT, TEXT), max_size=3),
    st.binary(max_size=30),
)
def test_what_botocore_signs_in_a_header_is_verified(way, method, path, query, body):
    url = "http://127.0.0.1:4566/" + "/".join(quote(part, safe="~.") for part in path)
    if query:
        url += "?" + "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in query)
    request, headers, signature = header_signed(*way, method, url, body)
    digest = hashlib.sha256(body).hexdigest()
    target = target_of(request)
    assert signatures.calculate(signature, KEYS.secret_key, method, target, headers, digest) == signature.value


def test_what_botocore_presigns_is_verified():
    url = "http://127.0.0.1:4566/?Action=GetCallerIdentity&Version=2011-06-15"
    request = AWSRequest("GET", url, headers={"Host": "127.0.0.1:4566"})
    SigV4QueryAuth(KEYS, "sts", "us-east-1", expires=77).add_auth(request)
    signature = signatures.in_query(target_of(request).partition("?")[2])
    assert (signature.expires, signature.token) == (77, KEYS.token)
    headers = {b"host": [b"127.0.0.1:4566"]}
    arguments = ("GET", target_of(request), headers, EMPTY)
    assert signatures.calculate(signature, KEYS.secret_key, *arguments) == signature.value


@pytest.mark.parametrize("changed", ["secret", "method", "path", "query", "header", "body"])
def test_nothing_that_is_signed_can_be_changed(changed):
    url = "http://127.0.0.1:4566/2015-03-31/functions?a=1"
    request, headers, signature = header_signed(SigV4Auth, "lambda", "POST", url, b"{}")
    given = {
        "secret": KEYS.secret_key,
        "method": "POST",
        "target": target_of(request),
        "headers": headers,
        "payload_hash": hashlib.sha256(b"{}").hexdigest(),
    }
    assert signatures.calculate(signature, **given) == signature.value
    given |= {
        "secret": {"secret": "test"},
        "method": {"method": "PUT"},
        "path": {"target": "/2015-03-31/function?a=1"},
        "query": {"target": "/2015-03-31/functions?a=2"},
        "header": {"headers": {**headers, b"x-amz-target": [b"c"]}},
        "body": {"payload_hash": EMPTY},
    }[changed]
    assert signatures.calculate(signature, **given) != signature.value


@pytest.mark.parametrize(
    ("authorization", "words"),
    [
        ("AWS4-HMAC-SHA256", "Authorization header requires 'Credential' parameter. Authorization header requires"),
        ("AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host", "requires 'Signature' parameter"),
        (
            "AWS4-HMAC-SHA256 Credential=a /b/c, Signature",
            "'Signature' not a valid key=value pair (missing equal-sign)",
        ),
        ("Bearer x", "'Bearer x' not a valid key=value pair (missing equal-sign) in Authorization header"),
        ("AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=1", "must have exactly 5 slash-delimited"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused_in_awss_words(authorization, words):
    with pytest.raises(IncompleteSignatureError) as error:
        signatures.in_header(authorization, {b"x-amz-date": [b"20150830T123600Z"]})
    assert words in str(error.value)


@pytest.mark.parametrize("query", ["X-Amz-Credential=a/b/c/d/aws4_request", "X-Amz-Expires=x"])
def test_a_query_that_cannot_be_read_is_refused(query):
    with pytest.raises(IncompleteSignatureError):
        signatures.in_query(query)


def test_a_date_in_another_form_is_refused():
    signature = signatures.Signature("a", ("b", "c", "d", "aws4_request"), ("host",), "1", "yesterday")
    with pytest.raises(IncompleteSignatureError, match="basic format"):
        signature.signed_at()
