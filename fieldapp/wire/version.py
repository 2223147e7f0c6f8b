"""Protocol versions. A version is raised when an old client would misread a message, never for a field that may be ignored."""

# 1: first version (push, pull, receipts, tus photos).
OLDEST = 1
NEWEST = 1

HEADER = "Fieldapp-Protocol"
