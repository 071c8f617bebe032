// One invocation: the context object, and the three shapes of a handler.
//
// As src/Runtime.js and src/CallbackContext.js of AWS's runtime interface client 3.3 (nodejs22.x and before) do, and for
// nodejs24.x its 4.0, which has no callbacks (aws/aws-lambda-nodejs-runtime-interface-client, 2025-11).

'use strict';

const errors = () => require('./errors.cjs'); // once there is one: a file is up to a millisecond of a cold start
const AsyncFunction = (async () => {}).constructor;
const parsed = (text) => (text ? JSON.parse(text) : undefined);

function makeContext(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers['lambda-runtime-client-context']),
    identity: parsed(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

// What happens when the event loop is empty: one listener, beside those of the function.
let idle = () => {};
process.on('beforeExit', () => idle());

// nodejs24.x: what the handler returns, or what that resolves to. A promise that nothing will settle leaves Node.js
// nothing to do: it ends, and so does the environment.
const run = async (handler, event, headers) => handler(event, makeContext(headers));

// nodejs22.x and before. Resolves to the result or rejects with the error, whichever way the handler says it first.
function runWithCallbacks(handler, event, headers) {
  return new Promise((resolve, reject) => {
    let waits = true;
    const settle = (error, result) => {
      idle = () => {};
      if (error !== null && error !== undefined) reject(error);
      else resolve(result);
    };
    const once = (action) => {
      let called = false;
      return (...values) => {
        if (called) return;
        called = true;
        action(...values);
      };
    };
    // A callback's result is sent when the event loop is empty, unless the handler asked not to wait; an error at once.
    const callback = once((error, result) => {
      const failed = error !== null && error !== undefined;
      if (failed || !waits) settle(error, result);
      else idle = () => settle(null, result);
    });
    const context = {
      get callbackWaitsForEmptyEventLoop() { return waits; },
      set callbackWaitsForEmptyEventLoop(value) { waits = value; },
      // Node.js 0.10's way out of a handler (2014): it ends at once, waiting for nothing.
      succeed: once((result) => settle(null, result)),
      fail: once((error) => settle(error ?? 'handled')),
      done: once((error, result) => settle(error, result)),
    };
    Object.assign(context, makeContext(headers));
    // Nothing left to do, and no answer: an async function has failed, any other has forgotten its callback.
    idle = () => settle(handler instanceof AsyncFunction ? errors().nodejsExit() : null, null);
    try {
      const returned = handler(event, context, callback);
      if (typeof returned?.then === 'function') returned.then(context.succeed, context.fail);
    } catch (error) {
      callback(error);
    }
  });
}

// The response's body. Throws AWS's error for what has no JSON: a circle, a BigInt.
function encode(result, version) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw errors().runtimeError(version < 24 ? 'Error' : 'Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

module.exports = { encode, makeContext, run, runWithCallbacks };
