"""What a person takes away and brings back, as files: values in, bytes out, and back again. Nothing here waits or reads
a clock; all of it may take seconds and is run off the event loop."""
