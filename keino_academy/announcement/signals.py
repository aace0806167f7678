"""News of the announcement, for the rooms above."""

from django.dispatch import Signal

#: An academy's facts were written. Sent with ``academy`` and ``page`` (the source), in the transaction.
academy_published = Signal()

#: An academy's source page was unpublished, so its call is closed. Sent with ``academy``.
academy_withdrawn = Signal()
