"""The screens: a function per page, each fetching only what the person who asks may see."""
