"""Makes a thumbnail of each picture that is uploaded."""

import io
from urllib.parse import unquote_plus

import boto3
from PIL import Image

s3 = boto3.client("s3")


def handler(event, context):
    for record in event["Records"]:
        bucket, key = record["s3"]["bucket"]["name"], unquote_plus(record["s3"]["object"]["key"])
        image = Image.open(io.BytesIO(s3.get_object(Bucket=bucket, Key=key)["Body"].read()))
        image.thumbnail((100, 100))
        file = io.BytesIO()
        image.save(file, "PNG")
        name = key.removeprefix("pictures/")
        s3.put_object(Bucket=bucket, Key=f"thumbnails/{name}", Body=file.getvalue())
