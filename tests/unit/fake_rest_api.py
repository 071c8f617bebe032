"""A stand-in for API Gateway with one REST API."""

LAMBDA = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{}/invocations"
HELLO = LAMBDA.format("arn:aws:lambda:us-east-1:000000000000:function:HelloWorld")


class Backend:
    """A backend with one API, as boto3 shows it; tests change `resources`, `stages` and `deployments`."""

    def __init__(self):
        self.resources = {"/": {}}
        self.stages = {}  # name: (deployment, variables)
        self.deployments = {}  # id: {path: {verb: {}}}

    def client(self, service):
        assert service == "apigateway"
        return self

    def get_rest_api(self, **asked):
        assert asked["restApiId"] == "abc"
        return {"id": "abc", "name": "hello <1>"}

    def get_stages(self, **asked):
        return {
            "item": [
                {"stageName": name, "deploymentId": deployment, "variables": variables}
                for name, (deployment, variables) in self.stages.items()
            ]
        }

    def get_deployment(self, **asked):
        assert asked["embed"] == ["apisummary"]
        return {"apiSummary": self.deployments[asked["deploymentId"]]}

    def get_paginator(self, operation):
        assert operation == "get_resources"
        return self

    def paginate(self, **asked):
        assert asked["embed"] == ["methods"]
        for path, methods in self.resources.items():  # a page for each, in the order in which they were made
            yield {"items": [{"path": path, "resourceMethods": methods} if methods else {"path": path}]}

    def deploy(self, stage, **variables):
        number = f"d{len(self.deployments)}"
        self.deployments[number] = {path: {verb: {} for verb in verbs} for path, verbs in self.resources.items()}
        self.stages[stage] = (number, variables)
