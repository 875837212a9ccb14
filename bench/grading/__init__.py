"""Whether the grader of typed answers works: against people's judgement, and against what deserves no score."""
