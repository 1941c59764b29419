"""What templates of the tracker can do beside what Django gives them."""
