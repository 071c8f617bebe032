"""Pages of other origins, in Chromium: none of the ways to send a request gets anything, with LAB_AUTH on and off.

The attacker's pages are served here, under a name of their own (`evil.test`, which Chromium is told to look for on this
machine) and under this machine's address on another port, as a function or another program could.
"""

import functools
import http.server
import io
import json
import os
import threading
import urllib.request
import zipfile
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import quote

import boto3
import chromium
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from ports import free_port

from helpers.backend import credentials
from helpers.backend.engine import Engine

pytestmark = [pytest.mark.labs, pytest.mark.slow, pytest.mark.once]
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
ECHO = (
    "import json\ndef handler(event, context):\n    return {'statusCode': 200, 'body': json.dumps(event['headers'])}\n"
)
STACK = {"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "chain"}}}}


@pytest.fixture(scope="module")
def attackers(browser):
    """A server for the attacker's pages, which are all empty, and a Chromium that finds it as `evil.test`."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>a page</title>")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    names = "--host-resolver-rules=MAP *.test 127.0.0.1"
    chrome = browser.browser_type.launch(
        executable_path=chromium.find(), args=[*chromium.FLAGS, names], chromium_sandbox=os.geteuid() != 0
    )
    yield SimpleNamespace(chrome=chrome, port=server.server_address[1])
    chrome.close()
    server.shutdown()


@pytest.fixture(scope="module", params=["on", "off"], ids=["LAB_AUTH=on", "LAB_AUTH=off"])
def engine(request, attackers, tmp_path_factory):
    """An engine with a public API, a public bucket and what a client needs."""
    home = tmp_path_factory.mktemp("attacked")
    running = Engine(home=home, environ={"PATH": os.environ["PATH"], "LAB_AUTH": request.param})
    record = running.up(free_port())
    secret = credentials.secret_access_key(credentials.read_secret(home), "test")
    client = functools.cache(
        lambda service: boto3.client(
            service,
            endpoint_url=record.endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key=secret,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )
    )
    client("s3").create_bucket(Bucket="public")
    client("s3").put_object(Bucket="public", Key="secret", Body=b"for nobody", ContentType="text/plain")
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::public/open"}
    client("s3").put_bucket_policy(
        Bucket="public", Policy=json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
    )
    client("s3").put_object(Bucket="public", Key="open", Body=b"for everybody")
    yield SimpleNamespace(
        url=record.endpoint, port=record.port, client=client, api=published_api(client), running=running
    )
    running.down()


def published_api(client):
    """The path of a REST API whose function answers with the headers it got."""
    client("iam").create_role(RoleName="echo", AssumeRolePolicyDocument=json.dumps(TRUST))
    package = io.BytesIO()
    entry = zipfile.ZipInfo("index.py")
    entry.external_attr = 0o644 << 16  # what only its owner may read is not the function's
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(entry, ECHO)
    function = client("lambda").create_function(
        FunctionName="echo",
        Runtime="python3.13",
        Handler="index.handler",
        Role="arn:aws:iam::000000000000:role/echo",
        Code={"ZipFile": package.getvalue()},
    )
    client("lambda").get_waiter("function_active_v2").wait(FunctionName="echo")
    client("lambda").add_permission(
        FunctionName="echo", StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
    )
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="echo")["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    where = {"restApiId": api, "resourceId": root, "httpMethod": "ANY"}
    gateway.put_method(**where, authorizationType="NONE")
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function['FunctionArn']}/invocations"
    gateway.put_integration(**where, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    gateway.create_deployment(restApiId=api, stageName="test")
    return f"/_aws/execute-api/{api}/test/"


@pytest.fixture(params=["evil.test", "127.0.0.1", "localhost"])
def page(request, attackers, engine):
    """A page of the attacker's."""
    context = attackers.chrome.new_context()
    page = context.new_page()
    page.goto(f"http://{request.param}:{attackers.port}/")
    yield page
    context.close()


def credential(service):
    return f"X-Amz-Credential=test/20260101/us-east-1/{service}/aws4_request&X-Amz-Algorithm=AWS4-HMAC-SHA256"


def topic(name):
    return f"Action=CreateTopic&Name={name}&Version=2010-03-31"


IMAGE = "url => new Promise(done => { const i = new Image(); i.onload = i.onerror = done; i.src = url; })"
FRAME = """url => new Promise(done => {
    const frame = document.createElement('iframe'); frame.onload = done; frame.src = url; document.body.append(frame);
})"""
FETCH = """async ([url, body]) => {
    try {
        const answer = await fetch(url, {method: 'POST', mode: 'no-cors', body,
            headers: {'Content-Type': 'application/x-www-form-urlencoded'}});
        return answer.type;
    } catch (error) { return 'refused'; }
}"""
READ = """async ([url, options]) => {
    try { const answer = await fetch(url, options); return [answer.status, await answer.text()]; }
    catch (error) { return [0, String(error)]; }
}"""
FORM = """([url, fields, kind, file]) => {
    const form = document.createElement('form');
    form.method = 'POST'; form.action = url; form.enctype = kind;
    for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement('input'); input.type = 'hidden'; input.name = name; input.value = value;
        form.append(input);
    }
    document.body.append(form); form.submit();
}"""


def nothing_was_made(engine):
    assert engine.client("sns").list_topics()["Topics"] == []
    assert engine.client("cloudformation").describe_stacks()["Stacks"] == []
    assert [function["FunctionName"] for function in engine.client("lambda").list_functions()["Functions"]] == ["echo"]
    kept = engine.client("s3").list_objects_v2(Bucket="public")["Contents"]
    assert [item["Key"] for item in kept] == ["open", "secret"]


def test_an_image_makes_nothing(page, engine):
    page.evaluate(IMAGE, f"{engine.url}/?{topic('image')}&{credential('sns')}")
    nothing_was_made(engine)


def test_a_frame_makes_nothing(page, engine):
    page.evaluate(FRAME, f"{engine.url}/?{topic('frame')}&{credential('sns')}")
    nothing_was_made(engine)


def test_a_fetch_makes_nothing(page, engine):
    page.evaluate(FETCH, [f"{engine.url}/?{credential('sns')}", topic("fetch")])
    assert page.evaluate(READ, [f"{engine.url}/?{topic('fetch')}&{credential('sns')}", {}])[0] == 0
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request"}
    assert page.evaluate(READ, [f"{engine.url}/?{topic('fetch')}", {"headers": signed}])[0] == 0
    nothing_was_made(engine)


def test_a_form_makes_nothing(page, engine):
    fields = {"Action": "CreateTopic", "Name": "form", "Version": "2010-03-31"}
    with page.expect_navigation() as navigation:
        page.evaluate(FORM, [f"{engine.url}/?{credential('sns')}", fields, "application/x-www-form-urlencoded", None])
    assert navigation.value.status == 403
    nothing_was_made(engine)


def test_a_navigation_makes_nothing(page, engine):
    with page.expect_navigation() as navigation:
        page.evaluate("url => { location.href = url; }", f"{engine.url}/?{topic('navigation')}&{credential('sns')}")
    assert navigation.value.status == 403
    nothing_was_made(engine)


def test_an_upload_to_a_bucket_is_refused(page, engine):
    fields = {"key": "stolen", "x-amz-credential": "test/20260101/us-east-1/s3/aws4_request", "file": "x"}
    for more in ({}, {"policy": "e30=", "x-amz-signature": "0", "x-amz-date": "x", "x-amz-algorithm": "x"}):
        with page.expect_navigation() as navigation:
            page.evaluate(FORM, [f"{engine.url}/public", {**fields, **more}, "multipart/form-data", None])
        assert navigation.value.status == 403
        page.go_back()
    put = {"method": "PUT", "body": "x", "mode": "no-cors"}
    page.evaluate(READ, [f"{engine.url}/public/stolen?{credential('s3')}", put])
    nothing_was_made(engine)


def test_nothing_is_read_either(page, engine):
    for path in ("/_localstack/health", "/_lab/health", "/_lab/status", "/_aws/sqs/messages", "/public/secret"):
        for mode in ("cors", "no-cors"):
            status, text = page.evaluate(READ, [engine.url + path, {"mode": mode}])
            assert (status, "services" in text) == (0, False), text


def test_the_engine_is_not_ended(page, engine):
    page.evaluate(FETCH, [f"{engine.url}/_localstack/health", json.dumps({"action": "kill"})])
    page.evaluate(FETCH, [f"{engine.url}/_localstack/health", json.dumps({"action": "restart"})])
    page.wait_for_timeout(300)
    assert engine.running.running() is not None
    nothing_was_made(engine)


def test_a_stack_and_a_message_in_two_images_make_nothing(page, engine):
    """How a page made a role and a function, and had it run, in November 2026."""
    stack = f"Action=CreateStack&StackName=s&Version=2010-05-15&TemplateBody={quote(json.dumps(STACK))}"
    page.evaluate(IMAGE, f"{engine.url}/?{stack}&{credential('cloudformation')}")
    message = "Action=Publish&Message=x&Version=2010-03-31&TopicArn=arn:aws:sns:us-east-1:000000000000:chain"
    page.evaluate(IMAGE, f"{engine.url}/?{message}&{credential('sns')}")
    nothing_was_made(engine)


@pytest.mark.parametrize("path", ["/restapis/x/y/_user_request_/", "/_aws/execute-api/none/", "/"])
def test_a_path_that_looks_like_an_apis_exempts_nothing(page, engine, path):
    page.evaluate(IMAGE, f"{engine.url}{path}?{topic('path')}&{credential('sns')}")
    page.evaluate(FETCH, [f"{engine.url}{path}?{credential('sns')}", topic("path")])
    nothing_was_made(engine)


def test_a_name_that_was_made_to_point_here_is_refused(attackers, engine):
    """DNS rebinding: the page is of the engine's own origin, so nothing in the request is foreign but the name."""
    context = attackers.chrome.new_context()
    page = context.new_page()
    assert page.goto(f"http://rebound.test:{engine.port}/_lab/health").status == 403
    signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request"}
    url = f"http://rebound.test:{engine.port}/?{topic('rebound')}"
    assert page.evaluate(READ, [url, {"method": "POST", "headers": signed}])[0] == 403
    nothing_was_made(engine)
    context.close()


def test_published_apis_are_for_every_page(page, engine):
    with page.expect_navigation() as navigation:
        page.evaluate("url => { location.href = url; }", engine.url + engine.api)
    assert navigation.value.status == 200


def test_buckets_open_themselves_by_rules_of_their_own(page, engine):
    s3, url = engine.client("s3"), f"{engine.url}/public/open"
    assert page.evaluate(READ, [url, {}])[0] == 0
    origin = page.evaluate("location.origin")
    rule = {"AllowedMethods": ["GET"], "AllowedOrigins": [origin]}
    s3.put_bucket_cors(Bucket="public", CORSConfiguration={"CORSRules": [rule]})
    try:
        assert page.evaluate(READ, [url, {}]) == [200, "for everybody"]
        assert page.evaluate(READ, [f"{engine.url}/public/secret", {}])[0] in (0, 403)
        page.evaluate(READ, [f"{engine.url}/public/stolen?{credential('s3')}", {"method": "PUT", "body": "x"}])
        nothing_was_made(engine)
    finally:
        s3.delete_bucket_cors(Bucket="public")


def test_a_presigned_link_opens_from_any_page_if_signatures_are_verified(page, engine, request):
    url = engine.client("s3").generate_presigned_url("get_object", {"Bucket": "public", "Key": "secret"})
    with page.expect_navigation() as navigation:
        page.evaluate("url => { location.href = url; }", url)
    # Where any signature is right, a link proves nothing.
    assert navigation.value.status == (403 if "LAB_AUTH=off" in request.node.name else 200)


def test_a_published_page_may_call_itself(attackers, engine):
    context = attackers.chrome.new_context()
    page = context.new_page()
    assert page.goto(engine.url + engine.api).status == 200
    assert page.evaluate(READ, [engine.url + engine.api, {"method": "POST", "body": "x"}])[0] == 200
    context.close()


def test_jupyterlabs_login_never_reaches_a_function_and_so_no_terminal_opens(browser, server, engine):
    """A function that got it opened a terminal, in November 2026. Cookies know no ports: one name, the same cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.lab("00_start_here"))
    page.wait_for_selector(".jp-NotebookPanel")
    assert [cookie for cookie in context.cookies() if cookie["name"].startswith("username-")]
    for address in (engine.url, engine.url.replace("127.0.0.1", "localhost")):
        page.goto(address + engine.api)
        heard = {name.lower(): value for name, value in json.loads(page.inner_text("body")).items()}
        assert "username-" not in heard.get("cookie", "") and "_xsrf" not in heard.get("cookie", "")
    taken = urllib.request.Request(f"{server.url}/api/terminals", method="POST", headers=heard)
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(taken, timeout=10)
    context.close()


def test_other_cookies_reach_functions(attackers, engine):
    context = attackers.chrome.new_context()
    names = {"mine": "1", "_xsrf": "2", "username-127-0-0-1-8888": "3", "jupyterhub-session-id": "4", "yours": "5"}
    context.add_cookies([{"name": name, "value": value, "url": engine.url} for name, value in names.items()])
    page = context.new_page()
    page.goto(engine.url + engine.api)
    heard = {name.lower(): value for name, value in json.loads(page.inner_text("body")).items()}
    assert sorted(cookie.strip() for cookie in heard["cookie"].split(";")) == ["mine=1", "yours=5"]
    context.close()


def test_a_wrong_secret_gets_in_only_where_auth_is_off(engine, request):
    """So the tests above are of two kinds: with LAB_AUTH=off it is the rules for browsers alone that refuse."""
    wrong = boto3.client(
        "sns", endpoint_url=engine.url, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="x"
    )
    if "LAB_AUTH=off" in request.node.name:
        assert wrong.list_topics()["Topics"] == []
    else:
        with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
            wrong.list_topics()
