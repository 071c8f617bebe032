"""What is refused before anything is parsed: names that are not this machine's, pages of other origins, addresses of
the engine's own. In a browser: tests/browser/test_foreign_pages.py.
"""

import http.client
import json
import uuid

import kit
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

OWN = "127.0.0.1:{port}"
BODY = b"Action=GetCallerIdentity&Version=2011-06-15"


@pytest.fixture
def ask(engine):
    """`ask(path, body, headers)`: status and body of the answer; `{port}` in a header is the engine's."""

    def send(path="/", body=None, method=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=20)
        named = {name.replace("_", "-"): value.format(port=engine.port) for name, value in headers.items()}
        connection.request(
            method or ("POST" if body else "GET"), path, body, {"Host": f"127.0.0.1:{engine.port}", **named}
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    return send


@pytest.fixture
def signed(engine, ask):
    """`signed(headers)`: status and body of a call that the engine's owner has signed."""

    def send(**headers):
        host = headers.pop("Host", OWN).format(port=engine.port)
        form = {"Content-Type": "application/x-www-form-urlencoded", "Host": host}
        request = AWSRequest("POST", f"{engine.endpoint}/", data=BODY, headers=form)
        SigV4Auth(Credentials("test", kit.secret(engine)), "sts", "us-east-1").add_auth(request)
        return ask("/", BODY, **{name.replace("-", "_"): value for name, value in request.headers.items()}, **headers)

    return send


OURS = """127.0.0.1:{port} 127.0.0.1 127.1.2.3:{port} localhost:{port} LOCALHOST a.localhost:{port} [::1]:{port}
    localhost.localstack.cloud:{port} a.localhost.localstack.cloud:{port}"""
OTHERS = """evil.example evil.example:{port} 127.0.0.1.evil.example localhost.evil.example notlocalhost 10.0.0.1
    0.0.0.0:{port} [::]:{port} xlocalhost.localstack.cloud 127.0.0.1@evil.example sts.amazonaws.com : 2130706433 0x7f.1
    [::ffff:10.0.0.1] execute-api.us-east-1.amazonaws.com.evil.example"""


@pytest.mark.parametrize("host", OURS.split())
def test_the_engine_answers_to_names_of_this_machine(signed, host):
    assert signed(Host=host)[0] == 200


@pytest.mark.parametrize("host", OTHERS.split())
def test_it_answers_to_no_other_name_whoever_signed(signed, host):
    status, text = signed(Host=host)
    assert (status, "GetCallerIdentityResult" in text) in ((403, False), (400, False)), text


def test_it_answers_to_no_name_that_is_none(ask):
    assert ask("/_lab/health", Host="[x")[0] in (400, 403)


FOREIGN = [
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://localhost:{port}"},
    {"Origin": "http://127.0.0.1:{port}.evil.example"},
    {"Origin": "https://app.localstack.cloud"},
    {"Origin": "file://"},
    {"Referer": "https://evil.example/127.0.0.1:{port}"},
    {"Sec_Fetch_Site": "cross-site", "Origin": "http://127.0.0.1:{port}"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(map(" ".join, headers.items())))
def test_pages_of_other_origins_are_refused_even_if_they_signed(signed, ask, headers):
    status, text = signed(**headers)
    assert (status, "Requests from web pages of another origin are refused." in text) == (403, True)
    for path in ("/_localstack/health", "/_lab/health"):
        assert ask(path, **headers)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec_Fetch_Site": "none"},
        {"Sec_Fetch_Site": "same-origin"},
        {"Origin": "http://127.0.0.1:{port}"},
        {"Referer": "http://127.0.0.1:{port}/a/page"},
    ],
    ids=lambda headers: " ".join(map(" ".join, headers.items())) or "no browser",
)
def test_the_engines_own_pages_and_other_programs_are_let_in(signed, ask, headers):
    assert signed(**headers)[0] == 200
    assert ask("/_lab/health", **headers)[0] == 200


def test_a_preflight_of_another_page_gets_no_permission(engine, ask):
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=20)
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for path in ("/", "/2015-03-31/functions", "/_localstack/health", "/restapis/a/b/_user_request_/"):
        connection.request("OPTIONS", path, headers=asked)
        answer = connection.getresponse()
        answer.read()
        assert answer.getheader("Access-Control-Allow-Origin") is None, path
    connection.close()


def test_an_answer_to_a_program_allows_no_origin(engine):
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=20)
    connection.request("GET", "/_lab/health", headers={"Origin": f"http://127.0.0.1:{engine.port}"})
    assert connection.getresponse().getheader("Access-Control-Allow-Origin") is None
    connection.close()


def test_an_address_of_the_engines_own_wants_the_secret_however_it_is_written(engine, ask):
    for path in ("/_lab/status", "/_localstack/info", "/_localstack/plugins", "//_lab/status", "/_lab/%73tatus"):
        for wrong in ({}, {"Authorization": "Lab x"}, {"Authorization": kit.owner(engine, "/")}, {"Authorization": ""}):
            status, text = ask(path, **wrong)
            assert (status in (308, 400, 403, 404), "pid" in text or "session_id" in text) == (True, False), (
                path,
                text,
            )
    assert json.loads(ask("/_lab/status", Authorization=kit.owner(engine, "/_lab/status"))[1])["pid"] > 0
    assert ask("/_localstack/info", Authorization=kit.owner(engine, "/_localstack/info"))[0] == 200


def test_health_tells_little_and_takes_nothing(engine, ask):
    assert json.loads(ask("/_lab/health")[1]) == {"engine": "lambda-labs", "backend": "embedded"}
    assert ask("/_localstack/health")[0] == 200
    for method in ("POST", "PUT"):
        assert ask("/_localstack/health", b"{}", method, Content_Type="application/json")[0] in (403, 404, 405)


def test_an_odd_path_is_no_way_to_an_api(engine, ask):
    """LocalStack takes everything with `_user_request_` in its path for a call of an API, and asks no more."""
    topic = f"Action=CreateTopic&Name={uuid.uuid4().hex}&Version=2010-03-31"
    credential = "X-Amz-Credential=test/20260101/us-east-1/sns/aws4_request"
    for path in ("/_user_request_/", "/restapis/x/y/_user_request_/", "/a.execute-api.b/"):
        for headers in ({}, {"Origin": "https://evil.example"}):
            status, text = ask(f"{path}?{topic}&{credential}", **headers)
            assert (status >= 400, "TopicArn" in text) == (True, False), text
