"""Reading a query: commands, joined by `|`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from . import aggregates, commands, extraction
from .commands import MAX_RESULTS, Query
from .expressions import either
from .records import Expression
from .scanner import NUMBER, AbsentCommandError, MalformedQueryError, Scanner

# Commands that AWS has and we have not ("Supported commands", 2026-11).
NOT_HERE = ("anomaly", "diff", "filterIndex", "join", "lookup", "pattern", "SOURCE", "subqueries", "unmask", "unnest")


def parse(text: str) -> Query:
    """The query that a text is. Raises: MalformedQueryError; AbsentCommandError for commands that are not here."""
    scan, query = Scanner(text), Query()
    while not scan.at_end:
        command = scan.word(*_COMMANDS)
        if command is None:
            if found := scan.word(*NOT_HERE):
                raise AbsentCommandError(
                    f"The command {found} of CloudWatch Logs Insights is not part of this engine: it has "
                    f"{', '.join(_COMMANDS)}."
                )
            raise scan.error()
        _COMMANDS[command](scan, query)
        if not scan.at_end:
            scan.expect(r"\|")
            if scan.at_end:
                raise scan.error()
    return query


def _fields(scan: Scanner, query: Query) -> None:
    for name, expression in _named_list(scan):
        query.commands.append(partial(commands.assign, name, expression))
        if name not in query.fields:
            query.fields.append(name)


def _display(scan: Scanner, query: Query) -> None:
    query.fields = []
    _fields(scan, query)


def _filter(scan: Scanner, query: Query) -> None:
    query.commands.append(partial(commands.filter_, query, query.keeps_events, either(scan)))


def _sort(scan: Scanner, query: Query) -> None:
    scan.word("by")
    keys = []
    while True:
        key = either(scan)
        keys.append((key, scan.word("asc", "desc") == "desc"))
        if not scan.symbol(","):
            break
    query.commands.append(partial(commands.sort, keys))


def _limit(scan: Scanner, query: Query) -> None:
    scan.word("any")  # any that were found: the first are as good (CloudWatch Logs User Guide, "limit", 2026-11)
    count = int(float(scan.expect(NUMBER)))
    if count > MAX_RESULTS:  # AWS has up to ten times as many, since 2026
        raise AbsentCommandError(
            f"limit {count} of CloudWatch Logs Insights is not part of this engine: a query has up to {MAX_RESULTS} "
            "results."
        )
    query.commands.append(partial(commands.limit, count))


def _dedup(scan: Scanner, query: Query) -> None:
    query.commands.append(partial(commands.dedup, _names(scan)))


def _parse(scan: Scanner, query: Query) -> None:
    start = scan.place
    source: Expression | None = None
    if not (pattern := scan.regex()) and (glob := scan.string()) is None:
        name = scan.name()
        source = lambda record: record[name]  # noqa: E731
        pattern, glob = scan.regex(), None
        glob = None if pattern else scan.string()
    elif pattern:
        glob = None
    names: list[str] = []
    if pattern is None:
        if glob is None:
            raise scan.error()
        scan.expect(r"as(?!\w)")
        names = _names(scan)
        if glob.count("*") != len(names):
            raise MalformedQueryError("Mismatched number of wildcards and fields in parse", start, scan.place)
        pattern = extraction.of_glob(glob, names)
    elif not pattern.groupindex:
        raise MalformedQueryError("parse expects an expression with named groups", start, scan.place)
    query.commands.append(partial(extraction.parse, source or (lambda record: record["@message"]), pattern, names))


def _stats(scan: Scanner, query: Query) -> None:
    reductions: dict[str, aggregates.Reduce] = {}
    scan.aggregates = reductions
    columns = _named_list(scan)
    scan.aggregates = None
    if not reductions:
        raise scan.error()
    keys = _named_list(scan) if scan.word("by") else []
    query.commands.append(partial(aggregates.stats, keys, reductions, columns))
    query.fields = [name for name, _ in (*keys, *columns)]
    query.keeps_events = False


def _named_list(scan: Scanner) -> list[tuple[str, Expression]]:
    """Expressions with their names: as given by `as`, or as they are written."""
    found = []
    while True:
        start = scan.place
        expression = either(scan)
        found.append((_alias(scan, start), expression))
        if not scan.symbol(","):
            return found


def _alias(scan: Scanner, start: int) -> str:
    written = scan.text[start : scan.read_to].strip("`")
    return scan.name() if scan.word("as") else written


def _names(scan: Scanner) -> list[str]:
    names = [scan.name()]
    while scan.symbol(","):
        names.append(scan.name())
    return names


_COMMANDS: dict[str, Callable[[Scanner, Query], None]] = {
    "fields": _fields,
    "display": _display,
    "filter": _filter,
    "where": _filter,
    "stats": _stats,
    "sort": _sort,
    "order": _sort,
    "limit": _limit,
    "head": _limit,
    "dedup": _dedup,
    "parse": _parse,
}
