"""Node.js functions fail as on AWS: which type, which text, which line in the log.

Sources: AWS's runtime interface client, github.com/aws/aws-lambda-nodejs-runtime-interface-client (3.3 for nodejs22.x,
src/Errors.js, Runtime.js, UserFunction.js; 4.0 for nodejs24.x), and what users report of functions on AWS (rows).
"""

import re

import pytest

MINE = "class MyError extends Error { constructor(m) { super(m); this.name = 'MyError' } }"
NODEJS_EXIT = (
    "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise "
    "that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes"
)
SLEEP = "await new Promise((r) => setTimeout(r, 1500))"

# source or files, runtime, handler; errorType, errorMessage, a piece of the log.
FAILURES = {
    # nodejs.org: with --no-experimental-detect-module, as Lambda starts it (Developer Guide, 2026-11)
    "export in a .js": (
        "export const handler = 1",
        "nodejs22.x",
        "index.handler",
        "Runtime.UserCodeSyntaxError",
        "SyntaxError: Unexpected token 'export'",
        "undefined\tERROR\tUncaught Exception \t{",
    ),
    "import in a .js": (
        "import fs from 'node:fs'",
        "nodejs24.x",
        "index.handler",
        "Runtime.UserCodeSyntaxError",
        "SyntaxError: Cannot use import statement outside a module",
        "undefined\tERROR\tInit Error \t{",
    ),
    # awslabs/run-model-context-protocol-servers-with-aws-lambda#362 (2025-08)
    "require() of an ES module": (
        {"index.js": "require('./lib.mjs')", "lib.mjs": "export const x = 1"},
        "nodejs22.x",
        "index.handler",
        "Error",
        "require() of ES Module /var/task/lib.mjs from /var/task/index.js not supported.\nInstead change the require "
        "of /var/task/lib.mjs to a dynamic import() which is available in all CommonJS modules.",
        '"code":"ERR_REQUIRE_ESM"',
    ),
    "a missing package, required": (
        "require('nothing')",
        "nodejs22.x",
        "index.handler",
        "Runtime.ImportModuleError",
        "Error: Cannot find module 'nothing'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs",
        '"errorType":"Runtime.ImportModuleError"',
    ),
    # bcryptjs in a user's report: errorType "Error", not Runtime.ImportModuleError (2024)
    "a missing package, imported": (
        {"index.mjs": "import x from 'nothing'"},
        "nodejs22.x",
        "index.handler",
        "Error",
        "Cannot find package 'nothing' imported from /var/task/index.mjs",
        '"code":"ERR_MODULE_NOT_FOUND"',
    ),
    "no such file": (
        "exports.handler = 1",
        "nodejs22.x",
        "other.handler",
        "Runtime.ImportModuleError",
        "Error: Cannot find module 'other'\nRequire stack:\n- /var/runtime/index.mjs",
        "Uncaught Exception",
    ),
    "not exported": (
        "exports.other = 1",
        "nodejs22.x",
        "index.handler",
        "Runtime.HandlerNotFound",
        "index.handler is undefined or not exported",
        "Uncaught Exception",
    ),
    "in a default export": (
        {"index.mjs": "export default { handler: async () => 1 }"},
        "nodejs22.x",
        "index.handler",
        "Runtime.HandlerNotFound",
        "index.handler is undefined or not exported",
        "Uncaught Exception",
    ),
    "not a function": (
        "exports.handler = { a: 1 }",
        "nodejs22.x",
        "index.handler",
        "Runtime.HandlerNotFound",
        "index.handler is not a function",
        "Uncaught Exception",
    ),
    "a handler without a dot": (
        "exports.handler = 1",
        "nodejs22.x",
        "index",
        "Runtime.MalformedHandlerName",
        "Bad handler",
        "Uncaught Exception",
    ),
    "a handler with two dots": (
        "exports.handler = 1",
        "nodejs22.x",
        "../index.handler",
        "Runtime.MalformedHandlerName",
        "'../index.handler' is not a valid handler name. Use absolute paths when specifying root directories in "
        "handler names.",
        "Uncaught Exception",
    ),
    "thrown at the top level": (
        f"{MINE}; throw new MyError('no')",
        "nodejs22.x",
        "index.handler",
        "MyError",
        "no",
        'Uncaught Exception \t{"errorType":"MyError","errorMessage":"no","name":"MyError","stack":["MyError: no"',
    ),
    "thrown in a timer": (
        f"{MINE}; exports.handler = async () => {{ setTimeout(() => {{ throw new MyError('boom') }}, 20); {SLEEP} }}",
        "nodejs22.x",
        "index.handler",
        "MyError",
        "boom",
        'ERROR\tUncaught Exception \t{"errorType":"MyError","errorMessage":"boom","name":"MyError","stack":["',
    ),
    "an unhandled rejection": (
        f"exports.handler = async () => {{ Promise.reject(new TypeError('lost')); {SLEEP} }}",
        "nodejs22.x",
        "index.handler",
        "Runtime.UnhandledPromiseRejection",
        "TypeError: lost",
        'ERROR\tUnhandled Promise Rejection \t{"errorType":"Runtime.UnhandledPromiseRejection","errorMessage":'
        '"TypeError: lost","reason":{"errorType":"TypeError","errorMessage":"lost","stack":["TypeError: lost"',
    ),
    "an async handler that never settles": (
        "exports.handler = async () => { await new Promise(() => {}) }",
        "nodejs22.x",
        "index.handler",
        "Runtime.NodeJsExit",
        NODEJS_EXIT,
        'ERROR\tInvoke Error \t{"errorType":"Runtime.NodeJsExit"',
    ),
    "process.exit": (
        "exports.handler = async () => process.exit(3)",
        "nodejs22.x",
        "index.handler",
        "Runtime.ExitError",
        "Error: Runtime exited with error: exit status 3",
        "Runtime exited with error: exit status 3",
    ),
    "process.exit without a status": (
        "exports.handler = async () => process.exit()",
        "nodejs22.x",
        "index.handler",
        "Runtime.ExitError",
        "Error: Runtime exited without providing a reason",
        "Runtime exited without providing a reason",
    ),
    "a thrown text": (
        "exports.handler = async () => { throw 'just text' }",
        "nodejs22.x",
        "index.handler",
        "string",
        "just text",
        'Invoke Error \t{"errorType":"Error","errorMessage":"just text","stack":["Error: just text"',
    ),
    "a thrown object": (
        "exports.handler = async () => { throw { code: 1 } }",
        "nodejs22.x",
        "index.handler",
        "object",
        "[object Object]",
        "Invoke Error",
    ),
    "nothing thrown": (
        "exports.handler = async () => { throw null }",
        "nodejs22.x",
        "index.handler",
        "string",
        "handled",
        "Invoke Error",
    ),
    "nothing thrown on nodejs24.x": (
        "exports.handler = async () => { throw undefined }",
        "nodejs24.x",
        "index.handler",
        "handled",
        "callback called with Error argument, but there was a problem while retrieving one or more of its message, "
        "name, and stack",
        "Invoke Error",
    ),
    # Errors.js: an error's own enumerable properties, and errors among them; `cause` is not enumerable
    "an error with properties": (
        "exports.handler = async () => { throw Object.assign(new Error('no', { cause: new Error('hidden') }), "
        "{ code: 'E1', inner: new RangeError('why') }) }",
        "nodejs22.x",
        "index.handler",
        "Error",
        "no",
        '{"errorType":"Error","errorMessage":"no","code":"E1","inner":{"errorType":"RangeError","errorMessage":"why",'
        '"stack":["RangeError: why"',
    ),
    "an answer that has no JSON": (
        "exports.handler = async () => { const a = {}; a.a = a; return a }",
        "nodejs22.x",
        "index.handler",
        "Error",
        "Unable to stringify response body",
        "Invoke Error",
    ),
    "an answer that has no JSON on nodejs24.x": (
        "exports.handler = async () => 10n",
        "nodejs24.x",
        "index.handler",
        "Runtime.JSONStringifyError",
        "Unable to stringify response body",
        "Invoke Error",
    ),
}


