"""Nodes and cost of a classroom on Kubernetes, for so many attendees: ``python -m classroom.costs [N…] [--hours 8]``.

What an attendee needs is read from the requests in `kubernetes/values.yaml`, which are what was measured. The nodes
are m7i.4xlarge of AWS in us-east-1; another cloud's are compared by their memory: it is what a node runs out of first.
"""

import argparse
import math
import sys
from dataclasses import dataclass
from typing import Any

import yaml

from classroom.places import HERE
from helpers.table import Table

EXAMPLES = (10, 30, 100, 300, 1000, 3000, 10_000)
UNITS = {"M": 10**6, "Mi": 2**20, "G": 10**9, "Gi": 2**30}


@dataclass(frozen=True)
class Node:
    """A kind of node: memory in bytes, vCPUs, USD an hour; what its system and each node's own pods take of it."""

    name: str
    memory: int
    cpus: float
    usd: float
    taken_memory: int
    taken_cpus: float


# "Amazon EC2 On-Demand Pricing": m7i.xlarge with Linux in us-east-1 costs 0.2016 USD an hour, a 4xlarge four times
# that. (The page inserts its figures with a script; compared with what others published in 2026.) It has 16 vCPUs and
# 64 GiB. What is taken of it is our assumption, on the high side.
NODE = Node("m7i.4xlarge", 64 * 2**30, 16, 4 * 0.2016, 6 * 2**30, 1)
# "Amazon EKS pricing", March 2026: a cluster with a Kubernetes version in standard support.
CLUSTER = 0.10
# Hub, proxy, scheduler and places for who comes next have a node of their own for each thousand attendees, and each
# such thousand is a cluster of its own. Our assumption: we have tried a hub with 20 attendees, not with a thousand.
A_HUB = 1000


@dataclass(frozen=True)
class Needs:
    """What an attendee's pod requests: memory in bytes, and processors."""

    memory: float
    cpus: float


@dataclass(frozen=True)
class Estimate:
    """Attendees, who fit on a node, nodes with the hubs' own, USD an hour for all, USD for each for the hours."""

    attendees: int
    a_node: int
    nodes: int
    usd_an_hour: float
    usd_each: float


def needs(values: dict[str, Any] | None = None) -> Needs:
    """Return what the chart's values (by default ours) request for an attendee: the server, and containers beside."""
    values = values or yaml.safe_load((HERE / "kubernetes" / "values.yaml").read_text())
    user = values["singleuser"]
    beside = [one["resources"]["requests"] for one in user["extraContainers"]]
    memory = [user["memory"]["guarantee"], *(one["memory"] for one in beside)]
    cpus = [user["cpu"]["guarantee"], *(one["cpu"] for one in beside)]
    return Needs(sum(map(quantity, memory)), sum(map(quantity, cpus)))


def quantity(text: str | float) -> float:
    """Return a Kubernetes quantity as a number: bytes of 512M, processors of 100m. Raises: KeyError for other units."""
    text = str(text)
    digits = text.rstrip("MGim")
    return float(digits) * {"": 1, "m": 0.001, **UNITS}[text.removeprefix(digits)]


def estimate(attendees: int, hours: float = 8, one: Needs | None = None, node: Node = NODE) -> Estimate:
    """Compute nodes and cost. `hours`: how long all are there; nothing is counted before and after.

    Not counted: storage, load balancer, traffic. Raises: ValueError if a node holds nobody.
    """
    one = one or needs()
    a_node = int(min((node.memory - node.taken_memory) / one.memory, (node.cpus - node.taken_cpus) / one.cpus))
    if a_node < 1:
        raise ValueError(f"{node.name} has no room for an attendee")
    hubs = math.ceil(attendees / A_HUB)
    nodes = math.ceil(attendees / a_node) + hubs
    usd = nodes * node.usd + hubs * CLUSTER
    return Estimate(attendees, a_node, nodes, usd, usd * hours / attendees)


def table(attendees: tuple[int, ...] = EXAMPLES, hours: float = 8) -> Table:
    """Return the estimates as a table."""
    rows = [
        (f"{one.attendees:,}", str(one.nodes), f"{one.usd_an_hour:,.2f}", f"{one.usd_each:.2f}")
        for one in (estimate(number, hours) for number in attendees)
    ]
    return Table(("attendees", f"nodes {NODE.name}", "USD an hour", f"USD each for {hours:g} h"), rows)


def main(arguments: list[str]) -> int:
    """Print the table. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m classroom.costs", description="Nodes and cost of a classroom on Kubernetes."
    )
    parser.add_argument("attendees", type=int, nargs="*", help="how many; several are several rows")
    parser.add_argument("--hours", type=float, default=8, help="for how long (8)")
    options = parser.parse_args(arguments)
    if any(number < 1 for number in options.attendees) or options.hours <= 0:
        parser.error("numbers of attendees and of hours are above 0")
    one = needs()
    print(f"An attendee requests {one.memory / 1e6:.0f} MB and {one.cpus:g} vCPU; {estimate(1).a_node} fit on a node.")
    print(table(tuple(options.attendees) or EXAMPLES, options.hours))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
