"""A stream of things that are asked: a site may add kinds of its own, and conditions are checked."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail import blocks

from keino_academy.blocks.conditions import raise_faults, reference_faults


class AskingStreamBlock(blocks.StreamBlock):
    """Blocks that ask something.

    Pages make their streams before sites have registered anything, so what is ``added`` is
    looked up whenever the kinds are asked for. No migration knows of kinds of blocks.
    """

    added: ClassVar[dict[str, blocks.Block]] = {}
    #: Whether its blocks are criteria, whose verdicts can be asked about.
    of_criteria = False

    @property
    def child_blocks(self) -> dict[str, blocks.Block]:
        """The package's kinds by name, then the site's."""
        return {**self._own_blocks, **self.added}

    @child_blocks.setter
    def child_blocks(self, own: dict[str, blocks.Block]) -> None:
        self._own_blocks = own

    @classmethod
    def add(cls, name: str, block: blocks.Block) -> None:
        """Offer editors one more kind of block, or another block for a kind that was added."""
        block.set_name(name)
        cls.added[name] = block

    def clean(self, value: Any) -> Any:
        """Check the blocks, and then what they say of each other, unless a draft is saved."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            # Questions may ask about criteria, which stand on another page: its form knows them.
            before = () if self.of_criteria else None
            raise_faults(reference_faults(cleaned, criteria=self.of_criteria, before=before))
        return cleaned

    class Meta:
        required = False
