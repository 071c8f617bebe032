"""The map of the labs with the learner's progress from disk, and links to each lab and to the next exercise.

    course = ProgressMap()
    course            # in a cell of its own: a box leads to its lab
    course.refresh()  # what the button does: reads progress.json again

Links work without a kernel, in the saved table too.
"""

from html import escape
from typing import Any

from helpers.exercises import course
from helpers.state.progress import Progress
from helpers.widgets.progress_map.drawing import SIGNS, draw
from helpers.widgets.shared.base import Shown
from helpers.widgets.shared.form_errors import alert, attempt


class ProgressMap(Shown):
    """All labs as a picture. `course` is what was read last; `progress` defaults to the labs' own file.

    Raises: LabError if the progress file exists and cannot be read.
    """

    def __init__(self, progress: Progress | None = None):
        self._progress = progress
        self.course = course.read(progress)

    def refresh(self) -> course.Course:
        """Read the progress again and return the course. Raises: LabError if the file exists and cannot be read."""
        self.course = course.read(self._progress)
        self._show()
        return self.course

    def text(self) -> str:
        """Return labs, states and what comes next as lines of text."""
        labs = self.course.labs
        titles, states = (max(len(getattr(lab, what)) for lab in labs) for what in ("title", "state"))
        lines = [
            f"{lab.number}  {lab.title:<{titles}}  {SIGNS[lab.state]} {lab.state:<{states}}  {lab.count}".rstrip()
            for lab in labs
        ]
        return "\n".join([*lines, *filter(None, [self._next(), self.course.notice])])

    def html(self) -> str:
        """Return labs, states and what comes next as an HTML table, since pictures are not shown everywhere."""
        left = '<td style="text-align: left">'
        rows = "".join(
            f"<tr>{left}{self._titled(lab)}</td>{left}{SIGNS[lab.state]} {lab.state}</td>{left}{lab.count}</td></tr>"
            for lab in self.course.labs
        )
        return f"<table>{rows}</table>{self._status()}"

    def view(self) -> Any:
        """Return the ipywidgets view."""
        import ipywidgets as w

        button = w.Button(description="Refresh", icon="refresh", tooltip="Read the progress again")
        button.on_click(lambda _: self._click())
        # In Output, as nowhere else in a widget, JupyterLab opens links as it opens those of the notebook.
        self._picture, self._line = w.Output(), w.Output()
        self._line.add_class("lab-progress-status")
        box = self.framed("lab-progress", w.HBox([button, self._line]), self._picture)
        self._fill(self._status(), draw(self.course))
        return box

    def _click(self) -> None:
        attempt(self.refresh, lambda sentence: self._fill(alert(sentence, "lab-progress-error")))

    def _show(self) -> None:
        if self.is_shown:
            self._fill(self._status(), draw(self.course))

    def _fill(self, status: str, picture: str | None = None) -> None:
        for output, html in ((self._line, status), (self._picture, picture)):
            if html is not None:
                data = {"text/html": html}
                output.outputs = ({"output_type": "display_data", "data": data, "metadata": {}},)

    def _next(self) -> str:
        if self.course.next is None:
            return f"All {self.course.exercises} exercises are done."
        lab, exercise = self.course.next
        return f"Next: lab {lab.number}, exercise {exercise.number}, {exercise.title}"

    def _status(self) -> str:
        said, notice = escape(self._next()), escape(self.course.notice or "")
        if self.course.next:
            said = f'<a href="{course.address(*self.course.next)}">{said}</a>'
        count = f"{self.course.done} of {self.course.exercises} exercises done."
        return f'<p role="status">{count} {said}</p>{f"<p>{notice}</p>" if notice else ""}'

    def _titled(self, lab: course.Standing) -> str:
        name = f"{lab.number} {escape(lab.title)}"
        return f'<a href="{lab.notebook}">{name}</a>' if lab.notebook else name
