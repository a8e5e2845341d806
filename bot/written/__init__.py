"""What coordinators write themselves as TOML, such as forms and badges: read, checked, and kept in versions."""
