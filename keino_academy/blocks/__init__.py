"""What editors compose with. A block holds what an editor says and knows no room."""

from keino_academy.blocks.composition import BodyBlock, FactsBlock, TopicsBlock
from keino_academy.blocks.criteria import CriteriaBlock
from keino_academy.blocks.materials import MaterialsBlock
from keino_academy.blocks.questions import QuestionsBlock
from keino_academy.blocks.timeline import TimelineBlock

__all__ = [
    "BodyBlock",
    "CriteriaBlock",
    "FactsBlock",
    "MaterialsBlock",
    "QuestionsBlock",
    "TimelineBlock",
    "TopicsBlock",
]
