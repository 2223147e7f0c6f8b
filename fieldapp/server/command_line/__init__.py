"""`fieldapp server` and `fieldapp office`: what is typed, what is asked, what is printed. What the office does lies beside this package."""
