"""Text messages: the services that send them, and what people answer."""
