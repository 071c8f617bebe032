"""A client of API Gateway and a REST API."""

import pytest


@pytest.fixture
def gateway(client):
    return client("apigateway")


@pytest.fixture
def api(gateway):
    """The id of a REST API, deleted after the test."""
    made = gateway.create_rest_api(name="engine-test")
    yield made["id"]
    gateway.delete_rest_api(restApiId=made["id"])
