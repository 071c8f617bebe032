"""Firehose: a bucket gets what is put, and what does not act here is refused."""

import uuid

import pytest
from authorization_kit import ACCOUNT, allow, document, refused

ROLE = f"arn:aws:iam::{ACCOUNT}:role/delivery"
BUCKET = {"RoleARN": ROLE, "BucketARN": "arn:aws:s3:::nowhere"}
KINESIS = {"KinesisStreamARN": f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/s", "RoleARN": ROLE}
PROCESSING = {"Enabled": True, "Processors": [{"Type": "Lambda"}]}

REFUSALS = {
    "DeliveryStreamType": {
        "DeliveryStreamType": "KinesisStreamAsSource",
        "KinesisStreamSourceConfiguration": KINESIS,
        "ExtendedS3DestinationConfiguration": BUCKET,
    },
    "ExtendedS3DestinationConfiguration.ProcessingConfiguration.Enabled": {
        "ExtendedS3DestinationConfiguration": {**BUCKET, "ProcessingConfiguration": PROCESSING}
    },
    "HttpEndpointDestinationConfiguration": {
        "HttpEndpointDestinationConfiguration": {
            "EndpointConfiguration": {"Url": "https://example.com"},
            "S3Configuration": BUCKET,
        }
    },
}


@pytest.mark.parametrize(("what", "request_"), REFUSALS.items(), ids=REFUSALS)
def test_what_does_not_act_is_refused(client, what, request_):
    with refused(
        "NotImplemented", f"{what} of CreateDeliveryStream (Amazon Kinesis Firehose) is not part of this engine"
    ):
        client("firehose").create_delivery_stream(DeliveryStreamName="d", **request_)


def test_a_bucket_gets_what_is_put_and_a_policy_names_streams(client, actors):
    """Service Authorization Reference, "Amazon Kinesis Firehose" (2026-11)."""
    iam, s3, firehose, name = client("iam"), client("s3"), client("firehose"), f"d-{uuid.uuid4().hex[:8]}"
    trust = {"Effect": "Allow", "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=allow("s3:PutObject", f"arn:aws:s3:::{name}/*"))
    s3.create_bucket(Bucket=name)
    configuration = {"RoleARN": role, "BucketARN": f"arn:aws:s3:::{name}"}
    firehose.create_delivery_stream(DeliveryStreamName=name, ExtendedS3DestinationConfiguration=configuration)
    user = actors.user()
    user.put(allow("firehose:PutRecord", f"arn:aws:firehose:us-east-1:{ACCOUNT}:deliverystream/{name}"))
    user.client("firehose").put_record(DeliveryStreamName=name, Record={"Data": b"line\n"})
    with refused("AccessDeniedException", f"deliverystream/{name}-other"):
        user.client("firehose").put_record(DeliveryStreamName=f"{name}-other", Record={"Data": b"line\n"})
    (entry,) = s3.list_objects_v2(Bucket=name)["Contents"]
    assert s3.get_object(Bucket=name, Key=entry["Key"])["Body"].read() == b"line\n"
    firehose.delete_delivery_stream(DeliveryStreamName=name)
    s3.delete_object(Bucket=name, Key=entry["Key"])
    s3.delete_bucket(Bucket=name)
    iam.delete_role_policy(RoleName=name, PolicyName="p")
    iam.delete_role(RoleName=name)
