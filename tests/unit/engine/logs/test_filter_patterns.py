"""Filter patterns: what matches, what is extracted, what is refused.

Sources: Amazon CloudWatch Logs User Guide, "Filter pattern syntax" (2026-11) and its former edition in
awsdocs/amazon-cloudwatch-logs-user-guide; where a row is from an issue, it says so.
"""

import pytest

from helpers.engine.logs.filter_patterns.comparisons import InvalidPatternError
from helpers.engine.logs.filter_patterns.patterns import matcher, parse

JSON = """{"eventType": "UpdateTrail", "sourceIPAddress": "111.111.111.111", "arrayKey": ["value", "another value"],
"objectList": [{"name": "a", "id": 1}, {"name": "b", "id": 2}], "SomeObject": null, "ThisFlag": true, "code": 404,
"latency": 55.5, "status": "500"}"""
COMPOUND = """{"user": {"id": 1, "email": "John.Stiles@example.com"}, "users": [{"id": 2, "email":
"John.Doe@example.com"}], "actions": ["GET", "PUT", "DELETE"], "coordinates": [[0, 1, 2], [4, 5, 6]]}"""
LINE = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'


@pytest.mark.parametrize(
    ("pattern", "message", "passes"),
    [
        ("", "anything", True),
        (" ", "anything", True),
        ("ERROR", "[ERROR] out of paper", True),
        ("ERROR", "[error] out of paper", False),
        ("ERR", "[ERROR] out of paper", False),
        ("ERROR paper", "[ERROR] out of paper", True),
        ("ERROR ink", "[ERROR] out of paper", False),
        ('"out of paper"', "[ERROR] out of paper", True),
        ('"paper of out"', "[ERROR] out of paper", False),
        ("?ERROR ?WARN", "[WARN] low on paper", True),
        ("?ERROR ?WARN", "[INFO] paper is there", False),
        ("ERROR -paper", "[ERROR] out of paper", False),
        ("ERROR -paper", "[ERROR] out of ink", True),
        ('ERROR -"out of"', "[ERROR] out of ink", False),
        ("%AUTHORIZED%", "[ERROR 401] UNAUTHORIZED REQUEST", True),
        ("%ERROR [0-9]+%", "ERROR 404", True),
        ("%ERROR [0-9]+%", "ERROR x", False),
        ("%^[hc]at%", "a cat", False),
        ("%colou?r%", "color", True),
    ],
)
def test_terms_are_found_as_a_whole_and_signs_mean_any_and_none(pattern, message, passes):
    assert matcher(pattern)(pattern, {"message": message}) is passes


@pytest.mark.parametrize(
    ("pattern", "message", "passes"),
    [
        ('{ $.eventType = "UpdateTrail" }', JSON, True),
        ("{ $.eventType = Update* }", JSON, True),
        ("{ $.eventType = *Trail }", JSON, True),
        ("{ $.eventType = Up*Trail }", JSON, False),
        ("{ $.sourceIPAddress != 123.123.* }", JSON, True),
        ('{ $.arrayKey[0] = "value" }', JSON, True),
        ("{ $.objectList[1].id = 2 }", JSON, True),
        ('{ $.objectList[*].name = "b" }', JSON, True),
        ("{ $.SomeObject IS NULL }", JSON, True),
        ("{ $.eventType IS NULL }", JSON, False),
        ("{ $.SomeOtherObject NOT EXISTS }", JSON, True),
        ("{ $.ThisFlag IS TRUE }", JSON, True),
        ("{ $.ThisFlag IS FALSE }", JSON, False),
        ("{ $.arrayKey = 1 }", JSON, False),
        ("{ $.arrayKey != 1 }", JSON, False),
        ("{ $.code = 404 }", JSON, True),
        ("{ $.code = 4* }", JSON, True),
        ("{ $.code > 4e2 }", JSON, True),
        ("{ $.latency <= 55.5 }", JSON, True),
        ("{ $.latency > +1000 }", JSON, False),
        ("{ $.status >= 500 }", JSON, True),
        ("{ $.sourceIPAddress = %1{3}\\.111.*% }", JSON, True),
        ('{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', COMPOUND, True),
        ('{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', COMPOUND, False),
        (
            '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
            COMPOUND,
            True,
        ),
        (
            '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = no }',
            COMPOUND,
            False,
        ),
        ('{ $.level = "ERROR" }', "not JSON at all", False),
        ('{ $.level = "ERROR" }', '{"level": "ERROR"}\n', True),
    ],
)
def test_conditions_are_met_by_values_of_json(pattern, message, passes):
    assert (parse(pattern)(message) is not None) is passes


@pytest.mark.parametrize(
    ("pattern", "extracted"),
    [
        (
            "[..., request=*.html*, status_code=4*,]",
            {
                "$1": "127.0.0.1",
                "$2": "-",
                "$3": "frank",
                "$4": "10/Oct/2000:13:25:15 -0700",
                "$request": "GET /index.html HTTP/1.0",
                "$status_code": "404",
                "$7": "1534",
            },
        ),
        ("[ip, ..., bytes > 1000]", {"$ip": "127.0.0.1", "$bytes": "1534", "$2": "-"}),
        ("[ip, user, username, timestamp, request, status = 4* && status != 403, bytes]", {"$status": "404"}),
        ("[ip, ..., status = 404 || status = 410, bytes]", {"$status": "404"}),
        ("[]", {"$7": "1534"}),
        ("[ip, user]", None),
        ("[..., bytes > 2000]", None),
        ("[..., status = %4[0-9]{2}%, bytes]", {"$status": "404"}),
    ],
)
def test_columns_are_named_and_meet_conditions(pattern, extracted):
    found = parse(pattern)(LINE)
    assert found is extracted if extracted is None else extracted.items() <= found.items()


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        # aws-toolkit-jetbrains 3219, awslogs 210 (AWS's messages).
        ("{ $.a = 1", "If a filter pattern starts with '{' it must end with '}'"),
        ("[a, b", "If a filter pattern starts with '[' it must end with ']'"),
        ("{ $.a = }", "Invalid filter pattern"),
        ("{ $.a > x }", "Invalid filter pattern"),
        ("{ $.a = 'single' }", "Invalid filter pattern"),  # terraform-provider-aws 2945
        ("{ a = 1 }", "Invalid filter pattern"),
        ("{ $.a EXISTS }", "Invalid filter pattern"),
        ("{}", "Invalid filter pattern"),
        ('"unclosed', "Invalid filter pattern"),
        ("%ERR(OR)%", "Invalid filter pattern"),
        ("%something!%", "Invalid filter pattern"),
        ("[..., a, ...]", "Invalid filter pattern"),
        ("[a = 1 && b = 2]", "Invalid filter pattern"),
    ],
)
def test_what_is_no_pattern_is_refused_with_awss_message(pattern, message):
    with pytest.raises(InvalidPatternError) as error:
        parse(pattern)
    assert str(error.value) == message
