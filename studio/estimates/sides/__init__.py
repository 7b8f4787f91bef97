"""Figures beside load, time and availability: what runs out, what piles up, what the bill buys."""
