"""All pages of what AWS lists."""

from types import SimpleNamespace

from helpers.backend import pages


def test_the_items_of_all_pages_are_collected_also_where_a_page_has_none():
    asked = []
    answers = [{"Roles": [1, 2]}, {}, {"Roles": [3]}]
    paginator = SimpleNamespace(paginate=lambda **arguments: asked.append(arguments) or answers)
    api = SimpleNamespace(get_paginator=lambda operation: {"list_roles": paginator}[operation])
    assert pages.collect(api, "list_roles", "Roles", PathPrefix="/") == [1, 2, 3]
    assert asked == [{"PathPrefix": "/"}]
