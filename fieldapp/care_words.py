"""What the vocabularies of care are called on a screen; part of `fieldapp.words`."""

from collections.abc import Mapping

from fieldapp.texts import mark

CARE: Mapping[str, Mapping[str, str]] = {
    "RiskSource": {
        "poverty_site": mark("Web site of the poverty screening"),
        "screening_site": mark("Web site of the individual screening"),
        "care_site": mark("Web site of the care system's reports"),
        "form": mark("Form filled in this system"),
        "person": mark("Seen by a person"),
    },
    "RiskLevel": {"risk": mark("At risk"), "problem": mark("Has a problem")},
    "RiskState": {"open": mark("Stands"), "resolved": mark("Resolved"), "mistaken": mark("Was no risk")},
    "SupportArea": {
        "emergency": mark("Emergencies"),
        "social_danger": mark("Social dangers"),
        "hygiene": mark("Hygiene"),
        "safety": mark("Safety"),
        "accident": mark("Accidents"),
        "funds": mark("Scholarships and funds"),
        "health": mark("Health"),
        "drugs": mark("Drugs"),
        "new_threats": mark("New kinds of threats"),
        "road": mark("Road accidents"),
        "disaster": mark("Disasters"),
    },
    "SupportState": {"given": mark("Given"), "taken_back": mark("Entered by mistake")},
    "CareAspect": {
        "know": mark("Knowing each pupil"),
        "screen": mark("Screening"),
        "promote": mark("Promoting and developing"),
        "help": mark("Preventing, helping and solving"),
        "refer": mark("Referring"),
    },
    "GoalState": {
        "open": mark("Being worked on"),
        "reached": mark("Reached"),
        "partly": mark("Partly reached"),
        "not_reached": mark("Not reached"),
        "dropped": mark("Given up"),
    },
    "ReferralKind": {"internal": mark("Inside the school"), "external": mark("To an agency")},
    "ReferralState": {
        "draft": mark("Being written"),
        "signed": mark("Signed"),
        "sent": mark("Sent"),
        "acknowledged": mark("Receipt confirmed"),
        "in_service": mark("Being helped"),
        "result": mark("Result is in"),
        "closed": mark("Closed"),
        "returned": mark("Not taken, sent back"),
        "called_off": mark("Called off"),
    },
    "Shared": {
        "national_id": mark("ID number"),
        "birth": mark("Date of birth"),
        "address": mark("Address"),
        "guardian": mark("Guardian"),
        "phone": mark("Phone number"),
        "school": mark("School and class"),
        "visits": mark("Summary of the visits"),
        "screening": mark("Results of the screening"),
        "disability": mark("Disability"),
        "support": mark("Help given so far"),
    },
    "ConsentPurpose": {
        "photos": mark("Showing photos"),
        "sharing": mark("Passing data to an agency"),
        "screening": mark("Screening for special needs"),
    },
    "ConsentState": {"given": mark("Consent given"), "refused": mark("Consent refused"), "withdrawn": mark("Consent withdrawn")},
    "TransferState": {
        "asked": mark("Waiting for an answer"),
        "accepted": mark("Accepted"),
        "refused": mark("Not accepted"),
        "called_off": mark("Called off"),
    },
    "FollowUpReason": {
        "promise": mark("What was promised"),
        "after_return": mark("Looking after a child who is back"),
        "reply": mark("Waiting for a reply"),
    },
    "Attendance": {
        "regular": mark("Comes regularly"),
        "irregular": mark("Comes irregularly"),
        "not_attending": mark("Does not come"),
    },
}
