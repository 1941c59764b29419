"""A new site folder: the questions, three ways to answer them, and the scaffold that the answers fill."""
