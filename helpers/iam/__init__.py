"""IAM for learners: the policies of a role or a user, decisions on requests, explanations of AccessDenied.

- `policies` reads the identity-based policies of a role or a user.
- `simulation` asks IAM's policy simulator which statement decides.
- `explanation` explains an AccessDenied error and proposes a statement that would allow the request. (The
  message itself is worded in `engine/iam/messages`.)
"""
