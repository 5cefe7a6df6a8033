"""The timeline: its layout, lanes, rows, marks, ruler and scale."""
