"""The bridge to the site's task queue, where it has a real one."""

from __future__ import annotations

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends

#: These run a task inside the request, or not at all.
_NO_QUEUE = {"ImmediateBackend", "DummyBackend"}


@task()
def send_waiting_mail() -> int:
    """Send what waits in the outbox."""
    from keino_academy.core.outbox import drain

    return drain()


def nudge() -> None:
    """Enqueue the sending of mail, unless that would send it inside the request."""
    if type(task_backends[DEFAULT_TASK_BACKEND_ALIAS]).__name__ in _NO_QUEUE:
        return
    send_waiting_mail.enqueue()
