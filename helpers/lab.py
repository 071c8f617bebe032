"""`Lab`: the one object a notebook starts with."""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from helpers import exercises
from helpers.backend import features, session, tagging
from helpers.backend.accounts import of_lab
from helpers.cleanup import owns as cleanup
from helpers.cleanup import sweeping
from helpers.cost import budget, creations
from helpers.errors import LabError
from helpers.exercises import checks, course, solutions
from helpers.jupyter import aws_errors, figures, resuming
from helpers.jupyter.code_block import CodeBlock
from helpers.jupyter.output import in_notebook
from helpers.state import last_account, test_events
from helpers.state.progress import Progress
from helpers.table import Table

BASIC_POLICY = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
TRUST_LAMBDA = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
    ],
}


class Lab:
    """Connect to the backend, clear what an earlier run of this lab left, and say so in one line.

    `name` is the lab's number, "01"; `account` 12 digits, else LAB_ACCOUNT, else the lab's own: 000000000001.
    Attributes: backend ("embedded", "docker", "endpoint" or "aws"), endpoint (URL, None for aws), account,
    region, features (what the backend can do, by name), solved (numbers of the exercises whose checks have passed
    since: what was made before is gone, or not of this notebook).

    Raises: ExerciseError if there is no such lab; BackendError if the backend cannot be reached or lacks what
    the lab needs; ConfirmationError if the backend is AWS and was not confirmed.
    """

    def __init__(self, name: str, *, account: str | None = None):
        aws_errors.install()
        figures.install()
        self._description = exercises.load(name)
        self.name = name
        self._session = session.connect(account, default=of_lab(name), before_aws=self._announce)
        if self._session.backend == "aws":
            budget.require(self._session)
            tagging.tag_all(self._session.boto.events, name)
        os.environ[tagging.SET] = name if self._session.backend == "aws" else ""  # for !aws
        self._hints: dict[str, int] = {}  # given so far
        self._found: dict[str, str] = {}  # by the last check
        self.solved: set[str] = set()
        self.backend = self._session.backend
        self.endpoint = self._session.endpoint
        self.account = self._session.account
        self.region = self._session.region
        self.features = self._session.features
        features.require(self.features, self._description.needs, name, self.backend)
        owns = self._description.owns
        cleanup.wait_until_idle(self.endpoint, owns)
        found = cleanup.remove(self.client, owns, dry_run=self.backend == "aws")
        if self.backend != "aws" and in_notebook():
            with contextlib.suppress(LabError):  # a terminal that does not follow is no reason to stop
                last_account.note(self.account)
        if self.backend != "aws":  # where functions stay, so do their test events
            test_events.forget(self.account, owns.functions)
        print(f"Lab {name} is ready: {self.backend} backend, account {self.account}, region {self.region}.")
        if self.backend == "aws" and found:  # perhaps the learner's own: never deleted unasked
            print(f"In the account already: {cleanup.in_words(found)}. lab.reset() deletes this.")
        resuming.offer()

    def __repr__(self) -> str:
        return f"<Lab {self.name}, {self.backend} backend, account {self.account}, region {self.region}>"

    def client(self, service: str, credentials: Mapping[str, str] | None = None) -> Any:
        """Return the boto3 client for `service`, such as "lambda", on this backend.

        It signs its calls as you, or with `credentials`: AWS's own dict, as returned by
        `create_access_key()["AccessKey"]` and `assume_role()["Credentials"]`.

        Raises: LabError if `credentials` are not such a dict.
        """
        return self._session.client(service, credentials)

    def _announce(self) -> None:
        """Say what the lab will create in AWS and what that costs, and which labs are in its way, or it in theirs."""
        creations.announce(self.name)
        owns = self._description.owns
        others = [one for one in exercises.numbers() if one != self.name and exercises.load(one).owns.shares(owns)]
        if others:
            print(f"All labs share your account, and names of this one are in {', '.join(others)}, too: reset each.")
        if self._description.on_aws:
            print(self._description.on_aws)

    @cached_property
    def role(self) -> str:
        """ARN of a role that Lambda may assume and that may write logs, made when first asked for.

        It has the same name in every lab (`lab-basic-execution`), until lab 02 explains roles.
        """
        iam = self.client("iam")
        try:
            arn = iam.get_role(RoleName=cleanup.BASIC_ROLE)["Role"]["Arn"]
        except iam.exceptions.NoSuchEntityException:
            arn = iam.create_role(
                RoleName=cleanup.BASIC_ROLE,
                AssumeRolePolicyDocument=json.dumps(TRUST_LAMBDA),
                Description="Lets the functions of the labs write their logs.",
            )["Role"]["Arn"]
        iam.attach_role_policy(RoleName=cleanup.BASIC_ROLE, PolicyArn=BASIC_POLICY)  # again is no error
        return arn

    def check(self, number: str | float = "") -> None:
        """Check exercise `number` ("1.1") against the backend and show the result; never raises for a failure.

        A check that fails gives the next hint; the same again if it finds what the one before it found.
        Raises: ExerciseError if the lab has no such exercise.
        """
        exercise = self._description.exercise(number)
        number = exercise.number
        given = self._hints.get(number, 0)
        result = checks.run(exercise, self, failures=given)
        if result.judged and not result.check.passed:  # only an attempt that was looked at costs a hint
            if self._found.get(number) == result.check.actual:  # nothing has changed, as in Run all
                result = replace(result, hint=exercise.hint(given - 1))
            else:
                self._found[number], self._hints[number] = result.check.actual, given + 1
        show(result)
        if result.hint and result.hint.code:
            show(CodeBlock(f"{number} half filled", result.hint.code))
        if not result.check.passed:
            return
        self.solved.add(number)
        progress = Progress()
        try:
            progress.record(self.name, exercise.name)
        except LabError as error:
            print(f"The exercise is done, but that could not be saved. {error}")
        if progress.notice:
            print(progress.notice)

    def hint(self, number: str | float = "") -> None:
        """Show the next hint for exercise `number`, without checking it: words, half the cell, the way to the solution.

        After the last hint it begins again. Raises: ExerciseError if the lab has no such exercise.
        """
        exercise = self._description.exercise(number)
        number = exercise.number
        given = self._hints.get(number, 0) % len(exercise.ladder)
        self._hints[number] = given + 1
        hint = exercise.hint(given)
        line = f"{number} Hint: {hint}"
        if hint.code:
            show(CodeBlock(line, hint.code))
        else:
            print(line)

    def solution(self, number: str | float) -> None:
        """Show the solution of an exercise, or of a task at the end of the lab ("On your own 1"), and explain it.

        Raises: ExerciseError if there is no such solution.
        """
        show(solutions.find(self.name, number).block())

    def progress(self) -> Table:
        """Return the labs with how many of their exercises are done, from the file that outlives the kernel."""
        standing = course.read()
        if standing.notice:
            print(standing.notice)
        return standing.table()

    def reset(self) -> None:
        """Delete what this lab made in the backend. Progress is kept.

        On AWS it is listed first, and account and region have to be confirmed; what has the name and not the tag of
        something that this lab makes is listed, and kept.
        Raises: ConfirmationError if they are not.
        """
        owns = self._description.owns
        if self.backend == "aws":
            sweeping.run(self._session, {self.name: owns})
            self._forget()
            return
        cleanup.wait_until_idle(self.endpoint, owns)
        removed = cleanup.remove(self.client, owns, pause=cleanup.LOG_SECONDS)
        cleanup.remove_basic_role(self.client)
        self._forget()
        print(f"Lab {self.name} is clean{': removed ' + cleanup.in_words(removed) if removed else ''}.")

    def _forget(self) -> None:
        self.__dict__.pop("role", None)
        self.solved.clear()
        test_events.forget(self.account, self._description.owns.functions)


def show(what: checks.Result | CodeBlock) -> None:
    """Show a result or code in colour in a notebook, as text elsewhere."""
    if in_notebook():
        from IPython.display import display

        display(what)  # type: ignore[no-untyped-call] # IPython's
    else:
        print(what)
