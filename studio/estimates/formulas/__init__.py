"""Closed forms that know no design: rates, counts, shares."""
