"""The module `cfn-response` of inline Node.js code: as AWS's, but that it speaks the protocol and port of the URL.

AWS's source: User Guide, "cfn-response module" (2026-11), which always connects to port 443 by HTTPS.
"""

NODEJS = """\
exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";

exports.send = function (event, context, responseStatus, responseData, physicalResourceId, noEcho) {
    return new Promise((resolve) => {
        const body = JSON.stringify({
            Status: responseStatus,
            Reason: "See the details in CloudWatch Log Stream: " + context.logStreamName,
            PhysicalResourceId: physicalResourceId || context.logStreamName,
            StackId: event.StackId,
            RequestId: event.RequestId,
            LogicalResourceId: event.LogicalResourceId,
            NoEcho: noEcho || false,
            Data: responseData,
        });
        console.log("Response body:\\n", body);
        const url = new URL(event.ResponseURL);
        const end = () => {
            if (typeof context.done === "function") context.done();
            resolve(context.logStreamName);
        };
        const request = require(url.protocol.slice(0, -1)).request(
            url,
            { method: "PUT", headers: { "content-type": "", "content-length": Buffer.byteLength(body) } },
            (response) => {
                console.log("Status code: " + response.statusCode);
                response.resume();
                end();
            },
        );
        request.on("error", (error) => {
            console.log("send(..) failed executing the request: " + error);
            end();
        });
        request.end(body);
    });
};
"""
