"""The form of the policy explorer: what a click does, a method of `PolicyExplorer` does."""

import json
from collections.abc import Callable
from html import escape

import ipywidgets as w
from botocore.exceptions import BotoCoreError, ClientError

from helpers.errors import LabError, describe
from helpers.iam.policies import IdentityPolicy

ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:ListBucket", "logs:PutLogEvents", "lambda:InvokeFunction")
TEMPLATE = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
NEW = "(new inline policy)"
WIDE = {"width": "100%"}


class PolicyForm:
    """Fields and buttons in `box`; `explorer` does the work."""

    def __init__(self, explorer):
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
        self.buttons["Apply"].disabled = explorer.change is None
        self._policies()

    def _button(self, label: str, action: Callable, style: str) -> w.Button:
        button = w.Button(description=label, button_style=style)
        button.on_click(lambda _: self._say(action, self.answer if label == "Ask" else self.effect))
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
        inline = policy and policy.kind == f"inline, {self.principal.value.replace('/', ' ')}"
        self.name.value = policy.name if inline else ""
        self.document.value = json.dumps(policy.document if policy else TEMPLATE, indent=2)

    def _json(self, text: str, what: str) -> dict:
        try:
            return json.loads(text)
        except ValueError as error:
            raise LabError(f"{what} is not JSON ({error}): check quotes and commas.") from error

    def _say(self, action: Callable, shown: w.HTML) -> None:
        """Run what a click asks for; an error becomes a sentence in the form, where the learner looks."""
        try:
            action()
        except (LabError, ClientError, BotoCoreError) as error:
            text = str(error) if isinstance(error, LabError) else describe(error)
            shown.value = f'<p class="lab-policies-error">{escape(text)}</p>'


def offer(choice: w.Dropdown, options: list[str], value: str) -> None:
    """Offer these options; what hangs on the choice, such as a text that is being edited, changes only if it does."""
    if list(choice.options) != options:
        choice.options = options
    choice.value = value
