"""Who the demo is: a teacher of the sample district with about forty children. These words exist for the sample only."""

TEACHER = "kru01"
PASSWORD = "demo-1234"
PASSPHRASE = "demo-1234"
