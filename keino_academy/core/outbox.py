"""Writing mail to the outbox, and sending what waits there.

A mail is written in the transaction of what it tells of, so that neither is there
without the other. A command sends it; it may run several times at once, and a mail
is doubled only when a process dies between sending and noting it: then with the
same Message-ID.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from keino_academy.conf import academy_settings
from keino_academy.core.models import OutboxMail

logger = logging.getLogger("keino_academy.outbox")

_LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Calendar:
    """An invitation that goes along: the file and its METHOD (REQUEST, CANCEL)."""

    text: str
    method: str


def post(
    kind: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    scope: uuid.UUID | None = None,
    about: str = "",
    reply_to: str = "",
    calendar: Calendar | None = None,
) -> OutboxMail:
    """Write one mail from ``keino_academy/mail/<kind>.txt`` and ``.subject.txt``.

    Call it inside the transaction of what the mail tells of.
    """
    subject, text = written(kind, language=language, context=context)
    mail = OutboxMail.objects.create(
        kind=kind,
        to=to,
        language=language,
        scope=scope,
        about=about,
        reply_to=reply_to,
        subject=subject,
        text=text,
        calendar=calendar.text if calendar else "",
        calendar_method=calendar.method if calendar else "",
        message_id=f"<{uuid.uuid4().hex}@{_domain()}>",
    )
    transaction.on_commit(_nudge, robust=True)
    return mail


def written(kind: str, *, language: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """The subject and the text of a mail as :func:`post` writes it; nothing is stored."""
    with override(language):
        subject = " ".join(render_to_string(f"keino_academy/mail/{kind}.subject.txt", dict(context)).split())
        text = render_to_string(f"keino_academy/mail/{kind}.txt", dict(context)).strip() + "\n"
    return subject[:250], text


def drain(most: int = 100) -> int:
    """Send what is due; the number of mails that went out. Safe to run at any time."""
    sent = 0
    connection = get_connection()
    try:
        for _turn in range(most):
            mail = _claim()
            if mail is None:
                break
            sent += _send(mail, connection)
    finally:
        connection.close()
    return sent


def retry(mails: models.QuerySet[OutboxMail]) -> int:
    """Put failed mails back in the queue; returns how many."""
    return mails.filter(state=OutboxMail.State.FAILED).update(
        state=OutboxMail.State.WAITING, attempts=0, next_try_at=timezone.now(), error=""
    )


def withdraw(mails: models.QuerySet[OutboxMail]) -> int:
    """Take back mails that nobody has begun to send; returns how many. What went out stays noted."""
    idle = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=timezone.now())
    count, _by_model = mails.filter(idle, state=OutboxMail.State.WAITING).delete()
    return count


def _claim() -> OutboxMail | None:
    """Take the oldest due mail on a lease, so that no other process sends it meanwhile."""
    now = timezone.now()
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=now)
    due = OutboxMail.objects.filter(free, state=OutboxMail.State.WAITING, next_try_at__lte=now)
    for pk in due.order_by("next_try_at", "pk").values_list("pk", flat=True)[:20]:
        if due.filter(pk=pk).update(leased_until=now + _LEASE):
            return OutboxMail.objects.get(pk=pk)
    return None


def _send(mail: OutboxMail, connection: BaseEmailBackend) -> int:
    try:
        build_message(mail, connection).send()
    except Exception as error:  # noqa: BLE001 - whatever the server or network does, the mail waits
        _put_off(mail, error)
        return 0
    mail.state, mail.sent_at, mail.leased_until, mail.error = OutboxMail.State.SENT, timezone.now(), None, ""
    mail.attempts += 1
    mail.save()
    return 1


def _put_off(mail: OutboxMail, error: Exception) -> None:
    mail.attempts += 1
    wait = academy_settings.MAIL_RETRY_SECONDS * 2 ** (mail.attempts - 1)
    mail.next_try_at = timezone.now() + timedelta(seconds=min(wait, 6 * 60 * 60))
    mail.leased_until = None
    mail.error = f"{type(error).__name__}: {error}"[:250]
    if mail.attempts >= academy_settings.MAIL_ATTEMPTS:
        mail.state = OutboxMail.State.FAILED
    mail.save()
    # The kind and number only: the error may hold an address, and logs hold no people.
    logger.warning("Mail %s (%s) waits after attempt %s", mail.pk, mail.kind, mail.attempts)


def build_message(mail: OutboxMail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail as Django sends it; a calendar is an alternative, as Outlook wants it."""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        _sender(),
        [mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    if mail.calendar:
        kind = f"text/calendar; method={mail.calendar_method}; charset=utf-8"
        message.attach_alternative(mail.calendar, kind)
    return message


def sender_address() -> str:
    """The bare address that mail comes from."""
    return parseaddr(_sender())[1]


def _sender() -> str:
    return academy_settings.FROM_EMAIL or settings.DEFAULT_FROM_EMAIL


def _domain() -> str:
    return sender_address().rpartition("@")[2] or "localhost"


def _nudge() -> None:
    """Wake a real task queue, where the site has one; cron is enough without."""
    from keino_academy.core.tasks import nudge

    nudge()
