"""Made-up words of signals: subjects and texts of the demo, lengthened with sentences of our own."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

DEMO_WORDS = Path(__file__).resolve().parent.parent / "examples/demo_signals/texts.yaml"
RARE, COMMON, TWO = "zilvermeeuw", "personeel", "medicijnen weekend"
"""What is searched for: in forty texts however many there are, in about a third of them, and two words together."""

SENTENCES = (
    "Het personeel heeft {n} keer gebeld, maar kreeg geen antwoord van {name}.",
    "Wij wachten nu {n} weken op een gesprek met {name} in {place}.",
    "Volgens {name} is er te weinig personeel voor {thing}.",
    "In {place} gebeurde hetzelfde met {thing}, zegt {name}.",
    "De afspraken over {thing} staan op papier, maar niemand kent ze.",
    "Het dossier over {thing} was onvolledig toen {name} ernaar vroeg.",
    "Er zijn {n} mensen bij betrokken, ook uit {place}.",
    "De leiding zegt dat {thing} voor de zomer beter wordt.",
    "Op {n} dagen was er niemand aanwezig die over {thing} gaat.",
    "{name} heeft hierover geschreven aan de directie in {place}.",
    "Het personeel durft er met {name} niet over te praten.",
    "De controle van {thing} is {n} maanden geleden gestopt.",
)
THINGS = (  # noqa: SIM905 - reads better than a list
    "begeleiding bezoek rapportage medicatie nachtdienst vervoer onderwijs dagbesteding verlof scholing toezicht "
    "wachttijden overdracht nazorg huisvesting tolken registratie sleutels camera's voeding schoonmaak beveiliging "
    "werkdruk klachten dossiers planning maatregelen contactverboden behandelplannen identificatie"
).split()
BEGINNINGS = "Aal Ber Dor Eik Gras Hof Kerk Lin Meer Noor Oud Pol Rijk Sluis Ter Uit Veen Wal Zand Zuid".split()  # noqa: SIM905
ENDINGS = "berg dam dijk donk haar horst kamp laar loo mond ooij rode schot stede veld wijk woude zijl".split()  # noqa: SIM905


class Texts:
    """Draws subjects and texts; the same chance gives the same ones."""

    def __init__(self, chance: random.Random) -> None:
        words = yaml.safe_load(DEMO_WORDS.read_text(encoding="utf-8"))
        self._chance, self._words = chance, words
        self._signals = [each for group in words["signals"] for each in group["subjects"]]
        self._notifications = [each for group in words["notifications"] for each in group["subjects"]]
        self.places = [begin + end for begin in BEGINNINGS for end in ENDINGS]
        self._names = [f"{begin}{middle}{end}" for begin in BEGINNINGS for middle in ("e", "er") for end in ENDINGS]

    def place(self) -> str:
        """A place that does not exist."""
        return self._chance.choice(self.places)

    def of_signal(self, place: str, *, notification: bool, rare: bool) -> tuple[str, str]:
        """Subject and text."""
        chance = self._chance
        chosen: dict[str, Any] = chance.choice(self._notifications if notification else self._signals)
        since, effect = chance.choice(self._words["since"]), chance.choice(self._words["effects"])
        parts = [chosen["text"].format(place=place, since=since, effect=effect)]
        parts += [self._sentence() for _number in range(chance.randint(1, 5))]
        if rare:
            parts.append(f"Op het dak zat een {RARE}.")
        return chosen["subject"], " ".join(parts)

    def _sentence(self) -> str:
        chance = self._chance
        # Squared, so that some names and places occur much more often than others, as in life.
        name = self._names[int(len(self._names) * chance.random() ** 2)]
        place = self.places[int(len(self.places) * chance.random() ** 2)]
        thing, number = chance.choice(THINGS), chance.randint(2, 400)
        return chance.choice(SENTENCES).format(n=number, name=name, place=place, thing=thing)
