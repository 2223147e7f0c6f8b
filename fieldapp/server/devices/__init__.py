"""The laptops of a district: what is known of each, taking one out of use, what was on one that is lost."""
