"""What CBM Advisor costs in time and memory, measured against goals: ``make bench``."""
