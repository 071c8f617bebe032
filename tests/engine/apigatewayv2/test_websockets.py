"""WebSocket APIs: handshakes, routes, answers, and functions that post to connections.

Sources: API Gateway Developer Guide, "Create WebSocket APIs", "Use @connections commands in your backend service";
events as recorded in github.com/aws/aws-lambda-java-libs/issues/71 and
github.com/aws/aws-lambda-runtime-interface-emulator/issues/25 (2026-11).
"""

import json
from urllib.parse import quote

import boto3
import pytest
import websocket
from authorization_kit import allow, refused
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from http_api_kit import allow_gateway, arn_of
from kit import eventually, secret

CHAT = """
import json, os, time, boto3
def handler(event, context):
    route = event["requestContext"]["routeKey"]
    print(json.dumps(event))
    if route == "$connect":
        return json.loads((event.get("queryStringParameters") or {}).get("say", '{"statusCode": 200}'))
    if route == "post":
        connections = boto3.client("apigatewaymanagementapi")
        connections.post_to_connection(ConnectionId=event["requestContext"]["connectionId"], Data=b"posted")
    if route == "slow":
        time.sleep(1)
    if route == "fail":
        raise ValueError("no")
    return {"statusCode": 200, "body": json.dumps(event)}
"""
AUTHORIZER = """
def handler(event, context):
    if event["queryStringParameters"]["key"] == "who":
        raise Exception("Unauthorized")
    effect = "Allow" if event["queryStringParameters"]["key"] == "yes" else "Deny"
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"principalId": "me", "policyDocument": document, "context": {"kind": event["type"]}}
"""


@pytest.fixture(scope="module")
def chat(deploy, client):
    name = deploy(CHAT)
    document = allow("execute-api:ManageConnections", "arn:aws:execute-api:us-east-1:*:*/prod/POST/@connections/*")
    client("iam").put_role_policy(RoleName="function", PolicyName="post", PolicyDocument=document)
    yield name
    client("iam").delete_role_policy(RoleName="function", PolicyName="post")


@pytest.fixture(scope="module")
def api(make_api, v2, integrate, chat):
    """A WebSocket API: routes whose answers go back ($default, two), and others (post, fail, slow, one)."""
    made = make_api(ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    where = {"ApiId": made["ApiId"]}
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn_of(chat)}/invocations"
    target = integrate(made["ApiId"], IntegrationUri=uri, PayloadFormatVersion="1.0")
    for key in ("$connect", "$disconnect", "post", "fail", "slow", "one"):
        v2.create_route(**where, RouteKey=key, Target=target)
    for key in ("$default", "two"):
        route = v2.create_route(**where, RouteKey=key, Target=target, RouteResponseSelectionExpression="$default")
        v2.create_route_response(**where, RouteId=route["RouteId"], RouteResponseKey="$default")
    v2.create_stage(**where, StageName="prod", StageVariables={"color": "red"})
    v2.create_deployment(**where, StageName="prod")
    return made


@pytest.fixture
def connect(api):
    """`connect(query)` opens a connection; closed after the test."""
    opened = []

    def make(query="", **options):
        made = websocket.create_connection(f"{api['ApiEndpoint']}/prod{query}", timeout=30, **options)
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()


def said(connection, **message):
    connection.send(json.dumps(message))
    return json.loads(connection.recv())


def test_a_message_goes_to_the_route_that_its_body_names(connect):
    connection = connect()
    for message, route in (({"action": "two"}, "two"), ({"action": "other"}, "$default"), ({"a": 1}, "$default")):
        event = said(connection, **message)
        assert (event["requestContext"]["routeKey"], event["body"]) == (route, json.dumps(message))
    connection.send("no JSON")
    assert json.loads(connection.recv())["requestContext"]["routeKey"] == "$default"
    connection.send(json.dumps({"action": "$disconnect"}))
    assert json.loads(connection.recv())["requestContext"]["routeKey"] == "$default"


def test_an_event_of_a_message_has_what_aws_sends(connect, api):
    event = said(connect(), action="two")
    context = event.pop("requestContext")
    body = {"body": '{"action": "two"}', "isBase64Encoded": False}
    assert event == {**body, "stageVariables": {"color": "red"}}
    assert {"messageId", "requestId", "extendedRequestId", "connectionId", "requestTime", "connectedAt"} <= set(context)
    known = {name: context[name] for name in ("eventType", "messageDirection", "stage", "apiId", "domainName")}
    assert known == {
        "eventType": "MESSAGE",
        "messageDirection": "IN",
        "stage": "prod",
        "apiId": api["ApiId"],
        "domainName": f"{api['ApiId']}.execute-api.us-east-1.amazonaws.com",
    }


def test_without_a_route_response_nothing_comes_back_but_what_the_function_posts(connect):
    connection = connect()
    connection.send(json.dumps({"action": "one"}))
    connection.send(json.dumps({"action": "post"}))
    assert connection.recv() == "posted"


