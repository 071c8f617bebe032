"""The map of a REST API: what it reads, what it draws, and what stands out."""

import re
from xml.etree import ElementTree

import pytest
from fake_rest_api import HELLO, LAMBDA, Backend

from helpers.widgets import ApiMap
from helpers.widgets.api_map.rest_api import Method, Stage, read, target


@pytest.fixture
def backend():
    return Backend()


def boxes(html: str, *, colour: str = "") -> int:
    return len([style for style in re.findall(r'<rect [^>]*style="([^"]*)"', html) if colour in style])


def test_methods_are_read_in_the_order_of_their_paths_with_what_they_call(backend):
    backend.resources["/users"] = {
        "POST": {
            "apiKeyRequired": True,
            "authorizationType": "AWS_IAM",
            "requestValidatorId": "v",
            "requestModels": {"application/json": "Profile"},
            "methodIntegration": {"type": "AWS_PROXY", "uri": HELLO},
        },
        "GET": {"authorizationType": "NONE"},
    }
    backend.resources["/a"] = {}
    backend.deploy("test", greeting="Bonjour")
    backend.resources["/users"]["PUT"] = {}
    api = read(backend, "abc")
    assert api.paths == ("/", "/a", "/users")
    assert api.methods == (
        Method("/users", "GET", stages=("test",)),
        Method(
            "/users",
            "POST",
            "AWS_PROXY",
            "Lambda HelloWorld",
            ("API key", "AWS_IAM", "model Profile"),
            ("test",),
        ),
        Method("/users", "PUT"),
    )
    assert api.stages == (Stage("test", "d0", (("greeting", "Bonjour"),)),)
    assert [method.live for method in api.methods] == [True, True, False]


def test_a_model_without_a_validator_checks_nothing_and_is_not_noted(backend):
    backend.resources["/a"] = {"GET": {"requestModels": {"application/json": "Profile"}}}
    assert read(backend, "abc").methods[0].notes == ()


@pytest.mark.parametrize(
    ("integration", "words"),
    [
        ({"uri": HELLO}, "Lambda HelloWorld"),
        ({"uri": HELLO, "credentials": "arn:aws:iam::000000000000:role/a/gateway"}, "Lambda HelloWorld, as gateway"),
        ({"uri": LAMBDA.format(HELLO.split("/")[3] + ":live")}, "Lambda HelloWorld:live"),
        ({"uri": LAMBDA.format("${stageVariables.function}")}, "Lambda ${stageVariables.function}"),
        ({"uri": "arn:aws:apigateway:us-east-1:sqs:path/000000000000/orders"}, "sqs orders"),
        ({"uri": "arn:aws:apigateway:us-east-1:dynamodb:action/GetItem"}, "dynamodb GetItem"),
        ({"uri": "http://127.0.0.1:80/weather"}, "http://127.0.0.1:80/weather"),
        ({"type": "MOCK"}, "API Gateway itself"),
        ({}, ""),
    ],
)
def test_the_target_of_an_integration_is_said_in_words(integration, words):
    assert target(integration) == words


def test_text_and_picture_hold_the_same(backend):
    backend.resources["/{hello+}"] = {"ANY": {"methodIntegration": {"type": "AWS_PROXY", "uri": HELLO}}}
    backend.deploy("test", greeting="Bonjour")
    shown = ApiMap(backend, "abc")
    assert repr(shown).splitlines() == [
        "hello <1> · stages: test (greeting=Bonjour)",
        "resource   method  integration                    live in",
        "/",
        "/{hello+}  ANY     AWS_PROXY · Lambda HelloWorld  test",
    ]
    picture = ElementTree.fromstring(shown._repr_html_())  # well-formed, so every name is escaped
    words = [element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    for word in ("hello <1>", "/test", "/{hello+}", "ANY", "AWS_PROXY", "Lambda HelloWorld"):
        assert word in words
    assert picture.get("aria-label") == repr(shown).replace("\n", " ")  # what an attribute makes of lines


def test_an_empty_api_is_drawn_too(backend):
    shown = ApiMap(backend, "abc")
    assert "stages: none" in repr(shown)
    ElementTree.fromstring(shown.html())


def test_what_is_not_deployed_is_dashed(backend):
    backend.resources["/a"] = {"GET": {"methodIntegration": {"type": "MOCK"}}}
    shown = ApiMap(backend, "abc")
    assert boxes(shown.html(), colour="dasharray") == 4  # the root, a resource, its method and integration
    assert "no stage" in repr(shown)
    backend.deploy("test")
    assert boxes(shown.refresh().html(), colour="dasharray") == 0


def test_a_resource_is_deployed_with_a_method_below_it(backend):
    backend.resources |= {"/a": {}, "/a/b": {"GET": {}}, "/ab": {}}
    backend.deploy("test")
    assert boxes(ApiMap(backend, "abc").html(), colour="dasharray") == 1  # /ab


def test_what_came_with_the_last_reading_stands_out_until_the_next(backend):
    shown = ApiMap(backend, "abc")
    assert boxes(shown.html(), colour="brand") == 0  # the first map has no before
    backend.resources["/a"] = {"GET": {}}
    assert boxes(shown.refresh().html(), colour="brand") == 2  # resource and method
    backend.resources["/a"]["GET"] = {"methodIntegration": {"type": "MOCK"}}
    assert boxes(shown.refresh().html(), colour="brand") == 1  # the integration
    assert boxes(shown.refresh().html(), colour="brand") == 0


def test_a_new_deployment_makes_its_stage_stand_out(backend):
    backend.resources["/a"] = {"GET": {"methodIntegration": {"type": "MOCK"}}}
    backend.deploy("test")
    shown = ApiMap(backend, "abc")
    backend.deploy("test")
    assert boxes(shown.refresh().html(), colour="brand") == 1
    assert boxes(shown.refresh().html(), colour="brand") == 0


def test_an_api_that_is_gone_is_an_error(backend):
    with pytest.raises(AssertionError):
        ApiMap(backend, "other")
