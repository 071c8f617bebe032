"""IAM as a learner asks about it: who may do what, and why not?

- `policies` reads the identity-based policies of a role or a user.
- `simulation` asks IAM's policy simulator which statement decides.
- `explanation` explains an AccessDenied error and proposes a statement.
"""
