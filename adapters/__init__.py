"""The platforms. Each folder here translates one platform into calls and renders views for it."""
