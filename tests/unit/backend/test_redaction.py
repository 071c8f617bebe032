"""Redaction, attacked: whatever is not published must not be in a recording, in whatever it is wrapped."""

import base64
import json
import re
from datetime import UTC, datetime
from urllib.parse import quote

import boto3
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from helpers.backend.recording import published
from helpers.backend.redaction import Redactor

pytestmark = pytest.mark.once

SECRETS = [
    "hunter2",
    "123456789012",  # an account
    "AKIAQ3EGQWMNXYZ12ABC",
    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzzzKEY",
    "IQoJb3JpZ2luX2VjEPT//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==",
    "ann.smith@gmail.com",
    "p4$$.w0rd!x",
    "correct-Horse-7",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl",
    "5d41402abc4b2a76b9719d911017c592",
    "10.20.30.40",
    "ip-10-20-30-40",
    "Grüße-Ann-Møller",
    "+491701234567",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAxyz\n-----END RSA PRIVATE KEY-----",
    "7c9e6679-7425-40de-944b-e07fc1f90ae7",
]
WRAPPINGS = {
    "alone": lambda secret: secret,
    "in a sentence": lambda secret: f"the value {secret}, of Lambda",
    "quoted": lambda secret: f"'{secret}'",
    "in JSON": lambda secret: json.dumps({"name": [secret]}),
    "as a key of JSON": lambda secret: json.dumps({secret: 1}),
    "in JSON in JSON": lambda secret: json.dumps({"body": json.dumps({"name": secret})}),
    "in base64": lambda secret: base64.b64encode(f"START {secret} END of Lambda".encode()).decode(),
    "in base64 of JSON": lambda secret: base64.b64encode(json.dumps({"name": secret}).encode()).decode(),
    "in URL-safe base64": lambda secret: base64.urlsafe_b64encode(f"START {secret} >>> END".encode()).decode(),
    "in an ARN": lambda secret: f"arn:aws:lambda:us-east-1:{secret}:function:{secret}",
    "in a presigned URL": lambda secret: (
        f"https://{quote(secret, safe='')}.s3.amazonaws.com/{quote(secret, safe='')}?X-Amz-Credential={quote(secret)}"
        f"&X-Amz-Signature={quote(secret)}&Action=Invoke"
    ),
    "in a header": lambda secret: (
        f"Authorization: AWS4-HMAC-SHA256 Credential={secret}/20261130/us-east-1, Signature={secret}"
    ),
    "in an assignment": lambda secret: f"DB={secret};HOST={secret}",
    "in a path": lambda secret: f"/home/{secret}/lambda",
    "in XML": lambda secret: f"<Name>{secret}</Name>",
    "in a traceback": lambda secret: f'Traceback:\n  File "/var/task/index.py", line 3\nValueError: {secret}\n',
    "twice": lambda secret: f"{secret} {secret}",
}
SHAPES = boto3.client("lambda", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x").meta


@pytest.fixture
def redactor():
    return Redactor(published(), b"k" * 32)


def parts(secret: str) -> list[str]:
    """Whatever of a secret must not be found: itself, and its halves where those are long enough to tell."""
    half = len(secret) // 2
    return [secret, *([secret[:half], secret[half:]] if half >= 6 else [])]


def leaks(secret: str, redacted: object) -> list[str]:
    """Parts of a secret that are in what would be written, as it is or encoded once more."""
    written = json.dumps(redacted, ensure_ascii=False)
    return [part for part in parts(secret) if part in written or json.dumps(part)[1:-1] in written]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_not_written_however_it_is_wrapped(redactor, secret, wrapping):
    text = WRAPPINGS[wrapping](secret)
    assert leaks(secret, redactor.text(text)) == []
    assert leaks(secret, redactor.body(text.encode())) == []
    assert leaks(secret, redactor.value({"Message": text, "list": [text], text: text})) == []


@pytest.mark.parametrize("secret", SECRETS)
def test_an_error_message_has_no_name_of_the_request_and_nothing_quoted(redactor, secret):
    request = {"FunctionName": secret, "Name": "Ann"}
    message = f"Function not found: arn:aws:lambda:us-east-1:123456789012:function:{secret}. Ann and 'Ben' may not."
    redacted = redactor.message(message, request)
    assert leaks(secret, redacted) == []
    assert redacted.startswith("Function not found: ")
    assert "Ann" not in redacted
    assert "Ben" not in redacted
    assert redacted.endswith("may not.")


@pytest.mark.parametrize(
    "name",
    [
        *("SecretAccessKey", "SessionToken", "AccessKeyId", "Password", "NextToken", "apiKey", "x-api-key", "auth"),
        *("password", "client_secret", "privateKey", "X-Amz-Signature", "Cookie", "EmailAddress", "PhoneNumber"),
        *("Authorization", "credentials", "passphrase", "pin", "PIN", "access_key", "sessionId"),
    ],
)
@pytest.mark.parametrize("value", ["Hello", 1234, ["Hello"], {"name": "Hello"}, b"Hello"])
def test_what_is_called_a_secret_is_one_even_if_its_word_is_known(redactor, name, value):
    assert redactor.text("Hello") == "Hello"
    assert list(redactor.value({name: value}).values()) == ["<secret>"]


def test_what_aws_calls_sensitive_is_not_written(redactor):
    shape = SHAPES.service_model.operation_model("CreateFunction").input_shape
    request = {
        "FunctionName": "HelloWorld",
        "Code": {"ZipFile": b"Hello"},
        "Environment": {"Variables": {"Hello": "Hello"}},
        "Timeout": 3,
    }
    assert redactor.value(request, shape) == {
        "FunctionName": "HelloWorld",
        "Code": {"ZipFile": "<secret>"},
        "Environment": {"Variables": "<secret>"},
        "Timeout": 3,
    }


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime(2026, 11, 30, tzinfo=UTC), "<time>"),
        ("2026-11-30T10:00:00.123+0000", "<time>"),
        (1764500000000, "<number>"),
        (4111111111111111, "<number>"),
        (b"\x89PNG\xff", "<bytes>"),
        ("Hello " * 20_000, "<long>"),
        (b"Hello " * 20_000, "<long>"),
        (bytes(50 * 1024 * 1024), "<long>"),
        (open, "<bytes>"),
        (True, True),
        (None, None),
    ],
)
def test_of_times_numbers_and_binaries_only_the_kind_is_written(redactor, value, written):
    assert redactor.value(value) == written


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("abcXYZ0129+/=._-!$%@ :;", min_size=16, max_size=60), st.sampled_from(sorted(WRAPPINGS)))
def test_random_texts_are_not_written_either(redactor, secret, wrapping):
    longest = max(re.split(r"[ :;]", secret), key=len)
    assume(len(longest) >= 12 and len(set(longest)) >= 8)
    assert longest not in json.dumps(redactor.text(WRAPPINGS[wrapping](secret)), ensure_ascii=False)


def test_a_word_has_one_mark_in_a_recording_and_another_in_the_next(redactor):
    assert redactor.text("hunter2") == redactor.text("hunter2") != redactor.text("hunter3")
    assert redactor.text("hunter2") != Redactor((), b"l" * 32).text("hunter2")


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:lambda:us-east-1::function:HelloWorld",
        "/aws/lambda/HelloWorld",
        "lab02-clerk",
        "The role defined for the function cannot be assumed by Lambda.",
        "$LATEST",
        "",
    ],
)
def test_what_the_labs_publish_stays_readable(redactor, text):
    assert redactor.text(text) == text


def test_an_answer_that_makes_no_sense_ends_in_no_error(redactor):
    for text in ("{", "[1", '{"a": ', "====", "A" * 20, "\x00\x01", "%%%", "<<<>>>", "https://", "https://?x=1"):
        redactor.value({"x": text, text: text})
