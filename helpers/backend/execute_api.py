"""Addresses of REST APIs: a stage's host on AWS, and how a request reaches it on a local backend.

Source: API Gateway Developer Guide, "Invoke REST APIs in API Gateway" (2026-11).
"""


def stage_url(api_id: str, region: str, stage: str) -> str:
    """Return the URL of a stage on AWS, such as https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/test."""
    return f"https://{api_id}.execute-api.{region}.amazonaws.com/{stage}"


def route(url: str, endpoint: str | None) -> tuple[str, dict[str, str]]:
    """Return the URL to which a request for `url`, https on AWS, is sent, and the headers that it needs there.

    A local backend at `endpoint` plays all hosts of AWS and is told by a header which one is meant; None: AWS itself.
    """
    if endpoint is None:
        return url, {}
    host, slash, path = url.removeprefix("https://").partition("/")
    return f"{endpoint}{slash}{path}", {"Host": host}
