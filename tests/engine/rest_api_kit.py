"""REST APIs made for tests, and requests to them."""

import json
import urllib.error
import urllib.request

TEXT = "def handler(event, context):\n    return 'Hello world'\n"


def resource(gateway, api, path="thing"):
    root = next(item["id"] for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == "/")
    return gateway.create_resource(restApiId=api, parentId=root, pathPart=path)["id"]


def find(gateway, api, path="/thing"):
    return next(item["id"] for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == path)


def proxy(gateway, api, function, **integration):
    """GET /thing, with an integration of type AWS_PROXY."""
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE")
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function.name}"
    gateway.put_integration(
        **where,
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations",
        **integration,
    )
    return where


def translated(gateway, api, function, **integration):
    """POST /thing, with an integration of type AWS instead of AWS_PROXY."""
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "POST"}
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:{function.name}"
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(
        **where,
        type="AWS",
        integrationHttpMethod="POST",
        uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations",
        **integration,
    )
    gateway.put_method_response(**where, statusCode="200")
    gateway.put_integration_response(**where, statusCode="200")
    return where


def mock(gateway, api, **method):
    """GET /thing, with an integration of type MOCK."""
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE", **method)
    gateway.put_integration(**where, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
    gateway.put_method_response(**where, statusCode="200")
    gateway.put_integration_response(**where, statusCode="200")


def allow(client, function):
    """API Gateway may call it, whether or not the engine enforces IAM."""
    client("lambda").add_permission(
        FunctionName=function.name,
        StatementId="gateway",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
    )


def get(engine, api, path, *, data=None, **headers):
    host = f"{api}.execute-api.us-east-1.amazonaws.com"
    request = urllib.request.Request(f"{engine.endpoint}{path}", data=data, headers={"Host": host, **headers})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
