"""What is checked, a file a subject: scenes that are played, and statements they show."""
