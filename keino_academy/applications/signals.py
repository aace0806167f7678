"""News of applications."""

from django.dispatch import Signal

#: An application moved. Sent with ``application``, ``transition`` and ``by`` (a user or None),
#: in the transaction that moved it.
application_moved = Signal()

#: An application was sent for the first time. Sent with ``application``, in the transaction.
application_sent = Signal()

#: The address of an application was corrected. Sent with ``application`` and ``old``, the address
#: before, in the transaction.
address_corrected = Signal()
