// Errors, in AWS's words: what a caller gets (errorType, errorMessage, trace), and what the log shows.
//
// Types and texts: github.com/aws/aws-lambda-nodejs-runtime-interface-client, src/Errors.js (3.3, 2025-08, for
// nodejs22.x and before) and src/utils/errors.ts (4.0, 2025-11, for nodejs24.x).

'use strict';

const path = require('node:path');
const util = require('node:util');

class RuntimeError extends Error {
  constructor(type, message) {
    super(message);
    this.name = type;
    Object.defineProperty(this, 'name', { enumerable: false });
  }
}

class UnhandledPromiseRejection extends RuntimeError {
  constructor(reason, promise) {
    super('Runtime.UnhandledPromiseRejection', String(reason));
    this.reason = reason;
    this.promise = promise;
  }
}

const NODEJS_EXIT = 'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by '
  + 'a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';
const NOT_READABLE = 'callback called with Error argument, but there was a problem while retrieving one or more of its '
  + 'message, name, and stack';

// A stack without the frames of this runtime; AWS shows its own.
const stackOf = (error) => error.stack.split('\n').filter((text) => !text.includes(__dirname + path.sep));

const looksLikeError = (value) => ['name', 'message', 'stack'].every((key) => value?.[key] && typeof value[key] === 'string');

// What a caller gets. Whatever was thrown may be anything, and may throw again when it is looked at.
function describe(error) {
  try {
    if (util.types.isNativeError(error) || looksLikeError(error)) {
      const escaped = (text) => text?.replaceAll('\x7F', '%7F');
      return { errorType: escaped(error.name), errorMessage: escaped(error.message), trace: stackOf(error).map(escaped) };
    }
    return { errorType: typeof error, errorMessage: error.toString(), trace: [] };
  } catch {
    return { errorType: 'handled', errorMessage: NOT_READABLE };
  }
}

const intoError = (error) => (error instanceof Error ? error : new Error(error));

// An error's own enumerable properties are logged too, and errors among them; `cause` is not enumerable.
function withProperties(_, value) {
  if (!(value instanceof Error)) return value;
  const shown = { errorType: value.name, errorMessage: value.message, code: value.code, ...value };
  if (typeof value.stack === 'string') shown.stack = stackOf(value);
  return shown;
}

// What the log shows behind a title; it begins with a tab.
function formatted(error) {
  try {
    return `\t${JSON.stringify(intoError(error), withProperties)}`;
  } catch {
    return `\t${JSON.stringify(describe(error))}`;
  }
}

const runtimeError = (type, message) => new RuntimeError(type, message);
const nodejsExit = () => new RuntimeError('Runtime.NodeJsExit', NODEJS_EXIT);

module.exports = { UnhandledPromiseRejection, describe, formatted, nodejsExit, runtimeError };
