"""A fresh laptop for each test of the store."""

from tests.support.laptop import laptop

__all__ = ["laptop"]
