"""What the circular-economy academy of 2023 says: its timeline, criteria and announcement."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5


def block_id(name: str) -> str:
    """The stable id of a block: ``block_id("kick-off")``."""
    return str(uuid5(NAMESPACE_URL, f"keino_academy/{name}"))


def _child(kind: str, name: str, /, **value: Any) -> dict[str, Any]:
    return {"type": kind, "id": block_id(name), "value": value}


def timeline() -> list[dict[str, Any]]:
    """Nine entries: the call's end, discussions, the choice, the programme and what follows."""
    workshop = {"starts": "09:00:00", "ends": "11:30:00", "place": "Teams", "online": True}
    whole_day = {"starts": "10:00:00", "ends": "16:00:00", "place": "Helsinki"}
    lectures = "Luentoja ja keskustelua pienryhmissä."
    return [
        _child(
            "deadline",
            "closes",
            title="Haku päättyy",
            date="2023-05-31",
            time="23:59:00",
            description="Lomake lähetetään ja keskustelu varataan viimeistään nyt. Molemmat tarvitaan.",
            audience="applicants",
        ),
        _child(
            "period",
            "discussions",
            title="Keskustelut",
            first="2023-06-01",
            last="2023-06-15",
            description="Kartoitamme kanssanne valmennettavan pilotin.",
            audience="applicants",
        ),
        _child(
            "period",
            "chosen",
            title="Valitut julkaistaan",
            short_title="Valitut",
            first="2023-06-16",
            last="2023-06-23",
            said="ennen juhannusta",
            description="Mukaan pääsevät saavat vahvistuksen.",
            audience="applicants",
        ),
        _child(
            "moment",
            "kick-off",
            title="Käynnistystilaisuus",
            short_title="Käynnistys",
            date="2023-09-12",
            description="Akatemia alkaa. Koko joukko kokoontuu ensimmäisen kerran.",
            audience="participants",
            **whole_day,
        ),
        _child(
            "moment",
            "workshop-1",
            title="Työpaja 1",
            date="2023-10-10",
            description=lectures,
            audience="participants",
            **workshop,
        ),
        _child(
            "moment",
            "workshop-2",
            title="Työpaja 2",
            date="2023-11-22",
            description=lectures,
            audience="participants",
            **workshop,
        ),
        _child(
            "period",
            "coaching",
            title="Sparraus",
            first="2023-11-01",
            last="2024-01-31",
            precision="month",
            description="Jokainen organisaatio saa sparrausta erikseen, omaan pilottiinsa.",
            audience="participants",
        ),
        _child(
            "moment",
            "closing-event",
            title="Päätöstilaisuus",
            short_title="Päätös",
            date="2024-02-01",
            description="Pilotit ja opit kootaan yhteen.",
            audience="participants",
            **whole_day,
        ),
        _child(
            "period",
            "after",
            title="Alumnit ja seuranta",
            short_title="Jatko",
            first="2024-01-01",
            precision="year",
            description="Yksi alumnitapaaminen kaikille ja yksi seurantatapaaminen jokaiselle.",
            audience="participants",
        ),
    ]


