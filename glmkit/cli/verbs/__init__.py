"""What the commands take and do, a file for each purpose: to try, to learn, to teach, to build."""
