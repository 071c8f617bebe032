"""Mapping templates: what Velocity and JSONPath give on AWS, and what a template cannot reach or take."""

import json
import time

import pytest
from rest_api_kit import resource

BOOKS = {"store": {"book": [{"t": "a", "p": 5}, {"t": "b", "p": 20}], "a-b": 7, "one": [{"n": 1}], "s": "a,b"}}


@pytest.fixture(scope="module")
def rendered(house):
    """`rendered(templates)`: for each, the answer of a method that has it; from one deployment."""

    def render(templates):
        known = {}
        for number, template in enumerate(templates):
            where = {
                "restApiId": house.api,
                "resourceId": resource(house.gateway, house.api, f"t{number}-{time.time_ns()}"),
                "httpMethod": "POST",
            }
            house.gateway.put_method(**where, authorizationType="NONE")
            # The request's own body is in request templates alone.
            own = f"#set($context.responseOverride.header.found = {template})" if "$input.json" in template else ""
            given = {"application/json": own + '{"statusCode": 200}'}
            house.gateway.put_integration(**where, type="MOCK", requestTemplates=given)
            house.gateway.put_method_response(**where, statusCode="200")
            house.gateway.put_integration_response(
                **where, statusCode="200", responseTemplates={"application/json": template}
            )
            known[template] = house.gateway.get_resource(restApiId=house.api, resourceId=where["resourceId"])["path"]
        house.deploy()
        kind = {"Content-Type": "application/json"}
        return {
            template: house.ask(f"{path}?q=1", "POST", json.dumps(BOOKS).encode(), **kind)
            for template, path in known.items()
        }

    return render


# Velocity's user guide, Java's String, List and Map, and Jayway's JsonPath, which AWS's guide names (2026-11).
GIVEN = {
    '{"a": "$util.base64Decode("aGk=")"}': {"a": "hi"},
    '#set($m = {"k": "v"}){"a": "$m.get("k").toUpperCase()", "n": $m.size(), "l": "$m.keySet()"}': {
        "a": "V",
        "n": 1,
        "l": "[k]",
    },
    '#set($s = "a1b22"){"a": "$s.replaceAll("\\d+", "-")", "n": $s.split("\\d").size(), "m": $s.matches("a.*")}': {
        "a": "a-b-",
        "n": 2,
        "m": True,
    },
    '{"q": "$input.params("q")", "n": $input.params().path.size()}': {"q": "1", "n": 0},
    '{"length": $context.requestId.length()}': {"length": 36},
}


def test_values_have_the_methods_of_javas(rendered):
    for template, (status, _, body) in rendered(GIVEN).items():
        assert (status, body) == (200, GIVEN[template]), template


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.store.book[?(@.p<10)].t", ["a"]),
        ("$.store.one[*].n", [1]),
        ("$..n", [1]),
        ("$.store.a-b", 7),
        ("$.store.book[-1].t", "b"),
    ],
)
def test_a_path_that_can_find_several_is_a_list(rendered, path, found):
    ((_, headers, _),) = rendered([f"$input.json('{path}')"]).values()
    assert json.loads(headers["found"]) == found


UNREACHABLE = (
    "$input.__class__.__name__",
    "$util.base64Encode.__func__.__globals__.keySet()",
    "#set($text = '{0.__class__}')$text.format($util)",
    "$context.keySet().__class__",
)


def test_a_template_reaches_nothing_of_python(rendered):
    answers = rendered(UNREACHABLE)
    assert {(status, body) for status, _, body in answers.values()} == {(200, b"")}


TOO_MUCH = (
    "#foreach($i in [1..1001])x#end",
    "#foreach($i in [1..1000000000])x#end",
    "#foreach($i in [1..1000])#foreach($j in [1..1000])x#end#end",
    '#set($s = "ab")' + '#set($s = "$s$s")' * 40,
)


def test_a_template_that_takes_too_much_is_an_error(rendered):
    assert {status for status, *_ in rendered(TOO_MUCH).values()} == {500}


def test_numbers_and_expressions_take_no_time(rendered):
    began = time.monotonic()
    answers = rendered(["#set($n = 3)" + "#set($n = $n * $n)" * 40, '$input.path("$.store.s").matches("(a+)+$")'])
    assert [status for status, *_ in answers.values()] == [200, 200]
    assert time.monotonic() - began < 5
