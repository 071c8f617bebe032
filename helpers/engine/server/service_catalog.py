"""LocalStack's index of AWS services, built once by the set-up.

Without it the first request to an engine reads the descriptions of all 400 services of botocore: 4 s and 360 MB.
`python -m helpers.engine.server.service_catalog` builds it in the engine's environment.
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(sys.prefix) / "share" / "localstack"


def main() -> int:
    """Build the index. Returns 1 if it exists already."""
    os.environ["OVERRIDE_IN_DOCKER"] = "0"
    FOLDER.mkdir(parents=True, exist_ok=True)
    from localstack.aws import spec

    index = FOLDER / spec._get_catalog_filename()
    if index.exists():
        return 1
    built = spec.build_service_index_cache(str(index))
    index.write_bytes(pickle.dumps(built))
    return 0


def load(file: str) -> Any:
    """Replace `load_service_index_cache`: Python's pickle reads the index, too, and dill need not be imported."""
    return pickle.loads(Path(file).read_bytes())


if __name__ == "__main__":
    sys.exit(main())
