"""Referrals and transfers on a child's card: the list, and the dialogs behind its buttons."""