@pytest.mark.parametrize("row", FAILURES.values(), ids=FAILURES)
def test_a_nodejs_function_fails_in_awss_words(function, row):
    source, runtime, handler, error_type, message, logged = row
    files = source if isinstance(source, dict) else {"index.js": source}
    result = function("", runtime, handler, files=files)()
    assert result.error == "Unhandled"
    assert result.error_type == error_type
    assert re.sub("^RequestId: [0-9a-f-]{36} ", "", result.payload["errorMessage"]) == message
    assert logged in result.log.replace("\r", "\n")


CALLBACK = "exports.handler = (event, context, callback) => "
ANSWERS = {
    # AWS waits for the event loop after a callback, not after a promise; CallbackContext.js
    "a callback waits": (
        f"{CALLBACK}{{ let n = 1; setTimeout(() => {{ n = 2 }}, 50); callback(null, {{ get n() {{ return n }} }}) }}",
        {"n": 2},
    ),
    "unless it is told not to": (
        f"{CALLBACK}{{ context.callbackWaitsForEmptyEventLoop = false; let n = 1; setTimeout(() => {{ n = 2 }}, 50); "
        "callback(null, { get n() { return n } }) }",
        {"n": 1},
    ),
    "a forgotten callback": (f"{CALLBACK}{{}}", None),
    "a value of a handler that is not async": ("exports.handler = () => 'lost'", None),
    "a promise of one": ("exports.handler = () => Promise.resolve('kept')", "kept"),
    "a listener of its own for beforeExit": (
        f"{CALLBACK}{{ process.on('beforeExit', () => {{}}); setTimeout(() => callback(null, 'later'), 20) }}",
        "later",
    ),
    "the first answer": (f"{CALLBACK}{{ callback(null, 1); callback(null, 2); context.succeed(3) }}", 3),
    "both kinds of modules": (
        "exports.handler = async () => (await import('node:fs')).default === require('fs')",
        True,
    ),
    "NODE_PATH finds the function's own files": (
        {"index.js": "exports.handler = async () => require('lib/x')", "lib/x.js": "module.exports = 'x'"},
        "x",
    ),
    "a handler in a folder": (
        {"src/app/index.js": "exports.api = { get: async () => 'deep' }"},
        "deep",
        "src/app/index.api.get",
    ),
    "a file without an ending": ({"app": "exports.handler = async () => 'bare'"}, "bare", "app.handler"),
}


