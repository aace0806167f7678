"""Answers that lead on."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: what was sent has been taken, and the answer is at another address (RFC 9110, 15.4.4)."""

    status_code = 303
