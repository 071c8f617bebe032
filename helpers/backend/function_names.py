"""Names of Lambda functions, as AWS writes them."""


def function_name(reference: str) -> str:
    """Return the name of the function that `reference` stands for: a name, a partial or a full ARN, qualified or not.

    Source: Lambda API reference, Invoke, "FunctionName" (2026-11).
    """
    parts = reference.split(":")
    return parts[parts.index("function") + 1] if "function" in parts[:-1] else parts[0]
