"""Changes to a design as data: small typed edits, what they drag along, and the history of them."""
