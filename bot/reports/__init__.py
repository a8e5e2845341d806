"""Private incident reports: what is sealed for whom, what stands inside, and by when somebody answers."""
