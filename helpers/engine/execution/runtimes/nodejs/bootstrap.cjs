// The Node.js runtime: Lambda's Runtime API over node:http, and the three shapes of a handler.
//
// AWS's own client for Node.js compiles curl when it is installed, so this one is ours. What it promises is
// AWS's (Developer Guide, "Building Lambda functions with Node.js" and "Using the Lambda runtime API", 2026-11):
//   - `module.handler` exported from .js, .mjs or .cjs, CommonJS or ES module;
//   - async handlers; callback handlers and `context.succeed / fail / done` up to nodejs22.x (removed in nodejs24.x);
//   - `console` lines with time, request id and level, or JSON (logging.cjs).
// CommonJS, because Node.js loads its machinery for ES modules only when one is asked for: 20 ms of a cold start.

'use strict';

const fs = require('node:fs');
const http = require('node:http');
const module_ = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const logging = require('./logging.cjs');

const RUNTIME_API = process.env.AWS_LAMBDA_RUNTIME_API;
const TASK_ROOT = process.env.LAMBDA_TASK_ROOT;
const VERSION = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1] ?? 0);
const CALLBACKS = VERSION < 24;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

// --- the Runtime API ---------------------------------------------------------------------------------------

function call(method, route, body, headers = {}) {
  const [hostname, port] = RUNTIME_API.split(':');
  const options = { hostname, port, method, agent, path: `/2018-06-01/runtime/${route}`, headers };
  if (body !== undefined) options.headers = { ...headers, 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const postError = (route, error) =>
  call('POST', route, JSON.stringify(error), {
    'Content-Type': 'application/json',
    'Lambda-Runtime-Function-Error-Type': error.errorType,
  });

// --- what goes to the log ----------------------------------------------------------------------------------

let requestId;

// --- errors, in AWS's words --------------------------------------------------------------------------------

class RuntimeError extends Error {
  constructor(type, message) {
    super(message);
    this.name = type;
  }
}

function describe(error) {
  if (error instanceof Error) {
    const trace = (error.stack ?? '').split('\n').filter((text) => !text.includes(__filename));
    return { errorType: error.name, errorMessage: error.message, trace };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function logError(title, error) {
  const { errorType, errorMessage, trace } = describe(error);
  logging.logError(title, error, `\t${JSON.stringify({ errorType, errorMessage, ...error, stack: trace })}`);
}

// --- finding the handler -----------------------------------------------------------------------------------

// `folder/index.handler` or `index.nested.handler`: a file, then a path of property names inside it.
function splitHandler(handler) {
  const match = /^(?<folder>.*\/)?(?<file>[^./]+)\.(?<names>.+)$/.exec(handler);
  if (!match || handler.includes('..')) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  return { file: (match.groups.folder ?? '') + match.groups.file, names: match.groups.names.split('.') };
}

// ES modules ignore NODE_PATH, where layers and the preinstalled SDK are: look there when nothing nearer is found.
if (module_.registerHooks) {
  module_.registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|:/.test(specifier)) throw error;
        try {
          return next(pathToFileURL(require.resolve(specifier)).href, context);
        } catch {
          throw error;
        }
      }
    },
  });
} else {
  // Node.js 20 has hooks in a thread of their own only.
  module_.register(`data:text/javascript,${encodeURIComponent(`
    import { createRequire } from 'node:module';
    import { pathToFileURL } from 'node:url';
    const require = createRequire(${JSON.stringify(__filename)});
    export async function resolve(specifier, context, next) {
      try {
        return await next(specifier, context);
      } catch (error) {
        if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|:/.test(specifier)) throw error;
        try {
          return await next(pathToFileURL(require.resolve(specifier)).href, context);
        } catch {
          throw error;
        }
      }
    }
  `)}`);
}

