"""Function URLs: HTTP requests that become events, and answers of functions that become HTTP responses.

- `serving` takes a request: who may call, what is a preflight, which invocation.
- `events` makes the event of a request; `responses` the response of an answer; `streams` that of a streamed one.
- `cors` adds what the URL's CORS configuration says.
- `configurations`: what is said of a URL.

Sources: Lambda Developer Guide, "Invoking Lambda function URLs" and "Creating and managing Lambda function URLs"
(2026-11), and what is said beside each fact. Who may call is decided in `iam.function_urls`.
"""
