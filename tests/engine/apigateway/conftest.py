"""A client of API Gateway, a REST API, and a house with one."""

import pytest
from rest_api_kit import House


@pytest.fixture
def gateway(client):
    return client("apigateway")


@pytest.fixture
def api(gateway):
    """The id of a REST API, deleted after the test."""
    made = gateway.create_rest_api(name="engine-test")
    yield made["id"]
    gateway.delete_rest_api(restApiId=made["id"])


@pytest.fixture(scope="module")
def house(engine, client):
    """A REST API with functions; gone in the end."""
    made = House(engine, client)
    yield made
    made.clean_up()
