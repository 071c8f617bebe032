"""Rows for Kinesis, imported and applied when it is first used."""

from __future__ import annotations

import base64

from ..kinesis import consumers, shards, streams
from ..patching import Patch

MODELS = "moto.kinesis.models"

ROWS = (
    Patch("moto.kinesis.utils:encode_method", base64.b64encode, "f40404b1dc34", "breaks iterators into lines"),
    Patch(
        f"{MODELS}:KinesisBackend.create_stream",
        streams.create_stream,
        "1883153d3584",
        "wants a number",
        around=True,
    ),
    Patch(
        "moto.kinesis.responses:KinesisResponse.create_stream",
        streams.create_tagged,
        "a4a84dc10c8a",
        "gives no tags",
        around=True,
    ),
    Patch(
        "moto.kinesis.responses:KinesisResponse.list_streams",
        streams.list_streams,
        "8d160bab9fbf",
        "ten, in no order, after one that has to be there",
    ),
    Patch(
        f"{MODELS}:Shard.__init__", shards.init, "d37eaa43dc8c", "numbers records from 1 in every shard", around=True
    ),
    Patch(f"{MODELS}:Shard.put_record", shards.put_record, "e2d15174261b", "the same"),
    Patch(f"{MODELS}:Shard.to_json", shards.to_json, "e8eaf8097be4", "the same", around=True),
    Patch(f"{MODELS}:Stream.put_record", shards.put_to_stream, "9bad6abc2420", "writes into closed shards"),
    Patch(
        f"{MODELS}:Stream.split_shard", shards.split_shard, "be63bfceacc5", "moves records that were read", around=True
    ),
    Patch(f"{MODELS}:Stream.merge_shards", shards.merge_shards, "b490bf5802c8", "the same", around=True),
    Patch(
        f"{MODELS}:KinesisBackend.get_shard_iterator",
        shards.get_shard_iterator,
        "9e4ff259ab45",
        "forgets the stream that an ARN names",
        around=True,
    ),
    Patch(
        f"{MODELS}:KinesisBackend.get_records",
        shards.get_records,
        "26996006d230",
        "never ends a closed shard",
        around=True,
    ),
    Patch(f"{MODELS}:Consumer.__init__", consumers.init, "5ce561546cbb", "ARNs without the time", around=True),
    Patch(
        f"{MODELS}:KinesisBackend._find_stream_by_arn",
        consumers.find_stream,
        "ef1a0ac3e182",
        "fails for streams that are not there",
    ),
    Patch(
        f"{MODELS}:KinesisBackend.register_stream_consumer",
        consumers.register,
        "93e080cbf9a6",
        "registers twice",
        around=True,
    ),
    Patch(
        f"{MODELS}:KinesisBackend.deregister_stream_consumer",
        consumers.deregister,
        "3d3ed5d0977c",
        "keeps the one, removes the rest",
    ),
)
