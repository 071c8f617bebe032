// Lambda's Runtime API over node:http ("Using the Lambda runtime API", Developer Guide, 2026-11).

'use strict';

const http = require('node:http');

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

const open = (method, route, headers, over, answered) =>
  http.request({ hostname, port, method, headers, agent: over, path: `/2018-06-01/runtime/${route}` }, answered);

function collect(response, resolve) {
  const chunks = [];
  response.on('data', (chunk) => chunks.push(chunk));
  response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
}

function call(method, route, body, headers = {}, over = agent) {
  const all = body === undefined ? headers : { ...headers, 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = open(method, route, all, over, (response) => collect(response, resolve));
    request.on('error', reject);
    request.end(body);
  });
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const next = () => call('GET', 'invocation/next');
const postResponse = (id, body) => call('POST', `invocation/${id}/response`, body, JSON_TYPE);

// `over` false: over a connection of its own, where the other may be in use.
function postError(route, error, over = agent) {
  const said = require('./errors.cjs').describe(error); // here: a file is up to a millisecond of a cold start
  const type = String(said.errorType).replace(/[^\x20-\x7e]/g, '?'); // a header takes no other characters
  return call('POST', route, JSON.stringify(said), { ...JSON_TYPE, 'Lambda-Runtime-Function-Error-Type': type }, over);
}

// A response in chunks: the request to write to, and a promise of Lambda's answer to it.
function openResponse(id, contentType) {
  let request;
  const answered = new Promise((resolve, reject) => {
    request = open('POST', `invocation/${id}/response`, {
      'Content-Type': contentType,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Transfer-Encoding': 'chunked',
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    }, agent, (response) => collect(response, resolve));
    request.on('error', reject);
  });
  return { request, answered };
}

module.exports = { next, openResponse, postError, postResponse };
