"""A piece of code to read or to copy: highlighted in a notebook, text elsewhere."""

import re
from dataclasses import dataclass
from textwrap import fill

WIDTH = 100


@dataclass(frozen=True)
class CodeBlock:
    """Python code below a heading and what is said about it, in Markdown, its paragraphs as one line each."""

    heading: str
    code: str
    prose: str = ""

    def __repr__(self) -> str:
        prose = "\n".join(fill(line, WIDTH) for line in self.prose.splitlines())
        return "\n\n".join(filter(None, (self.heading, prose, self.code)))

    def _repr_markdown_(self) -> str:
        ticks = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`{3,}", self.code))])  # as in a text of Markdown
        return "\n\n".join(filter(None, (f"**{self.heading}**", self.prose, f"{ticks}python\n{self.code}\n{ticks}")))
