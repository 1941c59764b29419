"""From what holds in a neighbourhood to a plan with dates: tasks, working days, meetings. Pure and deterministic."""
