"""The query language of CloudWatch Logs Insights.

Sources: CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax", its pages on each command,
"Sample queries" and "Supported logs and discovered fields" (2026-11).
"""

import pytest

from helpers.engine.logs.insights.parser import parse
from helpers.engine.logs.insights.records import Record
from helpers.engine.logs.insights.scanner import AbsentCommandError, MalformedQueryError
from helpers.engine.logs.insights.times import Moment

REQUEST = "11111111-2222-3333-4444-555555555555"
MESSAGES = [
    f"START RequestId: {REQUEST} Version: $LATEST\n",
    f'2026-11-29T07:00:00.000Z\t{REQUEST}\tINFO\t{{"level":"ERROR","code":500,"user":{{"name":"x"}},"list":[1,2]}}\n',
    "user=bob took 12.5 ms",
    "user=al took 7 ms",
    f"REPORT RequestId: {REQUEST}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t"
    "Max Memory Used: 50 MB\tInit Duration: 100.5 ms\t\n",
]
BEGAN = 1_764_400_000_000  # 2025-11-29 07:06:40; an event a minute


def run(query, limit=100):
    """The results, without @ptr."""
    events = [
        Record(
            {"@timestamp": Moment(BEGAN + 60_000 * n), "@message": message, "@logStream": "s", "@ptr": str(n)},
            "/aws/lambda/f",
        )
        for n, message in enumerate(MESSAGES)
    ]
    rows = parse(query).run(events, limit)
    return [{name: value for name, value in row.items() if name != "@ptr"} for row in rows]


@pytest.mark.parametrize(
    ("query", "results"),
    [
        (  # "JSON functions", CloudWatch Logs User Guide (2026-11)
            'fields jsonParse(\'{"a": {"b": 7}}\') as j | fields j.a.b as b, jsonStringify(j) as t '
            "| display b, t | limit 1",
            [{"b": "7", "t": '{"a":{"b":7}}'}],
        ),
        (
            "fields @timestamp, @message | filter @message like /took/ | sort @timestamp asc | limit 1",
            [{"@timestamp": "2025-11-29 07:08:40.000", "@message": "user=bob took 12.5 ms"}],
        ),
        ('filter @message like "user=al"', [{"@timestamp": "2025-11-29 07:09:40.000", "@message": MESSAGES[3]}]),
        ('filter @type = "START" | fields @requestId', [{"@requestId": REQUEST}]),
        (
            'filter @type = "REPORT" | display @duration, @billedDuration, @initDuration, @memorySize, @maxMemoryUsed',
            [
                {
                    "@duration": "12.34",
                    "@billedDuration": "13",
                    "@initDuration": "100.5",
                    "@memorySize": "128000000",
                    "@maxMemoryUsed": "50000000",
                }
            ],
        ),
        (
            # The sample query "Determine the amount of overprovisioned memory".
            'filter @type = "REPORT" | stats max(@memorySize / 1000 / 1000) as provisioned, '
            "max(@maxMemoryUsed / 1000 / 1000) as used, provisioned - used as over",
            [{"provisioned": "128", "used": "50", "over": "78"}],
        ),
        ("filter ispresent(code) | fields code, user.name, list.1", [{"code": "500", "user.name": "x", "list.1": "2"}]),
        ('filter level in ["ERROR", "WARN"] and not code < 400 | fields level', [{"level": "ERROR"}]),
        ('filter level not in ["ERROR"] and @message like /took 7/ | fields @logStream', [{"@logStream": "s"}]),
        ("FILTER (code >= 500 AND level =~ /ERR/) | FIELDS code * 2 as twice", [{"twice": "1000"}]),
        ("filter code = 500 | fields 2 + 3 * 2 ^ 2 % 5 as x, (code - 1) / 2 as y", [{"x": "4", "y": "249.5"}]),
        (
            'filter code = 500 | fields concat(level, "-", code) as a, strlen(level) as b, tolower(level) as c, '
            'substr(level, 1, 2) as d, replace(level, "R", "r") as e, coalesce(nope, "none") as f, greatest(1, 3) as g',
            [{"a": "ERROR-500", "b": "5", "c": "error", "d": "RR", "e": "ErrOr", "f": "none", "g": "3"}],
        ),
        (
            'parse @message "user=* took * ms" as user, took | filter ispresent(user) | sort took asc '
            "| display user, took",
            [{"user": "al", "took": "7"}, {"user": "bob", "took": "12.5"}],
        ),
        (
            r"parse @message /user=(?<who>\w+)/ | filter who like 'b' | display who",
            [{"who": "bob"}],
        ),
        (
            "parse 'user=* took * ms' as user, took | stats avg(took) as mean, sum(took), min(took), max(took), "
            "count(took), count(*), count_distinct(user), pct(took, 95)",
            [
                {
                    "mean": "9.75",
                    "sum(took)": "19.5",
                    "min(took)": "7",
                    "max(took)": "12.5",
                    "count(took)": "2",
                    "count(*)": "5",
                    "count_distinct(user)": "2",
                    "pct(took, 95)": "12.5",
                }
            ],
        ),
        (
            "stats count(*) as n by bin(5m) | sort n desc",
            [
                {"bin(5m)": "2025-11-29 07:05:00.000", "n": "4"},
                {"bin(5m)": "2025-11-29 07:10:00.000", "n": "1"},
            ],
        ),
        ("stats count(*) by ispresent(code) as has | filter has = 1", [{"has": "1", "count(*)": "1"}]),
        ("filter ispresent(@requestId) | dedup @requestId | fields @type", [{"@type": "REPORT"}]),
        ("filter nothing = 1", []),
        ("stats sum(nothing), count() as n", [{"n": "5"}]),
        ("# a comment\nfields code # another\n| filter code = 500", [{"code": "500"}]),
        ("filter `code` = 500 | fields `user.name`", [{"user.name": "x"}]),
    ],
)
def test_a_query_gives_what_aws_gives(query, results):
    assert run(query) == results


def test_the_newest_events_come_first_and_show_time_and_message():
    assert [row["@message"] for row in run("limit 2")] == MESSAGES[:-3:-1]
    assert len(run("limit any 2")) == 2


@pytest.mark.parametrize(
    ("query", "start"),
    [
        ("fields @timestamp | count()", 20),  # boto3 3450
        ("filter | limit 1", 7),
        ("fields abs(1", 12),
        ("fields nope(1)", 7),
        ("stats foo", 9),
        ("limit 1 |", 9),
        ('parse @message "a * b *" as one', 6),
        ("filter @message like /(/", 21),
        ("bogus", 0),
    ],
)
def test_what_is_no_query_is_refused_with_its_place(query, start):
    with pytest.raises(MalformedQueryError) as error:
        parse(query)
    assert error.value.start == start


@pytest.mark.parametrize("command", ["pattern @message", "diff", "unnest list", "SOURCE 'x'", "anomaly", "join x"])
def test_a_command_that_is_not_here_is_refused_in_one_sentence(command):
    with pytest.raises(AbsentCommandError) as error:
        parse(f"fields @message | {command}")
    assert "is not part of this engine" in str(error.value)
