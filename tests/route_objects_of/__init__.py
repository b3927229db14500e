"""What goes into the addresses of the parts of intake: see ``tests.route_objects``."""
