"""Who may do what, held against the running application: `docs/who-may-do-what.yaml`, page x method x role x state of the object."""
