"""Serve the site on a socket that its parent already listens on: ``python -m tests.serving 5``.

Whoever connects before the site is ready waits in the socket's queue, so nobody has to guess.
"""

import socket
import sys

import waitress
from django.core.wsgi import get_wsgi_application


def main() -> None:
    listener = socket.socket(fileno=int(sys.argv[1]))
    waitress.serve(get_wsgi_application(), sockets=[listener], threads=4, _quiet=True)


if __name__ == "__main__":
    main()
