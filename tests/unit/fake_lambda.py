"""A lab with one function, as far as the console asks for it."""

import base64
import io
import json
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from helpers import zip_code

REPORT = "REPORT RequestId: r\tDuration: 2.0 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t\n"
MINUTE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Lab:
    """The function greets, fails without a name, and is refused for the name Nobody; memory below 128 is refused."""

    account = "000000000000"

    def __init__(self, tmp_path=None):
        self.package = zip_code({"index.js": "exports.handler = 1;\n", "lib/words.js": "// Hello\n", "logo": b"\0"})
        self.settings = {
            "Runtime": "nodejs24.x",
            "Handler": "index.handler",
            "MemorySize": 128,
            "Timeout": 3,
            "Role": "arn:aws:iam::000000000000:role/r",
        }
        self.folder = tmp_path
        self.asked = []
        self.gate = None  # an Event: updates wait for it
        self.values = {"Invocations": 4, "Errors": 1, "Duration": 2.5}

    def client(self, service):
        return self

    def invoke(self, FunctionName, Payload, LogType):  # noqa: N803
        event = json.loads(Payload)
        if event.get("name") == "Nobody":
            raise ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}}, "Invoke")
        failed = "name" not in event
        payload = {"errorType": "ValueError", "errorMessage": "<no name>"} if failed else f"Hello {event['name']}"
        response = {
            "Payload": io.BytesIO(json.dumps(payload).encode()),
            "LogResult": base64.b64encode(f"START\n{event}\nEND\n{REPORT}".encode()),
        }
        return {**response, "FunctionError": "Unhandled"} if failed else response

    def get_function(self, FunctionName):  # noqa: N803
        file = self.folder / "package.zip"
        file.write_bytes(self.package)
        return {"Configuration": self._configuration(), "Code": {"Location": file.as_uri()}}

    def get_function_configuration(self, FunctionName):  # noqa: N803
        return self._configuration()

    def list_aliases(self, FunctionName, Marker=None):  # noqa: N803
        if Marker is None:
            return {"Aliases": [{"Name": "live", "FunctionVersion": "3"}], "NextMarker": "2"}
        weights = {"AdditionalVersionWeights": {"4": 0.1}}
        return {"Aliases": [{"Name": "next", "FunctionVersion": "3", "RoutingConfig": weights}]}

    def update_function_code(self, FunctionName, ZipFile):  # noqa: N803
        if self.gate:
            self.gate.wait(20)
        self.package = ZipFile

    def update_function_configuration(self, FunctionName, **settings):  # noqa: N803
        self.asked.append(settings)
        if settings.get("MemorySize", 128) < 128:
            answer = {"Code": "ValidationException", "Message": "Value '1' at 'memorySize' failed <to satisfy>"}
            raise ClientError({"Error": answer}, "UpdateFunctionConfiguration")
        self.settings |= settings

    def get_waiter(self, name):
        return self

    def wait(self, FunctionName, WaiterConfig):  # noqa: N803
        self.asked.append("waited")

    def get_metric_data(self, MetricDataQueries, **how):  # noqa: N803
        results = []
        for query in MetricDataQueries:
            value = self.values.get(query["MetricStat"]["Metric"]["MetricName"])
            values = [] if value is None else [value]
            results.append({"Id": query["Id"], "Timestamps": [MINUTE] * len(values), "Values": values})
        return {"MetricDataResults": results}

    def _configuration(self):
        return {**self.settings, "CodeSize": len(self.package), "CodeSha256": "sha"}
