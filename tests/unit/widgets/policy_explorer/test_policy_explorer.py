"""The policy explorer: what a click does, a method does; nothing is stored before it is applied."""

import json

import pytest
from fake_iam import NOTES, FakeIam, document, statement

from helpers.errors import LabError
from helpers.widgets import PolicyExplorer

KEY = f"{NOTES}/a.txt"
READ = document(statement("s3:GetObject", f"{NOTES}/*"))
NOTHING = document(statement("s3:*", effect="Deny"))


@pytest.fixture
def iam():
    fake = FakeIam()
    fake.inline["role", "clerk"]["work"] = READ
    return fake


@pytest.fixture
def explorer(iam):
    return PolicyExplorer(iam)


@pytest.fixture
def form(explorer):
    """The form, as after it was shown."""
    explorer._view  # noqa: B018  builds the form
    return explorer._form


def test_it_knows_the_principals_of_the_account(explorer):
    assert list(explorer.principals) == ["role/clerk", "user/ada"]


def test_it_says_which_statement_decides(explorer):
    verdict = explorer.ask("role/clerk", "s3:GetObject", KEY)
    assert verdict.why == "statement 1 of work allows it, and none denies it."
    assert explorer.verdict is verdict


def test_a_principal_that_is_not_there_is_one_sentence(explorer):
    with pytest.raises(LabError, match="There is no 'role/nobody' in this account: choose one of role/clerk, user/ada"):
        explorer.ask("role/nobody", "s3:GetObject")


@pytest.mark.parametrize("resource", ["notes", "", "arn:aws:s3:notes", "arn:aws:s3:::", " *", "arn aws:s3:::notes/*"])
def test_a_malformed_arn_is_one_sentence_and_nothing_is_asked(explorer, form, resource):
    form.resource.value = resource
    form.buttons["Ask"].click()
    assert "is not an ARN, which has six parts" in form.answer.value and explorer.verdict is None


@pytest.mark.parametrize("resource", ["*", KEY, "arn:aws:iam::123456789012:role/a b", "arn:aws-cn:sqs:x:1:*"])
def test_an_arn_may_have_empty_parts(explorer, resource):
    assert explorer.ask("role/clerk", "s3:GetObject", resource).request.resource == resource


def test_a_preview_shows_every_question_before_and_after_and_stores_nothing(iam, explorer):
    explorer.ask("role/clerk", "s3:PutObject", KEY)
    explorer.ask("role/clerk", "s3:GetObject", KEY)
    explorer.ask("role/clerk", "s3:GetObject", KEY)  # again is the same question
    change = explorer.preview("work", document(statement("s3:PutObject")))
    decisions = [(request.action, now, then) for request, now, then in change.decisions]
    assert decisions == [("s3:PutObject", "implicitDeny", "allowed"), ("s3:GetObject", "allowed", "implicitDeny")]
    assert "allowed  (changes)" in repr(change)
    assert iam.inline["role", "clerk"] == {"work": READ}


def test_a_new_policy_is_previewed_beside_the_old_ones(explorer):
    explorer.ask("role/clerk", "s3:GetObject", KEY)
    change = explorer.preview("vault", NOTHING)
    assert [(now, then) for _, now, then in change.decisions] == [("allowed", "explicitDeny")]


def test_applying_stores_the_policy_and_asks_again(iam, explorer):
    explorer.ask("role/clerk", "s3:GetObject", KEY)
    explorer.preview("vault", NOTHING)
    assert explorer.apply().decision == "explicitDeny"
    assert iam.inline["role", "clerk"] == {"work": READ, "vault": NOTHING}
    assert explorer.change is None


def test_steps_in_the_wrong_order_are_one_sentence(explorer):
    with pytest.raises(LabError, match="ask a question first"):
        explorer.preview("work", READ)
    with pytest.raises(LabError, match="preview a policy first"):
        explorer.apply()


def test_the_static_picture_shows_verdict_and_preview(explorer):
    assert explorer._repr_mimebundle_()["text/plain"] == "Policy explorer: nothing asked yet"
    explorer.ask("role/clerk", "s3:GetObject", f"{NOTES}/<a>")
    explorer.preview("vault", NOTHING)
    bundle = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"].startswith("role/clerk asks for s3:GetObject on arn:aws:s3:::notes/<a>\nallowed: ")
    assert "Preview of vault:" in bundle["text/plain"]
    assert "&lt;a&gt;" in bundle["text/html"] and "<a>" not in bundle["text/html"]


def test_the_buttons_ask_preview_and_apply(iam, explorer, form):
    form.buttons["Apply"].click()
    assert "preview a policy first" in form.effect.value
    form.principal.value, form.action.value, form.resource.value = "role/clerk", "s3:GetObject", KEY
    form.buttons["Ask"].click()
    assert "<strong>allowed</strong>" in form.answer.value
    form.policy.value = "work (inline, role clerk)"
    assert json.loads(form.document.value) == READ
    form.document.value = json.dumps(NOTHING)
    form.buttons["Preview"].click()
    assert "explicitDeny  (changes)" in form.effect.value
    assert json.loads(form.document.value) == NOTHING, "what is being edited stays"
    assert iam.inline["role", "clerk"]["work"] == READ
    form.buttons["Apply"].click()
    assert iam.inline["role", "clerk"]["work"] == NOTHING
    assert "<strong>explicitDeny</strong>" in form.answer.value and explorer.change is None


def test_a_context_is_given_as_json(explorer, form):
    form.context.value = '{"s3:prefix": "public/"}'
    form.buttons["Ask"].click()
    assert explorer.verdict.request.context == {"s3:prefix": "public/"}


def test_a_policy_of_somebody_else_is_copied_and_not_named(iam, form):
    iam.attached = {"ada"}
    form.principal.value = "user/ada"
    form.policy.value = "Everything (attached, user ada)"
    assert (form.name.value, json.loads(form.document.value)["Statement"][0]["Action"]) == ("", "*")


def test_a_preview_for_another_principal_asks_first(explorer, form):
    form.principal.value, form.name.value = "user/ada", "new"
    form.buttons["Preview"].click()
    assert (explorer.principal, explorer.change.principal) == ("user/ada", "user/ada")


def test_a_click_that_fails_puts_one_sentence_into_the_form(form):
    form.context.value = "{"
    form.buttons["Ask"].click()
    assert "The context is not JSON" in form.answer.value
    form.context.value, form.name.value, form.document.value = "", "new", '{"Version": "2012-10-17"}'
    form.buttons["Preview"].click()
    assert "InvalidInput (Syntax errors in policy.)" in form.effect.value
    form.name.value = ""
    form.buttons["Preview"].click()
    assert "Give the policy a name" in form.effect.value


def test_what_code_does_shows_in_the_form(explorer, form):
    explorer.ask("role/clerk", "s3:GetObject", KEY)
    assert (form.principal.value, form.action.value, form.resource.value) == ("role/clerk", "s3:GetObject", KEY)
    assert "<strong>allowed</strong>" in form.answer.value
