"""A function that says what it was sent, and APIs in front of it."""

import uuid

import pytest
from http_api_kit import ECHO, allow_gateway, arn_of
from kit import ROLE, wait_until_active, zipped


@pytest.fixture(scope="module")
def deploy(client):
    """`deploy(source)` makes a function that every API may call; returns its name."""
    lam, names = client("lambda"), []

    def make(source, permitted=True, **configuration):
        name = f"v2-{uuid.uuid4().hex[:8]}"
        names.append(name)
        settings = {"Runtime": "python3.13", "Handler": "index.handler", "Role": ROLE, **configuration}
        lam.create_function(FunctionName=name, Code={"ZipFile": zipped({"index.py": source})}, **settings)
        wait_until_active(lam, name)
        if permitted:
            allow_gateway(lam, name)
        return name

    yield make
    for name in names:
        lam.delete_function(FunctionName=name)


@pytest.fixture(scope="module")
def echo(deploy):
    return deploy(ECHO)


@pytest.fixture(scope="module")
def v2(client):
    return client("apigatewayv2")


@pytest.fixture(scope="module")
def make_api(v2):
    """`make_api(…)` is CreateApi; deleted after the tests of the module."""
    made = []

    def make(**parameters):
        api = v2.create_api(**{"Name": "engine-test", "ProtocolType": "HTTP", **parameters})
        made.append(api["ApiId"])
        return api

    yield make
    for api_id in made:
        v2.delete_api(ApiId=api_id)


@pytest.fixture(scope="module")
def integrate(v2, echo):
    """`integrate(api_id, **of CreateIntegration)` gives the target of a route: the function, in format 2.0."""

    def make(api_id, **parameters):
        usual = {"IntegrationType": "AWS_PROXY", "IntegrationUri": arn_of(echo), "PayloadFormatVersion": "2.0"}
        made = v2.create_integration(ApiId=api_id, **{**usual, **parameters})
        return f"integrations/{made['IntegrationId']}"

    return make
