"""A month's bill: its lines, grouped as AWS groups them, and their format."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from helpers.cost.prices import CHECKED, exact
from helpers.errors import CostError
from helpers.table import Table

SERVICES = ("Lambda", "API Gateway", "CloudWatch Logs", "Data transfer")
HEADS = ("", "what", "quantity", "unit", "USD each", "USD")
NUMBERS = (2, 4, 5)  # these columns stand to the right
NOTE = f"Prices of us-east-1, {CHECKED}, without tax."


@dataclass(frozen=True)
class Line:
    """`quantity` times `unit` of something, at `price` USD each. `tier`: which of them, "" if all cost the same."""

    service: str
    what: str
    tier: str
    quantity: float
    unit: str
    price: float

    @property
    def usd(self) -> float:
        """The cost, not rounded."""
        return self.quantity * self.price

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as text, in the order of HEADS."""
        what = f"{self.what}, {self.tier}" if self.tier else self.what
        return (self.service, what, _number(self.quantity), self.unit, exact(self.price), money(self.usd))


@dataclass(frozen=True)
class Bill:
    """The cost of a month, line by line. Nothing is rounded before it is shown."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> float:
        """The sum of all lines, in USD."""
        return sum(line.usd for line in self.lines)

    @property
    def parts(self) -> dict[tuple[str, str], float]:
        """{(service, what): USD}, the tiers of each added up, without parts that cost nothing."""
        parts: dict[tuple[str, str], float] = {}
        for line in self.lines:
            parts[line.service, line.what] = parts.get((line.service, line.what), 0) + line.usd
        return {part: usd for part, usd in parts.items() if usd}

    def usd(self, *services: str) -> float:
        """Return the cost of these services, such as "Lambda". Raises: CostError for another name."""
        for service in services:
            if service not in SERVICES:
                raise CostError(f"There is no {service!r} on a bill: it is one of {', '.join(SERVICES)}.")
        return sum(line.usd for line in self.lines if line.service in services)

    def __repr__(self) -> str:
        rows = [*(line.cells for line in self.lines), ("Total", "", "", "", "", money(self.total))]
        widths = [max(len(row[column]) for row in (HEADS, *rows)) for column in range(len(HEADS))]

        def aligned(row: Sequence[str]) -> list[str]:
            return [cell.rjust(widths[i]) if i in NUMBERS else cell for i, cell in enumerate(row)]

        return repr(Table(aligned(HEADS), [aligned(row) for row in rows]))

    def _repr_html_(self) -> str:
        def row(cells: Sequence[str], tag: str = "td") -> str:
            sides = ("right" if i in NUMBERS else "left" for i in range(len(HEADS)))
            return "".join(
                f'<{tag} style="text-align: {side}">{escape(cell)}</{tag}>'
                for side, cell in zip(sides, cells, strict=True)
            )

        body = "".join(f"<tr>{row(line.cells)}</tr>" for line in self.lines)
        total = row(("Total", "", "", "", "", money(self.total)), "th")
        return (
            f"<table><thead><tr>{row(HEADS, 'th')}</tr></thead><tbody>{body}</tbody>"
            f"<tfoot><tr>{total}</tr></tfoot></table><p><small>{NOTE}</small></p>"
        )


def money(usd: float) -> str:
    """Return an amount to the cent, such as "1,234.50", or "< 0.01" for less than half a cent."""
    return "< 0.01" if 0 < usd < 0.005 else f"{usd:,.2f}"


def _number(quantity: float) -> str:
    """A quantity, rounded for reading."""
    if quantity >= 1000:
        return f"{quantity:,.0f}"
    return f"{quantity:.{2 if quantity >= 1 else 6}f}".rstrip("0").rstrip(".")
