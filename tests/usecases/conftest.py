"""A fresh laptop for each test of the use cases."""

from tests.support.laptop import laptop

__all__ = ["laptop"]
