"""What a step of care does to where the case stands or whose it is: a child that was referred, one that another school accepted."""

from collections.abc import Callable

from fieldapp.domain.care.facts import CareStep, MainFact
from fieldapp.domain.care.referral import ENDED, Referral, ReferralKind, ReferralState
from fieldapp.domain.care.transfer import Transfer, TransferState
from fieldapp.domain.case import Case
from fieldapp.domain.states import CaseState, CaseStep, standing_step

# A child in one of these is known and not yet settled: sent on to an agency, it waits for that one's reply.
_MAY_BE_REFERRED = frozenset({CaseState.TRACING, CaseState.FOUND, CaseState.WANTS_RETURN, CaseState.NOT_FOUND})


def moved(of: MainFact, step: CareStep, case: Case, make: Callable[..., CaseStep]) -> Case | None:
    """The case after the step, or None where the step does nothing to it. `make(state, **details)` makes a case step of this event."""
    match of, step.state:
        case Transfer(to_school=str() as school), TransferState.ACCEPTED if case.school_code != school:
            return case.with_step(make(CaseState.ASSIGNED, school_code=school))
        case Referral(kind=ReferralKind.EXTERNAL), ReferralState.SENT if case.state in _MAY_BE_REFERRED:
            return case.with_step(make(CaseState.REFERRED, reason=of.id))
        case Referral(), state if state in ENDED and case.state is CaseState.REFERRED and case.reason == of.id:
            before = standing_step((one for one in case.steps if one.state is not CaseState.REFERRED), step.on)
            if before is None:
                return None
            return case.with_step(make(before.state, reason=before.reason, main_cause=before.main_cause))
        case _:
            return None
