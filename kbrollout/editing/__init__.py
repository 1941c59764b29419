"""Changes one agreement of a site that is there already: a few questions, and a small, exact change in its files."""
