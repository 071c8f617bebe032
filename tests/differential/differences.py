"""Where the oracle decides otherwise than AWS documents, one case each: (why, case, ours, the oracle's).

The random cases avoid them. Pages are of the IAM User Guide (2026-11).
"""

from __future__ import annotations

from typing import Any

from .cases import HERE, ROLE, SESSION, USER

_QUEUE = f"arn:aws:sqs:us-east-1:{HERE}:ana-queue"
_TABLE = f"arn:aws:dynamodb:us-east-1:{HERE}:table/orders"


def _statement(effect: str = "Allow", **elements: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": "*", "Resource": "*", **elements}


def _document(*statements: dict[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    return {"Version": version, "Statement": list(statements)}


def _case(*identity: dict[str, Any], **other: Any) -> dict[str, Any]:
    plain = {"principal": USER, "action": "sqs:SendMessage", "resource": _QUEUE, "resourceAccount": HERE, "context": {}}
    return {**plain, "identity": list(identity), "boundary": None, "session": None, "resourcePolicy": None, **other}


def _conditional(operator: str, key: str, value: Any, given: dict[str, Any]) -> dict[str, Any]:
    return _case(_document(_statement(Condition={operator: {key: value}})), context=given)


DIFFERENCES: list[tuple[str, dict[str, Any], str, str]] = [
    (
        '"Permissions granted directly to a session are not limited by an implicit deny in ... a session policy" '
        "(Policy evaluation for requests within a single account)",
        _case(
            principal=SESSION,
            session=_document(_statement(Action="s3:*")),
            resourcePolicy=_document(_statement(Principal={"AWS": SESSION})),
        ),
        "allowed",
        "implicitDeny",
    ),
    (
        "The guide's own example has a variable at the start of a queue's name, arn:aws:sqs:us-east-2:*:"
        "${aws:username}-queue (Variables and tags); the oracle replaces variables only behind a resource type",
        _case(
            _document(_statement(Resource=f"arn:aws:sqs:*:{HERE}:${{aws:username}}-queue")),
            context={"aws:username": "ana"},
        ),
        "allowed",
        "implicitDeny",
    ),
    (
        '"You can use multiple * or ? characters in each segment" (Resource); the oracle takes no ? in the type',
        _case(
            _document(_statement(Resource=_TABLE.replace("table", "tabl?"))),
            action="dynamodb:GetItem",
            resource=_TABLE,
        ),
        "allowed",
        "implicitDeny",
    ),
    (
        '"Inverted condition operators like StringNotEquals ... do match against a null value" (Variables and tags)',
        _conditional("StringNotEquals", "aws:RequestedRegion", "${aws:username}", {"aws:RequestedRegion": "us-east-1"}),
        "allowed",
        "implicitDeny",
    ),
    (
        '${*}, ${?}, ${$} "can be used in any string where you can use regular policy variables" (Variables and '
        "tags), so with StringEquals, too",
        _conditional("StringEquals", "aws:PrincipalTag/team", "a${*}b", {"aws:PrincipalTag/team": "a*b"}),
        "allowed",
        "implicitDeny",
    ),
    (
        "\"If you don't include the Version element and set it to an appropriate version date, variables like "
        '${aws:username} are treated as literal strings" (Variables and tags)',
        _case(
            _document(
                _statement(Condition={"StringEquals": {"aws:PrincipalTag/team": "${aws:username}"}}),
                version="2008-10-17",
            ),
            context={"aws:PrincipalTag/team": "ana", "aws:username": "ana"},
        ),
        "implicitDeny",
        "allowed",
    ),
    (
        'NotIpAddress is "all IP addresses except the specified IP address or range" (Condition operators), so of the '
        "other family, too",
        _conditional("NotIpAddress", "aws:SourceIp", "203.0.113.7", {"aws:SourceIp": "2001:db8::1"}),
        "allowed",
        "implicitDeny",
    ),
    (
        "0.0.0.0/0 holds every IPv4 address",
        _conditional("IpAddress", "aws:SourceIp", "0.0.0.0/0", {"aws:SourceIp": "203.0.113.7"}),
        "allowed",
        "implicitDeny",
    ),
    (
        "Epoch time counts seconds (Condition operators); the oracle compares it with milliseconds",
        _conditional("DateLessThan", "aws:EpochTime", "2026-01-01", {"aws:EpochTime": "1795255200"}),
        "implicitDeny",
        "allowed",
    ),
    (
        'IfExists: "If the key is not present, evaluate the condition element as true" (Condition operators), with '
        "ForAnyValue, too",
        _conditional("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", "team", {}),
        "allowed",
        "implicitDeny",
    ),
    (
        'Deny with NotPrincipal: all "except the user named Bob" are denied, though Bob\'s account is named beside him '
        "(NotPrincipal); the oracle spares everybody in a named account",
        _case(
            _document(_statement()),
            resourcePolicy=_document(
                _statement("Deny", NotPrincipal={"AWS": [f"arn:aws:iam::{HERE}:user/bob", HERE]}),
            ),
        ),
        "explicitDeny",
        "allowed",
    ),
    (
        'NotPrincipal "must also specify the account ARN of the not-denied principal" and, for a session, its role',
        _case(
            _document(_statement()),
            principal=SESSION,
            resourcePolicy=_document(_statement("Deny", NotPrincipal={"AWS": [ROLE, HERE]})),
        ),
        "explicitDeny",
        "allowed",
    ),
    (
        "An asterisk in a request's resource (an S3 key may have one) is a character; the oracle takes it for a "
        "wildcard that asks about several resources",
        _case(
            _document(_statement(Resource="arn:aws:s3:*:*:data/a*b")),
            action="s3:GetObject",
            resource="arn:aws:s3:::data/a*b",
        ),
        "allowed",
        "implicitDeny",
    ),
]
