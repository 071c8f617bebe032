"""Nodes and cost of a classroom on Kubernetes: the figures, computed by hand."""

import re

import pytest

from classroom import costs
from helpers.state.home import ROOT

pytestmark = pytest.mark.once

NODE = costs.Node("a node", memory=10 * 10**9, cpus=4, usd=1.0, taken_memory=10**9, taken_cpus=1)


def test_memory_decides_how_many_fit_on_a_node_where_it_runs_out_first():
    one = costs.estimate(10, 8, costs.Needs(10**9, 0.1), NODE)  # nine each: two nodes, and one for the hub
    assert (one.a_node, one.nodes) == (9, 3)
    assert one.usd_an_hour == pytest.approx(3.10) and one.usd_each == pytest.approx(3.10 * 8 / 10)


def test_processors_decide_where_they_run_out_first():
    assert costs.estimate(10, 8, costs.Needs(10**9, 1), NODE).a_node == 3


def test_each_thousand_attendees_have_a_hub_of_their_own():
    one = costs.estimate(10_000, 1, costs.Needs(10**9, 0.1), NODE)
    assert one.nodes == 1112 + 10 and one.usd_an_hour == pytest.approx(1122 + 1.0)


def test_a_node_that_holds_nobody_is_an_error():
    with pytest.raises(ValueError, match="has no room"):
        costs.estimate(1, 8, costs.Needs(10**10, 0.1), NODE)


@pytest.mark.parametrize(("text", "number"), [("512M", 512e6), ("1Gi", 2**30), ("100m", 0.1), (0.5, 0.5), ("2", 2)])
def test_kubernetes_quantities_are_read(text, number):
    assert costs.quantity(text) == pytest.approx(number)


def test_what_an_attendee_needs_is_the_servers_request_and_those_beside_it():
    values = {
        "singleuser": {
            "memory": {"guarantee": "500M"},
            "cpu": {"guarantee": 0.5},
            "extraContainers": [{"resources": {"requests": {"cpu": "100m", "memory": "300M"}}}],
        }
    }
    assert costs.needs(values) == costs.Needs(pytest.approx(8e8), pytest.approx(0.6))


def test_the_table_in_the_readme_is_what_is_computed():
    text = (ROOT / "classroom" / "README.md").read_text()
    rows = re.findall(r"^\| ([\d,]+) \| (\d+) \| ([\d,.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert rows == list(costs.table().rows)
