"""The verbs of applications. :func:`move` is the one gate through which an application's state changes."""

from keino_academy.applications.actions.beginning import begin, come_in
from keino_academy.applications.actions.claiming import AlreadyBegun
from keino_academy.applications.actions.deciding import ask_to_join, decide, withdraw
from keino_academy.applications.actions.extending import EXTEND_ACTION, accept_late, extend
from keino_academy.applications.actions.inviting import (
    come_along,
    invite_again,
    invite_colleague,
    remove_colleague,
)
from keino_academy.applications.actions.links import correct_address, renew_link, send_links
from keino_academy.applications.actions.moving import GUARDS, MOVE_ACTION, NotPossible, move, walk
from keino_academy.applications.actions.noting import NOTES_ACTION, keep_notes
from keino_academy.applications.actions.returning import return_for_completion
from keino_academy.applications.actions.saving import Conflict, Saved, SectionGone, save_section
from keino_academy.applications.actions.sending import CLEAR_ACTION, clear, send, send_application
from keino_academy.applications.actions.updating import take_new_form
from keino_academy.applications.publishing import publish_form

__all__ = [
    "CLEAR_ACTION",
    "EXTEND_ACTION",
    "GUARDS",
    "MOVE_ACTION",
    "NOTES_ACTION",
    "AlreadyBegun",
    "Conflict",
    "NotPossible",
    "Saved",
    "SectionGone",
    "accept_late",
    "ask_to_join",
    "begin",
    "clear",
    "come_along",
    "come_in",
    "correct_address",
    "decide",
    "extend",
    "invite_again",
    "invite_colleague",
    "keep_notes",
    "move",
    "publish_form",
    "remove_colleague",
    "renew_link",
    "return_for_completion",
    "save_section",
    "send",
    "send_application",
    "send_links",
    "take_new_form",
    "walk",
    "withdraw",
]
