"""News of applications."""

from django.dispatch import Signal

#: An application moved. Sent with ``application``, ``transition`` and ``by`` (a user or None),
#: in the transaction that moved it.
application_moved = Signal()

#: An application was begun: a draft, whose link is on its way. Sent with ``application``, in the transaction.
application_begun = Signal()

#: A section of an application was saved, by hand or quietly. Sent with ``application``, in the transaction.
application_saved = Signal()

#: An application was sent for the first time, or let through where it had been held back. Sent with
#: ``application``, in the transaction.
application_sent = Signal()

#: The address of an application was corrected. Sent with ``application`` and ``old``, the address
#: before, in the transaction.
address_corrected = Signal()
