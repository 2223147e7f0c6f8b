"""The tables that laptop and district share (SQLAlchemy Core), and the way between their rows and the domain's dataclasses. No ORM."""
