"""Words in columns, where a Chinese letter takes two: how wide they are, and in which lines."""
