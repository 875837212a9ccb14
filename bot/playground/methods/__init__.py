"""The Bot API's methods: one function each, parameters in, the result out."""
