"""PartiQL (Developer Guide, "PartiQL for DynamoDB", 2026-11)."""

import pytest
from kit import refusal

ITEMS = {
    "a": {"id": {"S": "a"}, "n": {"N": "5"}, "t": {"S": "it's"}, "m": {"M": {"l": {"L": [{"N": "1"}]}}}},
    "b": {"id": {"S": "b"}, "n": {"N": "10"}, "t": {"S": "bit"}, "ok": {"BOOL": True}},
}


@pytest.fixture
def table(client, make_table):
    """A table with `ITEMS`."""
    name = make_table()
    for item in ITEMS.values():
        client("dynamodb").put_item(TableName=name, Item=item)
    return name


@pytest.fixture
def execute(client, table):
    """`execute(text, *parameters)`: TABLE in the text is the table."""

    def run(text, *parameters):
        given = {"Parameters": list(parameters)} if parameters else {}
        return client("dynamodb").execute_statement(Statement=text.replace("TABLE", f'"{table}"'), **given)["Items"]

    return run


@pytest.mark.parametrize(
    ("where", "parameters", "expected"),
    [
        ("id='a'", [], "a"),
        ("n = 5.0", [], "a"),
        ("n > 5 AND n<=10", [], "b"),
        ("n BETWEEN 1 AND 9", [], "a"),
        ("id IN ['a', 'c', 'b']", [], "ab"),
        ("begins_with(t, 'it')", [], "a"),
        ("contains(\"t\", 'bit') or t = 'it''s'", [], "ab"),
        ("not (id = ?)", [{"S": "a"}], "b"),
        ("ok IS MISSING", [], "a"),
        ("ok IS NOT MISSING and ok = true", [], "b"),
        ("m.l[0] = 1", [], "a"),
        ("n <> -5 AND n > ?", [{"N": "5"}], "b"),
    ],
)
def test_a_statement_finds_what_its_clause_is_true_of(execute, where, parameters, expected):
    found = execute(f"SELECT * FROM TABLE WHERE {where}", *parameters)
    assert sorted(one["id"]["S"] for one in found) == list(expected)
    assert all(one == ITEMS[one["id"]["S"]] for one in found)


def test_a_statement_changes_one_item(execute):
    assert execute("INSERT INTO TABLE VALUE {'id': 'c', 'n': 1, 'l': [1, 'x', {'y': null}]}") == []
    execute("UPDATE TABLE SET n = n + 1, t = ? REMOVE l[0] WHERE id = 'c' AND n = 1", {"S": "new"})
    inserted = {"n": {"N": "2"}, "t": {"S": "new"}, "l": {"L": [{"S": "x"}, {"M": {"y": {"NULL": True}}}]}}
    assert execute("SELECT n, t, l FROM TABLE WHERE id = ?", {"S": "c"}) == [inserted]
    execute("DELETE FROM TABLE WHERE id = 'c'")
    execute("DELETE FROM TABLE WHERE id = 'c'")
    assert sorted(one["id"]["S"] for one in execute("SELECT id FROM TABLE")) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("INSERT INTO TABLE VALUE {'id': 'a'}", "DuplicateItemException", "Duplicate primary key exists in table"),
        ("UPDATE TABLE SET n = 1 WHERE id = 'no'", "ConditionalCheckFailedException", "conditional request failed"),
        ("DELETE FROM TABLE WHERE id = 'a' AND n = 6", "ConditionalCheckFailedException", "conditional request failed"),
        ("DELETE FROM TABLE WHERE n = 5", "ValidationException", "mandatory equality on all key attributes"),
        ("UPDATE TABLE SET n = 1 WHERE id = 'a' OR n = 5", "ValidationException", "mandatory equality"),
        ("FOO", "ValidationException", "Statement wasn't well formed"),
        ("SELECT * FROM TABLE WHERE", "ValidationException", "Unexpected end of statement"),
        ("SELECT * FROM TABLE WHERE id = = 'a'", "ValidationException", ""),
        ("SELECT * FROM TABLE WHERE id = ?", "ValidationException", "Number of parameters"),
        ('SELECT a FROM"allowed-by-no-policy"', "ValidationException", "with blanks around them"),
        ("SELECT UPDATE FROM TABLE", "ValidationException", "Expected identifier"),
        ("SELECT * FROM TABLE ORDER BY n", "ValidationException", "does not know ORDER"),
        ('SELECT * FROM "no-such-table"', "ResourceNotFoundException", "Requested resource not found"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(client, table, text, code, why):
    said = refusal(client("dynamodb").execute_statement, Statement=text.replace("TABLE", f'"{table}"'))
    assert said[0] == code and why in said[1]


def test_several_statements_at_once_are_refused(client):
    said = refusal(client("dynamodb").batch_execute_statement, Statements=[{"Statement": "SELECT * FROM t"}])
    assert said[0] == "NotImplemented" and said[1].endswith("ExecuteStatement executes one statement.")
