"""The base of the console's tabs."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Protocol, TypeVar

from helpers.backend.session import Connection
from helpers.widgets.shared.calls import Call, Calls

T = TypeVar("T")


class Window(Protocol):
    """The console, as its tabs need it: `frame` implements it."""

    lab: Connection
    function: str

    def say(self, text: str) -> None:
        """Show a sentence under the tabs."""

    def clicked(self, action: Callable[[], object], *, calls: bool = False) -> None:
        """Do what a click asks for; one that `calls` AWS does nothing while another does."""

    def in_background(self, doing: str, action: Callable[[Calls], T], done: Callable[[T], None]) -> None:
        """Run `action` in the background, then `done` with its result."""


class Tab:
    """A tab of `console`: a form made when first opened, and the same as text and HTML.

    `used` is True once the tab has something to show; `calls` are those of its last action.
    """

    label = ""

    def __init__(self, console: Window):
        self.console = console
        self.function: str = console.function
        self.used = False
        self.calls: tuple[Call, ...] = ()

    @cached_property
    def form(self) -> Any:
        """The ipywidgets form."""
        form = self.build()
        form.add_class("lab-console-panel")
        form.add_class(f"lab-console-panel-{self.label.lower()}")
        return form

    @property
    def shown(self) -> bool:
        """Whether the form was made."""
        return "form" in self.__dict__

    def build(self) -> Any:
        """Return a new form."""
        raise NotImplementedError

    def opened(self) -> None:
        """Called each time the tab is opened."""

    def text(self) -> str:
        """Return what the tab shows, as lines of text."""
        raise NotImplementedError

    def html(self) -> str:
        """Return what the tab shows, as HTML."""
        raise NotImplementedError

    def button(self, label: str, action: Callable[[], object], *, primary: bool = False, calls: bool = True) -> Any:
        """Return a button for `action`. One that `calls` AWS looks faint while a call is made, but stays enabled: it
        would lose the focus, and whoever uses the keyboard their place.
        """
        import ipywidgets as w

        button = w.Button(description=label, button_style="primary" if primary else "")
        button.add_class(f"lab-console-{label.lower().replace(' ', '-')}")
        button.on_click(lambda _: self.console.clicked(action, calls=calls))
        if calls:
            button.add_class("lab-console-call")
        return button

    def in_background(self, doing: str, action: Callable[[Calls], T], done: Callable[[T], None]) -> None:
        """Run `action(calls)` in the background, then `done` with its result."""
        self.console.in_background(doing, action, done)