async function loadModule(file) {
  const base = path.resolve(TASK_ROOT, file);
  const found = ['.js', '.mjs', '.cjs'].map((ending) => base + ending).find((name) => fs.existsSync(name));
  try {
    if (!found) throw Object.assign(new Error(`Cannot find module '${file}'`), { code: 'MODULE_NOT_FOUND' });
    // A .js file is CommonJS unless its package.json or its syntax says otherwise; `require` decides both.
    return found.endsWith('.mjs') ? await import(pathToFileURL(found).href) : module_.createRequire(found)(found);
  } catch (error) {
    // An ES module that awaits at its top level cannot be required.
    if (error.code === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(found).href);
    if (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND') {
      throw new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`);
    }
    if (error instanceof SyntaxError) throw new RuntimeError('Runtime.UserCodeSyntaxError', `SyntaxError: ${error.message}`);
    throw error;
  }
}

async function loadHandler(name) {
  const { file, names } = splitHandler(name);
  const exported = await loadModule(file);
  const find = (root) => names.reduce((value, key) => value?.[key], root);
  const handler = find(exported) ?? find(exported.default);
  if (handler === undefined) throw new RuntimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw new RuntimeError('Runtime.HandlerNotFound', `${name} is not a function`);
  if (!CALLBACKS && handler.length >= 3) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. '
        + 'You need to modify this function to use a supported handler signature to use Node.js 24 or later. '
        + 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler;
}

// --- one invocation ----------------------------------------------------------------------------------------

function makeContext(headers, finish) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: headers['lambda-runtime-client-context'] && JSON.parse(headers['lambda-runtime-client-context']),
    identity: undefined,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  if (CALLBACKS) {
    // Node.js 0.10's way out of a handler (2014): it ends at once, waiting for nothing.
    context.succeed = (result) => finish(null, result, true);
    context.fail = (error) => finish(error ?? 'handled', undefined, true);
    context.done = (error, result) => finish(error, result, true);
  }
  return context;
}

// Resolves to the handler's result or rejects with its error, whichever way the handler says it.
function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const settle = (error, result) => {
      process.removeAllListeners('beforeExit');
      if (error !== null && error !== undefined) reject(error);
      else resolve(result);
    };
    let outcome;
    const finish = (error, result, now = false) => {
      if (outcome) return;
      outcome = [error, result];
      // A callback's result is sent when the event loop is empty, unless the handler asked not to wait.
      if (now || !context.callbackWaitsForEmptyEventLoop) settle(error, result);
    };
    const context = makeContext(headers, finish);
    if (CALLBACKS) process.once('beforeExit', () => settle(...(outcome ?? [null, null])));
    else process.once('beforeExit', () => settle(null, null));
    let returned;
    try {
      returned = CALLBACKS ? handler(event, context, finish) : handler(event, context);
    } catch (error) {
      settle(error);
      return;
    }
    if (typeof returned?.then === 'function') returned.then((result) => settle(null, result), (error) => settle(error ?? 'handled'));
    else if (!CALLBACKS) settle(null, returned);
  });
}

function encode(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${error.message}`);
  }
}

async function serve(handler) {
  for (;;) {
    const { headers, body } = await call('GET', 'invocation/next');
    requestId = headers['lambda-runtime-aws-request-id'];
    logging.setRequestId(requestId);
    if (headers['lambda-runtime-trace-id']) process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    try {
      const result = encode(await run(handler, JSON.parse(body), headers));
      await call('POST', `invocation/${requestId}/response`, result, { 'Content-Type': 'application/json' });
    } catch (error) {
      logError('Invoke Error', error);
      await postError(`invocation/${requestId}/error`, describe(error));
    }
  }
}

async function crash(title, error) {
  logError(title, error);
  const { errorType, errorMessage, trace } = describe(error);
  const route = requestId ? `invocation/${requestId}/error` : 'init/error';
  // AWS ends the environment after an exception nobody caught: the next invocation gets a new process.
  await postError(route, { errorType: requestId ? `Runtime.${title.replace(' ', '')}` : errorType,
    errorMessage: requestId ? `${errorType}: ${errorMessage}` : errorMessage, trace });
  process.exit(requestId ? 129 : 1);
}

process.on('uncaughtException', (error) => crash('Uncaught Exception', error));
process.on('unhandledRejection', (reason) => {
  const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
  error.reason = reason;
  crash('Unhandled Promise Rejection', error);
});

loadHandler(process.env._HANDLER)
  .then(serve)
  .catch((error) => crash('Uncaught Exception', error));
