// `console`, as AWS's runtime client for Node.js has it: a message is a frame, and so one log event however many lines
// it has (log_records.py in the engine has the frame's layout).
//
// Text:  time, request id, level and text, between tabs.
// JSON (AWS_LAMBDA_LOG_FORMAT): {timestamp, level, requestId, message}, with a tenant tenantId before the message; one
//        argument is the message itself, an object or an error included; several are formatted, and the first error
//        among them adds errorType, errorMessage, stackTrace.
// What is below AWS_LAMBDA_LOG_LEVEL is not written. `process.stdout.write` stays a line of text.
// Source: github.com/aws/aws-lambda-nodejs-runtime-interface-client, src/LogPatch.js (3.3, 2025-08).

'use strict';

const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');

let isJson; // since `begin`
const LEVELS = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
const METHODS = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

let requestId;
let tenantId;
const setInvocation = (headers) => {
  requestId = headers['lambda-runtime-aws-request-id'];
  tenantId = headers['lambda-runtime-aws-tenant-id'];
};

// On AWS frames have a descriptor of their own; here they go where the output goes, which keeps the order of both.
function writeFrame(level, date, text) {
  const message = Buffer.from(text);
  const frame = Buffer.alloc(16 + message.length);
  frame.writeUInt32BE((0xa55a0000 | (LEVELS[level] << 2) | (isJson ? 2 : 3)) >>> 0, 0);
  frame.writeUInt32BE(message.length, 4);
  frame.writeBigUInt64BE(BigInt(date.valueOf()) * 1000n, 8);
  message.copy(frame, 16);
  for (let written = 0; written < frame.length;) {
    try {
      written += fs.writeSync(1, frame, written);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error; // the pipe is full, and `process.stdout` has made it non-blocking
      Atomics.wait(PAUSE, 0, 0, 1);
    }
  }
}

const stackOf = (error) =>
  (typeof error.stack === 'string' ? error.stack.split('\n').filter((line) => !line.includes(__dirname + path.sep)) : error.stack);

const describe = (error) => ({
  errorType: error.constructor?.name ?? 'UnknownError',
  errorMessage: error.message,
  stackTrace: stackOf(error),
});

function structured(level, date, values) {
  const entry = { timestamp: date.toISOString(), level, requestId, tenantId }; // what is undefined is no JSON
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...entry, message: values[0] }, (_, value) =>
        (value instanceof Error ? { ...describe(value), ...value } : value));
    } catch { // it contains itself, or a BigInt
      return JSON.stringify({ ...entry, message: util.format(values[0]) });
    }
  }
  const error = values.find((value) => value instanceof Error);
  return JSON.stringify({ ...entry, message: util.format(...values), ...(error && describe(error)) });
}

const plain = (level, date, values) => `${date.toISOString()}\t${requestId}\t${level}\t${util.format(...values)}\n`;

// Read the function's variables, and take the console's place.
function begin() {
  isJson = process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
  const least = LEVELS[process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase()] ?? LEVELS.TRACE;
  for (const [method, level] of Object.entries(METHODS)) {
    // As on AWS: without an argument the message is undefined.
    const log = (value, ...more) => {
      const date = new Date();
      writeFrame(level, date, (isJson ? structured : plain)(level, date, [value, ...more]));
    };
    console[method] = LEVELS[level] >= least ? log : () => {};
  }
}

// An error that a handler let out: `text` is what the text format shows behind the title.
function logError(title, error, text) {
  if (isJson) console.error(error instanceof Error ? error : new Error(error));
  else console.error(title, text);
}

module.exports = { begin, logError, setInvocation };
