"""The error of a malformed policy document."""


class MalformedPolicyError(ValueError):
    """A document that is not an IAM policy. The message is one sentence that says where and what."""
