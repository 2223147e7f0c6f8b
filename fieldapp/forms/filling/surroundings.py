"""What expressions of a session may ask for: the clock, tables, translations, labels of choices."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fieldapp.forms.nodes import Node

if TYPE_CHECKING:
    from fieldapp.forms.filling.words import WordsOf
    from fieldapp.forms.xform.reader import FormDefinition


class SessionSurroundings:
    """`day` fixes today(), else the clock says."""

    def __init__(
        self,
        definition: FormDefinition,
        zone: dt.tzinfo,
        clock: Callable[[], dt.datetime],
        day: dt.date | None,
        properties: Mapping[str, str],
    ) -> None:
        self.definition, self.zone, self._clock, self._day, self._properties = definition, zone, clock, day, properties
        self.version = definition.version
        self.random = random.Random()
        self.work = self.evaluations = self.made = 0
        self.words: WordsOf | None = None

    def today(self) -> dt.date:
        return self._day or self.now().date()

    def now(self) -> dt.datetime:
        moment = self._clock().astimezone(self.zone)
        return moment if self._day is None else moment.replace(year=self._day.year, month=self._day.month, day=self._day.day)

    def instance(self, name: str) -> Node | None:
        return self.definition.instances.get(name)

    def translated(self, text_id: str) -> str:
        return self.words.translated(text_id) if self.words is not None else text_id

    def choice_label(self, value: str, question: str, context: Node) -> str:
        return self.words.choice_label(value, question, context) if self.words is not None else value

    def property(self, name: str) -> str:
        return self._properties.get(name, "")