@pytest.mark.parametrize("row", ANSWERS.values(), ids=ANSWERS)
def test_a_nodejs_function_answers_as_on_aws(function, row):
    source, payload, *handler = row
    files = source if isinstance(source, dict) else {"index.js": source}
    result = function("", "nodejs22.x", *handler, files=files)()
    assert (result.error, result.payload) == (None, payload)


def test_after_an_exception_that_nobody_caught_the_next_invocation_has_a_new_process(function):
    call = function(
        "let n = 0; exports.handler = async (event) => { n += 1; if (event) return n; "
        f"setTimeout(() => {{ throw new Error('boom') }}, 10); {SLEEP} }}",
        "nodejs22.x",
    )
    assert [call(True).payload, call().payload["errorMessage"], call(True).payload] == [1, "boom", 1]


def test_a_function_may_ask_for_what_lambda_switches_off(function):
    files = {"index.js": "export const handler = async () => 'ran'"}
    options = {"Variables": {"NODE_OPTIONS": "--experimental-detect-module --experimental-require-module"}}
    assert function("", "nodejs22.x", files=files, Environment=options)().payload == "ran"


CLIENTS = (
    "client-apigatewaymanagementapi client-cloudwatch client-dynamodb client-eventbridge client-kinesis "
    "client-scheduler client-secrets-manager client-ssm lib-dynamodb lib-storage s3-request-presigner util-dynamodb"
)


def test_what_aws_preinstalls_is_there(function):
    source = f"exports.handler = async () => '{CLIENTS}'.split(' ').filter((name) => !require(`@aws-sdk/${{name}}`))"
    assert function(source, "nodejs22.x", Timeout=30, MemorySize=1024)().payload == []
