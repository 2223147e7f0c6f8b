"""Referrals and transfers of the district: listed over all schools, answered by the office."""
