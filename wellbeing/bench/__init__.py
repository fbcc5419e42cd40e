"""Measure the product at size. Ratios within one run count, not times: machines differ. See bin/bench."""
