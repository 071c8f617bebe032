"""HTTP APIs as they are made and deployed, and what is refused of their configuration.

Sources: API Gateway Version 2 API Reference; messages as issues and templates quote them (2026-11).
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from authorization_kit import refused
from http_api_kit import arn_of, ask
from kit import eventually

NOT_FOUND = (404, b'{"message":"Not Found"}')


def brief(answer):
    return answer.status, answer.body


def test_quick_create_makes_an_api_that_answers_at_once(make_api, v2, echo):
    api = make_api(Target=arn_of(echo))
    stage = v2.get_stages(ApiId=api["ApiId"])["Items"][0]
    assert (stage["StageName"], stage["AutoDeploy"], stage["ApiGatewayManaged"]) == ("$default", True, True)
    integration = v2.get_integrations(ApiId=api["ApiId"])["Items"][0]
    assert (integration["PayloadFormatVersion"], integration["TimeoutInMillis"]) == ("2.0", 30000)
    assert ask(api["ApiEndpoint"]).json["routeKey"] == "$default"
    assert ask(f"{api['ApiEndpoint']}/any/where", "DELETE").json["requestContext"]["http"]["method"] == "DELETE"


def test_an_api_answers_to_its_name_at_aws_in_the_host_header_too(engine, make_api, echo):
    api = make_api(Target=arn_of(echo))
    host = f"{api['ApiId']}.execute-api.us-east-1.amazonaws.com"
    event = ask(f"{engine.endpoint}/x?a=1", Host=host).json
    assert (event["rawPath"], event["requestContext"]["domainName"]) == ("/x", host)


def test_a_change_is_live_when_it_is_deployed_and_at_once_where_that_is_automatic(make_api, v2, integrate):
    api = make_api()
    where, url = {"ApiId": api["ApiId"]}, api["ApiEndpoint"]
    route = v2.create_route(**where, RouteKey="GET /a", Target=integrate(api["ApiId"]))
    v2.create_stage(**where, StageName="dev")
    assert brief(ask(f"{url}/dev/a")) == NOT_FOUND
    first = v2.create_deployment(**where, StageName="dev")["DeploymentId"]
    assert ask(f"{url}/dev/a").status == 200
    v2.update_route(**where, RouteId=route["RouteId"], RouteKey="GET /b")
    assert (ask(f"{url}/dev/a").status, brief(ask(f"{url}/dev/b"))) == (200, NOT_FOUND)
    v2.create_stage(**where, StageName="$default", AutoDeploy=True)
    assert (ask(f"{url}/b").status, ask(f"{url}/a").status) == (200, 404)
    v2.update_route(**where, RouteId=route["RouteId"], RouteKey="GET /c")
    assert (ask(f"{url}/c").status, ask(f"{url}/b").status) == (200, 404)
    second = v2.create_deployment(**where)["DeploymentId"]
    v2.update_stage(**where, StageName="dev", DeploymentId=second)
    assert (ask(f"{url}/dev/c").status, ask(f"{url}/dev/a").status) == (200, 404)
    v2.update_stage(**where, StageName="dev", DeploymentId=first)
    assert ask(f"{url}/dev/a").status == 200


def test_an_endpoint_that_is_switched_off_is_not_found(make_api, v2, echo):
    api = make_api(Target=arn_of(echo))
    v2.update_api(ApiId=api["ApiId"], DisableExecuteApiEndpoint=True)
    assert brief(ask(api["ApiEndpoint"])) == NOT_FOUND


def test_a_stages_throttling_is_a_429(make_api, v2, echo):
    api = make_api(Target=arn_of(echo))
    settings = {"ThrottlingBurstLimit": 2, "ThrottlingRateLimit": 0.001}
    v2.update_stage(ApiId=api["ApiId"], StageName="$default", DefaultRouteSettings=settings)
    answers = [ask(api["ApiEndpoint"]) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[2].body == b'{"message":"Too Many Requests"}'


def test_an_access_log_has_a_line_for_each_request(client, make_api, v2, echo):
    logs, api = client("logs"), make_api(Target=arn_of(echo))
    logs.create_log_group(logGroupName="/v2/access")
    arn = "arn:aws:logs:us-east-1:000000000000:log-group:/v2/access"
    names = "httpMethod routeKey status integrationStatus integration.status error.message nothing"
    log = {"DestinationArn": arn, "Format": " ".join(f"$context.{name}" for name in names.split())}
    v2.update_stage(ApiId=api["ApiId"], StageName="$default", AccessLogSettings=log)
    ask(api["ApiEndpoint"], x_fail="1")

    def lines():
        return [event["message"] for event in logs.filter_log_events(logGroupName="/v2/access")["events"]]

    assert eventually(lines) == ["GET $default 500 200 - Internal Server Error -"]
    logs.delete_log_group(logGroupName="/v2/access")


class Backend(BaseHTTPRequestHandler):
    """Says what it was asked."""

    def do_PUT(self):
        size = int(self.headers["Content-Length"])
        body = json.dumps({"path": self.path, "x": self.headers["X-Added"], "body": self.rfile.read(size).decode()})
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Kept", "1")
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def test_an_http_integration_passes_the_request_on_with_its_parameters_mapped(make_api, v2, integrate):
    server = HTTPServer(("127.0.0.1", 0), Backend)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api = make_api()
    target = integrate(
        api["ApiId"],
        IntegrationType="HTTP_PROXY",
        IntegrationUri=f"http://127.0.0.1:{server.server_port}/base/{{proxy}}",
        IntegrationMethod="ANY",
        PayloadFormatVersion="1.0",
        RequestParameters={
            "append:header.x-added": "${request.querystring.a}-${request.path.proxy}-$context.stage",
            "remove:querystring.secret": "''",
        },
        ResponseParameters={"200": {"overwrite:header.x-said": "$response.body.x", "overwrite:statuscode": "202"}},
    )
    v2.create_route(ApiId=api["ApiId"], RouteKey="ANY /p/{proxy+}", Target=target)
    v2.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    answer = ask(f"{api['ApiEndpoint']}/p/a/b?a=1&secret=2", "PUT", b"data")
    server.shutdown()
    server.server_close()
    assert answer.json == {"path": "/base/a/b?a=1", "x": "1-a/b-$default", "body": "data"}
    assert (answer.status, answer.header("x-said"), answer.header("x-kept")) == (202, "1-a/b-$default", "1")
    assert answer.all("set-cookie") == ["a=1", "b=2"]
    assert brief(ask(f"{api['ApiEndpoint']}/p/a", "PUT", b"")) == (503, b'{"message":"Service Unavailable"}')


def test_a_path_that_the_client_chooses_stays_a_path(make_api, v2, integrate):
    """`?to=@elsewhere/` made the integration's own host the name of a user at another."""
    servers = [HTTPServer(("127.0.0.1", 0), Backend) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    api = make_api()
    target = integrate(
        api["ApiId"],
        IntegrationType="HTTP_PROXY",
        IntegrationUri=f"http://127.0.0.1:{servers[0].server_port}/base",
        IntegrationMethod="PUT",
        PayloadFormatVersion="1.0",
        RequestParameters={"overwrite:path": "$request.querystring.to", "remove:querystring.to": "''"},
    )
    v2.create_route(ApiId=api["ApiId"], RouteKey="$default", Target=target)
    v2.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)
    other = f"@127.0.0.1:{servers[1].server_port}/"
    paths = [ask(f"{api['ApiEndpoint']}/?to={to}", "PUT", b"").json["path"] for to in ("/a", "a", other)]
    for server in servers:
        server.shutdown()
        server.server_close()
    assert paths == ["/a", "/a", f"/{other}"]


