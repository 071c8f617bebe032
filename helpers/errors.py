"""Errors a learner can meet. Each message is one sentence: what happened, and what to do.

    LabError
     ├─ BackendError            the backend cannot be reached, or lacks what the lab needs
     │   └─ EngineError         the embedded engine cannot be started, stopped or reached
     ├─ ConfirmationError       real AWS was asked for and not confirmed
     ├─ PackageError            files that cannot become a deployment package
     ├─ LogError                a log that does not exist, or is not as expected
     ├─ TestEventError          an invalid test event or name, or one that does not exist
     ├─ ScorecardError          a factor or a verdict that does not exist
     ├─ CostError               an invalid workload, or a name that is not on the bill
     ├─ NotThereError           a resource that the notebook's own cells make does not exist
     └─ ExerciseError           an exercise or a lab that does not exist

What AWS itself answers is never wrapped: `botocore.exceptions.ClientError` reaches you as it is,
because reading it is part of the labs; a notebook shows it in one line (`helpers.jupyter.aws_errors`).
"""


class LabError(Exception):
    """Base of all errors of this package; `str(error)` is one sentence that ends with what to do."""

    def _render_traceback_(self) -> list[str]:
        """Show only the sentence in a notebook (IPython calls this instead of printing a traceback)."""
        return [f"{type(self).__name__}: {self}"]


class BackendError(LabError):
    """The backend cannot be reached, or cannot do what the lab needs."""


class EngineError(BackendError):
    """The embedded engine cannot be started, stopped or reached."""


class ConfirmationError(LabError):
    """The backend is real AWS and the account and region were not confirmed."""


class PackageError(LabError):
    """The files given cannot become a deployment package."""


class LogError(LabError):
    """An expected log or log line does not exist."""


class TestEventError(LabError):
    """A test event or its name is invalid, or the event does not exist."""

    __test__ = False  # pytest takes classes named Test… for tests


class ScorecardError(LabError):
    """A scorecard names a factor or a verdict that does not exist."""


class CostError(LabError):
    """A workload is invalid on Lambda, or a name is not on the bill."""


class NotThereError(LabError):
    """A resource that a check judges, made by earlier cells of the notebook, does not exist."""


class ExerciseError(LabError):
    """The exercise or the lab does not exist."""


# By name: botocore's, requests' and Python's are told apart by nothing that matters here.
NO_ANSWER = ("EndpointConnectionError", "ConnectionClosedError", "ConnectTimeoutError", "ConnectionError")


def unanswered(error: Exception) -> bool:
    """Tell whether an error means that the backend did not answer."""
    return any(kind.__name__ in NO_ANSWER for kind in type(error).__mro__)


def describe(error: Exception) -> str:
    """Return an error in one line: AWS's code and message, or the kind of error and its text."""
    if isinstance(error, NotThereError):
        return f"nothing to check yet ({error})"
    if unanswered(error):
        return "no answer from the backend (run the cell with Lab(...) again: it starts the backend)"
    kind, text = _code_and_message(error)
    return f"{kind} ({text})"


def in_one_line(error: Exception) -> str:
    """Return an error as a notebook shows it: AWS's code (or the kind of error), then the message."""
    return ": ".join(filter(None, _code_and_message(error)))


def _code_and_message(error: Exception) -> tuple[str, str]:
    answer = getattr(error, "response", {}).get("Error", {})
    kind, text = answer.get("Code", type(error).__name__), answer.get("Message", str(error))
    return kind, " ".join(text.split())
