"""Pages of referrals and transfers."""
