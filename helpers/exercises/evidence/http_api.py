"""Evidence from an HTTP API: requests to its default stage, as any caller sends them."""

from collections.abc import Mapping

import requests

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.errors import NotThereError
from helpers.exercises.evidence.rest_api import Reply


def get(lab: Connection, name: str, path: str, query: Mapping[str, str]) -> Reply:
    """Send GET `path` ("/event") with a query to the newest HTTP API called `name`.

    Raises: NotThereError if there is none, requests.RequestException if nobody answers.
    """
    found = [api for api in pages.collect(lab.client("apigatewayv2"), "get_apis", "Items") if api["Name"] == name]
    if not found:
        raise NotThereError(f"There is no HTTP API {name}: run the cell that makes it.")
    newest = max(found, key=lambda api: api["CreatedDate"])
    response = requests.get(newest["ApiEndpoint"] + path, params=query, timeout=30)
    return Reply.read(response)