def criteria() -> list[dict[str, Any]]:
    """Six criteria: two of eligibility, two of selection, two commitments."""
    return [
        _child(
            "organisation_kind",
            "target-group",
            kind="eligibility",
            title="Olette akatemian kohderyhmää",
            question="Kuuluuko organisaatiosi kohderyhmään?",
            explanation="Kunta, kuntayhtymä, valtion virasto tai laitos, seurakunta tai muu hankintayksikkö.",
            kinds=["municipality", "joint_authority", "state", "parish", "other_public"],
            guidance_unsure="Kysy hankintajuristilta, onko organisaatiosi hankintayksikkö.",
            guidance_not_met="Akatemia on julkisille hankintayksiköille.",
            guide_title="kuka on hakija",
            guide_text="Hakijana on organisaatio, ei yksittäinen työntekijä.",
            hard=True,
        ),
        _child(
            "period",
            "procurement",
            kind="eligibility",
            title="Teillä on valmisteilla sopiva hankinta",
            question="Onko teillä valmisteilla sopiva hankinta?",
            explanation="Rakentamisen hankinta on valmistelussa syksyllä 2023 tai alkuvuonna 2024.",
            window_first="2023-09",
            window_last="2024-03",
            guidance_met="Kerro hakemuksessa, missä kuussa valmistelu alkaa.",
            guidance_unsure="Kysy rakennuttamisesta, missä kuussa valmistelu alkaa ja päättyy.",
            guidance_not_met="Ilman sopivaa hankintaa ei voi hakea.",
        ),
        _child(
            "yes_no",
            "groundwork",
            kind="selection",
            title="Pohjatyötä on tehty",
            question="Onko pohjatyötä tehty?",
            explanation="Hankintojen johtamista on jo kehitetty.",
            evidence_label="Nimeä hanke tai akatemia",
            evidence_required=True,
            guidance_not_met="Etsi, onko jokin hanke tai päätös jäänyt huomaamatta.",
            weight=2,
        ),
        _child(
            "open",
            "will",
            kind="selection",
            title="Tahto on vahva, ja johto on mukana",
            question="Onko tahtoa, ja onko johto sitoutunut?",
            explanation="Siihen on sitouduttu johdossa asti.",
            word_limit=300,
            weight=3,
        ),
        _child(
            "yes_no",
            "sharing",
            kind="commitment",
            title="Jaatte, mitä opitte",
            question="Jaatteko, mitä opitte?",
            explanation="Opit ja käytännöt ryhmälle, tulokset omassa organisaatiossanne.",
        ),
        _child(
            "attendance",
            "taking-part",
            kind="commitment",
            title="Pystytte osallistumaan alusta loppuun",
            question="Pystyttekö osallistumaan alusta loppuun?",
            explanation="Johto, yksi toimiala tai teema ja kolmen asiantuntijan tiimi.",
            entries=[],
            guidance_met="Varaa päivät tiimin kalentereista.",
        ),
    ]


def body() -> list[dict[str, Any]]:
    """The sections of the announcement that need nothing of the rooms above."""
    return [
        _child(
            "rich_text",
            "about",
            heading="Mistä on kyse",
            lead="Akatemia on asiantuntijavalmennusta organisaatioille. Vuoden 2023 teema on rakentaminen.",
            text="<p>Kiertotalous säästää luonnonvaroja ja tuo kustannussäästöjä.</p>",
            note="<p>Myös muita hankintoja voidaan käsitellä.</p>",
        ),
        _child("target_group", "whom", heading="Kenelle", kinds=["municipality", "state"], names=[], text=""),
        _child(
            "timeline",
            "programme",
            heading="Ohjelma",
            lead="Toukokuun hausta helmikuun päätökseen.",
            drawing="auto",
            anchor="ohjelma",
        ),
        _child("benefits", "gets", heading="Mitä saatte", points=_items("Valmennusta", "Verkoston")),
        _child(
            "requirements", "asks", heading="Mitä pyydämme", points=_items("Vastuuhenkilö", "Osallistuminen")
        ),
        _child("criteria", "six", heading="Kuusi kriteeriä", lead="Kaksi ratkaisee, voitteko hakea."),
        _child(
            "people",
            "ask",
            heading="Kysykää meiltä",
            people=[
                {
                    "type": "item",
                    "id": block_id("desk"),
                    "value": {
                        "name": "Hakuneuvonta",
                        "role": "Lomake ja aikataulu",
                        "email": "haku@osaamiskeskus.example",
                    },
                }
            ],
        ),
    ]


def _items(*titles: str) -> list[dict[str, Any]]:
    return [
        {"type": "item", "id": block_id(title), "value": {"title": title, "text": "Enemmän kuin yksin."}}
        for title in titles
    ]


def facts() -> list[dict[str, Any]]:
    """What stands at the top of the page."""
    return [
        _child("fact", "who", label_text="Kenelle", text="Julkiset hankintayksiköt"),
        _child("fact", "where", label_text="Missä", text="Helsingissä ja etänä (Teams)"),
    ]
