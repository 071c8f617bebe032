"""Where the money of a month goes: the whole on top, below it each function, and what each of them is billed for.

    flame({"shop": workload.bill, "mail": another.bill})

A flame graph: each bar stands under what it is a part of, and is as wide as its share of the bill. One line of SVG,
readable in light and dark themes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from helpers.cost.bill import Bill, money
from helpers.widgets.cost_calculator.bar import LETTER, WIDTH, colour, share
from helpers.widgets.shared import svg

ROW, GAP = 30, 2  # in SVG units


@dataclass(frozen=True)
class Block:
    """A bar of the flame: its row, where it begins and ends (USD), its words, its colour ("" for none of its own)."""

    row: int
    start: float
    end: float
    words: str
    colour: str = ""


@dataclass(frozen=True, repr=False)
class Flame:
    """The flame of `bills`, {name: bill}."""

    bills: Mapping[str, Bill]

    @property
    def total(self) -> float:
        """The sum of the bills, in USD."""
        return sum(bill.total for bill in self.bills.values())

    @property
    def blocks(self) -> list[Block]:
        """The bars, from top to bottom and from left to right."""
        rows: tuple[list[Block], ...] = ([Block(0, 0, self.total, f"a month: USD {money(self.total)}")], [], [], [])
        start = 0.0
        for name, bill in self.bills.items():
            rows[1].append(Block(1, start, start + bill.total, name))
            services: dict[str, float] = {}
            for (service, what), usd in bill.parts.items():
                begun = services.setdefault(service, start)
                fill = colour(service, what)
                if begun == start:
                    rows[2].append(Block(2, start, start + bill.usd(service), service, fill))
                rows[3].append(Block(3, start, start + usd, what, fill))
                start += usd
        return [block for row in rows for block in row]

    def __repr__(self) -> str:
        lines = [f"USD {money(self.total)} a month"]
        for name, bill in self.bills.items():
            lines.append(f"{name}: {share(bill.total, self.total or 1)}")
            lines += [f"  {service}, {what}: {share(usd, self.total)}" for (service, what), usd in bill.parts.items()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.svg() if self.total else "<p>This month costs nothing.</p>"

    def svg(self) -> str:
        """Return the picture, in one line; its words are those of the text."""
        words, height = "; ".join(map(str.strip, repr(self).splitlines())), 4 * ROW
        return (
            f'<svg class="lab-flame" role="img" viewBox="0 0 {WIDTH} {height}" width="100%" '
            f'style="max-width: {WIDTH}px" font-family="sans-serif"><title>{escape(words)}</title>'
            f"{''.join(map(self._draw, self.blocks))}</svg>"
        )

    def _draw(self, block: Block) -> str:
        scale = WIDTH / self.total
        x, width = block.start * scale, (block.end - block.start) * scale
        usd = block.end - block.start
        title = f"<title>{escape(f'{block.words}: USD {money(usd)}, {share(usd, self.total)}')}</title>"
        fill = block.colour or "currentColor"
        opacity = 0.4 if block.colour else 0.12
        drawn = (
            f'<g>{title}<rect x="{x:.1f}" y="{block.row * ROW}" width="{max(width - GAP, 0.5):.1f}" '
            f'height="{ROW - GAP}" fill="{fill}" fill-opacity="{opacity}"/>'
        )
        room = int((width - GAP - 12) / LETTER)
        if room >= 3:
            words = block.words if len(block.words) <= room else f"{block.words[: room - 1]}…"
            drawn += svg.text(x + 6, block.row * ROW + 19, words)
        return f"{drawn}</g>"


def flame(bills: Mapping[str, Bill]) -> Flame:
    """Return the flame of `bills`: {"shop": a bill, "mail": another}."""
    return Flame(dict(bills))
