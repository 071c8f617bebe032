"""The queue of a function's asynchronous events and the thread that takes them: made for the first event.

LocalStack 4.9.2 makes both for every version of every function, used or not: 1,000 functions were 1,000 threads that
looked into their queues every two seconds, and a change to a function waited for its thread to end.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock

from localstack.services.lambda_.invocation.event_manager import LambdaEventManager, Poller
from localstack.services.lambda_.invocation.internal_sqs_queue import get_fake_sqs_client
from localstack.services.lambda_.invocation.lambda_models import Invocation
from localstack.utils.strings import md5
from localstack.utils.threads import FuncThread

from . import metrics, tenancy

_lock = RLock()
_latest: dict[str, LambdaEventManager] = {}  # by the name of the queue, which a change to the function leaves


def enqueue_event(original: Callable[..., None], self: LambdaEventManager, invocation: Invocation) -> None:
    """Wrap `LambdaEventManager.enqueue_event`: count the event; begin with the first, with what the function is now.

    Raises: as `tenancy.tenant_of`, before there is an event.
    """
    tenancy.tenant_of(self.version_manager.function, invocation)
    of = metrics.source(self.version_manager.function_version.id, invocation.invoked_arn)
    metrics.count(of, "AsyncEventsReceived")
    with _lock:
        manager = _latest.get(self.event_queue_url)
        if manager and manager.poller is None:
            begin(manager)
    original(self, invocation)


def start(self: LambdaEventManager) -> None:
    """Replace `LambdaEventManager.start`: go on where the version before a change has left events, else wait."""
    self.event_queue_url = _queue_name(self)
    with _lock:
        if not self.stopped.is_set():
            _latest[self.event_queue_url] = self
            if self.event_queue_url in get_fake_sqs_client().queue_manager.queues:
                begin(self)


def begin(manager: LambdaEventManager) -> None:
    """Make the queue and start its thread."""
    get_fake_sqs_client().create_queue(manager.event_queue_url)
    function = manager.version_manager.function_version.id
    manager.poller = Poller(manager.version_manager, manager.event_queue_url)
    manager.poller_thread = FuncThread(
        manager.poller.run, name=f"lambda-poller-{function.function_name}:{function.qualifier}"
    )
    manager.poller_thread.start()


def stop_for_update(self: LambdaEventManager) -> None:
    """Replace `LambdaEventManager.stop_for_update`: the queue stays. The thread ends by itself (`asynchronous.run`)."""
    with _lock:
        self.stopped.set()
        if self.poller:
            self.poller.stop()
            self.poller = None


def stop(self: LambdaEventManager) -> None:
    """Replace `LambdaEventManager.stop`: the function is deleted, and its queue with it."""
    queues = get_fake_sqs_client()
    with _lock:
        stop_for_update(self)
        _latest.pop(self.event_queue_url, None)
        if self.event_queue_url in queues.queue_manager.queues:
            queues.delete_queue(self.event_queue_url)


def _queue_name(manager: LambdaEventManager) -> str:
    """Of one function's version, and of none that has the same name after it was deleted; 80 characters at most."""
    function = manager.version_manager.function_version.id
    whole = f"{function.qualified_arn()}-{manager.version_manager.function.instance_id}"
    return f"{function.function_name[:47]}-{md5(whole)}"
