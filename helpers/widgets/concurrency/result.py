"""What became of requests that were sent at once: run on provisioned concurrency, on demand, or throttled."""

from dataclasses import dataclass

from helpers.widgets.concurrency import chart

MOST = 12  # requests at once that the widget offers: each on demand is a process on this machine


@dataclass(frozen=True)
class Wave:
    """Numbers of requests that were sent at once, by what became of them. `failed`: neither ran well nor throttled."""

    provisioned: int = 0
    on_demand: int = 0
    throttled: int = 0
    failed: int = 0

    @property
    def at_once(self) -> int:
        """How many were sent."""
        return self.provisioned + self.on_demand + self.throttled + self.failed

    def __repr__(self) -> str:
        parts = {
            "provisioned": self.provisioned,
            "on demand": self.on_demand,
            "throttled": self.throttled,
            "failed": self.failed,
        }
        return f"{self.at_once} at once: {', '.join(f'{count} {what}' for what, count in parts.items() if count)}"


@dataclass(frozen=True)
class Waves:
    """The `waves` sent to `function`, with its settings: `reserved` concurrency (None: none), `provisioned`."""

    function: str
    reserved: int | None
    provisioned: int
    waves: tuple[Wave, ...] = ()

    @property
    def throttled(self) -> int:
        """The number of requests that were throttled, in all waves."""
        return sum(wave.throttled for wave in self.waves)

    @property
    def head(self) -> str:
        """Function and settings in one line."""
        reserved = "nothing" if self.reserved is None else self.reserved
        return f"{self.function}: reserved {reserved}, provisioned {self.provisioned}"

    def text(self) -> str:
        """Return settings and waves as lines of text."""
        return "\n".join([self.head, *map(repr, self.waves)])

    __repr__ = text

    def svg(self) -> str:
        """Return the waves as columns, as one line of SVG."""
        return chart.draw(self.head, self.waves, self.reserved, self.provisioned)

    def _repr_html_(self) -> str:
        return self.svg()
