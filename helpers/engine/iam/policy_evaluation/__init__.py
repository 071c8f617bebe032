"""IAM's decision: may this principal take this action on this resource? Pure: no I/O, nothing of LocalStack.

    request = Request(
        Principal("role session", "arn:aws:sts::000000000000:assumed-role/demo/i", "000000000000",
                  role_arn="arn:aws:iam::000000000000:role/demo"),
        "lambda:InvokeFunction",
        "arn:aws:lambda:us-east-1:000000000000:function:HelloWorld",
        resource_account="000000000000",
        context={"aws:SourceIp": "127.0.0.1"},
    )
    decision = evaluate(request, PolicySet(identity=[parse(text, "demo-policy")]))
    decision.allowed      # True or False
    decision.effect       # "allowed", "explicitDeny" or "implicitDeny", as SimulatePrincipalPolicy says
    decision.decided_by   # "identity", "resource", "boundary", "session", "root" or "none"
    decision.statements   # the deciding ones: each has .policy (name), .sid, .index, .effect
    decision.reason       # "because no identity-based policy allows the lambda:InvokeFunction action"

A tour, in the order of a decision:

- `documents` parses a policy once (`parse` keeps the result for a text) and sorts its statements by service; `errors`
  has the error of a malformed one.
- `requests` and `principals` say who asks for what.
- `evaluation` combines all policies: explicit deny, union or intersection, boundary, session.
- `statements` compares one statement with the request: `principals`, actions and resources (`wildcards`,
  `variables`), `conditions` with their `operators`. `statement.mismatch(request)` names the element that does not fit.
- `validation` is apart from decisions: what IAM refuses to store.

To explain a denial, ask `statement.mismatch(request)` of every `policy.about(request.service)`.

Not decided here, because no lab uses them: service and resource control policies of AWS Organizations, VPC
endpoint policies, S3 ACLs. `tests/differential` compares this package with another implementation.
"""

from .documents import Policy, parse
from .errors import MalformedPolicyError
from .evaluation import Decision, PolicySet, evaluate
from .principals import Principal, Reach
from .requests import Request
from .statements import Statement
from .validation import validate

__all__ = [
    "Decision",
    "MalformedPolicyError",
    "Policy",
    "PolicySet",
    "Principal",
    "Reach",
    "Request",
    "Statement",
    "evaluate",
    "parse",
    "validate",
]
