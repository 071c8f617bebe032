"""Gateway responses: what an API makes of API Gateway's own answers."""

import pytest


@pytest.fixture(scope="module")
def house(house):
    house.method("signed", "", authorization="AWS_IAM", integration={"type": "MOCK", "uri": ""})
    broken = house.function("def handler(event, context):\n    return 5\n")
    house.permit(broken, "*")
    house.method("{broken}", broken)
    house.deploy()
    return house


# (types that the API sets, path, status, headers, body)
# "Set up a gateway response using the API Gateway REST API", API Gateway Developer Guide (2026-11), has the names.
SET = {
    "a status alone": (
        {"MISSING_AUTHENTICATION_TOKEN": {"statusCode": "404"}},
        ("/signed", 404, {"Content-Type": "application/json"}, {"message": "Missing Authentication Token"}),
    ),
    "a template": (
        {
            "MISSING_AUTHENTICATION_TOKEN": {
                "responseTemplates": {
                    "application/json": '{"said": $context.error.messageString, "type": "$context.error.responseType", '
                    '"stage": "$context.stage", "path": "$context.resourcePath", "v": "$stageVariables.v", '
                    '"q": "$method.request.querystring.q", "none": "$context.nothing", "cost": "5 $"}'
                }
            }
        },
        (
            "/signed?q=1",
            403,
            {"Content-Type": "application/json"},
            {"said": "Missing Authentication Token", "type": "MISSING_AUTHENTICATION_TOKEN", "stage": "live"}
            | {"path": "/signed", "v": "1", "q": "1", "none": "", "cost": "5 $"},
        ),
    ),
    "headers": (
        {
            "DEFAULT_4XX": {
                "responseParameters": {
                    "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
                    "gatewayresponse.header.X-Query": "method.request.querystring.q",
                    "gatewayresponse.header.X-Stage": "context.stage",
                }
            }
        },
        (
            "/signed?q=a",
            403,
            {"Access-Control-Allow-Origin": "*", "X-Query": "a", "X-Stage": "live"},
            {"message": "Missing Authentication Token"},
        ),
    ),
    "all failures of the backend": (
        {
            "DEFAULT_5XX": {
                "statusCode": "500",
                "responseTemplates": {"text/plain": "sorry: $context.error.message"},
            }
        },
        ("/any", 500, {"Content-Type": "text/plain"}, b"sorry: Internal server error"),
    ),
    "of another type": (
        {"THROTTLED": {"statusCode": "400"}},
        ("/signed", 403, {"Content-Type": "application/json"}, {"message": "Missing Authentication Token"}),
    ),
    "of no method": (
        {"MISSING_AUTHENTICATION_TOKEN": {"responseParameters": {"gatewayresponse.header.X-Why": "'no method'"}}},
        ("/signed/no/such", 403, {"X-Why": "no method"}, {"message": "Missing Authentication Token"}),
    ),
}


@pytest.mark.parametrize(("responses", "expected"), SET.values(), ids=list(SET))
def test_an_api_words_what_api_gateway_answers(house, responses, expected):
    path, status, headers, body = expected
    for kind, response in responses.items():
        house.gateway.put_gateway_response(restApiId=house.api, responseType=kind, **response)
    try:
        house.deploy(variables={"v": "1"})
        answered = house.ask(path)
        assert answered[::2] == (status, body)
        assert {name: answered[1][name] for name in headers} == headers
    finally:
        for kind in responses:
            house.gateway.delete_gateway_response(restApiId=house.api, responseType=kind)


def test_the_template_is_the_one_that_the_request_accepts(house):
    templates = {"application/json": '{"a": 1}', "text/html": "<p>$context.error.message</p>"}
    kind = "MISSING_AUTHENTICATION_TOKEN"
    house.gateway.put_gateway_response(restApiId=house.api, responseType=kind, responseTemplates=templates)
    try:
        house.deploy()
        assert house.ask("/signed", Accept="text/html, */*")[2] == b"<p>Missing Authentication Token</p>"
        assert house.ask("/signed", Accept="image/png")[2] == {"a": 1}
    finally:
        house.gateway.delete_gateway_response(restApiId=house.api, responseType=kind)
