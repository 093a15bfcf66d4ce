"""The chat: a loop over two doors, the person's and the library's, that knows neither."""
