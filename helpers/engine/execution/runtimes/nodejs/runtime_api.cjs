// Lambda's Runtime API ("Using the Lambda runtime API", Developer Guide, 2026-11), over a socket.
//
// Not over node:http: that takes milliseconds to load and to run for the first time, and is in the way of functions
// that patch it to see their own calls. It serves streamed responses only.

'use strict';

const net = require('node:net');

const PREFIX = '/2018-06-01/runtime/';
const JSON_TYPE = { 'Content-Type': 'application/json' };

let hostname;
let port;
function begin() {
  [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
}

// The head of a response, as its headers and where its body begins and ends; undefined if that has not arrived.
function parseHead(data) {
  const end = data.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const headers = {};
  for (const line of data.latin1Slice(0, end).split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, from: end + 4, to: end + 4 + Number(headers['content-length'] ?? 0) };
}

// One connection, opened when it is first needed and again if it has been closed; one call at a time.
class Connection {
  connect() {
    const socket = net.connect({ host: hostname, port, noDelay: true });
    this.socket = socket;
    this.forget();
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.lose(socket, error));
    socket.on('close', () => this.lose(socket, new Error('socket hang up')));
    return socket;
  }

  forget() {
    this.chunks = [];
    this.received = 0;
    this.head = undefined;
  }

  take(chunk) {
    this.chunks.push(chunk);
    this.received += chunk.length;
    this.head ??= parseHead(this.chunks.length > 1 ? Buffer.concat(this.chunks) : chunk);
    if (!this.head || this.received < this.head.to) return;
    const { headers, from, to } = this.head;
    const body = (this.chunks.length > 1 ? Buffer.concat(this.chunks) : chunk).utf8Slice(from, to);
    this.forget();
    this.socket.unref(); // it keeps no process alive that has nothing else to do
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve({ headers, body });
  }

  lose(socket, error) {
    if (socket !== this.socket) return;
    const { waiting } = this;
    this.socket = undefined;
    this.waiting = undefined;
    waiting?.reject(error);
  }

  call(method, route, body, headers = {}) {
    let head = `${method} ${PREFIX}${route} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n`;
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`;
    if (body !== undefined) head += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      const socket = this.socket ?? this.connect();
      socket.ref();
      socket.write(`${head}\r\n${body ?? ''}`);
    });
  }
}

const own = new Connection();
const next = () => own.call('GET', 'invocation/next');
const postResponse = (id, body) => own.call('POST', `invocation/${id}/response`, body, JSON_TYPE);

// `over` is the connection: a new one where the other may be in use.
function postError(route, error, over = own) {
  const said = require('./errors.cjs').describe(error); // here: a file is up to a millisecond of a cold start
  const type = String(said.errorType).replace(/[^\x20-\x7e]/g, '?'); // a header takes no other characters
  return over.call('POST', route, JSON.stringify(said), { ...JSON_TYPE, 'Lambda-Runtime-Function-Error-Type': type });
}

// A response in chunks: the request to write to, and a promise of Lambda's answer to it.
function openResponse(id, contentType) {
  const http = require('node:http');
  let request;
  const answered = new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': contentType,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Transfer-Encoding': 'chunked',
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    };
    const path = `${PREFIX}invocation/${id}/response`;
    request = http.request({ hostname, port, method: 'POST', headers, path }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    request.on('error', reject);
  });
  return { request, answered };
}

// Open the connection ahead, and have what follows compiled. Resolves when it is open.
function rehearse() {
  begin();
  parseHead(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
  return new Promise((resolve, reject) => {
    const socket = own.connect();
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.unref();
      resolve();
    });
  });
}

module.exports = { Connection, begin, next, openResponse, postError, postResponse, rehearse };
