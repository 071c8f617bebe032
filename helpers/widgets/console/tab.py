"""What the console's tabs share."""

from functools import cached_property


class Tab:
    """A tab of `console`: a form made when first opened, and the same as text and HTML.

    `used` is True once there is something to show of it; `buttons` are those that call AWS.
    """

    label = ""

    def __init__(self, console):
        self.console = console
        self.function: str = console.function
        self.used = False

    @cached_property
    def form(self):
        """The ipywidgets form."""
        self.buttons: list = []
        form = self.build()
        form.add_class("lab-console-panel")
        form.add_class(f"lab-console-panel-{self.label.lower()}")
        return form

    @property
    def shown(self) -> bool:
        """Whether the form was made."""
        return "form" in self.__dict__

    def build(self):
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

    def button(self, label: str, action, *, primary: bool = False, calls: bool = True):
        """Return a button that does `action`; one that `calls` AWS is disabled while a call is made."""
        import ipywidgets as w

        button = w.Button(description=label, button_style="primary" if primary else "")
        button.add_class(f"lab-console-{label.lower().replace(' ', '-')}")
        button.on_click(lambda _: self.console.clicked(action))
        if calls:
            self.buttons.append(button)
        return button

    def work(self, doing: str, action, done) -> None:
        """Have `action(calls)` done beside the kernel's work, and `done` called with its result."""
        self.console.work(doing, action, done)
