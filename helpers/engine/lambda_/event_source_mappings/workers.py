"""Workers: one thread a mapping, and what is said of its state.

A change to a mapping makes a new worker beside the one that stops. LocalStack lets the latter write its end into the
mapping's state when it is over, and the new one begin at the starting position again. On AWS a mapping that was
changed, or disabled and enabled, goes on where it was (Lambda Developer Guide, "Event source mappings", 2026-11).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from datetime import datetime
from typing import Any

from localstack.services.lambda_.event_source_mapping.esm_worker import EsmState, EsmWorker
from localstack.services.lambda_.event_source_mapping.esm_worker_factory import EsmWorkerFactory
from localstack.services.lambda_.invocation.models import lambda_stores

from .queues import Queue
from .stream_pollers import Poller

_current: weakref.WeakValueDictionary[str, EsmWorker] = weakref.WeakValueDictionary()  # by the mapping's UUID
_deleted: weakref.WeakSet[EsmWorker] = weakref.WeakSet()


def get_esm_worker(original: Callable[[EsmWorkerFactory], EsmWorker], self: EsmWorkerFactory) -> EsmWorker:
    """Wrap `EsmWorkerFactory.get_esm_worker`: its poller knows the whole mapping, and the poller before it."""
    worker = original(self)
    before = _current.get(worker.uuid)
    _current[worker.uuid] = worker

    def say(result: str) -> None:
        if mapping := worker._state.event_source_mappings.get(worker.uuid):
            mapping["LastProcessingResult"] = result

    if isinstance(worker.poller, Poller):
        worker.poller.adopt(dict(self.esm_config), before.poller if before else None, say)
    elif isinstance(worker.poller, Queue):
        worker.poller.adopt(dict(self.esm_config))
    return worker


def update_state(original: Callable[..., None], self: EsmWorker, new_state: EsmState) -> None:
    """Wrap `EsmWorker.update_esm_state_in_store`: only the newest worker speaks for a mapping, and no end is undone."""
    if self in _deleted and new_state != EsmState.DELETING:
        return
    if _current.get(self.uuid, self) is self and self.uuid in self._state.event_source_mappings:
        original(self, new_state)


def poller_loop(original: Callable[..., None], self: EsmWorker, *args: Any, **kwargs: Any) -> None:
    """Wrap `EsmWorker.poller_loop`, which says that the mapping is enabled before it looks at a stream.

    It says so, too, of one that was deleted meanwhile, and would then keep it for ever.
    """
    if isinstance(self.poller, Poller):
        self.poller.prepare()
    original(self, *args, **kwargs)
    if self in _deleted:
        self.delete_esm_in_store()


def update_mapping(original: Callable[..., dict[str, Any]], self: Any, context: Any, request: Any) -> dict[str, Any]:
    """Wrap `LambdaProvider.update_event_source_mapping_v2`: a change has a time, and what is empty is none."""
    answer = original(self, context, request)
    stored = lambda_stores[context.account_id][context.region].event_source_mappings[answer["UUID"]]
    for mapping in (stored, answer):
        mapping["LastModified"] = datetime.now()
        if not (mapping.get("FilterCriteria") or {}).get("Filters"):
            mapping.pop("FilterCriteria", None)
        if not mapping.get("ScalingConfig"):
            mapping.pop("ScalingConfig", None)
    return answer


def delete(original: Callable[[EsmWorker], None], self: EsmWorker) -> None:
    """Wrap `EsmWorker.delete`: remove a disabled mapping here, for no thread runs that would."""
    _deleted.add(self)
    original(self)
    if not self.enabled:
        self.delete_esm_in_store()
