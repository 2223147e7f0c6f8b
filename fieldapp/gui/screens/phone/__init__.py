"""Pictures from the phone: brought home after a day of visits, and taken into them."""
