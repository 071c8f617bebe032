"""What the tests of the policy evaluator share: one user, one role's session, one function; policies in a line."""

from helpers.engine.iam.policy_evaluation import Decision, Policy, PolicySet, Principal, Request, evaluate, parse

HERE, THERE = "111111111111", "222222222222"
USER = Principal("user", f"arn:aws:iam::{HERE}:user/ana", HERE)
ROLE = f"arn:aws:iam::{HERE}:role/app/worker"
SESSION = Principal("role session", f"arn:aws:sts::{HERE}:assumed-role/worker/job", HERE, role_arn=ROLE)
ROOT = Principal("account", f"arn:aws:iam::{HERE}:root", HERE)
SNS = Principal("service", service="sns.amazonaws.com")
NOBODY = Principal("anonymous")

INVOKE = "lambda:InvokeFunction"
FUNCTION = f"arn:aws:lambda:us-east-1:{HERE}:function:hello"


def statement(effect="Allow", action=INVOKE, resource="*", **elements):
    """A statement; `Principal=`, `Condition=` and the like add elements, None removes one."""
    whole = {"Effect": effect, "Action": action, "Resource": resource, **elements}
    return {name: value for name, value in whole.items() if value is not None}


def policy(*statements, name="p", version="2012-10-17") -> Policy:
    return parse({"Version": version, "Statement": list(statements)}, name)


def allow(**elements) -> Policy:
    return policy(statement(**elements))


def deny(**elements) -> Policy:
    return policy(statement("Deny", **elements))


def ask(principal=USER, action=INVOKE, resource=FUNCTION, owner=HERE, context=None, **policies) -> Decision:
    """The decision; `identity=`, `boundary=`, `session=` take one policy or a list, `resource_policy=` one."""
    listed = {
        kind: given if isinstance(given, list) or given is None else [given]
        for kind, given in policies.items()
        if kind != "resource_policy"
    }
    return evaluate(
        Request(principal, action, resource, owner, context),
        PolicySet(**{"identity": [], **listed}, resource=policies.get("resource_policy")),
    )


def applies(context=None, resource=FUNCTION, action=INVOKE, version="2012-10-17", **elements) -> bool:
    """Whether a statement with these elements applies to a request."""
    only = policy(statement(**elements), version=version).statements[0]
    return only.mismatch(Request(USER, action, resource, HERE, context)) is None
