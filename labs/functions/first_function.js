// Passes its event on to the function that SECOND_FUNCTION names, and answers with what came back.
const { LambdaClient, InvokeCommand } = require("@aws-sdk/client-lambda");
const client = new LambdaClient();

exports.handler = async (event) => {
  const response = await client.send(
    new InvokeCommand({
      FunctionName: process.env.SECOND_FUNCTION,
      InvocationType: event.invocationType ?? "RequestResponse",
      Payload: JSON.stringify(event),
    }),
  );
  const payload = Buffer.from(response.Payload ?? "").toString();
  return {
    status: response.StatusCode,
    functionError: response.FunctionError ?? null,
    answer: payload ? JSON.parse(payload) : null,
  };
};
