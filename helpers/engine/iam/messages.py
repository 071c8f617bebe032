"""AWS's errors for refused requests, which differ from service to service.

The reason in them ("because no identity-based policy allows …") is worded by `Decision.reason_with` in
`policy_evaluation.evaluation`.

Sources, all read in November 2026: IAM User Guide, "Troubleshoot access denied error messages"; AWS Security Blog,
"Enhanced access denied error messages with policy ARNs" (since January 2026 an explicit deny names its policy); SQS
names actions in lower case (github.com/aws/serverless-application-model/issues/3633), SNS its service in upper case
(github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/151), S3 puts ARNs into quotes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from localstack.aws.api import CommonServiceException, RequestContext

from .policy_evaluation import Decision
from .targets import Target

# Error code and HTTP status; ("AccessDeniedException", 400) for all others.
CODES = {
    "apigateway": ("AccessDeniedException", 403),
    "apigatewayv2": ("AccessDeniedException", 403),
    "cloudformation": ("AccessDenied", 403),
    "cloudwatch": ("AccessDenied", 403),
    "iam": ("AccessDenied", 403),
    "lambda": ("AccessDeniedException", 403),
    "s3": ("AccessDenied", 403),
    "scheduler": ("AccessDeniedException", 403),
    "sns": ("AuthorizationError", 403),
    "sqs": ("AccessDenied", 403),
    "sts": ("AccessDenied", 403),
}
QUERY = ("cloudformation", "cloudwatch", "iam", "sns", "sqs", "sts")
# Services that leave the resource out where an action has none.
WITHOUT_STAR = ("s3", "cloudwatch")


def denied(context: RequestContext, who: str, target: Target, decision: Decision) -> CommonServiceException:
    """The error for `who` (an ARN, or a service principal)."""
    service = context.service.service_name
    code, status = CODES.get(service, ("AccessDeniedException", 400))
    return CommonServiceException(code, sentence(service, who, target, decision), status, True)


def sentence(service: str, who: str, target: Target, decision: Decision) -> str:
    """The message of a denial, as `service` words it."""
    if service == "s3" and who == "anonymous":
        return "Access Denied"
    action, resource = _action(service, target.action), target.shown or target.resource
    if service == "s3":
        resource = f'"{resource}"'
    text = f"User: {who} is not authorized to perform: {action}"
    if target.resource != "*" or service not in WITHOUT_STAR:
        text += f" on resource: {resource}"
    if target.is_trust:
        return text  # STS gives no reason
    return f"{text} {reason(service, decision)}"


def reason(service: str, decision: Decision) -> str:
    """Why, as in "because no identity-based policy allows the sqs:sendmessage action"."""
    text = decision.reason_with(_action(service, decision.action))
    if decision.effect == "explicitDeny" and decision.decided_by != "resource":
        policies = sorted({s.policy for s in decision.statements if s.policy.startswith("arn:")})
        return f"{text}: {policies[0]}" if policies else text
    return text


def unknown_key(service: str) -> CommonServiceException:
    """An access key that nobody has, in a request to `service`."""
    if service == "s3":
        text = "The AWS Access Key Id you provided does not exist in our records."
        return CommonServiceException("InvalidAccessKeyId", text, 403, True)
    code = "InvalidClientTokenId" if service in QUERY else "UnrecognizedClientException"
    text = "The security token included in the request is invalid."
    return CommonServiceException(code, text, _status(service), True)


def wrong_signature(context: RequestContext, reason: str = "") -> CommonServiceException:
    """A wrong signature, or (with `reason`) one that was right at another time.

    Services of the query protocol say SignatureDoesNotMatch in both cases, the others InvalidSignatureException
    (github.com/boto/boto3/issues/4716, github.com/aws/aws-cli/issues/6676).
    """
    service = context.service.service_name
    if service == "s3":
        text = "The request signature we calculated does not match the signature you provided. "
        return CommonServiceException("SignatureDoesNotMatch", text + "Check your key and signing method.", 403, True)
    text = reason or (
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        "Key and signing method. Consult the service documentation for details."
    )
    code = "SignatureDoesNotMatch" if service in QUERY else "InvalidSignatureException"
    return CommonServiceException(code, text, _status(service), True)


def wrong_time(
    context: RequestContext, signed: datetime, now: datetime, minutes: int, late: bool
) -> CommonServiceException:
    """A request that was signed too long ago (`late`), or whose signer's clock is ahead. Both moments in UTC."""
    service = context.service.service_name
    if service == "s3":
        text = "The difference between the request time and the current time is too large."
        return CommonServiceException("RequestTimeTooSkewed", text, 403, True)
    if service == "ec2":
        return CommonServiceException("RequestExpired", "Request has expired.", 400, True)
    edge = now - timedelta(minutes=minutes) if late else now + timedelta(minutes=minutes)
    words = "Signature expired: {} is now earlier than {} ({} - {} min.)"
    if not late:
        words = "Signature not yet current: {} is still later than {} ({} + {} min.)"
    return wrong_signature(context, words.format(*(t.strftime("%Y%m%dT%H%M%SZ") for t in (signed, edge, now)), minutes))


def incomplete_signature(context: RequestContext, reason: str) -> CommonServiceException:
    """An Authorization header, or signed query, that cannot be read; `reason` in AWS's words."""
    service = context.service.service_name
    if service == "s3":
        text = f"The authorization header is malformed; {reason}"
        return CommonServiceException("AuthorizationHeaderMalformed", text, 400, True)
    code = "IncompleteSignature" if service in QUERY else "IncompleteSignatureException"
    return CommonServiceException(code, reason, _status(service), True)


def wrong_token(context: RequestContext) -> CommonServiceException:
    """Keys of a role session without the session's token, or with another."""
    if context.service.service_name == "s3":
        text = "The provided token is malformed or otherwise invalid."
        return CommonServiceException("InvalidToken", text, 400, True)
    return unknown_key(context.service.service_name)


def expired_token(context: RequestContext) -> CommonServiceException:
    """Keys of a role session that has expired."""
    service = context.service.service_name
    if service == "s3":
        return CommonServiceException("ExpiredToken", "The provided token has expired.", 400, True)
    code = "ExpiredToken" if service in QUERY else "ExpiredTokenException"
    text = "The security token included in the request is expired"
    return CommonServiceException(code, text, _status(service), True)


def key_in_url(context: RequestContext) -> CommonServiceException:
    """An access key in a URL without enough proof. AWS accepts an account's own there; no browser runs beside AWS."""
    text = (
        "In a URL this engine takes the access keys of users and roles only, and only where it verifies signatures; an "
        "account's own key goes into a header, or into a presigned URL or form of S3."
    )
    return CommonServiceException("AccessDenied", text, 403, True)


def _status(service: str) -> int:
    return CODES.get(service, ("", 400))[1]


def unsigned(context: RequestContext) -> CommonServiceException:
    """A request without a signature, for an action that requires one."""
    service = context.service.service_name
    if service in QUERY:
        return CommonServiceException(
            "MissingAuthenticationToken", "Request is missing Authentication Token", 403, True
        )
    code = "MissingAuthenticationTokenException"
    return CommonServiceException(code, "Missing Authentication Token", _status(service), True)


def _action(service: str, action: str) -> str:
    if service == "sqs":
        return action.lower()
    if service == "sns":
        return action.replace("sns:", "SNS:", 1)
    return action
