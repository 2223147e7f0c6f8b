"""What follows for care from a filled form: the risks that its answers tell of. Never sent on their own: every device finds the same."""

from collections.abc import Iterator

from fieldapp.domain.care.facts import CareKind, CareStep
from fieldapp.domain.care.risk import Risk, RiskSource, RiskState
from fieldapp.domain.identifiers import CareId, derived_id
from fieldapp.domain.submission import Submission


def found_risks(submission: Submission) -> Iterator[Risk]:
    if submission.case_id is None or submission.child_id is None:
        return
    for reason, level in sorted(submission.risks.items()):
        yield Risk(
            id=_id(submission, reason),
            case_id=submission.case_id,
            child_id=submission.child_id,
            source=RiskSource.FORM,
            reason=reason,
            level=level,
            on=submission.filled_on,
            by=submission.by,
            submission_id=submission.id,
        )


def ended_risks(corrected: Submission, by: Submission) -> Iterator[CareStep]:
    """The risks of a copy that another one corrects: they were no risks, and what the new one says is found anew."""
    for risk in found_risks(corrected):
        yield CareStep(
            id=CareId(derived_id(risk.id, f"corrected by {by.id}")),
            case_id=risk.case_id,
            child_id=risk.child_id,
            of=risk.id,
            of_kind=CareKind.RISK,
            state=RiskState.MISTAKEN,
            on=by.filled_on,
            by=by.by,
        )


def _id(submission: Submission, reason: str) -> CareId:
    return CareId(derived_id(submission.id, f"risk {reason}"))
