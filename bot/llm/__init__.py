"""A language model's opinion of typed answers, from an endpoint the operator chose. Loaded only if one is set."""
