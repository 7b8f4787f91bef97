"""The records of a design as rows: journeys, decisions, scenarios, the plan, and what else is written down."""
