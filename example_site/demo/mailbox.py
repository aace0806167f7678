"""Reading the mail that the demonstration wrote to files."""

import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
#: Django writes a line of hyphens after each message of a file.
_END = re.compile(r"^-{79}$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail as the viewer shows it; ``html`` is escaped, with links to the demonstration only."""

    sent: str
    to: str
    sender: str
    subject: str
    html: SafeString
    calendar: bool


def read_mails(most: int = 100) -> list[Mail]:
    """The newest mails first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    # The backend names files by the second; the time of writing orders those of one second.
    files = sorted(folder.glob("*.log"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    found: list[Mail] = []
    for file in files:
        parts = [part.strip() for part in _END.split(file.read_text(encoding="utf-8", errors="replace"))]
        found += [_mail(part) for part in reversed(parts) if part]
        if len(found) >= most:
            break
    return found[:most]


def _mail(source: str) -> Mail:
    message = email.message_from_bytes(source.encode(), _class=EmailMessage, policy=default)
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        sent=str(message["Date"] or ""),
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        html=link_own(body.get_content() if body else ""),
        calendar=any(part.get_content_type() == "text/calendar" for part in message.walk()),
    )


def link_own(text: str) -> SafeString:
    """The text, escaped; addresses of the demonstration itself become links, no others."""
    html, end = [], 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(".,;:)")
        html.append(escape(text[end : match.start()]))
        html.append(_link(address))
        end = match.start() + len(address)
    html.append(escape(text[end:]))
    return mark_safe("".join(html))  # noqa: S308 - every part is escaped


def _link(address: str) -> str:
    if not address.startswith(f"{settings.DEMO_ADDRESS}/"):
        return escape(address)
    return f'<a href="{escape(address.removeprefix(settings.DEMO_ADDRESS))}">{escape(address)}</a>'