def test_a_function_that_fails_is_a_message(connect):
    answer = said(connect(), action="fail")
    assert (answer["message"], set(answer)) == ("Internal server error", {"message", "connectionId", "requestId"})


HANDSHAKES = [  # what $connect returns, the status of the handshake
    ({"statusCode": 403, "body": "no"}, 403),
    ({"statusCode": 500}, 500),
    ("no response", 502),
]


@pytest.mark.parametrize(("value", "status"), HANDSHAKES)
def test_connect_decides_on_the_handshake(connect, value, status):
    with pytest.raises(websocket.WebSocketBadStatusException) as error:
        connect("?say=" + quoted(value))
    assert error.value.status_code == status


def quoted(value):
    return quote(json.dumps(value))


def test_connect_chooses_a_subprotocol_that_the_client_offers(connect):
    value = {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "chat"}}
    assert connect("?say=" + quoted(value), subprotocols=["other", "chat"]).subprotocol == "chat"


def test_large_messages_arrive_whole_and_too_large_ones_end_the_connection(connect):
    connection = connect()
    connection.send("x" * 100_000)
    assert json.loads(connection.recv())["body"] == "x" * 100_000
    connection.send("x" * 140_000)
    assert connection.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE


def test_a_message_in_a_hundred_thousand_parts_keeps_nobody_waiting(connect):
    """Each part was added to the sum of all before it, in the thread that serves everybody: for minutes."""
    connection = connect()
    kinds = [websocket.ABNF.OPCODE_TEXT] + [websocket.ABNF.OPCODE_CONT] * 99_999
    connection.sock.sendall(b"".join(websocket.ABNF(0, 0, 0, 0, kind, 1, b"x").format() for kind in kinds))
    connection.ping()
    assert connection.recv_data(control_frame=True)[0] == websocket.ABNF.OPCODE_PONG


def test_who_sends_faster_than_the_function_takes_has_to_wait(connect):
    connection = connect()
    connection.settimeout(1)
    with pytest.raises(websocket.WebSocketTimeoutException):  # the engine has kept 360 MB
        for _ in range(1000):
            connection.send(json.dumps({"action": "slow", "text": "x" * 100_000}))


def test_who_does_not_read_what_is_posted_is_cut_off(client, connect):
    connection, connections = connect(), client("apigatewaymanagementapi")
    where = {"ConnectionId": said(connection, action="two")["requestContext"]["connectionId"]}
    with refused("GoneException"):
        for _ in range(1000):
            connections.post_to_connection(**where, Data=b"x" * 131_072)


@pytest.fixture
def disconnected(client, chat):
    """What $disconnect was told of a connection."""
    logs = client("logs")

    def told(connection_id):
        def events():
            try:
                logged = logs.filter_log_events(logGroupName=f"/aws/lambda/{chat}", filterPattern='"DISCONNECT"')
            except logs.exceptions.ResourceNotFoundException:  # the function has not written yet
                return []
            found = [json.loads(event["message"])["requestContext"] for event in logged["events"]]
            return [event for event in found if event["connectionId"] == connection_id]

        event = eventually(events, 15)[0]
        return event["disconnectStatusCode"], event["disconnectReason"]

    return told


def test_disconnect_is_told_how_the_connection_ended(connect, disconnected):
    connection = connect()
    connection_id = said(connection, action="two")["requestContext"]["connectionId"]
    connection.close(4001, b"bye")
    assert disconnected(connection_id) == (4001, "bye")


def test_disconnect_is_told_of_a_client_that_went_without_a_word(connect, disconnected):
    connection = connect()
    connection_id = said(connection, action="two")["requestContext"]["connectionId"]
    connection.sock.close()
    assert disconnected(connection_id)[0] == 1006


def test_connections_are_posted_to_read_and_ended_at_both_addresses(engine, client, connect, api):
    own = boto3.client(
        "apigatewaymanagementapi",
        endpoint_url=f"{api['ApiEndpoint'].replace('ws:', 'http:')}/prod",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key=secret(engine),
    )
    for connections in (client("apigatewaymanagementapi"), own):
        connection = connect()
        where = {"ConnectionId": said(connection, action="two")["requestContext"]["connectionId"]}
        connections.post_to_connection(**where, Data=b"hello")
        assert connection.recv() == "hello"
        found = connections.get_connection(**where)
        assert found["Identity"]["SourceIp"] == "127.0.0.1" and found["LastActiveAt"] >= found["ConnectedAt"]
        with refused("PayloadTooLargeException"):
            connections.post_to_connection(**where, Data=b"x" * 131_073)
        connections.delete_connection(**where)
        assert connection.recv_data()[0] == websocket.ABNF.OPCODE_CLOSE
        with refused("GoneException"):
            connections.post_to_connection(**where, Data=b"hello")


