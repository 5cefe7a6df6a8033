"""A trace in other programs' formats: a file for each format, and what several of them share."""
