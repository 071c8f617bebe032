"""The front: HTTP on the engine's own port, served by one event loop.

- `listener` owns the socket and the loop; it tells TLS from plain HTTP. `serving` is what its connections share.
- `connection` is one connection: it parses requests with httptools and writes answers. `heads`: which it takes.
- `exchange` is one request and its answer. LocalStack's gateway, which is written for threads, handles it in one of
  the `workers`; what need not wait for one is handled on the loop, in one of the `greenlets`.
- `websocket` is a connection after its upgrade.

LocalStack would serve with Twisted, which spent most of the processor time of a warm invocation (py-spy, 2026-11).
"""
