"""Which route of an HTTP API a request is for.

Source: API Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway", the table of "Routing API requests"
(2026-11).
"""

import pytest

from helpers.engine.apigatewayv2 import routing

AWS = ("GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default")
ROWS = [  # routes, method, path, the route's key and its path parameters
    (AWS, "GET", "/pets/dog/1", "GET /pets/dog/1", {}),
    (AWS, "GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
    (AWS, "GET", "/pets/cat/1", "GET /pets/{proxy+}", {"proxy": "cat/1"}),
    (AWS, "POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
    (AWS, "GET", "/", "$default", {}),
    (("ANY /a", "GET /a"), "GET", "/a", "GET /a", {}),
    (("ANY /a", "GET /a"), "POST", "/a", "ANY /a", {}),
    (("GET /{x}/b", "GET /a/{y}"), "GET", "/a/b", "GET /a/{y}", {"y": "b"}),
    (("GET /a/{p+}", "GET /a/{x}/c"), "GET", "/a/b/c", "GET /a/{x}/c", {"x": "b"}),
    (("GET /a",), "GET", "/a/", None, None),
    (("GET /a/{x}",), "GET", "/a/", None, None),
    (("GET /a/{p+}",), "GET", "/a", None, None),
    (("GET /a",), "POST", "/a", None, None),
]


@pytest.mark.parametrize(("routes", "method", "path", "key", "parameters"), ROWS)
def test_the_most_specific_route_is_selected(routes, method, path, key, parameters):
    for order in (routes, routes[::-1]):
        found = routing.select_route([{"RouteKey": route} for route in order], method, path)
        assert (found[0]["RouteKey"], found[1]) == (key, parameters) if key else found is None
