"""PartiQL: a statement as the request that does the same.

Developer Guide, "PartiQL select/insert/update/delete statements for DynamoDB" (2026-11). A WHERE clause is written like
a condition expression, but for IN, IS MISSING and the values in it. The library that moto asks compares numbers as
texts, fails without blanks, and deletes whatever a DELETE's WHERE is true of. The texts: public reports, the words of
what is malformed from memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from localstack.aws.api import CommonServiceException

from ..iam.services.dynamodb import PARTIQL_TABLE

TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^']|'')*')|(?P<name>"[^"\s]+")|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_]\w*)"""
    r"|(?P<mark><=|>=|<>|!=|[=<>(){}\[\],.:?*+-]))"
)
FUNCTIONS = ("attribute_type", "begins_with", "contains", "size", "list_append", "if_not_exists")
BETWEEN = ("AND", "OR", "NOT", "BETWEEN", "IN")
# Words that are quoted where they are names.
RESERVED = ("FROM", "INTO", "REMOVE", "SELECT", "SET", "UPDATE", "VALUE", "WHERE")
CONSTANTS = {"TRUE": {"BOOL": True}, "FALSE": {"BOOL": False}, "NULL": {"NULL": True}}


def wrong(why: str) -> CommonServiceException:
    """The answer to a statement that is none."""
    return CommonServiceException("ValidationException", why, 400, True)


