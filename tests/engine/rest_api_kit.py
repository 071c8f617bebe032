"""REST APIs made for tests, and requests to them."""

import json
import urllib.error
import urllib.request
import uuid

import kit

TEXT = "def handler(event, context):\n    return 'Hello world'\n"


def resource(gateway, api, path="thing"):
    root = next(item["id"] for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == "/")
    return gateway.create_resource(restApiId=api, parentId=root, pathPart=path)["id"]


def find(gateway, api, path="/thing"):
    return next(item["id"] for item in gateway.get_resources(restApiId=api)["items"] if item["path"] == path)


def proxy(gateway, api, function, parameters=(), **integration):
    """GET /thing, with an integration of type AWS_PROXY; `parameters` are optional ones of the method."""
    where = {"restApiId": api, "resourceId": resource(gateway, api), "httpMethod": "GET"}
    gateway.put_method(**where, authorizationType="NONE", requestParameters=dict.fromkeys(parameters, False))
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


ECHO = "import json\ndef handler(event, context):\n    return {'body': json.dumps(event)}\n"


class House:
    """One REST API with functions behind it, made for a module of tests: `clean_up` deletes all."""

    def __init__(self, engine, client, **options):
        self.engine, self.client, self.gateway = engine, client, client("apigateway")
        self.api = self.gateway.create_rest_api(name="engine-test", **options)["id"]
        self.functions = []

    def function(self, source, **configuration):
        """Deploy a function that API Gateway may call; its invocation URI."""
        lam, name = self.client("lambda"), f"f-{uuid.uuid4().hex[:10]}"
        self.functions.append(name)
        code = {"ZipFile": kit.zipped({"index.py": source})}
        lam.create_function(
            FunctionName=name, Runtime="python3.13", Handler="index.handler", Role=kit.ROLE, Code=code, **configuration
        )
        kit.wait_until_active(lam, name)
        arn = f"arn:aws:lambda:us-east-1:000000000000:function:{name}"
        return f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations"

    def permit(self, uri, source_arn):
        self.client("lambda").add_permission(
            FunctionName=uri.split(":function:")[1].split("/")[0],
            StatementId=uuid.uuid4().hex,
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=f"arn:aws:execute-api:us-east-1:000000000000:{self.api}/{source_arn}",
        )

    def method(self, path, uri, verb="GET", authorization="NONE", integration=None, **method):
        """A method of /path, with a proxy integration; where it is."""
        known = {item["path"]: item["id"] for item in self.gateway.get_resources(restApiId=self.api)["items"]}
        where = {"restApiId": self.api, "resourceId": known.get(f"/{path}"), "httpMethod": verb}
        if not where["resourceId"]:
            where["resourceId"] = resource(self.gateway, self.api, path)
        self.gateway.put_method(**where, authorizationType=authorization, **method)
        made = {"type": "AWS_PROXY", "integrationHttpMethod": "POST", "uri": uri, **(integration or {})}
        self.gateway.put_integration(**where, **made)
        return where

    def deploy(self, stage="live", **options):
        self.gateway.create_deployment(restApiId=self.api, stageName=stage, **options)

    def ask(self, path, verb="GET", data=None, stage="live", **headers):
        """(status, headers, body parsed if it is JSON)"""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{self.engine.endpoint}/_aws/execute-api/{self.api}/{stage}{path}"
        request = urllib.request.Request(url, data=data, headers=given, method=verb)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                status, answered, body = response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            status, answered, body = error.code, error.headers, error.read()
        try:
            return status, answered, json.loads(body)
        except ValueError:
            return status, answered, body

    def clean_up(self):
        self.gateway.delete_rest_api(restApiId=self.api)
        for name in self.functions:
            self.client("lambda").delete_function(FunctionName=name)