def test_a_definition_that_was_exported_can_be_imported(make_api, v2, echo):
    api = make_api(Target=arn_of(echo), RouteKey="GET /items/{id}")
    body = v2.export_api(ApiId=api["ApiId"], OutputType="JSON", Specification="OAS30")["body"].read().decode()
    imported = v2.import_api(Body=body)
    v2.create_stage(ApiId=imported["ApiId"], StageName="$default", AutoDeploy=True)
    assert ask(f"{imported['ApiEndpoint']}/items/7").json["pathParameters"] == {"id": "7"}
    other = body.replace("/items/{id}", "/things/{id}")
    v2.reimport_api(ApiId=imported["ApiId"], Body=other)
    assert ask(f"{imported['ApiEndpoint']}/things/7").status == 200
    assert ask(f"{imported['ApiEndpoint']}/items/7").status == 404
    v2.delete_api(ApiId=imported["ApiId"])


def test_tags_and_pages_of_lists(make_api, v2):
    api = make_api(Tags={"a": "1"})
    arn = f"arn:aws:apigateway:us-east-1::/apis/{api['ApiId']}"
    v2.tag_resource(ResourceArn=arn, Tags={"b": "2"})
    v2.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert v2.get_tags(ResourceArn=arn)["Tags"] == v2.get_api(ApiId=api["ApiId"])["Tags"] == {"b": "2"}
    for name in ("one", "two", "three"):
        v2.create_stage(ApiId=api["ApiId"], StageName=name)
    page = v2.get_stages(ApiId=api["ApiId"], MaxResults="2")
    rest = v2.get_stages(ApiId=api["ApiId"], MaxResults="2", NextToken=page["NextToken"])
    assert [stage["StageName"] for stage in page["Items"] + rest["Items"]] == ["one", "two", "three"]
    assert "NextToken" not in rest


