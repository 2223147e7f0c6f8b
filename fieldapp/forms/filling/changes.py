"""What an answer changed: told to whoever shows the form, so that nothing else need be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.forms.problems import Problem


@dataclass(slots=True)
class ChangeSet:
    """Exact paths (with positions in repeats).

    `relevance`, `validity`, `required`, `readonly`: path -> what holds now; `values`: path -> the text now; `options`, `labels`: whose
    choices or words may have changed; `repeats`: exact path of the parent plus the repeat's name -> how many instances now;
    `problems`: expressions that could not be worked out.
    """

    relevance: dict[str, bool] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    validity: dict[str, bool] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    readonly: dict[str, bool] = field(default_factory=dict)
    options: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    repeats: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(
            self.relevance or self.values or self.validity or self.required or self.readonly
            or self.options or self.labels or self.repeats or self.problems
        )  # fmt: skip

    def take_in(self, more: ChangeSet) -> None:
        """What happened after this."""
        for aspect in ("relevance", "values", "validity", "required", "readonly", "repeats"):
            getattr(self, aspect).update(getattr(more, aspect))
        self.options |= more.options
        self.labels |= more.labels
        self.problems += more.problems
