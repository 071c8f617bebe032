"""Buckets that are created with tags."""

import pytest
from botocore.exceptions import ClientError

TAGS = [{"Key": "lab", "Value": "07"}]


@pytest.fixture
def s3(client):
    api = client("s3", "000000000731")
    yield api
    for bucket in api.list_buckets()["Buckets"]:
        api.delete_bucket(Bucket=bucket["Name"])


def test_a_bucket_has_the_tags_that_it_is_created_with(s3):
    s3.create_bucket(Bucket="lab-tagged", CreateBucketConfiguration={"Tags": TAGS})
    assert s3.get_bucket_tagging(Bucket="lab-tagged")["TagSet"] == TAGS


def test_a_bucket_that_is_there_keeps_its_tags(s3):
    s3.create_bucket(Bucket="lab-tagged", CreateBucketConfiguration={"Tags": TAGS})
    s3.create_bucket(Bucket="lab-tagged", CreateBucketConfiguration={"Tags": [{"Key": "lab", "Value": "08"}]})
    assert s3.get_bucket_tagging(Bucket="lab-tagged")["TagSet"] == TAGS


def test_tags_that_s3_does_not_take_make_no_bucket(s3):
    with pytest.raises(ClientError, match="InvalidTag"):
        s3.create_bucket(Bucket="lab-tagged", CreateBucketConfiguration={"Tags": [*TAGS, *TAGS]})
    assert s3.list_buckets()["Buckets"] == []


def test_a_configuration_without_tags_needs_a_region(s3):
    with pytest.raises(ClientError, match="MalformedXML"):
        s3.create_bucket(Bucket="lab-tagged", CreateBucketConfiguration={"Bucket": {"Type": "Directory"}})
