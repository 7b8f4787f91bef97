"""What AGENTS.md and contract.json tell coding agents: what there is, who may call whom, what is open."""
