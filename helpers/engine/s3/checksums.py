"""Checksums that need AWS's own library in C, awscrt.

botocore looks for it when it is imported, which here is before anybody needs it (`server.late_modules`).
"""

from __future__ import annotations

from awscrt import checksums
from botocore.httpchecksum import CrtCrc32cChecksum, CrtCrc64NvmeChecksum


def update_crc32c(self: CrtCrc32cChecksum, chunk: bytes) -> None:
    """Replace `CrtCrc32cChecksum.update`: go on with a part of the data."""
    self._int_crc32c = checksums.crc32c(chunk, self._int_crc32c) & 0xFFFFFFFF


def update_crc64nvme(self: CrtCrc64NvmeChecksum, chunk: bytes) -> None:
    """Replace `CrtCrc64NvmeChecksum.update`: the same."""
    self._int_crc64nvme = checksums.crc64nvme(chunk, self._int_crc64nvme) & 0xFFFFFFFFFFFFFFFF
