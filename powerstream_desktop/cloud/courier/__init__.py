"""The courier: the process that talks with the object store, and the service's side of it."""
