// The Node.js runtime: its console, and the loop that asks for events.
//
// AWS's own client for Node.js compiles curl when it is installed, so this one is ours. What it promises is
// AWS's (Developer Guide, "Building Lambda functions with Node.js" and "Using the Lambda runtime API", 2026-11):
//   - `module.handler` exported from .js, .mjs or .cjs, CommonJS or ES module (loading.cjs);
//   - async handlers; callback handlers and `context.succeed / fail / done` up to nodejs22.x, removed in nodejs24.x
//     (invocation.cjs); response streaming (streaming.cjs);
//   - `console` lines with time, request id and level, or JSON (logging.cjs).
// CommonJS, because Node.js loads its machinery for ES modules only when one is asked for: 20 ms of a cold start.

'use strict';

const { encode, run, runWithCallbacks } = require('./invocation.cjs');
const logging = require('./logging.cjs');
const runtimeApi = require('./runtime_api.cjs');
const { loadHandler } = require('./loading.cjs'); // the last: its hook sees what is loaded after it


const errors = () => require('./errors.cjs'); // once there is one: a file is up to a millisecond of a cold start
const VERSION = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1] ?? 0);
const { next, postError, postResponse } = runtimeApi;

// --- what goes to the log ----------------------------------------------------------------------------------

let requestId;

function logError(title, error) {
  logging.logError(title, error, errors().formatted(error));
}

// --- the loop ----------------------------------------------------------------------------------------------

// Whether `awslambda.streamifyResponse`, or a package in its stead, has marked the handler.
function isStreaming(handler) {
  const mark = handler[Symbol.for('aws.lambda.runtime.handler.streaming')];
  if (mark && mark !== 'response') {
    throw errors().runtimeError('Runtime.MalformedStreamingHandler', 'Only response streaming is supported.');
  }
  return Boolean(mark);
}

async function serve(handler) {
  const streaming = isStreaming(handler);
  const { stream } = streaming ? require('./streaming.cjs') : {};
  const invoke = VERSION < 24 ? runWithCallbacks : run;
  for (;;) {
    const { headers, body } = await next();
    requestId = headers['lambda-runtime-aws-request-id'];
    logging.setInvocation(headers);
    if (headers['lambda-runtime-trace-id']) process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    else delete process.env._X_AMZN_TRACE_ID;
    if (streaming) {
      await stream(handler, JSON.parse(body), headers, (error) => logError('Invoke Error', error));
      continue;
    }
    try {
      await postResponse(requestId, encode(await invoke(handler, JSON.parse(body), headers), VERSION));
    } catch (error) {
      logError('Invoke Error', error);
      await postError(`invocation/${requestId}/error`, error);
    }
  }
}

// AWS ends the environment after an exception nobody caught: the next invocation gets a new process.
async function crash(title, error, status) {
  logError(title, error);
  const route = requestId ? `invocation/${requestId}/error` : 'init/error';
  await postError(route, error, new runtimeApi.Connection()).catch(() => {}); // nobody to tell: the environment is ending already
  process.exit(status);
}

// The global `awslambda`: loaded when a function first asks for it, since few do and all would wait for it.
function defineAwslambda() {
  const define = (value) => Object.defineProperty(globalThis, 'awslambda', { value, configurable: true, writable: true });
  Object.defineProperty(globalThis, 'awslambda', {
    configurable: true,
    get: () => define(require('./streaming.cjs').awslambda).awslambda,
    set: define,
  });
}

function begin() {
  runtimeApi.begin();
  logging.begin();
  process.on('uncaughtException', (error) => crash('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason, promise) => {
    crash('Unhandled Promise Rejection', new (errors().UnhandledPromiseRejection)(reason, promise), 128);
  });
  if (!['1', 'true'].includes(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA)) defineAwslambda();
  loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER, VERSION)
    .then(serve)
    .catch((error) => crash(VERSION < 24 ? 'Uncaught Exception' : 'Init Error', error, 129));
}

// In reserve there is no function yet. There all that follows is done once in advance: what has run once runs faster.
const rehearsals = [
  runtimeApi.rehearse,
  () => loadHandler(__dirname, 'errors.describe', VERSION),
  () => import('data:text/javascript,'),
];
if (process.env.LAMBDA_TASK_ROOT) begin();
else require('./reserve.cjs').becomeFunction(rehearsals).then(begin);
