"""Use cases: one module a feature, one plain function a thing that happens, each one transaction."""