class Statement:
    """A statement: its `verb`, `table`, `index`, what it gives (`item`) and its expressions, with their placeholders.

    `equal`: the attributes that the WHERE clause demands to have a value; `only_equal`: and it demands nothing else.
    Raises: ValidationException.
    """

    def __init__(self, text: str, parameters: Sequence[Any]) -> None:
        self.tokens, self.parameters = _tokens(text), list(parameters)
        self.names: dict[str, str] = {}
        self.values: dict[str, Any] = {}
        self.index = self.projection = self.changes = self.condition = ""
        self.item: dict[str, Any] = {}
        self.equal: dict[str, Any] = {}
        self.verb = self._next()[1].upper()
        match self.verb:
            case "SELECT":
                self.projection = "" if self._take("*") else self._list(self._path)
                self._require("FROM")
                self._table()
            case "INSERT":
                self._require("INTO")
                self._table()
                self._require("VALUE")
                self.item = self._value().get("M", {})
            case "UPDATE":
                self._table()
                self.changes = self._changes()
            case "DELETE":
                self._require("FROM")
                self._table()
            case _:
                raise wrong("Statement wasn't well formed, can't be processed: it begins with no verb of PartiQL")
        if self._take("WHERE"):
            self.condition = self._condition()
        if self.tokens:
            raise wrong(f"This engine does not know {self.tokens[0][1]} in a PartiQL statement: leave it out.")
        authorized = PARTIQL_TABLE.search(text)  # what is done is what was allowed
        if authorized is None or authorized[1] != self.table or text.split(maxsplit=1)[0].upper() != self.verb:
            raise wrong("This engine reads SELECT, FROM, INTO and UPDATE with blanks around them: write them so.")
        if self.parameters:
            raise wrong("Number of parameters in request and statement don't match.")
        parts = [] if re.search(r"\b(OR|NOT)\b", self.condition) else self.condition.split(" AND ")
        for part in parts:
            if found := re.fullmatch(r"(#n\d+) = (:v\d+)|(:v\d+) = (#n\d+)", part):
                name, value = (found[1], found[2]) if found[1] else (found[4], found[3])
                self.equal[self.names[name]] = self.values[value]
        self.only_equal = len(parts) == len(self.equal)

    def _next(self) -> tuple[str, str]:
        if not self.tokens:
            raise wrong("Statement wasn't well formed, can't be processed: Unexpected end of statement")
        return self.tokens.pop(0)

    def _take(self, *words: str) -> str:
        """The next word or mark if it is one of these, in capitals; "" if it is not."""
        kind, text = self.tokens[0] if self.tokens else ("", "")
        if kind in ("word", "mark") and text.upper() in words:
            return self._next()[1].upper()
        return ""

    def _require(self, word: str) -> None:
        if not self._take(word):
            found = self.tokens[0][1] if self.tokens else "end of statement"
            raise wrong(f"Statement wasn't well formed, can't be processed: Expected {word}, found {found}")

    def _table(self) -> None:
        is_quoted = bool(self.tokens) and self.tokens[0][0] == "name"
        self.table = self._name()
        if is_quoted and self._take("."):
            self.index = self._name()

    def _name(self) -> str:
        kind, text = self._next()
        if kind not in ("word", "name") or text.upper() in RESERVED:
            raise wrong(f"Statement wasn't well formed, can't be processed: Expected identifier, found {text}")
        return text.strip('"')

    def _path(self) -> str:
        found = self._placeholder()
        while mark := self._take(".", "["):
            if mark == ".":
                found += f".{self._placeholder()}"
            else:
                found += f"[{self._next()[1]}]"
                self._require("]")
        return found

    def _placeholder(self) -> str:
        name = self._name()
        return next((one for one, known in self.names.items() if known == name), None) or self._named(name)

    def _named(self, name: str) -> str:
        placeholder = f"#n{len(self.names)}"
        self.names[placeholder] = name
        return placeholder

    def _list(self, part: Any) -> str:
        parts = [part()]
        while self._take(","):
            parts.append(part())
        return ", ".join(parts)

    def _operand(self) -> str:
        """A path, a value or a function of both, as an expression has it."""
        kind, text = self.tokens[0] if self.tokens else ("", "")
        if kind == "word" and text.lower() in FUNCTIONS and self.tokens[1:2] == [("mark", "(")]:
            del self.tokens[:2]
            arguments = self._list(self._operand)
            self._require(")")
            return f"{text.lower()}({arguments})"
        if kind == "name" or (kind == "word" and text.upper() not in CONSTANTS):
            return self._path()
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = self._value()
        return placeholder

    def _value(self) -> dict[str, Any]:
        if self._take("?"):
            if not self.parameters:
                raise wrong("Number of parameters in request and statement don't match.")
            return dict(self.parameters.pop(0))
        sign = self._take("-")
        kind, text = self._next()
        match kind, text:
            case "number", _:
                return {"N": sign + text}
            case "text", _:
                return {"S": text[1:-1].replace("''", "'")}
            case "word", _ if text.upper() in CONSTANTS:
                return CONSTANTS[text.upper()]
            case "mark", "[":
                return {"L": self._members("]", self._value)}
            case "mark", "{":
                return {"M": dict(self._members("}", self._pair))}
        raise wrong(f"Statement wasn't well formed, can't be processed: Unexpected {text}")

    def _pair(self) -> tuple[str, dict[str, Any]]:
        name = self._next()[1].strip("'\"")
        self._require(":")
        return name, self._value()

    def _members(self, end: str, member: Any) -> list[Any]:
        found: list[Any] = []
        while not self._take(end):
            if found:
                self._require(",")
            found.append(member())
        return found

    def _changes(self) -> str:
        changes: dict[str, list[str]] = {"SET": [], "REMOVE": []}
        while verb := self._take("SET", "REMOVE"):
            changes[verb].append(self._list(self._assignment if verb == "SET" else self._path))
        return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in changes.items() if parts)

    def _assignment(self) -> str:
        path = self._path()
        self._require("=")
        value = self._operand()
        while sign := self._take("+", "-"):
            value += f" {sign} {self._operand()}"
        return f"{path} = {value}"

    def _condition(self) -> str:
        found: list[str] = []
        while self.tokens and not (self.tokens[0][0] == "word" and self.tokens[0][1].upper() in ("RETURNING", "ORDER")):
            if word := self._take(*BETWEEN):
                found.append(word)
                if word == "IN" and self._take("["):
                    found.append(f"({self._list(self._operand)})")
                    self._require("]")
            elif self._take("IS"):
                exists = "attribute_exists" if self._take("NOT") else "attribute_not_exists"
                self._require("MISSING")
                found[-1:] = [f"{exists}({''.join(found[-1:])})"]
            elif mark := self._take("=", "<>", "!=", "<", "<=", ">", ">=", "(", ")", ","):
                found.append("<>" if mark == "!=" else mark)
            else:
                found.append(self._operand())
        if not found:
            raise wrong("Statement wasn't well formed, can't be processed: Unexpected end of statement")
        return " ".join(found)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place, text = [], 0, text.strip().rstrip(";")
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None:
            raise wrong(f"Statement wasn't well formed, can't be processed: Unexpected {text[place:].strip()[:1]}")
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        place = token.end()
    return found