KEY = "The provided route key is not formatted properly for HTTP protocol."
REFUSALS = [  # operation, parameters, code, part of the message
    ("create_route", {"RouteKey": "GET"}, "BadRequestException", KEY),
    ("create_route", {"RouteKey": "FETCH /a"}, "BadRequestException", KEY),
    ("create_route", {"RouteKey": "GET /there"}, "ConflictException", "Route with key GET /there already exists"),
    ("create_route", {"RouteKey": "GET /{a+}/b"}, "BadRequestException", KEY),
    ("create_route", {"RouteKey": "GET /{a}/{a}"}, "BadRequestException", KEY),
    (
        "create_route",
        {"RouteKey": "GET /a", "AuthorizationType": "JWT"},
        "BadRequestException",
        "Setting the authorization type to JWT requires a valid JWT authorizer.",
    ),
    ("create_integration", {"IntegrationType": "AWS_PROXY", "IntegrationUri": "x"}, "BadRequestException", "ARN"),
    ("create_integration", {"IntegrationType": "HTTP_PROXY", "IntegrationUri": "x"}, "BadRequestException", "HTTP"),
    (
        "update_api",
        {"CorsConfiguration": {"AllowOrigins": ["*"], "AllowCredentials": True}},
        "BadRequestException",
        "AllowCredentials",
    ),
    ("create_route", {"RouteKey": "GET /a", "RequestParameters": {"x": {"Required": True}}}, "NotImplemented", ""),
    ("create_deployment", {"StageName": "none"}, "NotFoundException", "Invalid stage identifier specified"),
    ("create_stage", {"StageName": "a b"}, "BadRequestException", "Stage name"),
    (
        "create_stage",
        {"StageName": "x", "DefaultRouteSettings": {"LoggingLevel": "INFO"}},
        "BadRequestException",
        "Execution logs are not supported on protocolType HTTP",
    ),
    ("create_stage", {"StageName": "x", "AccessLogSettings": {"DestinationArn": "x"}}, "BadRequestException", "ARN"),
    (
        "create_stage",
        {"StageName": "x", "RouteSettings": {"GET /no": {}}},
        "NotFoundException",
        "Unable to find Route by key GET /no within the provided RouteSettings",
    ),
    ("create_integration", {"IntegrationType": "MOCK"}, "BadRequestException", "Invalid integration type MOCK"),
    (
        "create_integration",
        {"IntegrationType": "AWS_PROXY", "IntegrationUri": "arn:aws:lambda:us-east-1:000000000000:function:x"},
        "BadRequestException",
        "PayloadFormatVersion is a required parameter for integration",
    ),
    (
        "create_integration",
        {"IntegrationType": "AWS_PROXY", "IntegrationSubtype": "SQS-SendMessage", "PayloadFormatVersion": "1.0"},
        "NotImplemented",
        "IntegrationSubtype of CreateIntegration",
    ),
    (
        "create_authorizer",
        {"AuthorizerType": "REQUEST", "Name": "a", "IdentitySource": [], "AuthorizerUri": "x"},
        "BadRequestException",
        "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer",
    ),
    (
        "create_authorizer",
        {
            "AuthorizerType": "REQUEST",
            "Name": "a",
            "IdentitySource": ["method.request.header.A"],
            "AuthorizerUri": "x",
            "AuthorizerPayloadFormatVersion": "2.0",
        },
        "BadRequestException",
        "method.request.header.A",
    ),
    (
        "create_authorizer",
        {
            "AuthorizerType": "JWT",
            "Name": "a",
            "IdentitySource": ["$request.header.Authorization"],
            "JwtConfiguration": {"Issuer": "http://issuer.example", "Audience": ["a"]},
        },
        "BadRequestException",
        "Invalid issuer: http://issuer.example.",
    ),
]


@pytest.mark.parametrize(("operation", "parameters", "code", "message"), REFUSALS)
def test_what_cannot_be_is_refused(refusing_api, v2, operation, parameters, code, message):
    with refused(code, message):
        getattr(v2, operation)(ApiId=refusing_api, **parameters)


@pytest.fixture(scope="module")
def refusing_api(make_api, echo):
    return make_api(Target=arn_of(echo), RouteKey="GET /there")["ApiId"]


def test_an_api_that_is_not_there_and_one_without_routes_are_refused(make_api, v2):
    with refused("NotFoundException", "Invalid API identifier specified 000000000000:none"):
        v2.get_api(ApiId="none")
    with refused("BadRequestException", "At least one route is required before deploying the Api."):
        v2.create_deployment(ApiId=make_api()["ApiId"])
    with refused("NotImplemented", "CreateVpcLink"):
        v2.create_vpc_link(Name="v", SubnetIds=["a"])
    assert v2.get_domain_names()["Items"] == []
