"""The form of the policy explorer: every click has a method of `PolicyExplorer` that does the same."""

import json
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from helpers.errors import LabError
from helpers.iam.policies import IdentityPolicy
from helpers.widgets.shared.form_errors import alert, attempt

ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:ListBucket", "logs:PutLogEvents", "lambda:InvokeFunction")
TEMPLATE = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
NEW = "(new inline policy)"
WIDE = {"width": "100%"}


class PolicyForm:
    """Fields and buttons in `box`; `explorer`, the PolicyExplorer (whose module imports this one), does the work."""

    def __init__(self, explorer: Any):
        self._explorer = explorer
        self._found: dict[str, IdentityPolicy] = {}
        self.principal = w.Dropdown(description="Principal", options=list(explorer.principals), layout=WIDE)
        self.action = w.Combobox(description="Action", value=ACTIONS[0], options=ACTIONS, layout=WIDE)
        self.resource = w.Text(description="Resource", value="*", layout=WIDE)
        self.context = w.Text(description="Context", placeholder='{"s3:prefix": "public/"}', layout=WIDE)
        self.answer = w.HTML()
        self.policy = w.Dropdown(description="Policy", options=[NEW], layout=WIDE)
        self.name = w.Text(description="Name", placeholder="of the inline policy", layout=WIDE)
        self.document = w.Textarea(description="JSON", rows=10)
        self.effect = w.HTML()
        self.buttons = {
            label: self._button(label, action, style)
            for label, action, style in (
                ("Ask", self._ask, "primary"),
                ("Preview", self._preview, ""),
                ("Apply", explorer.apply, "warning"),
            )
        }
        self.principal.observe(lambda _: self._policies(), "value")
        self.policy.observe(lambda change: self._choose(change["new"]), "value")
        edit = w.HBox([self.buttons["Preview"], self.buttons["Apply"]])
        question = [self.principal, self.action, self.resource, self.context, self.buttons["Ask"], self.answer]
        answer = [w.HTML("<strong>Change a policy</strong>"), self.policy, self.name, self.document, edit, self.effect]
        title = w.HTML("<strong>Who may do what?</strong>")
        self.box = explorer.framed("lab-policies", title, *question, *answer)
        self._policies()
        self._choose(NEW)
        self.refresh()

    def refresh(self) -> None:
        """Show what the explorer holds."""
        explorer = self._explorer
        if explorer.verdict:
            request = explorer.verdict.request
            offer(self.principal, list(explorer.principals), explorer.principal)
            self.action.value, self.resource.value = request.action, request.resource
            self.context.value = json.dumps(request.context) if request.context else ""
            self.answer.value = explorer.verdict._repr_html_()
        self.effect.value = explorer.change._repr_html_() if explorer.change else ""
        self._policies()

    def _button(self, label: str, action: Callable[[], object], style: str) -> w.Button:
        button = w.Button(description=label, button_style=style)
        shown = self.answer if label == "Ask" else self.effect
        button.on_click(lambda _: attempt(action, lambda sentence: self._say(sentence, shown)))
        return button

    def _ask(self) -> None:
        context = self._json(self.context.value or "{}", "The context")
        self._explorer.ask(self.principal.value, self.action.value, self.resource.value, context)

    def _preview(self) -> None:
        document = self._json(self.document.value, "The policy")
        if self._explorer.principal != self.principal.value:
            self._ask()
        self._explorer.preview(self.name.value, document)

    def _policies(self) -> None:
        """Offer the policies of the chosen principal."""
        found = self._explorer.policies(self.principal.value) if self.principal.value else []
        self._found = {f"{policy.name} ({policy.kind})": policy for policy in found}
        chosen = self.policy.value
        offer(self.policy, [NEW, *self._found], chosen if chosen in self._found else NEW)

    def _choose(self, label: str | None) -> None:
        policy = self._found.get(label or "")
        # Others' policies are copied: only an inline policy of the principal itself is written.
        inline = f"inline, {(self.principal.value or '').replace('/', ' ')}"
        self.name.value = policy.name if policy and policy.kind == inline else ""
        self.document.value = json.dumps(policy.document if policy else TEMPLATE, indent=2)

    def _json(self, text: str, what: str) -> dict[str, Any]:
        try:
            document: dict[str, Any] = json.loads(text)
        except ValueError as error:
            raise LabError(f"{what} is not JSON ({error}): check quotes and commas.") from error
        return document

    def _say(self, sentence: str, shown: w.HTML) -> None:
        shown.value = alert(sentence, "lab-policies-error")


def offer(choice: w.Dropdown, options: list[str], value: str) -> None:
    """Offer `options` and choose `value`; observers of the choice are called only if it changes."""
    if list(choice.options) != options:
        choice.options = options
    choice.value = value