def test_posting_takes_the_permission_to_manage_connections(connect, actors, api):
    connection = connect()
    where = {"ConnectionId": said(connection, action="two")["requestContext"]["connectionId"]}
    user = actors.user()
    with refused("ForbiddenException"):
        user.client("apigatewaymanagementapi").post_to_connection(**where, Data=b"x")
    arn = f"arn:aws:execute-api:us-east-1:000000000000:{api['ApiId']}/prod/POST/@connections/*"
    user.put(allow("execute-api:ManageConnections", arn))
    user.client("apigatewaymanagementapi").post_to_connection(**where, Data=b"x")
    assert connection.recv() == "x"
    with refused("ForbiddenException"):
        user.client("apigatewaymanagementapi").delete_connection(**where)


def test_an_authorizer_decides_on_the_handshake_and_is_in_every_event(make_api, v2, integrate, deploy, chat):
    made = make_api(ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    where = {"ApiId": made["ApiId"]}
    target = integrate(made["ApiId"], IntegrationUri=arn_of(chat), PayloadFormatVersion="1.0")
    authorizer = v2.create_authorizer(
        **where,
        Name="a",
        AuthorizerType="REQUEST",
        AuthorizerUri=arn_of(deploy(AUTHORIZER)),
        IdentitySource=["route.request.querystring.key"],
    )["AuthorizerId"]
    v2.create_route(**where, RouteKey="$connect", AuthorizationType="CUSTOM", AuthorizerId=authorizer, Target=target)
    route = v2.create_route(**where, RouteKey="$default", Target=target, RouteResponseSelectionExpression="$default")
    v2.create_route_response(**where, RouteId=route["RouteId"], RouteResponseKey="$default")
    v2.create_stage(**where, StageName="prod", AutoDeploy=True)
    for query, status in (("", 401), ("?key=who", 401), ("?key=no", 403)):
        with pytest.raises(websocket.WebSocketBadStatusException) as error:
            websocket.create_connection(f"{made['ApiEndpoint']}/prod{query}", timeout=30)
        assert error.value.status_code == status
    connection = websocket.create_connection(f"{made['ApiEndpoint']}/prod?key=yes", timeout=30)
    assert said(connection, a=1)["requestContext"]["authorizer"] == {"principalId": "me", "kind": "REQUEST"}
    connection.close()


def test_iam_decides_on_the_handshake(make_api, v2, integrate, chat, actors):
    made, user = make_api(ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"), actors.user()
    target = integrate(made["ApiId"], IntegrationUri=arn_of(chat), PayloadFormatVersion="1.0")
    v2.create_route(ApiId=made["ApiId"], RouteKey="$connect", AuthorizationType="AWS_IAM", Target=target)
    v2.create_stage(ApiId=made["ApiId"], StageName="prod", AutoDeploy=True)
    url = f"{made['ApiEndpoint']}/prod"

    def status(**headers):
        try:
            websocket.create_connection(url, timeout=30, header=headers).close()
        except websocket.WebSocketBadStatusException as error:
            return error.status_code
        return 101

    def signed():
        request = AWSRequest("GET", url.replace("ws:", "http:"))
        SigV4Auth(
            Credentials(user.key["AccessKeyId"], user.key["SecretAccessKey"]), "execute-api", "us-east-1"
        ).add_auth(request)
        return dict(request.headers)

    assert (status(), status(**signed())) == (403, 403)
    user.put(allow("execute-api:Invoke", f"arn:aws:execute-api:us-east-1:*:{made['ApiId']}/prod/$connect"))
    assert status(**signed()) == 101


def test_connections_end_with_their_stage_and_their_api(v2):
    made = v2.create_api(Name="engine-test", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    where = {"ApiId": made["ApiId"]}
    v2.create_route(**where, RouteKey="$default")
    for stage in ("one", "two"):
        v2.create_stage(**where, StageName=stage, AutoDeploy=True)
    one, two = (websocket.create_connection(f"{made['ApiEndpoint']}/{stage}", timeout=30) for stage in ("one", "two"))
    v2.delete_stage(**where, StageName="one")
    assert one.recv_data() == (websocket.ABNF.OPCODE_CLOSE, b"\x03\xe9Going away")
    two.ping()
    v2.delete_api(**where)
    assert two.recv_data() == (websocket.ABNF.OPCODE_CLOSE, b"\x03\xe9Going away")


def test_a_stage_that_is_not_there_and_a_function_that_forbids_it_refuse_the_handshake(
    client, make_api, v2, integrate, deploy
):
    name = deploy(CHAT, permitted=False)
    made = make_api(ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    target = integrate(made["ApiId"], IntegrationUri=arn_of(name), PayloadFormatVersion="1.0")
    v2.create_route(ApiId=made["ApiId"], RouteKey="$connect", Target=target)
    v2.create_stage(ApiId=made["ApiId"], StageName="prod", AutoDeploy=True)

    def status(stage):
        try:
            websocket.create_connection(f"{made['ApiEndpoint']}/{stage}", timeout=30).close()
        except websocket.WebSocketBadStatusException as error:
            return error.status_code
        return 101

    assert (status("other"), status("prod")) == (403, 500)
    allow_gateway(client("lambda"), name, f"{made['ApiId']}/*/$connect")
    assert status("prod") == 101
