"""News of learning."""

from django.dispatch import Signal

#: An organisation became a participant. Sent with ``participation``, in the transaction.
participation_began = Signal()
