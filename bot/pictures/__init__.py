"""Pictures: values and ready-made words in, PNG bytes out."""
