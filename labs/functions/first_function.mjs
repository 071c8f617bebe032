// Passes its event on to the function that SECOND_FUNCTION names, and answers with what came back.
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";

const client = new LambdaClient();

export const handler = async (event) => {
  const response = await client.send(
    new InvokeCommand({
      FunctionName: process.env.SECOND_FUNCTION,
      InvocationType: event.invocationType ?? "RequestResponse",
      Payload: JSON.stringify(event),
    }),
  );
  const payload = response.Payload?.transformToString();
  return {
    status: response.StatusCode,
    functionError: response.FunctionError ?? null,
    answer: payload ? JSON.parse(payload) : null,
  };
};
