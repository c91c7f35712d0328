"""What goes wrong with the services, in words for whoever started them."""


class ServiceError(Exception):
    """A service cannot run; the message says why and what to do."""
