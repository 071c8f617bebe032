"""Rows for authentication and authorization: IAM and STS, S3's and SQS's signed URLs, function URLs."""

from __future__ import annotations

from ..iam import access_keys, function_urls, internal_calls, managed_policies, queue_urls, role_sessions, s3_signatures
from ..patching import Patch

SERVICES = "localstack.services"
LAMBDA = f"{SERVICES}.lambda_"
PRESIGNED = f"{SERVICES}.s3.presigned_url"

ROWS = (
    Patch(
        "localstack.aws.client:GatewayShortCircuit.__call__",
        internal_calls.send,
        "84dcf1d6a64a",
        "skips the parser for calls between services, and marks none",
    ),
    Patch(
        "moto.iam.models:random_alphanumeric",
        access_keys.random_alphanumeric,
        "76cc37ca0a11",
        "makes secrets of random numbers that can be told from request ids, which everybody sees",
    ),
    Patch(
        "moto.iam.models:IAMBackend._init_aws_policies",
        managed_policies.init_aws_policies,
        "e710de136f53",
        "reads 1,400 policies for each account",
    ),
    Patch(
        "moto.sts.models:STSBackend.assume_role",
        role_sessions.assume_role,
        "f32a21bb2eb0",
        "knows a session's role by its ARN alone, and takes another role of this name for it",
        around=True,
    ),
    Patch(
        f"{LAMBDA}.invocation.lambda_models:S3Code.generate_presigned_url",
        s3_signatures.generate_code_url,
        "19b3ea43953e",
        "signs the URL of a function's code with a secret that everybody knows",
    ),
    Patch(
        f"{PRESIGNED}:get_credentials_from_parameters",
        s3_signatures.get_credentials,
        "44241f94cdc9",
        "has a default secret for unknown keys, and no token in URLs of version 2",
    ),
    *(
        Patch(
            f"{PRESIGNED}:{name}",
            s3_signatures.validate_presigned_url,
            source,
            "takes any X-Amz-Expires, and does not say which key was verified",
            around=True,
        )
        for name, source in (
            ("validate_presigned_url_s3", "18c11cfafe7e"),
            ("validate_presigned_url_s3v4", "57303a178ed9"),
        )
    ),
    Patch(
        f"{SERVICES}.sqs.query_api:try_call_sqs",
        queue_urls.try_call_sqs,
        "a151780bb44b",
        "passes on who calls without looking at the signature",
        around=True,
    ),
    Patch(
        f"{SERVICES}.sqs.query_api:connect_to",
        queue_urls.connect_as_caller,
        "331cf6f0ecfd",
        "passes on the key that it reads, not the one that was verified",
    ),
    Patch(
        f"{LAMBDA}.provider:LambdaProvider.add_permission",
        function_urls.add_permission,
        "4fcab751bbd7",
        "does not know InvokedViaFunctionUrl, of October 2025",
        around=True,
    ),
    Patch(
        f"{LAMBDA}.api_utils:build_statement",
        function_urls.build_statement,
        "cb3e9a3be906",
        "likewise, in the statement that the permission becomes",
        around=True,
    ),
)
