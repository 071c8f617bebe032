// Response streaming: the global `awslambda`, and the stream that a handler made by `awslambda.streamifyResponse` gets.
//
// AWS Lambda Developer Guide, "Writing Lambda functions with response streaming" (2026-11); names, texts and trailers:
// src/ResponseStream.js, src/StreamingContext.js and src/HttpResponseStream.js of AWS's runtime interface client 3.3.

'use strict';

const { Writable } = require('node:stream');
const { describe, runtimeError } = require('./errors.cjs');
const { makeContext } = require('./invocation.cjs');
const { openResponse } = require('./runtime_api.cjs');

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');
const HTTP_RESPONSE = 'application/vnd.awslambda.http-integration-response';

class ResponseStream extends Writable {
  #id;
  #contentType = 'application/octet-stream';
  #opened;
  _onBeforeFirstWrite; // AWS's name: HttpResponseStream sets it, and so do some packages

  constructor(id, highWaterMark) {
    super(highWaterMark === undefined ? {} : { highWaterMark });
    this.#id = id;
    this.on('error', () => {}); // the invocation reports it
  }

  setContentType(contentType) {
    if (this.#opened) throw runtimeError('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
    this.#contentType = contentType;
  }

  // AWS's stream takes any value: what is neither text nor bytes becomes JSON.
  write(chunk, ...rest) {
    const raw = typeof chunk === 'string' || chunk instanceof Uint8Array;
    return super.write(raw ? chunk : JSON.stringify(chunk), ...rest);
  }

  #open() {
    this.#opened ??= openResponse(this.#id, this.#contentType);
    return this.#opened;
  }

  _write(chunk, encoding, done) {
    const first = !this.#opened;
    const { request } = this.#open();
    if (first) this._onBeforeFirstWrite?.((prelude) => request.write(prelude));
    request.write(chunk, encoding, done);
  }

  _final(done) {
    this.#open().request.end(done);
  }

  // Lambda's answer, once everything has been sent.
  get answered() {
    return this.#open().answered;
  }

  // End the response with the error in its trailers: its beginning may have reached the caller already.
  fail(error) {
    const { request, answered } = this.#open();
    const said = describe(error);
    request.addTrailers({
      'Lambda-Runtime-Function-Error-Type': String(said.errorType).replace(/[^\x20-\x7e]/g, '?'),
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(said)).toString('base64'),
    });
    request.end();
    return answered;
  }
}

class HttpResponseStream {
  // Status, headers and cookies go before the body, as JSON and eight zero bytes.
  static from(underlyingStream, prelude) {
    underlyingStream.setContentType(HTTP_RESPONSE);
    const metadata = JSON.stringify(prelude);
    underlyingStream._onBeforeFirstWrite = (write) => {
      write(metadata);
      write(new Uint8Array(8));
    };
    return underlyingStream;
  }
}

const awslambda = {
  streamifyResponse(handler, options) {
    handler[STREAMING] = 'response';
    if (typeof options?.highWaterMark === 'number') handler[HIGH_WATER_MARK] = Math.trunc(options.highWaterMark);
    return handler;
  },
  HttpResponseStream,
};

// Run a streaming handler until its response has been sent; `log` is told what it throws.
async function stream(handler, event, headers, log) {
  const response = new ResponseStream(headers['lambda-runtime-aws-request-id'], handler[HIGH_WATER_MARK]);
  try {
    const returned = handler(event, response, { ...makeContext(headers), callbackWaitsForEmptyEventLoop: true });
    if (typeof returned?.then !== 'function') throw 'Streaming does not support non-async handlers.';
    if ((await returned) !== undefined) console.warn('Streaming handlers ignore return values.');
    await response.answered; // a response that the handler does not end lasts until the timeout
  } catch (error) {
    log(error);
    await response.fail(error);
  }
}

module.exports = { awslambda, stream };
