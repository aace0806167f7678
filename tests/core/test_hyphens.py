"""Long Finnish words may break between syllables, and only there."""

import pytest

from keino_academy.core.hyphens import SHY, soft_breaks


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Kiertotaloushankintojen johtaminen", "Kier-to-ta-lous-han-kin-tojen johtaminen"),
        ("Saavutettavuusseloste", "Saavu-tet-ta-vuus-se-loste"),
        ("Akatemiat", "Akatemiat"),
        ("<b>&", "<b>&"),
    ],
)
def test_finnish(text, broken):
    assert soft_breaks(text, "fi").replace(SHY, "-") == broken


def test_other_languages_stay_as_they_are():
    assert soft_breaks("Upphandlingsledning", "sv") == "Upphandlingsledning"
