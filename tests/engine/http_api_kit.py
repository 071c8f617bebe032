"""HTTP and WebSocket APIs made for tests, and requests to them."""

import base64
import functools
import hashlib
import json
import random
import urllib.error
import urllib.request
from dataclasses import dataclass

ACCOUNT = "000000000000"

# What the tests' function returns: what a header of the request says, or its event.
ECHO = """
import json, time
def handler(event, context):
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    time.sleep(float(headers.get("x-sleep", 0)))
    if "x-fail" in headers:
        raise ValueError("no")
    if "x-return" in headers:
        return json.loads(headers["x-return"])
    return {"statusCode": 200, "body": json.dumps(event)} if event.get("version") == "1.0" else event
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name]

    def header(self, name):
        return ", ".join(self.all(name))


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def ask(url, method="GET", body=None, **headers) -> Answer:
    """One request; names of headers have underscores for hyphens, an error is an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with OPENER.open(urllib.request.Request(url, body, named, method=method), timeout=60) as answer:
            return Answer(answer.status, answer.headers.items(), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers.items(), error.read())


def allow_gateway(lam, name, source="*"):
    """Let APIs call a function: those that `source`, the end of an ARN, matches."""
    lam.add_permission(
        FunctionName=name,
        StatementId=f"s{random.getrandbits(40)}",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=f"arn:aws:execute-api:us-east-1:{ACCOUNT}:{source}",
    )


def arn_of(name) -> str:
    return f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}"


# -- tokens, for JWT authorizers: RSA in a few lines, because the learner's environment has no library for it ----------


@functools.cache
def rsa_key(bits=2048):
    """(n, e, d) of a key."""
    numbers = random.Random(14)

    def prime():
        while True:
            found = numbers.getrandbits(bits // 2) | 1 | 3 << (bits // 2 - 2)
            if found % 65537 != 1 and all(pow(base, found - 1, found) == 1 for base in (2, 3, 5, 7)):
                return found

    p, q = prime(), prime()
    return p * q, 65537, pow(65537, -1, (p - 1) * (q - 1))


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_key() -> dict:
    n, e, _ = rsa_key()
    return {"kty": "RSA", "kid": "k", "alg": "RS256", "n": coded(n.to_bytes(256)), "e": coded(e.to_bytes(3))}


def token(header=None, **claims) -> str:
    """A signed token; RFC 7518, RSASSA-PKCS1-v1_5 with SHA-256."""
    parts = ({"alg": "RS256", "kid": "k", **(header or {})}, claims)
    text = ".".join(coded(json.dumps(part).encode()) for part in parts)
    info = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(text.encode()).digest()
    padded = b"\x00\x01" + b"\xff" * (256 - 3 - len(info)) + b"\x00" + info
    n, _, d = rsa_key()
    return f"{text}.{coded(pow(int.from_bytes(padded), d, n).to_bytes(256))}"
