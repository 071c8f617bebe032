"""Queries that are run again on lines made up for it."""

import json

from helpers.exercises.evidence import queries

GROUP = "/lab10/shop"


class Logs:
    """CloudWatch Logs with queries of the shop's group, and lines of one order; a query's rows are its own text."""

    backend = "embedded"

    def __init__(self, lines=()):
        self.groups, self.put, self.lines = {GROUP: 1000}, [], list(lines)

    def client(self, service):
        return self

    def describe_log_groups(self, logGroupNamePrefix):  # noqa: N803 (AWS's spelling)
        return {
            "logGroups": [
                {"logGroupName": f"{GROUP}/b", "creationTime": 0},
                {"logGroupName": GROUP, "creationTime": 10},
            ]
        }

    def describe_queries(self, logGroupName, status, maxResults):  # noqa: N803
        times = {"old": 9, "first": 11, "second": 12, "again": 13}
        return {
            "queries": [
                {"createTime": at, "queryString": "first" if text == "again" else text} for text, at in times.items()
            ]
        }

    def create_log_group(self, logGroupName):  # noqa: N803
        self.groups[logGroupName] = 0

    def create_log_stream(self, **named):
        pass

    def put_log_events(self, logGroupName, logStreamName, logEvents):  # noqa: N803
        self.put = [event["message"] for event in logEvents]

    def delete_log_group(self, logGroupName):  # noqa: N803
        del self.groups[logGroupName]

    def start_query(self, logGroupNames, queryString, **window):  # noqa: N803
        assert logGroupNames[0] in self.groups
        return {"queryId": queryString}

    def get_query_results(self, queryId):  # noqa: N803
        row = [{"field": "a", "value": queryId}, {"field": "@ptr", "value": "p"}, {"field": "n", "value": "7"}]
        return {"status": "Complete", "results": [row]}

    def get_paginator(self, operation):
        return self

    def paginate(self, logGroupName, filterPattern):  # noqa: N803
        yield {"events": [{"message": line} for line in self.lines]}


def test_queries_are_those_since_the_group_was_made_the_latest_first_and_each_once():
    assert queries.latest(Logs(), GROUP) == ["first", "second"]


def test_queries_run_on_a_group_of_their_own_which_is_gone_afterwards():
    logs = Logs()
    assert queries.run_all(logs, ["one", "two"], ["line"], sleep=None) == [[["one", "7"]], [["two", "7"]]]
    assert (list(logs.groups), logs.put) == ([GROUP], ["line"])


def test_made_up_orders_are_expected_without_payments_and_failed_logins():
    lines, expected = queries.made_up_orders()
    said = [json.loads(line) for line in lines]
    sums = {}
    for one in said:
        if one["message"] == "order received":
            sums[one["country"]] = sums.get(one["country"], 0) + one["amount"]
    assert len(sums) == 3 and sorted(sums.items(), key=lambda item: -item[1]) == expected
    assert sum(one["amount"] for one in said) > sum(sums.values())


def test_a_row_is_a_country_and_a_sum_in_either_order():
    assert queries.sums([["SE", "7.5"], ["3", "NO"], ["SE"], ["a", "b"], ["1", "2"]]) == [("SE", 7.5), ("NO", 3.0)]


def test_a_debug_line_is_waited_for_but_not_for_ever():
    lines, times = [json.dumps({"level": "INFO"}), json.dumps({"type": "x"})], iter(range(9))
    logs, slept = Logs(lines), []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 2:
            logs.lines.append(json.dumps({"level": "DEBUG"}))

    clock = lambda: next(times)  # noqa: E731
    assert queries.levels(logs, GROUP, 7, seconds=5, sleep=sleep, clock=clock) == ["INFO", "no level", "DEBUG"]
    assert queries.levels(Logs(lines), GROUP, 7, seconds=1, sleep=slept.append, clock=clock) == ["INFO", "no level"]
